#!/bin/bash
# cyrus.sh CACHE FOLDER: a real JMAP server (Cyrus) on loopback, and the mail server (exim) by which it
# sends, without touching the system.
#
# Prints "ready JMAP-PORT JMAP-TLS-PORT" and ends when its standard input does. User shop@business.example,
# password "correct-horse", whose mails, to that address and bounces, come into the INBOX. FOLDER/ca.pem
# vouches for the TLS port. What is sent to others lies in FOLDER/mail/new, a file each, with the envelope in
# Envelope-to and Return-path. Recipients that begin with "nobody" bounce; those with "reject" are refused
# at once, those with "defer" for now.
#
# Where the programs are not installed, their packages are unpacked into CACHE.
set -euo pipefail

cache=$1 folder=$2
here=$(cd "$(dirname "$0")" && pwd)
. "$here/server.sh"

if [ -x /usr/lib/cyrus/bin/httpd ] && [ -x /usr/sbin/exim4 ] && [ -x /usr/sbin/saslpasswd2 ]; then
  root=
else
  unpack "$cache" "cyrus-imapd cyrus-caldav sasl2-bin libsasl2-modules libsasl2-modules-db exim4-daemon-light" \
    usr/lib/cyrus/bin/httpd
  root=$(cd "$cache/root" && pwd)
fi
mkdir -p "$folder"/{run,state/db,state/socket,spool,mail,exim-spool,exim-log}
folder=$(cd "$folder" && pwd)
"$here/../faults/certificates" "$folder/certificates"
cp "$folder/certificates/ca.pem" "$folder/ca.pem"

if [ "$(id -u)" = 0 ]; then
  user=nobody group=$(id -gn nobody)
  enter="unshare --mount"
  drop="setpriv --reuid=$user --regid=$group --clear-groups"
else
  user=$(id -un) group=$(id -gn)
  enter="unshare --user --mount --map-current-user --keep-caps"
  drop=
fi
http=$(free_port) https=$(free_port) smtp=$(free_port) imap=$(free_port)

# Both have users of their own built in: those get names in the mount namespace.
for name in cyrus Debian-exim; do
  ids=$(id -u "$user"):$(id -g "$user")
  echo "$name:x:$ids::/:/bin/false"
done | cat /etc/passwd - >"$folder/passwd"
{ cat /etc/group; echo "Debian-exim:x:$(id -g "$user"):"; echo "mail:x:$(id -g "$user"):"; } |
  awk -F: '{ groups[$1] = $0 } END { for (name in groups) print groups[name] }' >"$folder/group"
chmod 644 "$folder/passwd" "$folder/group"

cat >"$folder/imapd.conf" <<X
configdirectory: $folder/state
proc_path: $folder/run/proc
mboxname_lockpath: $folder/run/lock
defaultpartition: default
partition-default: $folder/spool
servername: localhost
cyrus_user: $user
admins: admin
sasl_pwcheck_method: auxprop
sasl_auxprop_plugin: sasldb
sasl_sasldb_path: $folder/sasldb2
sasl_mech_list: PLAIN
allowplaintext: yes
unixhierarchysep: yes
altnamespace: yes
virtdomains: userid
defaultdomain: business.example
loginrealms: business.example
autocreate_quota: 0
autocreate_post: yes
autocreate_inbox_folders: Drafts|Sent|Trash
xlist-drafts: Drafts
xlist-sent: Sent
xlist-trash: Trash
conversations: yes
conversations_db: twoskip
httpmodules: jmap
search_engine: none
smtp_backend: host
smtp_host: 127.0.0.1:$smtp/noauth
lmtpsocket: $folder/run/lmtp
idlesocket: $folder/run/idle
notifysocket: $folder/run/notify
tls_server_cert: $folder/certificates/good.pem
tls_server_key: $folder/certificates/good.key
X
cat >"$folder/cyrus.conf" <<X
START {
  recover cmd="/usr/lib/cyrus/bin/ctl_cyrusdb -C $folder/imapd.conf -r"
}
SERVICES {
  http cmd="/usr/lib/cyrus/bin/httpd -C $folder/imapd.conf -U 30" listen="127.0.0.1:$http" prefork=0
  https cmd="/usr/lib/cyrus/bin/httpd -C $folder/imapd.conf -s -U 30" listen="127.0.0.1:$https" prefork=0
  imap cmd="/usr/lib/cyrus/bin/imapd -C $folder/imapd.conf -U 30" listen="127.0.0.1:$imap" prefork=0
  lmtp cmd="/usr/lib/cyrus/bin/lmtpd -C $folder/imapd.conf -a" listen="$folder/run/lmtp" prefork=0
}
X
cat >"$folder/exim.conf" <<X
exim_user = $user
exim_group = $group
never_users =
primary_hostname = localhost
exim_path = $folder/exim4
keep_environment =
add_environment = PATH=/usr/bin:/bin
trusted_users = $user
spool_directory = $folder/exim-spool
log_file_path = $folder/exim-log/%slog
pid_file_path = $folder/exim.pid
local_interfaces = 127.0.0.1
daemon_smtp_ports = $smtp
host_lookup =
tls_advertise_hosts =
rfc1413_query_timeout = 0s
acl_smtp_rcpt = acl_rcpt
acl_smtp_data = accept
begin acl
acl_rcpt:
  deny    condition = \${if match{\$local_part}{^reject}}
          message = 550 5.1.1 No such user
  defer   condition = \${if match{\$local_part}{^defer}}
          message = 451 4.7.1 Greylisted, try later
  accept
