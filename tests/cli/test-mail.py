"""Messages, accounts, the outbox, and what to offer next."""

import base64
import json
import os
import pty
import re
import select
import shutil
import signal
import subprocess
import termios
import time

from gi.repository import Gio, GLib


from shop import main, misused, refused, with_keyring

ANN = 'ann@example.com'
# The smallest picture there is.
DOT = base64.b64decode('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7')
MESSAGE = '''Subject: Hello {{ lead.first_name }}
Preview: A short one
Purpose: say hello
Value: a friendly word

Dear **{{ lead.first_name }}**,

here is your guide.
'''


def secrets_of(shop):
    """All that the keyring keeps: label -> secret."""
    bus = Gio.DBusConnection.new_for_address_sync(
        shop.env['DBUS_SESSION_BUS_ADDRESS'],
        Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION, None, None)

    def call(path, interface, method, parameters):
        return bus.call_sync('org.freedesktop.secrets', path, interface, method, parameters, None,
                             Gio.DBusCallFlags.NONE, 10000, None)

    service = ['/org/freedesktop/secrets', 'org.freedesktop.Secret.Service']
    session = call(*service, 'OpenSession', GLib.Variant('(sv)', ('plain', GLib.Variant('s', ''))))[1]
    items = call(*service, 'SearchItems', GLib.Variant('(a{ss})', ({},)))[0]
    kept = {}
    for item in items:
        label = call(item, 'org.freedesktop.DBus.Properties', 'Get',
                     GLib.Variant('(ss)', ('org.freedesktop.Secret.Item', 'Label')))[0]
        secret = call(item, 'org.freedesktop.Secret.Item', 'GetSecret', GLib.Variant('(o)', (session,)))[0]
        kept[label] = bytes(secret[2]).decode()
    return kept


def test_messages(shop):
    shop.init()
    file = shop.write('hello.txt', MESSAGE)
    added = shop.json('message', 'add', 'Hello', file)
    assert added['subject'] == 'Hello {{ lead.first_name }}' and added['kind'] == 'marketing'
    shown = shop.json('message', 'show', 'Hello')
    assert shown['text'].startswith('Dear **{{') and shown['value'] == 'a friendly word'
    again = shop.json('message', 'add', 'Hello', '-', stdin=MESSAGE.replace('short', 'long').encode())
    assert again['id'] == added['id'] and again['version'] != added['version']
    row, = shop.json('message', 'list')
    assert row['preview'] == 'A long one' and row['sent'] == 0 and row['last_sent_at'] is None
    assert 'here is your guide' in shop.run('message', 'show', 'Hello').out
    shop.run('message', 'remove', 'Hello')
    refused(shop, 'message', 'show', 'Hello')
    refused(shop, 'message', 'remove', 'Hello')


def test_message_problems(shop):
    shop.init()
    result = refused(shop, 'message', 'add', 'X', '-', stdin=MESSAGE.replace('Dear', '{% if %}').encode())
    assert 'line' in result.err.lower(), result.err
    added = shop.json('message', 'add', 'X', '-', stdin=MESSAGE.replace('Dear', '{{ lead.shoesize }}').encode())
    assert [(p['code'], p['detail']) for p in added['problems']] == [('variable', 'lead.shoesize')]
    assert 'lead.shoesize' in shop.run('message', 'check', 'X').out
    shop.run('message', 'add', 'X', '-', stdin=MESSAGE.encode())
    assert shop.json('message', 'check', 'X')['problems'] == []
    assert shop.run('message', 'check', 'X').out == 'Nothing is wrong with it.\n'
    refused(shop, 'message', 'check', 'Nothing')


def test_messages_refused(shop):
    shop.init()
    refused(shop, 'message', 'add', 'X', 'nowhere.txt', says='nowhere.txt')
    refused(shop, 'message', 'add', 'X', str(shop.folder))
    refused(shop, 'message', 'add', 'X', '-', stdin=b'')
    refused(shop, 'message', 'add', 'X', '-', stdin=b'Subject: x\n\nno purpose')
    refused(shop, 'message', 'add', 'X', '-', stdin=b'Subject: \xff\xfe\n', says='UTF-8')
    refused(shop, 'message', 'add', 'X', '-', stdin=b'x' * 9000000, says='too long')
    refused(shop, 'message', 'add', '', '-', stdin=MESSAGE.encode())
    assert shop.json('message', 'list') == []
    misused(shop, 'message', 'add', 'X', says='FILE')
    shop.run('message', 'add', 'With a mark', '-', stdin=b'\xef\xbb\xbf' + MESSAGE.encode())


