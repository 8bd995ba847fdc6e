#!/usr/bin/env bash
# Starts SimpleSAMLphp as an identity provider at IDP_URL (http://127.0.0.1:PORT), with everything it writes under IDP_HOME.
# Its metadata is then in IDP_HOME/metadata.xml. Service providers are read from IDP_HOME/sp/*.xml at every request, each
# with options beside it in *.json; no restart is needed.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../server.sh"
: "${IDP_HOME:?}" "${IDP_URL:?}"

"$here/../packages.sh" simplesamlphp php-cli php-xml php-mbstring php-curl php-sqlite3 openssl curl
application=/usr/share/simplesamlphp/www
[ -d "$application" ] || fail "the package simplesamlphp has no $application"

stop
mkdir -p "$IDP_HOME"/{sp,data,log,tmp,root}
ln -sfn "$application" "$IDP_HOME/root/simplesaml"
signing_key
[ -s "$IDP_HOME/salt" ] || openssl rand -hex 24 >"$IDP_HOME/salt"

export IDP_HOME IDP_URL SIMPLESAMLPHP_CONFIG_DIR="$here/config" PHP_CLI_SERVER_WORKERS=2
serve php -d error_reporting='E_ALL & ~E_DEPRECATED' -d display_errors=0 -d log_errors=1 \
  -S "${IDP_URL#http://}" -t "$IDP_HOME/root"
await "$IDP_URL/simplesaml/saml2/idp/metadata.php" "$IDP_HOME/metadata.xml"
