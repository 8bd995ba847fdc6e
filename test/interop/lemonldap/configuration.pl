# Writes the configuration of the portal as JSON. IDP_HOME and IDP_URL come from start.sh; the service providers from
# IDP_HOME/sp/*.xml, with options by their names in LemonLDAP::NG, less the prefix samlSPMetaDataOptions, in *.json.
use strict;
use warnings;
use JSON::PP;

my ( $home, $url ) = @ENV{qw(IDP_HOME IDP_URL)};
my ( $host, $port ) = $url =~ m{^http://(.+):(\d+)$} or die "IDP_URL must be http://HOST:PORT\n";

sub content {
    my ($path) = @_;
    open my $file, '<', $path or die "$path: $!\n";
    local $/ = undef;
    return scalar <$file>;
}

sub sessions {
    my ($folder) = @_;
    return {
        Directory      => "$home/$folder",
        LockDirectory  => "$home/$folder/lock",
        generateModule => 'Lemonldap::NG::Common::Apache::Session::Generate::SHA256',
    };
}

# An exported attribute is "mandatory;name;format;friendly name".
my $basic      = 'urn:oasis:names:tc:SAML:2.0:attrname-format:basic';
my $attributes = {
    uid  => "1;uid;$basic;uid",
    mail => "1;mail;$basic;mail",
    cn   => "1;displayName;$basic;displayName",
};

my ( %metadata, %options, %exported );
for my $path ( glob "$home/sp/*.xml" ) {
    my ($name) = $path =~ m{([^/]+)\.xml$};
    my $given = decode_json( content( $path =~ s/xml$/json/r ) );
    $metadata{$name} = { samlSPMetaDataXML => content($path) };
    $exported{$name} = $attributes;
    $options{$name}  = {
        samlSPMetaDataOptionsNameIDFormat              => 'persistent',
        samlSPMetaDataOptionsSignSSOMessage            => 1,
        samlSPMetaDataOptionsCheckSSOMessageSignature  => 1,
        samlSPMetaDataOptionsEncryptionMode            => 'none',
        samlSPMetaDataOptionsEnableIDPInitiatedURL     => 1,
        samlSPMetaDataOptionsForceUTF8                 => 1,
        samlSPMetaDataOptionsNotOnOrAfterTimeout       => 300,
        samlSPMetaDataOptionsSessionNotOnOrAfterTimeout => 28800,
        map { ( "samlSPMetaDataOptions$_" => $given->{$_} ) } keys %$given,
    };
}

print JSON::PP->new->canonical->pretty->encode(
    {
        cfgNum  => 1,
        cfgDate => time,
        key     => content("$home/secret"),
        portal  => "$url/",
        domain  => $host,

        # Cookies know no ports; SameSite=None, the default with SAML, needs https.
        cookieName    => "llng$port",
        securedCookie => 0,
        sameSite      => 'Lax',

        authentication   => 'Demo',
        userDB           => 'Same',
        passwordDB       => 'Demo',
        registerDB       => 'Null',
        demoExportedVars => { map { $_ => $_ } qw(uid mail cn) },
        exportedVars     => {},
        whatToTrace      => 'uid',
        locationRules    => { $host => { default => 'accept' } },
        trustedDomains   => '*',
        portalSkin       => 'bootstrap',
        captcha          => 'NoCaptcha',
        portalForceAuthnInterval => 3,

        globalStorage            => 'Apache::Session::File',
        globalStorageOptions     => sessions('sessions'),
        persistentStorage        => 'Apache::Session::File',
        persistentStorageOptions => sessions('persistent'),
        localSessionStorage        => 'Cache::FileCache',
        localSessionStorageOptions => { namespace => 'sessions', cache_root => "$home/cache" },

        issuerDBSAMLActivation            => 1,
        issuerDBSAMLRule                  => 1,
        issuerDBSAMLPath                  => '^/saml/',
        samlEntityID                      => "$url/saml/metadata",
        samlServicePrivateKeySig          => content("$home/idp.key"),
        samlServicePublicKeySig           => content("$home/idp.crt"),
        samlServiceUseCertificateInResponse => 1,
        samlServiceSignatureMethod        => 'RSA_SHA256',
        samlNameIDFormatMapEmail          => 'mail',
        samlSPMetaDataXML                 => \%metadata,
        samlSPMetaDataOptions             => \%options,
        samlSPMetaDataExportedAttributes  => \%exported,
    }
);