BOUNCE = """From: MAILER-DAEMON@mx.example
Content-Type: multipart/report; boundary=b

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; %s
Action: failed
Status: 5.1.1

--b--
"""


def test_messages_of_blocks(shop):
    """A message of more than text goes in as JSON, and comes out as it went in."""
    shop.init()
    blocks = [{'type': 'heading', 'level': 1, 'text': 'Glaze'},
              {'type': 'button', 'text': 'Buy', 'link': 'https://a.example/'}]
    file = {'subject': 'Hi', 'purpose': 'p', 'value': 'v', 'language': 'de', 'blocks': blocks, 'id': 7}
    shop.run('message', 'add', 'Hi', '-', stdin=json.dumps(file).encode())
    shown = shop.json('message', 'show', 'Hi')
    assert shown['blocks'] == blocks and shown['language'] == 'de' and shown['kind'] == 'marketing', shown
    assert shown['text'] == '# Glaze\n\n[Buy](https://a.example/)', shown
    again = shop.json('message', 'add', 'Hi', '-', stdin=json.dumps(shown).encode())
    assert again['version'] == shown['version']
    for change, words in (({'blocks': [{'type': 'carousel'}]}, 'carousel'), ({'blocks': 5}, 'damaged'),
                          ({'subject': 5}, 'subject'), ({'kind': 'bulk'}, 'bulk'), ({'language': '!'}, '!')):
        result = refused(shop, 'message', 'add', 'No', '-', stdin=json.dumps({**file, **change}).encode())
        assert words in result.err, result.err
    assert 'JSON' in refused(shop, 'message', 'add', 'No', '-', stdin=b'{"subject": ').err


def test_pictures(shop):
    shop.init()
    shop.write('A dot.gif', DOT)
    added = shop.json('picture', 'add', 'A dot.gif')
    assert (added['key'], added['name'], added['media_type']) == ('a-dot', 'A dot.gif', 'image/gif'), added
    assert shop.json('picture', 'add', 'A dot.gif', '--name', 'B')['id'] == added['id']
    assert 'picture:a-dot' in shop.run('picture', 'add', 'A dot.gif').out
    shop.run('picture', 'rename', 'a-dot', 'Point')
    assert [p['name'] for p in shop.json('picture', 'list')] == ['Point']
    shop.run('message', 'add', 'Hello', '-', stdin=(MESSAGE + '![a dot](picture:a-dot)').encode())
    assert shop.json('picture', 'show', 'a-dot', '--save', 'out.gif')['messages'] == ['Hello']
    assert (shop.folder / 'out.gif').read_bytes() == DOT
    assert 'Hello' in refused(shop, 'picture', 'remove', 'a-dot').err
    shop.run('message', 'remove', 'Hello')
    shop.run('picture', 'remove', 'a-dot')
    refused(shop, 'picture', 'show', 'a-dot')
    assert 'no picture' in refused(shop, 'picture', 'add', shop.write('x.png', 'no')).err
    refused(shop, 'picture', 'add', 'missing.png')


