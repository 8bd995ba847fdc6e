#!/usr/bin/env bash
# The image and docker-compose.yml, tried for real: builds, brings up the service with the whole demo, runs the tests beside this
# file, and takes everything down again, however it ends. Uses the Docker engine that answers, and the registry behind it. Where
# none does, it starts one of its own, with base images of its own making (engine.sh); that takes root on Debian.
set -euo pipefail
cd "$(dirname "$0")/../.."
export PATH=$PWD/node_modules/.bin:$PATH
# Not in TMPDIR: the path of a socket below it must fit into 107 bytes.
work=$(mktemp -d /tmp/assay-docker.XXXXXX)
own_engine='' is_up=''

say() { echo "docker: ${SECONDS}s $*"; }

# need PACKAGE COMMAND: has apt install the package where the command is missing.
need() {
  command -v "$2" >/dev/null && return
  say "installing $1"
  local apt=(env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get -q -y -o DPkg::Lock::Timeout=300)
  "${apt[@]}" --no-install-recommends install "$1" >"$work/apt.log" 2>&1 && return
  "${apt[@]}" update >>"$work/apt.log" 2>&1
  "${apt[@]}" --no-install-recommends install "$1" >>"$work/apt.log" 2>&1 || { tail -n 5 "$work/apt.log" >&2; return 1; }
}

compose() {
  # shellcheck disable=SC2086
  $ASSAY_COMPOSE "$@"
}

leave() {
  local status=$?
  trap - EXIT
  set +e
  if [ -n "$is_up" ]; then
    [ "$status" = 0 ] || compose logs --no-color --tail=20
    { compose kill && compose down --volumes; } >"$work/down.log" 2>&1 || { cat "$work/down.log"; status=1; }
    docker image rm --force "$ASSAY_IMAGE" >/dev/null
  fi
  [ -z "$own_engine" ] || bash test/docker/engine.sh stop "$work" || status=1
  rm -rf --one-file-system "$work" || status=1
  exit "$status"
}
trap leave EXIT
trap 'exit 130' INT TERM

need chromium chromium
if ! docker info >/dev/null 2>&1; then
  [ "$(id -u)" = 0 ] || { echo 'No Docker engine answers, and starting one takes root.' >&2; exit 1; }
  need docker.io dockerd
  need docker-compose docker-compose
  need debootstrap debootstrap
  own_engine=yes
  export DOCKER_HOST=unix://$work/docker.sock DOCKER_BUILDKIT=0
  say 'starting an engine'
  bash test/docker/engine.sh start "$work"
  say 'making base images'
  bash test/docker/engine.sh bases "$work"
fi
ASSAY_COMPOSE='docker compose'
compose version >/dev/null 2>&1 || ASSAY_COMPOSE=docker-compose

free_ports() {
  node -e '
    const servers = [1, 2, 3, 4].map(() => require("node:net").createServer().listen(0, "127.0.0.1"))
    Promise.all(servers.map(server => new Promise(done => server.once("listening", done)))).then(() => {
      console.log(servers.map(server => server.address().port).join(" "))
      for (const server of servers) server.close()
    })'
}

# A stack of its own beside any other: name, ports, network, image, secrets.
read -r ASSAY_PORT DEMO_APP_PORT DEMO_IDP_PORT SCALE_PORT < <(free_ports)
export ASSAY_PORT DEMO_APP_PORT DEMO_IDP_PORT SCALE_PORT
export PUBLIC_URL=http://localhost:$ASSAY_PORT APP_URL=http://localhost:$DEMO_APP_PORT IDP_URL=http://localhost:$DEMO_IDP_PORT
export FRONT_NET=10.213.$((RANDOM % 200 + 20))
export TRUSTED_PROXIES=$FRONT_NET.250,$FRONT_NET.251 LOG_LEVEL=trace
export COMPOSE_PROJECT_NAME=assay-test-$$ COMPOSE_PROFILES=demo COMPOSE_FILE=$PWD/docker-compose.yml
export ASSAY_IMAGE=assay-test:$$ ASSAY_SECRETS=$work/secrets

bash docker/make-secrets.sh "$ASSAY_SECRETS" >/dev/null
say 'building the image'
docker build --network=host --tag "$ASSAY_IMAGE" . >"$work/build.log" 2>&1 || { tail -n 20 "$work/build.log" >&2; exit 1; }
say 'bringing the stack up'
is_up=yes
compose up --no-build --detach >"$work/up.log" 2>&1 || { tail -n 20 "$work/up.log" >&2; exit 1; }
size=$(docker image inspect --format '{{.Size}}' "$ASSAY_IMAGE")
memory=$(docker stats --no-stream --format '{{.MemUsage}}' "$(compose ps --quiet assay)")
say "the image has $((size / 1000000)) MB, the service takes ${memory%% /*}"

export TAP_RCFILE=test/docker/.taprc
tap test/docker/compose.test.ts test/docker/container.test.ts

# The same stack goes on as three replicas behind HAProxy: another address in front, and the same data.
export PUBLIC_URL=http://localhost:$SCALE_PORT COMPOSE_PROFILES=demo,scale
say 'bringing replicas up'
compose up --no-build --detach >"$work/scale.log" 2>&1 || { tail -n 20 "$work/scale.log" >&2; exit 1; }
tap test/docker/scale.test.ts
