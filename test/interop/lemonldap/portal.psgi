# The portal as a PSGI application. Texts stay bytes in UTF-8, as the portal wants its attribute values: no "use utf8" here.
use strict;
use warnings;
use Plack::App::File;
use Plack::Builder;
use Plack::Util;
use Lemonldap::NG::Portal::Main;
use Lemonldap::NG::Portal::UserDB::Demo;

# The portal loads a captcha in any case, and its own wants graphics libraries.
BEGIN {
    package NoCaptcha;
    use Mouse;
    extends 'Lemonldap::NG::Portal::Main::Plugin';
    sub init { return 1 }
    $INC{'NoCaptcha.pm'} = __FILE__;
}

# The people: everybody's password is the user name.
my %people = (
    alice => 'Alice Liddell',
    bob   => q{Bob O'Brien <"&'>},
    jose  => 'José Ñandú 漢字 🜚',
);
{
    no warnings 'once';
    for my $uid ( keys %people ) {
        $Lemonldap::NG::Portal::UserDB::Demo::demoAccounts{$uid} =
          { uid => $uid, cn => $people{$uid}, mail => "$uid\@example.test" };
    }
}

# Browsers drop a cookie whose Domain is an address: host-only ones do.
my $portal   = Lemonldap::NG::Portal::Main->run( {} );
my $hostOnly = sub {
    my ($response) = @_;
    my $headers = $response->[1];
    for ( my $at = 0; $at < @$headers; $at += 2 ) {
        $headers->[ $at + 1 ] =~ s/;\s*domain=[^;]*//i if lc $headers->[$at] eq 'set-cookie';
    }
    return;
};

builder {
    mount '/static'     => Plack::App::File->new( root => '/usr/share/lemonldap-ng/portal/htdocs/static' )->to_app;
    mount '/javascript' => Plack::App::File->new( root => '/usr/share/javascript' )->to_app;
    mount '/'           => sub {
        my ($env) = @_;
        $env->{SCRIPT_NAME} = '';
        return Plack::Util::response_cb( $portal->($env), $hostOnly );
    };
};
