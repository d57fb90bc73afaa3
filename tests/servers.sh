# Starts private PostgreSQL and Redis servers on free loopback ports; sourced by tests/run and .ci/run.
# Sets TEST_POSTGRES_URL (a superuser's address of a server, not of one database) and TEST_REDIS_URL,
# POSTGRES_BIN, REDIS_SERVER_BIN and NGINX_BIN for tests that start and kill servers of their own, and FAKETIME_LIBRARY
# for tests that set the clock of one process.

free_port() {
  # The kernel names a free port; the listener is gone before the server starts, which is close enough on loopback.
  python3 - 2>/dev/null <<'P' || perl -MIO::Socket::INET -e 'print IO::Socket::INET->new(Listen=>1,LocalAddr=>"127.0.0.1")->sockport'
import socket
with socket.socket() as s:
    s.bind(("127.0.0.1", 0))
    print(s.getsockname()[1])
P
}

find_or_install() { # find_or_install PROGRAM PACKAGE -> prints the program's path
  local found
  found=$(command -v "$1" || ls -d /usr/sbin/"$1" /usr/lib/postgresql/*/bin/"$1" 2>/dev/null | sort -V | tail -1)
  if [ -z "$found" ] && [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$2"; } >&2 || true
    found=$(command -v "$1" || ls -d /usr/sbin/"$1" /usr/lib/postgresql/*/bin/"$1" 2>/dev/null | sort -V | tail -1)
  fi
  [ -n "$found" ] && echo "$found"
}

as_server_user() { # PostgreSQL refuses to run as root
  if [ "$(id -u)" -eq 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
}

start_servers() { # start_servers SCRATCH_DIR
  local scratch=$1
  # For the clients from npm and for the proxy in front; without them their tests fail by themselves.
  { find_or_install node nodejs && find_or_install npm npm; } >/dev/null
  NGINX_BIN=$(find_or_install nginx nginx)
  export NGINX_BIN
  # For tests that set a process's clock; without it they fail by themselves, too.
  FAKETIME_LIBRARY=$("$(find_or_install faketime faketime)" -m -f +0 printenv LD_PRELOAD) && export FAKETIME_LIBRARY
  start_postgres "$scratch" && start_redis "$scratch"
}

start_postgres() {
  local scratch=$1 initdb port
  initdb=$(find_or_install initdb postgresql)
  if [ -z "$initdb" ]; then start_in_docker postgres; return; fi
  POSTGRES_BIN=$(dirname "$initdb")
  SERVERS_PGDATA=$scratch/postgres
  port=$(free_port)
  mkdir -p "$SERVERS_PGDATA"
  chmod 755 "$scratch"
  [ "$(id -u)" -eq 0 ] && chown postgres "$SERVERS_PGDATA"
  as_server_user "$POSTGRES_BIN/initdb" -D "$SERVERS_PGDATA" -U postgres --auth=trust >"$scratch/initdb.log" 2>&1 || { cat "$scratch/initdb.log"; return 1; }
  # Commits stay durable: tests about kills rely on it. Sockets live in the scratch folder.
  as_server_user "$POSTGRES_BIN/pg_ctl" -D "$SERVERS_PGDATA" -w -s -l "$SERVERS_PGDATA/log" \
    -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$SERVERS_PGDATA -c max_connections=400" start || return 1
  export POSTGRES_BIN TEST_POSTGRES_URL=postgresql://postgres@127.0.0.1:$port/postgres
}

start_redis() {
  local scratch=$1 port
  REDIS_SERVER_BIN=$(find_or_install redis-server redis-server)
  if [ -z "$REDIS_SERVER_BIN" ]; then start_in_docker redis; return; fi
  port=$(free_port)
  "$REDIS_SERVER_BIN" --port "$port" --bind 127.0.0.1 --save '' --appendonly no --dir "$scratch" >"$scratch/redis.log" 2>&1 &
  SERVERS_REDIS_PID=$!
  for _ in $(seq 50); do
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && break
    sleep 0.1
  done
  export REDIS_SERVER_BIN TEST_REDIS_URL=redis://127.0.0.1:$port
  kill -0 "$SERVERS_REDIS_PID"
}

start_in_docker() { # start_in_docker postgres|redis
  command -v docker >/dev/null && docker info >/dev/null 2>&1 || return 1
  local id port
  case $1 in
    postgres)
      id=$(docker run -d --rm -e POSTGRES_HOST_AUTH_METHOD=trust -e POSTGRES_PASSWORD=unused -p 127.0.0.1::5432 postgres:15.14) || return 1
      port=$(docker port "$id" 5432 | sed 's/.*://')
      export TEST_POSTGRES_URL=postgresql://postgres@127.0.0.1:$port/postgres
      for _ in $(seq 100); do docker exec "$id" pg_isready -h 127.0.0.1 -q && break; sleep 0.2; done ;;
    redis)
      id=$(docker run -d --rm -p 127.0.0.1::6379 redis:7.4.6) || return 1
      port=$(docker port "$id" 6379 | sed 's/.*://')
      export TEST_REDIS_URL=redis://127.0.0.1:$port ;;
  esac
  SERVERS_CONTAINERS="${SERVERS_CONTAINERS:-} $id"
}

stop_servers() {
  [ -n "${SERVERS_PGDATA:-}" ] && as_server_user "$POSTGRES_BIN/pg_ctl" -D "$SERVERS_PGDATA" -m immediate -s stop >/dev/null 2>&1
  [ -n "${SERVERS_REDIS_PID:-}" ] && kill "$SERVERS_REDIS_PID" 2>/dev/null
  [ -n "${SERVERS_CONTAINERS:-}" ] && docker rm -f $SERVERS_CONTAINERS >/dev/null
  return 0
}
