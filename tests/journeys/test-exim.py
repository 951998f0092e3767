"""A real mail server that refuses, is slow, breaks off and sends mail back: each lead gets each message once, and what
comes back becomes what it means.

usage: test-exim.py RUNGSCTL SOURCE_ROOT BUILD_ROOT
"""

import collections
import json
import os
import pathlib
import re
import signal
import socketserver
import subprocess
import sys
import threading
import time

ROOT = pathlib.Path(sys.argv[2]).resolve()
BUILD = pathlib.Path(sys.argv[3]).resolve()
sys.path.insert(0, str(ROOT / 'tests' / 'cli'))
from shop import main, with_keyring  # noqa: E402  pylint: disable=wrong-import-position

JOURNEYS = ROOT / 'tests' / 'journeys'
PASSWORDS = {'exim': 'correct horse', 'dovecot': 'correct-horse'}
CONNECTIONS = 3
LEADS = 40
KILLS = 4
LETTER = 'Subject: Hello {{ lead.first_name }}\nPurpose: greet\nValue: a smile\n\nHello {{ lead.first_name }}!\n'
GRAPH = {'name': 'Letters', 'sells': 'BOOK', 'start': 'one', 'entry': {'triggers': [{'on': 'import'}]},
         'steps': {'one': {'kind': 'message', 'message': 'Letter'}}}
MESSAGE_ID = re.compile(rb'^message-id:\s*<([^>]+)>', re.I | re.M)
WAYS = {'in one piece': (), 'by DATA': ('--without-chunking', 'yes')}


