#!/usr/bin/env bash
# packages.sh NAME... installs the Debian packages that are missing, or says which one it cannot get and fails.
set -euo pipefail

missing=()
for name in "$@"; do
  [ "$(dpkg-query -W -f='${db:Status-Status}' "$name" 2>/dev/null)" = installed ] || missing+=("$name")
done
[ "${#missing[@]}" -gt 0 ] || exit 0

command -v apt-get >/dev/null || { echo "These Debian packages are needed: ${missing[*]}" >&2; exit 1; }

# RUNLEVEL=1: the web servers that come along as dependencies are not to be started.
export DEBIAN_FRONTEND=noninteractive RUNLEVEL=1
apt=(apt-get -q -y -o DPkg::Lock::Timeout=300)
report=$(mktemp)
trap 'rm -f "$report"' EXIT
install() { "${apt[@]}" install --no-install-recommends "${missing[@]}" >"$report" 2>&1; }

install || { "${apt[@]}" update >/dev/null 2>&1 && install; } || {
  tail -n 5 "$report" >&2
  echo "apt-get could not install: ${missing[*]}" >&2
  exit 1
}