def test_mailboxes(shop):
    shop.init()
    assert shop.json('mailbox', 'list') == []
    shop.run('mailbox', 'add', 'Shop', '--host', 'localhost', '--port', '1', '--username', 'shop')
    shop.run('mailbox', 'edit', 'Shop', '--name', 'Post', '--minutes', '15', '--folder', 'Returns')
    box, = shop.json('mailbox', 'list')
    assert (box['name'], box['minutes'], box['folder'], box['security']) == ('Post', 15, 'Returns', 'tls')
    refused(shop, 'mailbox', 'add', 'Post', '--host', 'x', '--username', 'y')
    misused(shop, 'mailbox', 'add', 'Other', '--username', 'y', says='--host')
    misused(shop, 'mailbox', 'edit', 'Post', '--auth', 'plain', says='xoauth2')
    misused(shop, 'mailbox', 'edit', 'Post', '--minutes', '0', says='1440')
    misused(shop, 'mailbox', 'password', 'Post', says='--password-stdin')
    shop.run('mailbox', 'edit', 'Post', '--url', 'localhost')
    box, = shop.json('mailbox', 'list')
    assert box['kind'] == 'jmap' and box['url'] == 'https://localhost' and box['host'] is None, box
    shop.run('mailbox', 'edit', 'Post', '--host', 'localhost')
    box, = shop.json('mailbox', 'list')
    assert box['kind'] == 'imap' and box['host'] == 'localhost' and box['url'] is None, box
    refused(shop, 'mailbox', 'read', 'Post', '--password-stdin', stdin=b'Zw1ebelkuchen\n')
    assert shop.json('mailbox', 'list')[0]['trouble']
    assert b'Zw1ebelkuchen' not in (shop.folder / 'shop.db').read_bytes()
    shop.run('mailbox', 'remove', 'Post')
    refused(shop, 'mailbox', 'read', 'Post')


def test_returned_mail(shop):
    shop.init()
    shop.run('leads', 'add', 'ann@example.com', '--consent', 'Yes')
    shop.write('stranger.eml', BOUNCE % 'stranger@example.com')
    shop.write('ann.eml', BOUNCE % 'Ann@Example.com')
    shop.write('again.eml', 'X: y\n' + BOUNCE % 'ann@example.com')
    nothing = {'looked_at': 1, 'taken': 0, 'unclear': 0}
    assert shop.json('mailbox', 'take', 'stranger.eml') == nothing
    assert shop.json('mailbox', 'take', 'ann.eml') == {**nothing, 'unclear': 1}
    assert shop.json('mailbox', 'take', 'ann.eml') == nothing
    shop.run('mailbox', 'take', 'again.eml')
    first, second = shop.json('mailbox', 'unclear')
    assert (first['kind'], first['lead_name']) == ('bounce', 'ann@example.com')
    assert shop.json('suppress', 'list') == []
    shop.run('mailbox', 'dismiss', first['id'])
    shop.run('mailbox', 'believe', second['id'])
    assert shop.json('suppress', 'list')[0]['email'] == 'ann@example.com'
    assert shop.json('mailbox', 'unclear') == []
    refused(shop, 'mailbox', 'believe', second['id'])
    refused(shop, 'mailbox', 'take', 'not-there.eml')


def test_accounts(shop):
    shop.init()
    practice, = shop.json('account', 'list')
    assert practice['kind'] == 'practice' and practice['is_default']
    smtp = ['account', 'add', 'smtp', '--host', 'mail.example.com', '--from-email', 'shop@example.com']
    added = shop.json(*smtp, '--security', 'tls', '--connections', '8', '--per-hour', '500', '--auth', 'none')
    assert (added['name'], added['port'], added['connections'], added['per_hour']) == ('mail.example.com', 465, 8, 500)
    assert added['from_name'] == 'Test' and not added['is_default']
    shop.run('account', 'default', 'mail.example.com')
    assert [a['name'] for a in shop.json('account', 'list') if a['is_default']] == ['mail.example.com']
    shop.run('account', 'edit', 'mail.example.com', '--name', 'News', '--security', 'starttls', '--per-hour', '0')
    shown = shop.json('account', 'show', 'News')
    assert shown['port'] == 587 and shown['per_hour'] is None
    assert 'mail.example.com' in shop.run('account', 'list').out
    refused(shop, 'account', 'remove', 'News')
    shop.run('account', 'default', practice['name'])
    shop.run('account', 'remove', 'News')
    refused(shop, 'account', 'show', 'News')
    shop.run('account', 'resume', practice['name'])
    shop.run('account', 'add', 'practice', '--name', 'Second', '--from-email', 'x@example.com', '--default')
    jmap = shop.json('account', 'add', 'jmap', '--url', 'https://jmap.example/', '--from-email', 'x@example.com')
    assert (jmap['name'], jmap['url'], jmap['host']) == ('x@example.com', 'https://jmap.example/', None)