begin routers
nobody:
  driver = redirect
  condition = \${if match{\$local_part}{^nobody}}
  allow_fail
  data = :fail: 550 5.1.1 No such user here
shop:
  driver = accept
  condition = \${if eq{\$local_part@\$domain}{shop@business.example}}
  transport = cyrus
all:
  driver = accept
  transport = keep
begin transports
cyrus:
  driver = lmtp
  socket = $folder/run/lmtp
  user = $user
keep:
  driver = appendfile
  directory = $folder/mail
  maildir_format
  envelope_to_add
  return_path_add
  user = $user
X
install -m 755 "$root/usr/sbin/exim4" "$folder/exim4"  # a copy without setuid
[ "$(id -u)" != 0 ] || { chown -R "$user:$group" "$folder"; chmod o+x "$(dirname "$folder")"; }

# The programs look for their parts where they would be installed: there they are, in a mount namespace.
cat >"$folder/start" <<'X'
#!/bin/bash
set -eu
root=$1 folder=$2
shift 2
[ -z "$root" ] || for part in /usr/lib /usr/bin /usr/sbin; do
  mount -t overlay none -o lowerdir="$root$part:$part" "$part"
done
mount --bind "$folder/passwd" /etc/passwd
mount --bind "$folder/group" /etc/group
exec "$@" bash -c '
  cd "$1"
  printf correct-horse | saslpasswd2 -p -c -f "$1/sasldb2" -u localhost shop
  ./exim4 -C "$1/exim.conf" -bdf -q1h &
  exec /usr/lib/cyrus/bin/master -C "$1/imapd.conf" -M "$1/cyrus.conf" -p "$1/master.pid"' - "$folder"
X
chmod +x "$folder/start"

setsid $enter "$folder/start" "$root" "$folder" $drop \
  env -i PATH=/usr/sbin:/usr/bin:/bin HOME="$folder" CYRUS_USER="$user" \
  >"$folder/output" 2>&1 </dev/null &
daemon=$!
trap 'kill -- -$daemon 2>/dev/null || true; wait $daemon 2>/dev/null || true' EXIT

await "$smtp" "$daemon" "$folder/output"
await "$https" "$daemon" "$folder/output"
await "$http" "$daemon" "$folder/output"
await "$imap" "$daemon" "$folder/output"

# The first sign-in by IMAP makes the mailboxes.
exec 3<>"/dev/tcp/127.0.0.1/$imap"
printf 'a LOGIN shop correct-horse\r\nb LOGOUT\r\n' >&3
grep -q '^a OK' <&3
exec 3>&-
echo "ready $http $https"
cat >/dev/null
