"""The desktop takes what waits at its relay: with the real programs, and a real keyring.

usage: test-relay-desktop.py RUNGSCTL SOURCE_ROOT RUNGS_RELAY"""

import contextlib
import http.client
import json
import pathlib
import signal
import sys
import tempfile
import threading
import time

from relay import Relay

sys.path.insert(0, str(pathlib.Path(sys.argv[2]).resolve() / 'tests' / 'cli'))
from shop import main, refused, with_keyring  # noqa: E402  pylint: disable=wrong-import-position


@contextlib.contextmanager
def paired(shop, *arguments):
    """A shop with a form, whose relay runs."""
    shop.now = None
    shop.init()
    bus = with_keyring(shop)
    with tempfile.TemporaryDirectory(prefix='rungs-relay-') as folder:
        relay = Relay(folder, *arguments).start()
        try:
            shop.run('relay', 'pair', f'http://127.0.0.1:{relay.port}', relay.code)
            relay.key = 'paired'
            path = shop.json('endpoint', 'add', 'Site', '--provider', 'generic')['path']
            yield relay, path
        finally:
            relay.kill()
            bus.communicate()


def fill_in(relay, path, number):
    body = json.dumps({'email': f'lead{number}@mail.example', 'name': f'Lead {number}', 'id': f'n{number}'})
    return relay.ask('POST', path, body, {'Content-Type': 'application/json'})[0]


def leads(shop):
    return {row['email'] for row in shop.json('leads', 'list', '--limit', '100000')}


def test_takes(shop):
    with paired(shop) as (relay, path):
        shop.run('relay', 'take')
        assert [fill_in(relay, path, number) for number in range(3)] == [200] * 3
        report = shop.json('relay', 'take')
        assert report == {'taken': 3, 'applied': 3, 'ignored': 0, 'quarantined': 0, 'waiting': 0}, report
        assert set(shop.json('relay', 'show')) == {'address', 'uuid', 'ca_file', 'cursor', 'paired_at', 'looked_at',
                                                   'trouble'}
        assert leads(shop) == {f'lead{number}@mail.example' for number in range(3)}
        assert shop.json('relay', 'take')['taken'] == 0
        assert shop.json('relay', 'show')['trouble'] is None
        assert fill_in(relay, path, 1) == 200, 'a repeat is taken in'
        assert shop.json('relay', 'take')['ignored'] == 1
        assert len(leads(shop)) == 3


def test_watches(shop):
    """While the engine runs, a lead is there within two seconds."""
    with paired(shop) as (relay, path):
        running = shop.start('run')
        try:
            end = time.monotonic() + 30
            while fill_in(relay, path, 0) != 200:
                assert time.monotonic() < end, 'the endpoint was not put up'
                time.sleep(0.1)
            while not leads(shop):
                assert time.monotonic() < end, 'nothing was taken'
            slowest = 0
            for number in range(1, 6):
                began = time.monotonic()
                assert fill_in(relay, path, number) == 200
                while f'lead{number}@mail.example' not in leads(shop):
                    assert time.monotonic() - began < 20
                slowest = max(slowest, time.monotonic() - began)
            print(f'# the slowest of five was there after {slowest:.2f} s')
            assert slowest < 2
        finally:
            running.send_signal(signal.SIGTERM)
            running.communicate(timeout=20)


def test_trouble(shop):
    """What hinders is said in words, kept with the relay, and loses nothing."""
    with paired(shop) as (relay, path):
        shop.run('relay', 'take')
        assert fill_in(relay, path, 0) == 200
        relay.kill()
        refused(shop, 'relay', 'take')
        assert shop.json('relay', 'show')['trouble']
        relay.start()
        assert shop.json('relay', 'take')['taken'] == 1
        assert shop.json('relay', 'show')['trouble'] is None
        refused(shop, 'relay', 'pair', f'http://127.0.0.1:{relay.port}', 'AAAA-AAAA', says='code')
        refused(shop, 'relay', 'pair', 'http://relay.example', 'AAAA-AAAA')
        shop.run('relay', 'remove')
        refused(shop, 'relay', 'take', says='no relay')


def test_killed(shop):
    """kill -9 of both, in a load with repeats: each that was answered for is in the file once."""
    count = 400
    with paired(shop, '--rate', '0') as (relay, path):
        shop.run('relay', 'take')
        answered = set()

        def send(first):
            for number in range(first, count, 4):
                while number not in answered:
                    try:
                        if fill_in(relay, path, number) == 200:
                            answered.add(number)
                    except (OSError, http.client.HTTPException):
                        time.sleep(0.02)
        senders = [threading.Thread(target=send, args=[first]) for first in range(4)]
        for sender in senders:
            sender.start()
        kills = 0
        while any(sender.is_alive() for sender in senders) or kills < 8:
            taking = shop.start('relay', 'take')
            time.sleep(0.15 + 0.05 * (kills % 5))
            taking.kill()
            taking.communicate()
            if kills % 3 == 0:
                relay.kill()
                relay.start()
            kills += 1
        end = time.monotonic() + 60
        while shop.json('relay', 'take')['taken']:
            assert time.monotonic() < end
        assert leads(shop) == {f'lead{number}@mail.example' for number in range(count)}
        assert 'file is in order' in shop.run('check').out
        print(f'# {count} forms, {kills} kills')


if __name__ == '__main__':
    main(globals())
