"""kill -9 of the relay and of the desktop (rungsctl run) in a load of forms with repeats and disorder: each form that was
answered with success is in the desktop's file exactly once, and what it says became facts as if nothing had happened.

usage: test-relay-kill.py RUNGSCTL SOURCE_ROOT RUNGS_RELAY [FORMS]; benchmark "relay-kill" runs it with 100,000."""

import http.client
import json
import pathlib
import random
import signal
import sqlite3
import sys
import tempfile
import threading
import time

sys.path[:0] = [str(pathlib.Path(sys.argv[2]).resolve() / 'tests' / folder) for folder in ('cli', 'relay')]
from relay import Relay  # noqa: E402  pylint: disable=wrong-import-position
from shop import main, with_keyring  # noqa: E402  pylint: disable=wrong-import-position

FORMS = int(sys.argv[4]) if len(sys.argv) > 4 else 3000
SENDERS = 8
EACH = 3  # forms of a person
FIRST = 1772000000  # seconds since 1970 at which the first form was filled in


def form(number):
    """Of a person the last one says most; each says another town."""
    at = time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime(FIRST + number))
    return json.dumps({'submission_id': f's{number}', 'submitted_at': at, 'email': f'p{number // EACH}@mail.example',
                       'first_name': f'Name{number // EACH}', 'city': f'Town {number}', 'utm_campaign': f'c{number}'})


class Load:
    """As a form on a page does: what was not answered with success is sent again; at times also what was."""

    def __init__(self, relay, path, chance):
        self.relay, self.path = relay, path
        numbers = list(range(FORMS))
        chance.shuffle(numbers)
        for again in chance.sample(range(FORMS), FORMS // 10):
            numbers.insert(chance.randrange(len(numbers)), again)
        self.numbers = iter(numbers)
        self.lock = threading.Lock()
        self.answered = 0
        self.sent = 0
        self.threads = [threading.Thread(target=self.send) for _ in range(SENDERS)]
        for thread in self.threads:
            thread.start()

    def take(self):
        with self.lock:
            return next(self.numbers, None)

    def try_once(self, connection, number):
        with self.lock:
            self.sent += 1
        try:
            connection.request('POST', self.path, form(number), {'Content-Type': 'application/json'})
            answer = connection.getresponse()
            answer.read()
            return answer.status == 200
        except (OSError, http.client.HTTPException):
            connection.close()
            time.sleep(0.02)
            return False

    def send(self):
        connection = self.relay.connect()
        while (number := self.take()) is not None:
            while not self.try_once(connection, number):
                pass
            with self.lock:
                self.answered += 1
        connection.close()

    def goes_on(self):
        return any(thread.is_alive() for thread in self.threads)


def count(db, sql):
    return db.execute(sql).fetchone()[0]


def progress(shop):
    db = sqlite3.connect(f'file:{shop.file}?mode=ro', uri=True, timeout=60)
    try:
        return count(db, "SELECT count(*) FROM web_delivery WHERE state = 'applied'")
    finally:
        db.close()


def kill_both(shop, relay, load, chance):
    """Until all is answered and done. Returns how often each was killed, and when all was answered."""
    kills, began, last = {'relay': 0, 'desktop': 0}, time.monotonic(), None
    desktop = shop.start('run', now=False)
    try:
        while load.goes_on() or min(kills.values()) < 3 or progress(shop) < FORMS:
            assert time.monotonic() - began < 60 + FORMS / 50, f'{progress(shop)} of {FORMS} are done'
            if not load.goes_on() and last is None:
                last = time.monotonic() - began
            time.sleep(chance.uniform(0.05, 0.6))
            if chance.random() < 0.5:
                relay.kill()
                relay.start()
                kills['relay'] += 1
            else:
                desktop.kill()
                desktop.communicate()
                desktop = shop.start('run', now=False)
                kills['desktop'] += 1
    finally:
        desktop.send_signal(signal.SIGTERM)
        desktop.communicate(timeout=60)
    return kills, last or time.monotonic() - began


def check_facts(shop):
    persons = -(-FORMS // EACH)
    db = sqlite3.connect(f'file:{shop.file}?mode=ro', uri=True)
    for sql, expected in (
            ("SELECT count(*) FROM web_delivery WHERE state = 'applied'", FORMS),
            ("SELECT count(DISTINCT key) FROM web_delivery WHERE state = 'applied'", FORMS),
            ("SELECT count(*) FROM web_delivery WHERE state NOT IN ('applied', 'ignored')", 0),
            ("SELECT count(*) FROM web_delivery WHERE state = 'ignored' AND key IS NOT NULL", 0),
            ('SELECT count(*) FROM lead', persons),
            ('SELECT count(*) FROM touch', FORMS),
            ("SELECT count(DISTINCT value) FROM touch_tag WHERE name = 'utm_campaign'", FORMS),
            ("SELECT count(*) FROM touch t JOIN touch_tag g ON g.touch = t.id AND g.name = 'utm_campaign'"
             f" WHERE t.at <> ({FIRST} + substr (g.value, 2)) * 1000", 0),
            ("SELECT count(*) FROM event WHERE kind = 'form.submitted'", FORMS),
            ("SELECT count(*) FROM event WHERE kind = 'lead.created'", persons),
            ("SELECT count(*) FROM lead l WHERE l.first_name <> 'Name' || substr (l.email, 2, instr (l.email, '@') - 2)",
             0),
            (f"SELECT count(*) FROM lead WHERE city <> 'Town ' || min ({FORMS - 1},"
             f" {EACH} * substr (email, 2, instr (email, '@') - 2) + {EACH - 1})", 0),
            ("SELECT count(*) FROM lead l WHERE NOT EXISTS (SELECT 1 FROM consent c JOIN web_consent w"
             "   ON w.consent = c.id WHERE c.lead = l.id AND c.action = 'given')", 0)):
        assert count(db, sql) == expected, f'{sql}: {count(db, sql)}, not {expected}'
    came = count(db, 'SELECT count(*) FROM web_delivery')
    db.close()
    return came


def test_kill(shop):
    chance = random.Random(8)
    shop.now = None
    shop.init()
    bus = with_keyring(shop)
    with tempfile.TemporaryDirectory(prefix='rungs-relay-') as folder:
        relay = Relay(folder, '--rate', '0').start()
        try:
            shop.run('relay', 'pair', f'http://127.0.0.1:{relay.port}', relay.code)
            relay.key = 'paired'
            path = shop.json('endpoint', 'add', 'Site', '--provider', 'generic', '--source', 'seo:Site',
                             '--wording', 'Yes, write to me')['path']
            shop.run('relay', 'take')
            began = time.monotonic()
            load = Load(relay, path, chance)
            kills, answered = kill_both(shop, relay, load, chance)
            taken = time.monotonic() - began
        finally:
            relay.kill()
            bus.communicate()
    came = check_facts(shop)
    assert load.answered == FORMS + FORMS // 10
    assert came >= load.answered, 'some that were answered for never came'
    assert 'file is in order' in shop.run('check').out
    print(f'# {FORMS} forms, sent {load.sent} times, {came} stored; {kills["relay"]} kills of the relay,'
          f' {kills["desktop"]} of the desktop; answered in {answered:.0f} s, done in {taken:.0f} s')


if __name__ == '__main__':
    main(globals())