def test_account_rules(shop):
    shop.init()
    shop.run('account', 'add', 'practice', '--name', 'News', '--from-email', 'news@example.com')
    assert 'default account' in shop.run('account', 'rules').out
    shop.run('segment', 'add', 'Friends')
    shop.run('account', 'add-rule', 'News', '--broadcasts', '--to', 'gmail.com, @Example.org')
    added = shop.json('account', 'add-rule', 'Practice', '--kind', 'marketing', '--segment', 'Friends', '--at', '1')
    assert (added['number'], added['account'], added['segment']) == (1, 'Practice', 'Friends')
    assert added['words'] == 'marketing · to leads in “Friends”'
    shop.run('account', 'move-rule', '2', '1')
    rules = shop.json('account', 'rules')
    assert [r['words'] for r in rules] == ['broadcasts · to gmail.com, example.org', added['words']]
    shop.run('account', 'remove-rule', '2')
    assert len(shop.json('account', 'rules')) == 1
    misused(shop, 'account', 'add-rule', 'News', '--kind', 'nonsense', says='transactional')
    refused(shop, 'account', 'add-rule', 'News', '--to', 'ann@example.com', says='no domain')
    refused(shop, 'account', 'add-rule', 'Nobody')
    refused(shop, 'account', 'add-rule', 'News', '--segment', 'Nothing')
    refused(shop, 'account', 'move-rule', '1', '7')
    shop.run('account', 'remove', 'News')
    assert shop.json('account', 'rules') == []


def test_which_account_sends(shop):
    """Each message leaves by the account of its rule, and why says so."""
    shop.now = '2026-03-02T12:00:00Z'
    shop.init()
    shop.run('business', 'set', '--address', 'Street 1, 10115 Berlin')
    shop.run('account', 'edit', 'Practice', '--from-email', 'shop@business.example')
    shop.run('leads', 'add', 'ann@gmail.com', '--consent', 'shop')
    shop.run('leads', 'add', 'bob@example.org', '--consent', 'shop')
    shop.run('message', 'add', 'Hi', '-', stdin=MESSAGE.encode())
    shop.run('account', 'add', 'practice', '--name', 'News', '--from-email', 'news@other.example')
    shop.run('account', 'add-rule', 'News', '--broadcasts', '--to', 'gmail.com')
    shop.run('broadcast', 'add', 'Spring', '--message', 'Hi', '--grace', '0')
    shop.run('broadcast', 'send', 'Spring')
    shop.run('run', '--until', '2026-03-02T18:00:00Z')
    sent = {r['email']: r['account'] for r in shop.json('outbox', 'list')}
    assert sent == {'ann@gmail.com': 'News', 'bob@example.org': 'Practice'}, sent
    lines = {line['check']: line for line in shop.json('why', 'ann@gmail.com', 'Hi')['lines']}
    assert lines['account']['why'] == '“News”, by the rule: broadcasts · to gmail.com'


def test_warm_up(shop):
    shop.now = '2026-03-02T12:00:00Z'
    shop.init()
    shop.run('business', 'set', '--address', 'Street 1, 10115 Berlin')
    shop.run('account', 'edit', 'Practice', '--from-email', 'shop@business.example')
    shown = shop.json('account', 'edit', 'Practice', '--warm-up', '2+50', '--per-day', '100')
    assert (shown['warm_start'], shown['today'], shown['tomorrow']) == (2, 2, 3)
    for i in range(6):
        shop.run('leads', 'add', f'a{i}@example.com', '--consent', 'shop')
    shop.run('message', 'add', 'Hi', '-', stdin=MESSAGE.encode())
    shop.run('broadcast', 'add', 'Spring', '--message', 'Hi', '--grace', '0')
    shop.run('broadcast', 'send', 'Spring')
    shop.run('run', '--until', '2026-03-02T18:00:00Z')
    assert len(shop.json('outbox', 'list', '--state', 'sent')) == 2
    waits = shop.json('outbox', 'list', '--state', 'planned')[0]
    lines = shop.json('why', waits['email'], 'Hi')['lines']
    assert lines[0]['reason'] == 'limit' and lines[0]['until'] == '2026-03-02T23:00:00Z', lines
    misused(shop, 'account', 'edit', 'Practice', '--warm-up', 'often', says='careful')
    assert shop.json('account', 'edit', 'Practice', '--warm-up', 'usual')['today'] == 50
    assert shop.json('account', 'edit', 'Practice', '--warm-up', 'off')['today'] == 100


