#!/bin/bash
# exim.sh CACHE FOLDER [OPTION VALUE]…: a real mail server on loopback, as an ordinary user and without touching the system.
#
# Prints "ready STARTTLS-PORT TLS-PORT" and ends when its standard input does. What it takes lies in
# FOLDER/mail/new, a file each, with the envelope in Envelope-to and Return-path. FOLDER/ca.pem vouches for
# it. User u1, password "correct horse"; PLAIN and LOGIN, only under TLS. Recipients that begin with
# "reject" are refused for good, with "defer" for now; those that begin with "bounce" are taken, and their
# mail comes back.
#
#   --returns MAILDIR   where mail that comes back goes, instead of FOLDER/mail
#   --ask PORT          asks there, at each point of a message, what to do: a line "POINT PROCESS RECIPIENT",
#                       POINT being connect, mail, rcpt, data (before the message) or end (it has come, and
#                       is not taken yet). The answer: "defer", "deny", or nothing
#   --without-chunking yes   does not offer CHUNKING
#   --relay PORT        what is taken is signed (DKIM: shop.example, selector "test", FOLDER/dkim.pub) and
#                       handed on to there
#
# Where exim4 is not installed, its package is unpacked into CACHE.
set -euo pipefail

cache=$1 folder=$2
here=$(cd "$(dirname "$0")" && pwd)
shift 2
returns= ask= chunking='*' relay=
while [ $# -gt 0 ]; do
  case $1 in
    --returns) returns=$2 ;;
    --ask) ask=$2 ;;
    --without-chunking) chunking= ;;
    --relay) relay=$2 ;;
    *) echo "exim.sh: $1?" >&2; exit 2 ;;
  esac
  shift 2
done

. "$here/server.sh"

if [ -x /usr/sbin/exim4 ]; then
  root=/
else
  unpack "$cache" exim4-daemon-light usr/sbin/exim4
  root=$cache/root
fi
mkdir -p "$folder/spool" "$folder/mail" "$folder/log"
folder=$(cd "$folder" && pwd)
libraries=$root/usr/lib/$(uname -m)-linux-gnu
install -m 755 "$root/usr/sbin/exim4" "$folder/exim4"  # a copy without setuid
# The server runs as nobody, and the cache may lie in a closed home: what it needs lies beside it.
if [ "$root" != / ] && [ -d "$libraries" ]; then
  mkdir -p "$folder/lib"
  cp -a "$libraries"/lib*.so* "$folder/lib/"
  libraries=$folder/lib
fi
"$here/../faults/certificates" "$folder/certificates"
cp "$folder/certificates/ca.pem" "$folder/ca.pem"

# As root it runs as nobody. Its built-in user must have a name: it gets one in a mount namespace.
openssl genrsa -out "$folder/dkim.key" 2048 2>/dev/null
openssl rsa -in "$folder/dkim.key" -pubout -out "$folder/dkim.pub" 2>/dev/null

# ask POINT: the rules that do what is answered.
ask ()
{
  [ -n "$ask" ] || return 0
  cat <<X
  warn    set acl_c_said = \${readsocket{inet:127.0.0.1:$ask}{$1 \$pid \$acl_m_who}{30s}{}{none}}
  deny    condition = \${if match{\$acl_c_said}{deny}}
          message = 550 5.1.1 No such user
  defer   condition = \${if match{\$acl_c_said}{defer}}
          message = 451 4.7.1 Greylisted, try later
X
}

if [ "$(id -u)" = 0 ]; then
  user=nobody group=$(id -gn nobody)
  chmod o+x "$(dirname "$folder")"
  chown -R "$user:$group" "$folder"
  enter="unshare --mount"
  drop="setpriv --reuid=$user --regid=$group --clear-groups"
else
  user=$(id -un) group=$(id -gn)
  enter="unshare --user --mount --map-current-user --keep-caps"
  drop=
fi
{ cat /etc/passwd; echo "Debian-exim:x:$(id -u "$user"):$(id -g "$user")::/:/bin/false"; } >"$folder/passwd"
{ cat /etc/group; echo "Debian-exim:x:$(id -g "$user"):"; } >"$folder/group"
chmod 644 "$folder/passwd" "$folder/group"
starttls=$(free_port) tls=$(free_port)

