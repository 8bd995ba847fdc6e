# What the identity providers' start and stop scripts share; to be sourced. IDP_HOME is the one folder that they write to.
# shellcheck shell=bash

fail() {
  echo "$*" >&2
  exit 1
}

# signing_key: IDP_HOME/idp.key and IDP_HOME/idp.crt, made once.
signing_key() {
  [ -s "$IDP_HOME/idp.crt" ] && return
  openssl req -x509 -newkey rsa:2048 -nodes -sha256 -days 30 -subj "/CN=${IDP_URL#http://}" \
    -keyout "$IDP_HOME/idp.key" -out "$IDP_HOME/idp.crt" 2>/dev/null || fail "openssl could not make a signing key"
}

# serve COMMAND...: runs it in a session of its own. With OWNER_PID it ends when that process is gone, however it went.
serve() {
  setsid "$@" >"$IDP_HOME/server.log" 2>&1 </dev/null &
  echo $! >"$IDP_HOME/server.pid"
  [ -n "${OWNER_PID:-}" ] || return 0
  setsid bash -c '
    while kill -0 "$2"; do
      kill -0 "$1" || kill -KILL -- "-$2"
      sleep 1
    done
  ' watch "$OWNER_PID" "$!" >/dev/null 2>&1 </dev/null &
}

# await URL FILE: keeps what URL answers in FILE, as soon as the server does.
await() {
  for _ in $(seq 200); do
    curl -sf -m 10 -o "$2" "$1" && return
    kill -0 "$(cat "$IDP_HOME/server.pid")" 2>/dev/null || break
    sleep 0.1
  done
  tail -n 20 "$IDP_HOME/server.log" >&2
  fail "no answer from $1"
}

# stop: ends the server that serve started in IDP_HOME, with its children.
stop() {
  local pid
  pid=$(cat "$IDP_HOME/server.pid" 2>/dev/null) || return 0
  rm -f "$IDP_HOME/server.pid"
  kill -TERM -- "-$pid" 2>/dev/null || return 0
  for _ in $(seq 50); do
    kill -0 -- "-$pid" 2>/dev/null || return 0
    sleep 0.1
  done
  kill -KILL -- "-$pid" 2>/dev/null || true
}