def test_accounts_refused(shop):
    shop.init()
    smtp = ['account', 'add', 'smtp', '--host', 'mail.example.com', '--from-email', 'shop@example.com']
    misused(shop, 'account', 'add', 'pigeon', says='smtp')
    misused(shop, 'account', 'add', 'smtp', '--from-email', 'shop@example.com', says='--host')
    misused(shop, 'account', 'add', 'jmap', says='--url')
    misused(shop, 'account', 'add', 'http', says='--provider')
    misused(shop, *smtp, '--port', '70000', says='--port')
    misused(shop, *smtp, '--security', 'maybe', says='starttls')
    misused(shop, *smtp, '--auth', 'maybe', says='xoauth2')
    misused(shop, *smtp, '--password', 'secret', says='--password-stdin')
    misused(shop, *smtp, '--connections', '0', says='32')
    refused(shop, 'account', 'add', 'smtp', '--host', 'mail.example.com', '--from-email', 'nonsense')
    refused(shop, 'account', 'default', 'Nothing')
    assert len(shop.json('account', 'list')) == 1


def test_no_keyring(shop):
    shop.init()
    shop.env['DBUS_SESSION_BUS_ADDRESS'] = f'unix:path={shop.folder}/nobody'
    result = shop.run('account', 'add', 'smtp', '--host', 'h.example.com', '--from-email', 'x@example.com',
                      '--username', 'u', '--password-stdin', stdin=b'hunter2-never\n', status=1)
    assert 'was added, but not its password' in result.err
    assert shop.json('account', 'show', 'h.example.com')['username'] == 'u'
    for path in shop.folder.rglob('*'):
        assert not path.is_file() or b'hunter2-never' not in path.read_bytes(), path
    misused(shop, 'account', 'password', 'h.example.com', says='--password-stdin')


def test_keyring(shop):
    shop.init()
    bus = with_keyring(shop)
    shop.run('account', 'add', 'smtp', '--host', 'h.example.com', '--from-email', 'x@example.com',
             '--username', 'u', '--password-stdin', stdin='pässword one\r\nmore'.encode())
    assert secrets_of(shop) == {'Rungs: mail account h.example.com': 'pässword one'}
    shop.run('account', 'password', 'h.example.com', '--password-stdin', stdin=b'second\n')
    assert list(secrets_of(shop).values()) == ['second']
    refused(shop, 'account', 'password', 'h.example.com', '--password-stdin', stdin=b'\n', says='No password')
    refused(shop, 'account', 'password', 'Nothing', '--password-stdin', stdin=b'x\n')
    shop.run('account', 'remove', 'h.example.com')
    assert secrets_of(shop) == {}
    bus.communicate()
    for path in shop.folder.rglob('shop.db*'):
        assert 'pässword one'.encode() not in path.read_bytes(), path


def read_until(fd, text):
    seen = b''
    while text not in seen:
        assert select.select([fd], [], [], 20)[0], seen
        seen += os.read(fd, 1000)
    return seen


def test_password_at_a_terminal(shop):
    """It is asked for, and not shown."""
    shop.init()
    bus = with_keyring(shop)
    ours, theirs = pty.openpty()
    process = subprocess.Popen(shop.words('account', 'add', 'smtp', '--host', 'h.example.com', '--from-email',
                                          'x@example.com', '--username', 'u'),
                               env=shop.env, stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    seen = read_until(ours, b'Password of u:')
    time.sleep(0.2)
    os.write(ours, b'typed-secret\n')
    seen += read_until(ours, b'was added')
    assert process.wait() == 0 and b'typed-secret' not in seen, seen
    os.close(ours)
    bus.communicate()


def test_password_prompt_interrupted(shop):
    """Ctrl+C ends it, and the terminal shows again what is typed."""
    shop.init()
    shop.run('account', 'add', 'smtp', '--host', 'h.example.com', '--from-email', 'x@example.com', '--username', 'u')
    ours, theirs = pty.openpty()
    process = subprocess.Popen(shop.words('account', 'password', 'h.example.com'), env=shop.env, stdin=theirs,
                               stdout=theirs, stderr=theirs)
    read_until(ours, b'Password of u:')
    time.sleep(0.2)
    assert not termios.tcgetattr(theirs)[3] & termios.ECHO
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=20) == 1
    assert termios.tcgetattr(theirs)[3] & termios.ECHO
    os.close(theirs)
    os.close(ours)


