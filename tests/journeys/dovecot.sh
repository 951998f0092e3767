#!/bin/bash
# dovecot.sh CACHE FOLDER: a real mailbox server (IMAP) on loopback, without touching the system.
#
# Prints "ready STARTTLS-PORT TLS-PORT" and ends when its standard input does. What is put into
# FOLDER/mail/new, a file each, is in the INBOX of user u1, password "correct-horse"; LOGIN and PLAIN, only
# under TLS. FOLDER/ca.pem vouches for it.
#
# Where dovecot is not installed, its package is unpacked into CACHE.
set -euo pipefail

cache=$1 folder=$2
here=$(cd "$(dirname "$0")" && pwd)
. "$here/server.sh"

if [ -x /usr/sbin/dovecot ] && [ -x /usr/lib/dovecot/imap ]; then
  root=
else
  unpack "$cache" dovecot-imapd usr/sbin/dovecot
  root=$(cd "$cache/root" && pwd)
fi
mkdir -p "$folder/mail/new" "$folder/mail/cur" "$folder/mail/tmp" "$folder/run"
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
starttls=$(free_port) tls=$(free_port)

cat >"$folder/dovecot.conf" <<X
base_dir = $folder/run
state_dir = $folder/state
log_path = $folder/log
protocols = imap
listen = 127.0.0.1
default_internal_user = $user
default_internal_group = $group
default_login_user = $user
mail_location = maildir:$folder/mail
first_valid_uid = 1
ssl = required
ssl_cert = <$folder/certificates/good.pem
ssl_key = <$folder/certificates/good.key
ssl_dh =
auth_mechanisms = plain login
passdb {
  driver = static
  args = password=correct-horse
}
userdb {
  driver = static
  args = uid=$(id -u "$user") gid=$(id -g "$user") home=$folder/mail
}
namespace inbox {
  inbox = yes
}
service imap-login {
  chroot =
  inet_listener imap {
    port = $starttls
  }
  inet_listener imaps {
    port = $tls
  }
}
service anvil {
  chroot =
}
service stats {
  chroot =
}
X
[ "$(id -u)" != 0 ] || { chown -R "$user:$group" "$folder"; chmod o+x "$(dirname "$folder")"; }

# It looks for its parts where it would be installed: there they are, in a mount namespace.
$enter bash -c '
  root=$1
  shift
  [ -z "$root" ] || for folder in /usr/lib /usr/bin /usr/sbin; do
    mount -t overlay none -o lowerdir="$root$folder:$folder" "$folder"
  done
  exec "$@"' - "$root" $drop env -i PATH=/usr/sbin:/usr/bin:/bin HOME="$folder" \
  dovecot -F -c "$folder/dovecot.conf" >"$folder/output" 2>&1 </dev/null &
daemon=$!
trap 'kill $daemon 2>/dev/null || true; wait $daemon 2>/dev/null || true' EXIT

await "$tls" "$daemon" "$folder/output"
echo "ready $starttls $tls"
cat >/dev/null
