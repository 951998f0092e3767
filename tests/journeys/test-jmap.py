"""A business that sends and reads by JMAP, with nothing faked: Cyrus with TLS and a password, the mail server
behind it, a keyring, and a bounce that comes back.

usage: test-jmap.py RUNGSCTL SOURCE_ROOT CYRUS_CACHE
"""

import pathlib
import subprocess
import sys
import time

ROOT = pathlib.Path(sys.argv[2]).resolve()
CACHE = pathlib.Path(sys.argv[3]).resolve()
sys.path.insert(0, str(ROOT / 'tests' / 'cli'))
from shop import main, with_keyring  # noqa: E402  pylint: disable=wrong-import-position

HERE = pathlib.Path(__file__).parent
PASSWORD = b'correct-horse\n'
SHOP = 'shop@business.example'
LEADS = """Email,First name
ann@home.example,Ann
ben@home.example,Ben
nobody.here@home.example,Nobody
rejected@home.example,Rejected
deferred@home.example,Deferred
"""
LETTER = ('Subject: Good morning, {{ lead.first_name | default: "you" }}\nPurpose: say hello\nValue: a greeting\n\n'
          'Hello from the **shop**.\n')


class Server:
    """Cyrus and exim4 on loopback; what was sent to others is in a folder, a file a message."""

    def __init__(self, shop):
        self.folder = shop.folder / 'cyrus'
        self.process = subprocess.Popen([HERE / 'cyrus.sh', CACHE, self.folder], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True)
        ready = self.process.stdout.readline().split()
        assert ready and ready[0] == 'ready', ready
        self.url = f'https://localhost:{ready[2]}'

    def stop(self):
        self.process.communicate()

    def mails(self):
        """Who got what, as it is."""
        folder = self.folder / 'mail' / 'new'
        mails = [path.read_text() for path in sorted(folder.iterdir())] if folder.exists() else []
        return {line.split(': ')[1].strip(): mail for mail in mails for line in mail.splitlines()
                if line.startswith('Envelope-to: ')}


def until(done, what):
    for _ in range(200):
        result = done()
        if result:
            return result
        time.sleep(0.1)
    raise AssertionError(what)


def begin(shop, server):
    shop.init()
    connection = ('--url', server.url, '--username', SHOP, '--ca-file', server.folder / 'ca.pem', '--password-stdin')
    shop.run('account', 'add', 'jmap', '--from-email', SHOP, '--default', '--connections', '2', *connection,
             stdin=PASSWORD)
    shop.run('mailbox', 'add', 'Shop', *connection, stdin=PASSWORD)
    shop.run('leads', 'import', shop.write('leads.csv', LEADS), '--source', 'other:Fair', '--consent', 'Write to me')
    shop.run('message', 'add', 'Hello', shop.write('hello.md', LETTER))


def events(shop, email):
    return [event['kind'] for event in shop.json('leads', 'show', email)['timeline']]


def test_by_jmap_and_back(shop):
    bus = with_keyring(shop)
    server = Server(shop)
    try:
        begin(shop, server)
        shop.run('account', 'test', SHOP, 'me@home.example')
        assert 'me@home.example' in until(server.mails, 'the test message does not arrive')

        shop.run('broadcast', 'add', 'Morning', '--message', 'Hello')
        shop.run('broadcast', 'send', 'Morning')
        shop.now = '2026-03-02T09:02:00Z'
        shop.run('run', '--once')
        mails = until(lambda: len(server.mails()) >= 3 and server.mails(), 'the letters do not arrive')
        assert set(mails) == {'me@home.example', 'ann@home.example', 'ben@home.example'}, set(mails)
        assert 'Good morning, Ann' in mails['ann@home.example']
        assert f'Return-path: <{SHOP}>' in mails['ann@home.example']

        rows = {row['email']: row for row in shop.json('outbox', 'list')}
        assert rows['ann@home.example']['state'] == 'sent'
        assert f"<{rows['ann@home.example']['message_id']}>" in mails['ann@home.example']
        assert rows['rejected@home.example']['state'] == 'failed', rows['rejected@home.example']
        assert rows['deferred@home.example']['state'] == 'planned', rows['deferred@home.example']
        assert rows['nobody.here@home.example']['state'] == 'sent', 'it was taken, and bounces later'

        # The bounce lies in the mailbox as soon as the mail server has given up.
        until(lambda: shop.json('mailbox', 'read', 'Shop')['taken'], 'no bounce comes back')
        assert shop.json('mailbox', 'read', 'Shop') == {'looked_at': 0, 'taken': 0, 'unclear': 0}
        assert 'mail.bounced' in events(shop, 'nobody.here@home.example')
        assert 'mail.bounced' not in events(shop, 'ann@home.example')
        box, = shop.json('mailbox', 'list')
        assert box['kind'] == 'jmap' and box['url'] == server.url and box['trouble'] is None, box

        # Nothing is sent again, and nothing to the address that bounced.
        shop.run('broadcast', 'add', 'Evening', '--message', 'Hello')
        shop.run('broadcast', 'send', 'Evening')
        shop.now = '2026-03-02T17:00:00Z'
        shop.run('run', '--once')
        again = [row for row in shop.json('outbox', 'list') if row['email'] == 'nobody.here@home.example']
        assert {row['state'] for row in again} <= {'sent', 'withheld'}
        assert len([row for row in again if row['state'] == 'sent']) == 1, again
    finally:
        server.stop()
        bus.communicate()


main(globals())
