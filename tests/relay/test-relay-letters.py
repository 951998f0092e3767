"""The relay asks people itself to confirm their address, by a mail account that its owner has given it, while the desktop
sleeps; and nobody is asked by both.

usage: test-relay-letters.py RUNGSCTL SOURCE_ROOT RUNGS_RELAY"""

import contextlib
import importlib
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import tempfile
import time

from relay import PROGRAM

links = importlib.import_module('test-relay-links')
forms = importlib.import_module('test-relay-forms')
shops = importlib.import_module('shop')

ANN = forms.ANN
MESSAGE = ('Subject: Please confirm, {{ lead.first_name | default: "friend" }}\nPurpose: p\nValue: v\nKind: transactional\n\n'
           'Grüß Gott {{ lead.first_name | default: "friend" }}! Was it you? [Yes, write to me]({{ confirm_link }})\n')


@contextlib.contextmanager
def world(shop, by_relay=True):
    """A shop with a form whose consent is confirmed; its relay has the account."""
    with links.world(shop) as (relay, kept):
        message = shop.json('message', 'add', 'Confirm', '-', stdin=MESSAGE.encode())['id']
        if by_relay:
            shop.run('relay', 'give-account', 'Sink')
        forms.publish(shop, double=True, confirm_message=message)
        yield relay, kept


def log(kept):
    return [line.split('\t') for line in (kept / 'log').read_text(encoding='utf-8').splitlines()
            if line and not line.startswith('!')]


def wait_for(what, seconds=20):
    end = time.monotonic() + seconds
    while not (found := what()):
        assert time.monotonic() < end, what
        time.sleep(0.05)
    return found


def fill_in(relay, email=ANN, **more):
    return forms.fill_in(relay, '/f/tea', email=email, consent='yes', **more)


def outbox(shop):
    return [(row['email'], row['state']) for row in shop.json('outbox', 'list')]


def letters(relay):
    """What waits at the relay to be sent: of a copy, for who opens the file itself gets in the relay's way."""
    with tempfile.TemporaryDirectory() as folder:
        for ending in ('', '-wal'):
            with contextlib.suppress(FileNotFoundError):
                shutil.copy(relay.folder / f'relay.db{ending}', folder)
        with contextlib.closing(sqlite3.connect(f'{folder}/relay.db')) as db:
            return db.execute('SELECT recipient, tries, is_out FROM letter').fetchall()


def test_the_whole_way(shop):
    """Asked within a moment, without the desktop; it then knows, asks nobody again, and confirms by the relay's link."""
    with world(shop) as (relay, kept):
        shown = shop.json('relay', 'show')
        assert shown['mail_account'] == 'Sink' and shown['mail_is_there'], shown
        assert (relay.folder / 'mail.json').stat().st_mode & 0o777 == 0o600
        began = time.monotonic()
        fill_in(relay, first_name='Änne <b>')
        wait_for(lambda: log(kept))
        print(f'# asked after {time.monotonic() - began:.2f} s')
        fill_in(relay, 'bob@mail.example', first_name='Bo-Bö', language='de')
        wait_for(lambda: len(log(kept)) == 2)
        mails = {to: mail for (to, _), mail in links.mails(kept).items()}
        for to, name in ((ANN, 'friend'), ('bob@mail.example', 'Bo-Bö')):
            mail = mails[to]
            assert mail['Subject'] == 'Please confirm, friend' and 'ida@studio.example' in mail['From'], mail
            for part in links.parts(mail):
                assert f'Grüß Gott {name}!' in part, part
        link = next(one for one in links.links(mails[ANN]) if '/c/' in one)
        assert link.startswith(relay.address + '/c/') and link in links.parts(mails[ANN])[0], link

        taken = shop.json('relay', 'take')
        assert taken['applied'] == 4 and taken['quarantined'] == 0, (taken, shop.json('delivery', 'list'))
        assert shop.json('run', '--once')['sent'] == 0, 'it is asked twice'
        assert sorted(outbox(shop)) == [(ANN, 'sent'), ('bob@mail.example', 'sent')]
        sent, = links.events(shop, 'mail.sent')[:1]
        assert sent == (ANN, 'Confirm'), sent
        assert log(kept)[0][1] in {row['message_id'] for row in shop.json('outbox', 'list')}, shop.json('outbox', 'list')
        assert len(log(kept)) == 2
        assert shop.json('consent', 'list', ANN) == []

        status, _, page = links.curl(relay, link)
        assert status == 200 and '<form' in page, page
        forms.send(relay, page)
        assert shop.json('relay', 'take')['applied'] == 1, shop.json('delivery', 'list')
        given, = shop.json('consent', 'list', ANN)
        assert given['action'] == 'given' and given['wording'] == 'Write to me, weekly.', given
        forms.send(relay, page)
        assert shop.json('relay', 'take')['ignored'] == 1
        assert len(shop.json('consent', 'list', ANN)) == 1

        # Who had agreed before is asked by the relay, which does not know it; nothing comes of that but a line.
        relay.kill()
        relay.start()
        fill_in(relay)
        wait_for(lambda: len(log(kept)) == 3)
        again = next(one for one in links.links(links.mails(kept)[ANN, 'Please confirm, friend']) if '/c/' in one)
        forms.send(relay, links.curl(relay, again)[2])
        taken = shop.json('relay', 'take')
        assert taken['quarantined'] == 0 and len(shop.json('consent', 'list', ANN)) == 1, (taken, shop.json('delivery', 'list'))


