#!/usr/bin/env bash
# Stops the identity provider that start.sh started in IDP_HOME, and nothing else.
set -euo pipefail
. "$(dirname "$0")/../server.sh"
: "${IDP_HOME:?}"
stop
