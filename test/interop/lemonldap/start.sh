#!/usr/bin/env bash
# Starts the portal of LemonLDAP::NG as an identity provider at IDP_URL (http://127.0.0.1:PORT), with everything it writes under
# IDP_HOME. Its metadata is then in IDP_HOME/metadata.xml. Service providers are read from IDP_HOME/sp/*.xml at the start, each
# with options beside it in *.json; starting again takes new ones.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../server.sh"
: "${IDP_HOME:?}" "${IDP_URL:?}"

# The portal's own package does not name the three modules after liblasso-perl, and its CGI server is not used.
"$here/../packages.sh" liblemonldap-ng-portal-perl lemonldap-ng-fastcgi-server starman liblasso-perl \
  libio-string-perl libxml-simple-perl libxml-libxml-perl openssl curl

stop
rm -rf "$IDP_HOME"/{conf,cache}
mkdir -p "$IDP_HOME"/{sp,conf,cache,sessions/lock,persistent/lock}
signing_key
[ -s "$IDP_HOME/secret" ] || openssl rand -hex 16 >"$IDP_HOME/secret"

export IDP_HOME IDP_URL LLNG_DEFAULTCONFFILE="$IDP_HOME/lemonldap-ng.ini"
cat >"$LLNG_DEFAULTCONFFILE" <<INI
[all]
logger = Lemonldap::NG::Common::Logger::Std
userLogger = Lemonldap::NG::Common::Logger::Std
logLevel = info
[configuration]
type = File
dirName = $IDP_HOME/conf
localStorage = Cache::FileCache
localStorageOptions = { 'namespace' => 'conf', 'cache_root' => '$IDP_HOME/cache' }
[portal]
staticPrefix = /static
templateDir = /usr/share/lemonldap-ng/portal/templates
languages = en
INI

# Debian's perl by its path: the modules are installed for no other.
/usr/bin/perl "$here/configuration.pl" >"$IDP_HOME/conf/lmConf-1.json" || fail "no configuration for LemonLDAP::NG"
serve /usr/bin/perl /usr/bin/starman --listen "${IDP_URL#http://}" --workers 2 --preload-app --disable-keepalive \
  -E deployment "$here/portal.psgi"
await "$IDP_URL/saml/metadata" "$IDP_HOME/metadata.xml"
