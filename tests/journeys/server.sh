# server.sh: what the scripts of real servers share; they source it.

# unpack CACHE PACKAGES PROGRAM: the packages and what they need, beside what the system has, into
# CACHE/root, where PROGRAM then is.
unpack ()
{
  mkdir -p "$1"
  (
    flock 9
    [ ! -x "$1/root/$3" ] || exit 0
    rm -rf "$1/debs" "$1/part"
    mkdir -p "$1/debs" "$1/part"
    chmod 777 "$1/debs"
    (cd "$1/debs"
     apt-get install --simulate --no-install-recommends $2 |
       awk '/^Inst / { print $2 }' | xargs apt-get download -qq >&2)
    for deb in "$1"/debs/*.deb; do dpkg -x "$deb" "$1/part"; done
    mv "$1/part" "$1/root"
  ) >&2 9>"$1/lock"
}

# A port of loopback that nobody listens on.
free_port ()
{
  local port
  while :; do
    port=$((20000 + RANDOM % 12000))
    (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
  done
}

# await PORT PROCESS LOG: until something listens on the port; shows the log where the process ends.
await ()
{
  for _ in $(seq 200); do
    ! (: <"/dev/tcp/127.0.0.1/$1") 2>/dev/null || return 0
    kill -0 "$2" || { cat "$3" >&2; return 1; }
    sleep 0.05
  done
}