class Server:
    """exim4 or dovecot; `ports` as it says them."""

    def __init__(self, shop, name, *options):
        self.folder = shop.folder / name
        self.process = subprocess.Popen(
            [JOURNEYS / f'{name}.sh', BUILD / 'tests' / name, self.folder, *map(str, options)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        ready = self.process.stdout.readline().split()
        assert ready and ready[0] == 'ready', ready
        self.ports = ready[1:]

    def stop(self):
        self.process.communicate()

    def settle(self):
        """It answers for a message before it lies in its folder: waits until all do that are whole."""
        for _ in range(400):
            if not list((self.folder / 'spool' / 'input').rglob('*-H')):
                return
            time.sleep(0.05)
        raise AssertionError('the mail server keeps messages back')

    def taken(self):
        """Message-ID -> how often it arrived."""
        self.settle()
        counts = collections.Counter()
        for path in (self.folder / 'mail' / 'new').glob('*'):
            counts[MESSAGE_ID.search(path.read_bytes()).group(1).decode()] += 1
        return counts


class Asked(socketserver.ThreadingTCPServer):
    """Answers what the mail server asks at each point of a message: `answer (point, process, recipient)`."""

    daemon_threads = True

    def __init__(self, answer):
        super().__init__(('127.0.0.1', 0), AskedHandler)
        self.answer = answer
        self.lock = threading.Lock()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def port(self):
        return self.server_address[1]


class AskedHandler(socketserver.BaseRequestHandler):
    def handle(self):
        words = self.request.recv(1000).decode().split(' ')
        self.request.sendall((self.server.answer(words[0], int(words[1]), words[2]) or 'go on').encode())


def begin(shop, server, leads):
    shop.init()
    shop.run('account', 'add', 'smtp', '--name', 'Mail', '--host', 'localhost', '--port', server.ports[0],
             '--from-email', 'ida@studio.example', '--username', 'u1', '--ca-file', server.folder / 'ca.pem',
             '--connections', CONNECTIONS, '--default', '--password-stdin',
             stdin=(PASSWORDS['exim'] + '\n').encode())
    shop.run('product', 'add', 'BOOK', '--name', 'Book', '--price', '1EUR')
    shop.run('message', 'add', 'Letter', shop.write('letter.md', LETTER))
    shop.run('sequence', 'add', shop.write('graph.json', json.dumps(GRAPH)))
    shop.run('sequence', 'start', 'Letters')
    lines = ''.join(f'{name}@mail.example,Name\n' for name in leads)
    shop.run('leads', 'import', shop.write('leads.csv', 'email,first name\n' + lines), '--consent', 'Yes')


def outbox(shop):
    return shop.json('outbox', 'list', '--limit', '1000')


def states(shop):
    """Local part -> state of its message."""
    return {row['email'].split('@')[0]: row['state'] for row in outbox(shop)}


def hold_against(shop, server):
    """Nobody got it twice; who is said to have got it has it, and who has it is not said not to."""
    taken = server.taken()
    rows = outbox(shop)
    assert not set(taken) - {row['message_id'] for row in rows}
    for row in rows:
        times = taken[row['message_id']]
        assert times <= 1, f'{row["email"]} got it {times} times'
        assert row['state'] == 'doubt' or times == (row['state'] == 'sent'), (row, times)
    return collections.Counter(row['state'] for row in rows)


def with_server(shop, act, answer=None, options=()):
    """`act (server)` between starting and stopping; `answer` to what exim asks."""
    bus = with_keyring(shop)
    asked = Asked(answer) if answer else None
    server = Server(shop, 'exim', *options, *(('--ask', asked.port) if asked else ()))
    try:
        act(server)
        shop.run('check')
    finally:
        server.stop()
        if asked:
            asked.shutdown()
            asked.server_close()
        bus.communicate()


# ---- what comes back


def test_a_bounce_finds_its_lead(shop):
    dovecot = Server(shop, 'dovecot')

    def act(server):
        shop.now = None
        begin(shop, server, ['anna', 'bounce-bea', 'carl'])
        shop.run('mailbox', 'add', 'Back', '--host', 'localhost', '--port', dovecot.ports[1],
                 '--security', 'tls', '--username', 'u1', '--ca-file', dovecot.folder / 'ca.pem',
                 '--password-stdin', stdin=(PASSWORDS['dovecot'] + '\n').encode())
        shop.run('mailbox', 'read', 'Back')
        shop.run('run', '--once')
        assert set(states(shop).values()) == {'sent'}, states(shop)
        server.settle()
        back = list((dovecot.folder / 'mail' / 'new').iterdir())
        assert len(back) == 1, back

        shop.run('mailbox', 'read', 'Back')
        for name, bounced in ('anna', False), ('bounce-bea', True), ('carl', False):
            lead = shop.json('leads', 'show', f'{name}@mail.example')
            kinds = [event['kind'] for event in lead['timeline']]
            assert kinds.count('mail.bounced') == bounced, (name, kinds)
            assert (lead['suppressed'] == 'bounced') == bounced, lead['suppressed']
        shop.run('mailbox', 'read', 'Back')
        kinds = [event['kind'] for event in shop.json('leads', 'show', 'bounce-bea@mail.example')['timeline']]
        assert kinds.count('mail.bounced') == 1, 'read once more, it is no second one'

    try:
        with_server(shop, act, options=('--returns', dovecot.folder / 'mail'))
    finally:
        dovecot.stop()


# ---- what goes wrong


def test_faults_of_a_message_are_its_own(shop):
    """Refused for good and for now, greylisted, slow, broken off before, in and after the message, all at once."""
    for number, (way, options) in enumerate(WAYS.items()):
        seen = collections.Counter()

        def answer(point, process, recipient):
            first = seen[point, recipient] == 0
            seen[point, recipient] += 1
            if recipient.startswith('grey') and point == 'rcpt' and first:
                return 'defer'
            if recipient.startswith('late') and point == 'end' and first:
                return 'defer'
            if recipient.startswith('never') and point == 'end':
                return 'deny'
            if recipient.startswith('slow'):
                time.sleep(0.7)
            if recipient.startswith('cut-' + point) and first:
                os.kill(process, signal.SIGKILL)
            return None

        def act(server):
            bad = ['reject-a', 'never-a', 'defer-a', 'grey-a', 'late-a', 'slow-a', 'cut-rcpt-a', 'cut-data-a', 'cut-end-a']
            begin(shop, server, bad + [f'good{i}' for i in range(20)])
            shop.run('run', '--once')
            shop.run('run', '--until', '2026-03-03T09:00:00Z')
            found = states(shop)
            count = hold_against(shop, server)
            print(f'# {way}: {dict(count)} {({k: v for k, v in found.items() if v != "sent"})}')
            assert found['reject-a'] == 'failed' and found['never-a'] == 'failed'
            assert found['defer-a'] in ('planned', 'failed')
            assert found['grey-a'] == found['late-a'] == found['slow-a'] == 'sent', found
            assert found['cut-end-a'] == 'doubt', 'nobody can know'
            # In one piece it was whole on its way when the line broke; by DATA it had not begun.
            assert found['cut-rcpt-a'] == ('sent' if options else 'doubt'), found
            assert found['cut-data-a'] == 'sent', found
            assert all(found[f'good{i}'] == 'sent' for i in range(20)), found

        shop.folder = shop.folder.parent / f'{shop.folder.name}-{number}'
        shop.folder.mkdir()
        shop.file = shop.folder / 'shop.db'
        with_server(shop, act, answer, options)


# ---- kill -9


def kill_at(shop, point, every, options):
    """Runs the sender again and again, killed each `every`-th time that a message is at `point`, until it comes to
    its end. Returns how often it was killed."""
    running = []
    seen = [0]
    killed = [0]
    lock = threading.Lock()

    def answer(asked, _process, _recipient):
        with lock:
            if asked == point:
                seen[0] += 1
                if seen[0] % every == 0 and killed[0] < KILLS and running[-1].poll() is None:
                    running[-1].send_signal(signal.SIGKILL)
                    running[-1].wait()
                    killed[0] += 1

    def act(server):
        begin(shop, server, [f'lead{i}' for i in range(LEADS)])
        for _ in range(LEADS):
            with lock:
                running.append(shop.start('run', '--once'))
            out, err = running[-1].communicate()
            if running[-1].returncode != -signal.SIGKILL:
                assert running[-1].returncode == 0, (out, err)
                break
        count = hold_against(shop, server)
        print(f'# killed {killed[0]} times at {point}: {dict(count)}')
        assert killed[0] >= 2, killed
        assert count['sent'] + count['doubt'] == LEADS, count
        assert count['doubt'] <= CONNECTIONS * killed[0], 'more than one a connection'

    with_server(shop, act, answer, options)


def add_kill_tests():
    for point, every in ('connect', 3), ('mail', 9), ('rcpt', 9), ('data', 9), ('end', 9):
        for way, options in WAYS.items():
            if point == 'data' and not options:
                continue  # there it asks nothing between the recipient and the end
            def test(shop, point=point, every=every, options=options):
                kill_at(shop, point, every, options)
            globals()[f'test_killed_at_{point}_{way.replace(" ", "_")}'] = test


add_kill_tests()
main(globals())