def test_outbox_of_the_demo(shop):
    shop.begin('--demo')
    rows = shop.json('outbox', 'list')
    assert len(rows) == 100 and rows[0]['id'] > rows[-1]['id']
    assert {r['state'] for r in shop.json('outbox', 'list', '--state', 'failed')} == {'failed'}
    everything = shop.json('outbox', 'list', '--limit', '100000')
    assert len({r['id'] for r in everything}) == len(everything) > 5000
    one = shop.json('outbox', 'show', rows[0]['id'])
    assert one['message'] == rows[0]['message'] and one['message_id']
    assert all(r['lead'] == one['lead'] for r in shop.json('outbox', 'list', one['email'] or one['lead']))
    assert 'Message-ID' in shop.run('outbox', 'show', rows[0]['id']).out
    doubt = shop.json('outbox', 'list', '--state', 'doubt')
    assert doubt, 'the demo has a message in doubt'
    assert shop.json('outbox', 'resolve', doubt[0]['id'], 'sent')['state'] == 'sent'
    refused(shop, 'outbox', 'resolve', doubt[0]['id'], 'retry')
    misused(shop, 'outbox', 'resolve', doubt[0]['id'], 'maybe', says='retry')
    misused(shop, 'outbox', 'list', '--state', 'lost', says='planned')
    refused(shop, 'outbox', 'show', 10 ** 9)
    shop.run('check')


def test_next_offer(shop):
    shop.init()
    shop.run('leads', 'add', ANN, '--first-name', 'Ann')
    shop.run('product', 'add', 'GUIDE', '--name', 'Guide', '--price', '0')
    shop.run('product', 'add', 'KIT', '--name', 'Kit', '--price', '49')
    assert 'nothing to offer Ann' in shop.run('next-offer', ANN, '--why').out
    shop.run('offer', 'add', '-', 'GUIDE')
    shop.run('offer', 'add', 'GUIDE', 'KIT', '--after-days', '3')
    assert shop.run('next-offer', ANN).out == 'Offer Ann: Guide (GUIDE).\n'
    shop.run('order', 'add', ANN, 'GUIDE')
    waiting = shop.json('next-offer', ANN)
    assert waiting['sku'] is None and waiting['offer'] is None
    reason = next(r for r in waiting['candidates'][0]['reasons'] if r['deciding'])
    assert reason['code'] == 'waiting' and reason['side'] == 'against' and reason['number'] == 3
    assert '3 more days to wait, until 2026-03-05' in shop.run('next-offer', ANN, '--why').out
    shop.now = '2026-03-06T00:00:00Z'
    then = shop.json('next-offer', ANN, '--why')
    assert then['sku'] == 'KIT' and then['candidates'][0]['chosen']
    words = shop.run('next-offer', ANN, '--why').out
    assert '→ Kit (KIT, next)' in words and '+ owns Guide since 2026-03-02' in words and not re.search(r'%\d|%[sd]', words)
    refused(shop, 'next-offer', 'x@example.com', says='no lead')
    misused(shop, 'next-offer', says='EMAIL')


def test_next_offer_of_the_demo(shop):
    shop.begin('--demo')
    for lead in range(1, 60):
        words = shop.run('next-offer', lead, '--why').out
        assert not re.search(r'%\d|%[sd]', words) and '$s' not in words, words
        assert 'margin 0.00' not in words, words
    assert re.search(r'· \d+\.\d % take it, from \d+ cases', shop.run('next-offer', 1, '--why').out)


if __name__ == '__main__':
    assert shutil.which('gnome-keyring-daemon') and shutil.which('dbus-run-session')
    main(globals())
