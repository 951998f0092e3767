"""kill -9 at random moments of importing, walking and sending: nothing is lost, nothing is sent twice.

The mail server writes down what it takes before it answers: its log is what really was delivered.

usage: test-kill.py RUNGSCTL SOURCE_ROOT NPM_FOLDER [KILLS]
"""

import collections
import json
import pathlib
import random
import signal
import subprocess
import sys
import time

ROOT = pathlib.Path(sys.argv[2]).resolve()
NPM = pathlib.Path(sys.argv[3]).resolve()
KILLS = int(sys.argv[4]) if len(sys.argv) > 4 else 60
sys.path.insert(0, str(ROOT / 'tests' / 'cli'))
from shop import main  # noqa: E402  pylint: disable=wrong-import-position

ROWS = 20000  # of a file that is killed while it is imported
FED = 300     # leads at a time who agreed, and walk
GRAPH = {'name': 'Letters', 'sells': 'BOOK', 'entry': {'triggers': [{'on': 'import'}]}, 'start': 'one',
         'steps': {'one': {'kind': 'message', 'message': 'Letter', 'next': 'pause'},
                   'pause': {'kind': 'wait', 'days': 1, 'next': 'two'},
                   'two': {'kind': 'message', 'message': 'Letter'}}}
LETTER = 'Subject: Hello {{ lead.first_name }}\nPurpose: greet\nValue: a smile\n\nHello {{ lead.first_name }}!\n'


class Sink:
    def __init__(self, shop):
        self.log = shop.folder / 'sink.log'
        self.process = subprocess.Popen(
            ['node', ROOT / 'tests' / 'faults' / 'smtp-sink.js', '--log', self.log], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, text=True, env=shop.env | {'RUNGS_NPM': str(NPM)})
        ready = self.process.stdout.readline().split()
        assert ready[0] == 'ready', ready
        self.port = ready[1]

    def taken(self):
        """Message-ID -> how often it was taken."""
        counts = collections.Counter()
        for line in self.log.read_text(encoding='utf-8').splitlines():
            if not line.startswith('!'):
                counts[line.split('\t')[1].strip('<>')] += 1
        return counts

    def stop(self):
        self.process.communicate()


def file_of(shop, kind, number, rows):
    lines = ''.join(f'{kind}{number}.{i}@mail.example,Name{i}\n' for i in range(rows))
    return shop.write('leads.csv', 'email,first name\n' + lines)


def kill_at_random(shop, chance, longest, *words):
    """Starts a command, and kills it within the time that it takes. Whether it was still running."""
    process = shop.start(*words)
    try:
        process.communicate(timeout=chance.uniform(0.0, longest))
        return False
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.communicate()
        return True


def check_imports(shop):
    """Each is there whole or not at all."""
    counts = collections.Counter(lead['email'].split('.')[0] for lead in shop.json('leads', 'list'))
    for name, count in counts.items():
        assert count == (ROWS if name.startswith('big') else FED), counts
    return counts


def check_outbox(shop, taken):
    rows = shop.json('outbox', 'list', '--limit', '1000000')
    states = collections.Counter(row['state'] for row in rows)
    known = {row['message_id']: row['state'] for row in rows}
    assert len(known) == len(rows)
    unknown = set(taken) - set(known)
    assert not unknown, f'{len(unknown)} messages were sent that the outbox does not know'
    for message_id, state in known.items():
        times = taken[message_id]
        assert times <= 1, f'{message_id} was sent {times} times'
        if state == 'sent':
            assert times == 1, f'{message_id} is called sent, and was not'
        elif state not in ('doubt', 'claimed'):
            assert times == 0, f'{message_id} is {state}, and was sent'
    steps = collections.Counter((row['lead'], row['step'], row['visit']) for row in rows)
    assert max(steps.values(), default=1) == 1, 'a step planned twice'
    return states


def test_killed_at_random_moments(shop):
    chance = random.Random(34)
    sink = Sink(shop)
    shop.init()
    shop.run('account', 'add', 'smtp', '--name', 'Sink', '--host', '127.0.0.1', '--port', sink.port, '--security',
             'none', '--auth', 'none', '--from-email', 'ida@studio.example', '--connections', '4', '--default')
    shop.run('product', 'add', 'BOOK', '--name', 'Book', '--price', '1EUR')
    shop.run('message', 'add', 'Letter', shop.write('letter.md', LETTER))
    shop.run('sequence', 'add', shop.write('graph.json', json.dumps(GRAPH)))
    shop.run('sequence', 'start', 'Letters')

    killed = collections.Counter()
    number, fed = 0, 0
    started = time.monotonic()
    while sum(killed.values()) < KILLS and time.monotonic() - started < 240:
        if number % 8 == 0:
            shop.run('leads', 'import', file_of(shop, 'fed', fed, FED), '--consent', 'yes')
            fed += 1
        number += 1
        before = sum(killed.values())
        if chance.random() < 0.4:
            file = file_of(shop, 'big', number, ROWS)
            killed['import'] += kill_at_random(shop, chance, 0.8, 'leads', 'import', file)
        else:
            killed['run'] += kill_at_random(shop, chance, 1.0, 'run', '--until', '2026-03-04T09:00:00Z')
        if sum(killed.values()) // 10 > before // 10:
            shop.run('check')
            check_imports(shop)
            check_outbox(shop, sink.taken())

    print(f'# killed {dict(killed)} in {time.monotonic() - started:.0f} s')
    assert killed['import'] >= KILLS / 6 and killed['run'] >= KILLS / 6, killed
    shop.run('run', '--until', '2026-03-09T09:00:00Z')
    shop.run('check')
    big = [name for name in check_imports(shop) if name.startswith('big')]
    states = check_outbox(shop, sink.taken())
    doubts = states['doubt']
    print(f'# {len(big)} killed or ended imports are there, whole; outbox: {dict(states)}; '
          f'taken {sum(sink.taken().values())}')
    assert states['sent'] + doubts == 2 * FED * fed, states
    assert states['claimed'] == 0 and states['planned'] == 0
    assert doubts <= 4 * killed['run'], 'more than one a connection'
    sink.stop()


main(globals())
