"""kill -9 at each point of handing a message to a JMAP server, and answers that never come: nothing is sent twice,
and what the server has sent is not in doubt for long.

The server writes down what it sends: that is what really left.

usage: test-jmap-kill.py RUNGSCTL SOURCE_ROOT
"""

import collections
import json
import pathlib
import signal
import subprocess
import sys
import time
import urllib.request

ROOT = pathlib.Path(sys.argv[2]).resolve()
sys.path.insert(0, str(ROOT / 'tests' / 'cli'))
from shop import main, with_keyring  # noqa: E402  pylint: disable=wrong-import-position

PASSWORD = b'correct-horse\n'
STAGES = ['session', 'Identity/get', 'upload', 'Email/import', 'EmailSubmission/set']
LETTER = 'Subject: Hello\nPurpose: greet\nValue: a smile\n\nHello {{ lead.first_name }}!\n'
GRAPH = {'name': 'Letters', 'entry': {'triggers': [{'on': 'import'}]}, 'start': 'one',
         'steps': {'one': {'kind': 'message', 'message': 'Letter'}}}


class Server:
    def __init__(self):
        self.process = subprocess.Popen([ROOT / 'tests' / 'support' / 'fake-jmap.py'], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True)
        self.url = 'http://127.0.0.1:' + self.process.stdout.readline().split()[1]

    def stop(self):
        self.process.communicate()

    def control(self, **told):
        with urllib.request.urlopen(self.url + '/control', json.dumps(told).encode()) as answer:
            answer.read()

    def tell(self):
        with urllib.request.urlopen(self.url + '/control') as answer:
            return json.load(answer)

    def sent(self):
        """Message-ID -> how often it was sent."""
        return collections.Counter(mail['messageId'] for mail in self.tell()['sent'])


def begin(shop, server):
    shop.now = None
    shop.init()
    shop.run('account', 'add', 'jmap', '--name', 'Fake', '--url', server.url, '--username', 'u1@shop.example',
             '--from-email', 'u1@shop.example', '--connections', '2', '--default', '--password-stdin',
             stdin=PASSWORD)
    shop.run('message', 'add', 'Letter', shop.write('letter.md', LETTER))
    shop.run('sequence', 'add', shop.write('graph.json', json.dumps(GRAPH)))
    shop.run('sequence', 'start', 'Letters')


def feed(shop, name, rows):
    lines = ''.join(f'{name}{i}@mail.example,Name{i}\n' for i in range(rows))
    shop.run('leads', 'import', shop.write('leads.csv', 'email,first name\n' + lines), '--consent', 'yes')


def until(done, what):
    end = time.monotonic() + 30
    while time.monotonic() < end:
        if done():
            return
        time.sleep(0.05)
    raise AssertionError(what)


def check(shop, server):
    """What the outbox says is what left."""
    sent = server.sent()
    rows = {row['message_id']: row['state'] for row in shop.json('outbox', 'list', '--limit', '100000')}
    assert not set(sent) - set(rows), 'the outbox does not know what was sent'
    assert max(sent.values(), default=0) <= 1, f'sent twice: {sent.most_common(3)}'
    for message_id, state in rows.items():
        if state == 'sent':
            assert sent[message_id] == 1, f'{message_id} is called sent, and was not'
        elif state not in ('doubt', 'claimed'):
            assert sent[message_id] == 0, f'{message_id} is {state}, and was sent'
    return collections.Counter(rows.values())


def kill_at(shop, server, stage, fault):
    """Lets the server do that, and kills the sender as soon as it has been asked."""
    before = server.tell()['asked']
    server.control(faults=[{'at': stage, 'do': fault, 'times': 1}])
    process = shop.start('run', '--once')
    def asked():
        return any(stage in name for name in server.tell()['asked'][len(before):])
    until(asked, f'{stage} is not asked')
    time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    server.control(faults=[])


def test_killed_at_each_point(shop):
    """Before, while and after the server does what it is asked for."""
    bus = with_keyring(shop)
    server = Server()
    try:
        begin(shop, server)
        doubted = 0
        for number, stage in enumerate(STAGES):
            for fault in ('hang', 'hang-after') if stage not in ('session', 'Identity/get') else ('hang',):
                feed(shop, f'{number}{fault}', 3)
                kill_at(shop, server, stage, fault)
                shop.run('run', '--once')
                states = check(shop, server)
                assert states['planned'] == 0 and states['claimed'] == 0, states
                doubted += states['doubt'] > 0
        states = check(shop, server)
        # What the server has sent was settled by asking it; of the rest nobody can know.
        left = [row['message_id'] for row in shop.json('outbox', 'list', '--state', 'doubt', '--limit', '100')]
        assert doubted and left, 'nothing was ever in doubt'
        assert not set(left) & set(server.sent()), 'in doubt, though the server knows that it was sent'
    finally:
        server.stop()
        bus.communicate()


def test_doubt_is_settled_by_asking(shop):
    """The line breaks, and the server is away for as long as it is asked; when it is back, it knows."""
    bus = with_keyring(shop)
    server = Server()
    try:
        begin(shop, server)
        feed(shop, 'a', 1)
        server.control(faults=[{'at': 'EmailSubmission/set', 'do': 'cut-after', 'times': 1},
                               {'at': 'Email/get', 'do': 'cut', 'times': 1000}])
        shop.run('run', '--once')
        assert check(shop, server) == {'doubt': 1}
        server.control(faults=[])
        shop.run('run', '--once')
        assert check(shop, server) == {'sent': 1}

        # One that the server has not sent stays in doubt, and is sent once when somebody says so.
        feed(shop, 'b', 1)
        server.control(faults=[{'at': 'EmailSubmission/set', 'do': 'cut', 'times': 1}])
        shop.run('run', '--once')
        shop.run('run', '--once')
        assert check(shop, server) == {'sent': 1, 'doubt': 1}
        row, = shop.json('outbox', 'list', '--state', 'doubt')
        shop.run('outbox', 'resolve', row['id'], 'retry')
        shop.run('run', '--once')
        assert check(shop, server) == {'sent': 2}
        assert not [mail for mail in server.tell()['mails'] if mail['mailboxIds'].get('drafts')]
    finally:
        server.stop()
        bus.communicate()


main(globals())