def test_off(shop):
    """Without an account the desktop asks, and what is taken back is not there any more."""
    with world(shop, by_relay=False) as (relay, kept):
        fill_in(relay)
        time.sleep(1)
        assert log(kept) == []
        shop.run('relay', 'take')
        assert shop.json('run', '--once')['sent'] == 1
        shop.run('relay', 'give-account', 'Sink')
        shop.run('relay', 'take')
        assert (relay.folder / 'mail.json').exists() and shop.json('relay', 'show')['mail_is_there']
        shop.run('relay', 'take-account-back')
        shown = shop.json('relay', 'show')
        assert shown['mail_account'] is None and shown['mail_is_there'], 'the relay was not asked yet'
        shop.run('relay', 'take')
        assert not (relay.folder / 'mail.json').exists() and not shop.json('relay', 'show')['mail_is_there']
        fill_in(relay, 'bob@mail.example')
        assert letters(relay) == []
        shop.run('relay', 'take')
        assert shop.json('run', '--once')['sent'] == 1
        assert len(log(kept)) == 2


def test_another_desktop_has_not_given_it(shop):
    with world(shop) as (relay, _):
        assert (relay.folder / 'mail.json').exists()
        code = subprocess.run([PROGRAM, '--folder', relay.folder, '--pair'],
                              capture_output=True, text=True, check=True).stdout
        relay.code = re.search(r'\S{4}-\S{4}', code).group()
        relay.pair()
        assert not (relay.folder / 'mail.json').exists()
        assert relay.health()['mail'] == ''


def test_limits(shop):
    """An address is asked once an hour by a form, whoever enters it, and however it is written."""
    with world(shop) as (relay, kept):
        for email in (ANN, 'Ann@Mail.Example', ANN):
            fill_in(relay, email)
        wait_for(lambda: log(kept))
        time.sleep(1)
        assert len(log(kept)) == 1, log(kept)
        assert letters(relay) == []
        assert shop.json('relay', 'take')['quarantined'] == 0


def test_hostile_addresses(shop):
    """What is no plain address is left to the desktop; nothing of it becomes a header."""
    with world(shop) as (relay, kept):
        for email in ('eve@mail.example\r\nBcc: x@mail.example', 'a b@mail.example', '"a,b"@mail.example', 'eve@mail.example>',
                      'ä@mail.example', 'eve@', '@mail.example', 'a@b@mail.example', 'eve@localhost', '<eve@mail.example>',
                      'eve,cat@mail.example', 'eve@mail.example,cat@mail.example'):
            fill_in(relay, email)
        assert letters(relay) == []
        fill_in(relay, 'cat@bücher.example', first_name='Buy\r\nBcc: x@mail.example')
        fill_in(relay, 'dan@mail.example', first_name='https://evil.example')
        wait_for(lambda: len(log(kept)) == 2)
        assert sorted(to for to, _ in log(kept)) == ['cat@xn--bcher-kva.example', 'dan@mail.example'], log(kept)
        for path in kept.glob('*.eml'):
            raw = path.read_bytes()
            assert b'Bcc' not in raw and b'evil' not in raw, raw
            assert max(map(len, raw.split(b'\r\n'))) < 200


