"""kill -9 at random moments of a broadcast, while leads say no, buy what it sells, or are merged: nobody gets it twice,
and nobody gets it who must not.

The practice folder is what really left: one file a message, written before it is called sent.

usage: test-broadcast.py RUNGSCTL SOURCE_ROOT [KILLS]
"""

import collections
import email
import email.policy
import pathlib
import random
import signal
import sqlite3
import subprocess
import sys

ROOT = pathlib.Path(sys.argv[2]).resolve()
KILLS = int(sys.argv[3]) if len(sys.argv) > 3 else 25
sys.path.insert(0, str(ROOT / 'tests' / 'cli'))
from shop import main  # noqa: E402  pylint: disable=wrong-import-position

LEADS = 400
LETTER = 'Subject: Hello\nPurpose: sell the book\nValue: a smile\n\nHello {{ lead.first_name }}!\n'


def ask(shop, sql):
    with sqlite3.connect(f'file:{shop.file}?mode=ro', uri=True) as db:
        return db.execute(sql).fetchall()


def with_broadcast(shop):
    shop.now = '2026-03-02T12:00:00Z'
    shop.run('init', '--name', 'Test', '--currency', 'EUR', '--zone', 'Europe/Berlin')
    shop.run('business', 'set', '--address', '1 Test Street')
    shop.run('product', 'add', 'BOOK', '--name', 'Book', '--price', '10')
    shop.run('product', 'add', 'BUNDLE', '--name', 'Bundle', '--price', '20', '--part', 'BOOK')
    lines = ''.join(f'lead{i}@mail.example,Name{i},Yes\n' for i in range(LEADS))
    shop.write('leads.csv', 'email,first name,agreed\n' + lines)
    shop.run('leads', 'import', 'leads.csv', '--consent', 'Yes, please')
    shop.run('message', 'add', 'Letter', '-', stdin=LETTER.encode())
    shop.run('broadcast', 'add', 'News', '--message', 'Letter', '--sells', 'BOOK', '--hold-out', '10%', '--spread', '3',
             '--subject', 'One', '--subject', 'Two', '--test', '30%', '--test-hours', '1')
    shop.run('broadcast', 'send', 'News')


def spoil(shop, chance, barred):
    """Somebody says no, somebody buys, two become one."""
    number = chance.randrange(LEADS)
    address = f'lead{number}@mail.example'
    deed = chance.choice(['no', 'buy', 'suppress'])
    if deed == 'no':
        shop.run('consent', 'withdraw', address)
    elif deed == 'buy':
        shop.run('order', 'add', address, chance.choice(['BOOK', 'BUNDLE']))
    else:
        shop.run('suppress', 'add', address)
    barred[address] = set(written(shop))


def written(shop):
    """Message-ID -> to whom, of what left."""
    found = {}
    for path in pathlib.Path(f'{shop.file}-practice').glob('*.eml'):
        mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        found[mail['Message-ID'].strip('<>')] = mail['To'].addresses[0].addr_spec
    return found


def kill_at_random(shop, chance, longest, *words):
    process = shop.start(*words)
    try:
        process.communicate(timeout=chance.uniform(0.0, longest))
        return 0
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.communicate()
        return 1


def test_nobody_twice(shop):
    seed = random.randrange(1 << 32)
    print(f'# seed {seed}')
    chance = random.Random(seed)
    with_broadcast(shop)
    barred, kills, hour = {}, 0, 12
    while kills < KILLS and hour < 22:
        killed = kill_at_random(shop, chance, 1.2, 'run', '--until', f'2026-03-02T{hour + 1}:00:00Z')
        kills += killed
        spoil(shop, chance, barred)
        if not killed:
            hour += 1
            shop.now = f'2026-03-02T{hour}:00:00Z'
            if shop.json('broadcast', 'show', 'News')['undecided_at'] and not ask(shop, 'SELECT 1 FROM broadcast'
                                                                                  ' WHERE winner IS NOT NULL'):
                shop.run('broadcast', 'choose', 'News', '2')
    shop.now = f'2026-03-02T{hour}:30:00Z'
    shop.run('run', '--until', '2026-03-04T12:00:00Z')
    if shop.json('broadcast', 'show', 'News')['state'] != 'done':
        shop.now = '2026-03-04T12:00:00Z'
        shop.run('broadcast', 'choose', 'News', '1')
        shop.run('run', '--until', '2026-03-06T12:00:00Z')

    mails = written(shop)
    twice = [a for a, n in collections.Counter(mails.values()).items() if n > 1]
    assert not twice, f'{twice} got it twice'
    for address, before in barred.items():
        late = [m for m, to in mails.items() if to == address and m not in before]
        assert not late, f'{address} got it after it must not'
    sent = dict(ask(shop, "SELECT message_id, email FROM outbox WHERE state = 'sent'"))
    assert set(sent) == set(mails), set(sent) ^ set(mails)
    ended = shop.json('broadcast', 'show', 'News')
    assert ended['state'] == 'done' and ended['waiting'] == 0 and ended['doubt'] == 0, ended
    assert ended['audience'] == ended['left_out'] + ended['held'] + ended['sent'] + ended['withheld'], ended
    assert not ask(shop, "SELECT 1 FROM outbox o JOIN broadcast_lead x ON x.lead = o.lead AND x.broadcast = o.broadcast"
                         " WHERE x.part IN ('out', 'held')")
    assert 'file is in order' in shop.run('check').out
    print(f'# {kills} kills, {len(mails)} messages, {len(barred)} leads barred on the way')


if __name__ == '__main__':
    main(globals())
