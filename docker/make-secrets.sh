#!/usr/bin/env bash
# Makes the secrets of docker-compose.yml once, one a file; what is there stays. What the database holds is sealed with them:
# keep a copy in a safe place.
#   docker/make-secrets.sh [FOLDER]     default: docker/secrets
# The container's user, number 1000, must be able to read them. Made by root they are given to that user; made by that user they
# are its own; made by anybody else they are readable, in a folder that nobody else can enter.
set -euo pipefail
folder=${1:-$(dirname "$0")/secrets}
umask 077
mkdir -p "$folder"
chmod 700 "$folder"
echo '*' >"$folder/.gitignore"

hex() { head -c 32 /dev/urandom | od -An -v -tx1 | tr -d ' \n'; }
base64_key() { head -c 32 /dev/urandom | base64 | tr -d '\n'; }
address() { printf 'postgres://assay:%s@postgres:5432/assay' "$(cat "$folder/postgres_password")"; }

# keep NAME COMMAND: what the command prints becomes the secret.
keep() {
  local file=$folder/$1
  [ ! -s "$file" ] || return 0
  "$2" >"$file.new"
  case $(id -u) in
    0) chown 1000:1000 "$file.new" ;;
    1000) ;;
    *) chmod 444 "$file.new" ;;
  esac
  mv "$file.new" "$file"
  echo "made $file"
}

keep postgres_password hex
keep encryption_key base64_key
keep admin_api_key hex
keep database_url address
keep metrics_token hex
keep grafana_password hex
# Prometheus and Grafana run as accounts of their own.
chmod 444 "$folder/metrics_token" "$folder/grafana_password"