def give_dead_account(shop):
    """One whose server is not there."""
    with socket.socket() as free:
        free.bind(('127.0.0.1', 0))
        port = free.getsockname()[1]
    shop.run('account', 'add', 'smtp', '--name', 'Dead', '--host', '127.0.0.1', '--port', port, '--security', 'none',
             '--auth', 'none', '--from-email', 'ida@studio.example')
    shop.run('relay', 'give-account', 'Dead')
    shop.run('relay', 'take')


def test_refusing_server(shop):
    """What is refused for good is told to the desktop, which asks itself."""
    with world(shop) as (relay, kept):
        fill_in(relay, 'rcpt.550.5.7.1@mail.example')
        wait_for(lambda: letters(relay) == [] and '550' in (kept / 'log').read_text(encoding='utf-8'))
        taken = shop.json('relay', 'take')
        assert taken['applied'] == 2, (taken, shop.json('delivery', 'list'))
        assert '5.7.1' in shop.json('relay', 'show')['mail_trouble']
        assert [state for _, state in outbox(shop)] == ['planned'], outbox(shop)
        assert log(kept) == []


def test_dead_server(shop):
    """It is tried again, also by a relay that was killed; taken back, what still waits there is the desktop's."""
    with world(shop) as (relay, kept):
        give_dead_account(shop)
        fill_in(relay)
        wait_for(lambda: letters(relay) == [(ANN, 1, 0)])
        relay.kill(signal.SIGKILL)
        relay.start()
        assert letters(relay) == [(ANN, 1, 0)]
        assert shop.json('relay', 'take')['applied'] == 1
        assert shop.json('run', '--once')['sent'] == 0 and outbox(shop) == []
        shop.run('relay', 'take-account-back')
        shop.run('relay', 'take')
        wait_for(lambda: letters(relay) == [])
        shop.run('relay', 'take')
        assert [row['kind'] for row in shop.json('delivery', 'list')] == ['asked', 'form']
        assert shop.json('run', '--once')['sent'] == 1 and len(log(kept)) == 1, outbox(shop)


def test_killed_while_it_sends(shop):
    """Whatever the server has then: nobody is asked twice, and the desktop is told that it is in doubt."""
    with world(shop) as (relay, kept):
        fill_in(relay, 'hang@mail.example')
        wait_for(lambda: log(kept))
        assert [row[2] for row in letters(relay)] == [1]
        relay.kill(signal.SIGKILL)
        relay.start()
        wait_for(lambda: letters(relay) == [])
        assert shop.json('relay', 'take')['quarantined'] == 0
        assert shop.json('run', '--once')['sent'] == 0
        assert outbox(shop) == [('hang@mail.example', 'doubt')], outbox(shop)
        assert len(log(kept)) == 1
        assert links.events(shop, 'mail.sent') == []


def test_the_relay_is_gone(shop):
    """What it was to send is in doubt; a person decides, and the desktop may send it then."""
    with world(shop) as (relay, kept):
        give_dead_account(shop)
        fill_in(relay)
        wait_for(lambda: letters(relay) == [(ANN, 1, 0)])
        shop.run('relay', 'take')
        assert outbox(shop) == []
        relay.kill()
        shop.run('relay', 'remove')
        assert outbox(shop) == [(ANN, 'doubt')]
        assert log(kept) == []


def test_nothing_to_sign_with(shop):
    """A relay that has lost the keys of links asks nobody: the desktop does."""
    with world(shop) as (relay, kept):
        relay.kill()
        with contextlib.closing(sqlite3.connect(relay.folder / 'relay.db')) as db, db:
            db.execute("UPDATE setting SET value = json_remove(value, '$.link_keys') WHERE name = 'published'")
        relay.start()
        fill_in(relay)
        assert letters(relay) == []
        shop.run('relay', 'take')
        assert shop.json('run', '--once')['sent'] == 1
        assert len(log(kept)) == 1


def test_which_accounts(shop):
    with links.world(shop):
        shop.run('account', 'add', 'smtp', '--name', 'Far', '--host', 'mail.example', '--security', 'none', '--auth', 'none',
                 '--from-email', 'ida@studio.example')
        shops.refused(shop, 'relay', 'give-account', 'Far', says='encrypted')
        shops.refused(shop, 'relay', 'give-account', 'Practice', says='SMTP')


if __name__ == '__main__':
    shops.main(globals())
