#!/usr/bin/env bash
# What the official image's entry point does with the variables that docker-compose.yml sets, for the stand-in of engine.sh.
set -euo pipefail
bin=/opt/postgresql/bin data=/var/lib/postgresql/18/docker
if [ "$(id -u)" = 0 ]; then
  export POSTGRES_PASSWORD
  POSTGRES_PASSWORD=$(cat "$POSTGRES_PASSWORD_FILE")
  mkdir -p "$data"
  chown -R postgres /var/lib/postgresql
  exec setpriv --reuid=postgres --regid=postgres --init-groups bash "$0"
fi
if [ ! -s "$data/PG_VERSION" ]; then
  "$bin/initdb" -D "$data" -U "$POSTGRES_USER" -A scram-sha-256 --pwfile=<(printf %s "$POSTGRES_PASSWORD") \
    --locale=C --encoding=UTF8 >/dev/null
  echo 'host all all all scram-sha-256' >>"$data/pg_hba.conf"
  echo "create database \"$POSTGRES_DB\"" | "$bin/postgres" --single -D "$data" postgres >/dev/null
fi
unset POSTGRES_PASSWORD
exec "$bin/postgres" -D "$data" -c listen_addresses='*' -c unix_socket_directories=/run/postgresql