cat >"$folder/exim.conf" <<X
exim_user = $user
exim_group = $group
never_users =
primary_hostname = localhost
exim_path = $folder/exim4
keep_environment =
add_environment = PATH=/usr/bin:/bin : LD_LIBRARY_PATH=$libraries
trusted_users = $user
spool_directory = $folder/spool
log_file_path = $folder/log/%slog
pid_file_path = $folder/exim.pid
local_interfaces = 127.0.0.1
daemon_smtp_ports = $starttls : $tls
tls_on_connect_ports = $tls
tls_advertise_hosts = *
tls_certificate = $folder/certificates/good.pem
tls_privatekey = $folder/certificates/good.key
auth_advertise_hosts = \${if eq{\$tls_in_cipher}{}{}{*}}
host_lookup =
rfc1413_query_timeout = 0s
smtp_accept_max = 100
chunking_advertise_hosts = $chunking
smtp_accept_max_per_connection = 0
smtp_accept_queue_per_connection = 0
acl_smtp_connect = acl_connect
acl_smtp_mail = acl_mail
acl_smtp_rcpt = acl_rcpt
acl_smtp_predata = acl_predata
acl_smtp_data = acl_data
begin acl
acl_connect:
$(ask connect)
  accept
acl_mail:
$(ask mail)
  accept
acl_predata:
$(ask data)
  accept
acl_data:
$(ask end)
  accept
acl_rcpt:
  warn    set acl_m_who = \$local_part
$(ask rcpt)
  deny    condition = \${if match{\$local_part}{^reject}}
          message = 550 5.1.1 No such user
  defer   condition = \${if match{\$local_part}{^defer}}
          message = 451 4.7.1 Greylisted, try later
  accept  authenticated = *
  deny    message = 530 5.7.0 Authentication required
begin routers
$([ -z "$returns" ] || echo "
back:
  driver = accept
  senders = :
  transport = back")
$([ -z "$relay" ] || echo "
on:
  driver = manualroute
  route_list = * 127.0.0.1
  transport = on
  self = send")
unknown:
  driver = redirect
  local_parts = ^bounce
  allow_fail
  data = :fail: 550 5.1.1 The mailbox does not exist
all:
  driver = accept
  transport = keep
begin transports
$([ -z "$relay" ] || echo "
on:
  driver = smtp
  port = $relay
  allow_localhost
  hosts_avoid_tls = *
  hosts_try_fastopen =
  dkim_domain = shop.example
  dkim_selector = test
  dkim_private_key = $folder/dkim.key
  dkim_canon = relaxed
  dkim_strict = true")
$([ -z "$returns" ] || echo "
back:
  driver = appendfile
  directory = $returns
  maildir_format
  user = $user")
keep:
  driver = appendfile
  directory = $folder/mail
  maildir_format
  envelope_to_add
  return_path_add
  user = $user
begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = \${if and{{eq{\$auth2}{u1}}{eq{\$auth3}{correct horse}}}}
  server_set_id = \$auth2
login:
  driver = plaintext
  public_name = LOGIN
  server_prompts = Username:: : Password::
  server_condition = \${if and{{eq{\$auth1}{u1}}{eq{\$auth2}{correct horse}}}}
  server_set_id = \$auth1
X
[ "$(id -u)" != 0 ] || chown "$user" "$folder/exim.conf"

setsid $enter bash -c '
  mount --bind "$1/passwd" /etc/passwd
  mount --bind "$1/group" /etc/group
  shift
  exec "$@"' - "$folder" $drop env -i PATH=/usr/sbin:/usr/bin:/bin HOME="$folder" \
  LD_LIBRARY_PATH="$libraries" "$folder/exim4" -C "$folder/exim.conf" -bdf -q1h \
  >"$folder/log/output" 2>&1 </dev/null &
daemon=$!
# With all that it has begun: a delivery, a connection that nobody is at the other end of.
stop ()
{
  kill -- -"$daemon" 2>/dev/null || true
  for _ in $(seq 40); do
    kill -0 -- -"$daemon" 2>/dev/null || break
    sleep 0.05
  done
  kill -KILL -- -"$daemon" 2>/dev/null || true
  wait "$daemon" 2>/dev/null || true
}
trap stop EXIT

await "$tls" "$daemon" "$folder/log/output"
echo "ready $starttls $tls"
cat >/dev/null
