"""The desktop takes what waits at its relay: with the real programs, and a real keyring.

usage: test-relay-desktop.py RUNGSCTL SOURCE_ROOT RUNGS_RELAY"""

import contextlib
import http.client
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import threading
import time

from relay import PROGRAM, Relay

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
        assert set(shop.json('relay', 'show')) == {'address', 'place', 'uuid', 'ca_file', 'cursor', 'paired_at',
                                                   'looked_at', 'trouble', 'mail_account', 'mail_is_there', 'mail_trouble'}
        assert leads(shop) == {f'lead{number}@mail.example' for number in range(3)}
        assert shop.json('relay', 'take')['taken'] == 0
        assert shop.json('relay', 'show')['trouble'] is None
        assert fill_in(relay, path, 1) == 200, 'a repeat is taken in'
        assert shop.json('relay', 'take')['ignored'] == 1
        assert len(leads(shop)) == 3


def test_word_of_ours(shop):
    """Meta asks with the endpoint's word whether the address is ours; the relay knows it from the desktop."""
    with paired(shop) as (relay, _):
        end = shop.json('endpoint', 'add', 'Ads', '--provider', 'meta-lead-ads')
        shop.run('relay', 'take')
        asked = f'{end["path"]}?hub.mode=subscribe&hub.challenge=77&hub.verify_token='
        assert relay.ask('GET', asked + end['handshake']) == (200, b'77')
        assert relay.ask('GET', asked + 'other')[0] == 405


def test_partner_pages(shop):
    """The page of a partner is where its address says, as long as it is to be; the relay is told the address by nobody."""
    with paired(shop) as (relay, _):
        shop.run('product', 'add', 'KIT', '--name', 'Kit <b>', '--price', '49')
        shop.write('terms.json', '{"hold_days": 0, "rates": [{"rate": 5000}]}')
        shop.run('programme', 'add', 'Friends', '--terms', 'terms.json', '--from', '2020-01-01')
        shop.run('partner', 'add', 'Anna', '--language', 'de', '--programme', 'Friends')
        shop.write('texts.txt', '# Kurz\nHier: {{link}}\n')
        shop.run('programme', 'texts', 'Friends', '--from', 'texts.txt')
        shop.run('source', 'link', 'affiliate:Anna', 'anna', 'https://shop.example/')

        def page():
            shown = shop.json('partner', 'page', 'Anna')
            return shown['address'].removeprefix(f'http://127.0.0.1:{relay.port}')

        first = page()
        assert len(first) == len('/partner/') + 32, first
        assert relay.ask('GET', first)[0] == 404, 'it is not put up yet'
        assert shop.json('partner', 'page', 'Anna')['put_at'] is None
        shop.run('relay', 'take')
        assert shop.json('partner', 'page', 'Anna')['put_at'] is not None
        status, html = relay.ask('GET', first)
        assert status == 200 and f'Hier: http://127.0.0.1:{relay.port}/r/anna' in html.decode(), html
        assert first.removeprefix('/partner/').encode() not in (relay.folder / 'relay.db').read_bytes()
        assert relay.ask('GET', '/r/anna')[0] == 303

        shop.run('leads', 'add', 'ann@example.com', '--source', 'affiliate:Anna', '--path', 'direct')
        shop.run('order', 'add', 'ann@example.com', 'KIT')
        shop.run('relay', 'take')
        html = relay.ask('GET', first)[1].decode()
        assert 'Kit &lt;b&gt;' in html and '24,50 EUR' in html and 'ann@' not in html, html

        new = shop.json('partner', 'page', 'Anna', '--new-address')['address'].removeprefix(f'http://127.0.0.1:{relay.port}')
        shop.run('relay', 'take')
        assert relay.ask('GET', first)[0] == 404 and relay.ask('GET', new)[0] == 200 and new != first
        shop.run('partner', 'end', 'Anna')
        assert refused(shop, 'partner', 'page', 'Anna')
        shop.run('relay', 'take')
        assert relay.ask('GET', new)[0] == 404, 'the partner has ended'
        shop.run('partner', 'end', 'Anna', '--undo')
        shop.run('relay', 'take')
        assert relay.ask('GET', new)[0] == 200
        assert shop.json('partner', 'page', 'Anna', '--off')['address'] is None
        shop.run('relay', 'take')
        assert relay.ask('GET', new)[0] == 404
        assert page() != new, 'a page that was taken down gets another address'


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


def processes(shop):
    """Of the relay that the shop runs itself: {process id}."""
    found = set()
    for path in pathlib.Path('/proc').glob('[0-9]*/cmdline'):
        try:
            words = path.read_bytes().split(b'\0')
        except OSError:
            continue
        if words[0].endswith(b'rungs-relay') and any(word.startswith(bytes(shop.folder)) for word in words):
            found.add(int(path.parent.name))
    return found


def wait_for(what, *arguments):
    end = time.monotonic() + 30
    while not (found := what(*arguments)):
        assert time.monotonic() < end, what
        time.sleep(0.05)
    return found


def fill_in_here(address, path, number):
    body = json.dumps({'email': f'lead{number}@mail.example', 'id': f'n{number}'})
    with contextlib.closing(http.client.HTTPConnection(address.removeprefix('http://'), timeout=20)) as connection:
        try:
            connection.request('POST', path, body, {'Content-Type': 'application/json'})
            return connection.getresponse().status == 200
        except OSError:
            return False


@contextlib.contextmanager
def own_relay(shop, *options):
    """A shop that runs its relay itself: the address, and the path of a form."""
    shop.now = None
    shop.env['PATH'] = f'{pathlib.Path(PROGRAM).resolve().parent}:{shop.env["PATH"]}'
    shop.init()
    bus = with_keyring(shop)
    try:
        relay = shop.json('relay', 'here', *options)
        yield relay, shop.json('endpoint', 'add', 'Site', '--provider', 'generic')['path']
    finally:
        bus.communicate()
        wait_for(lambda: not processes(shop))


def test_here(shop):
    """The engine runs a relay on this computer, again when it dies, and not when the engine has ended."""
    with own_relay(shop) as (relay, path):
        assert relay['place'] == 'here' and relay['address'].startswith('http://127.0.0.1:'), relay
        assert not processes(shop)
        running = shop.start('run')
        try:
            wait_for(fill_in_here, relay['address'], path, 1)
            wait_for(leads, shop)
            (first,) = processes(shop)
            os.kill(first, signal.SIGKILL)
            wait_for(fill_in_here, relay['address'], path, 2)
            assert processes(shop) != {first}
            wait_for(lambda: len(leads(shop)) == 2)
            assert shop.json('relay', 'here')['address'] == relay['address'], 'another port'
            wait_for(fill_in_here, relay['address'], path, 3)
            wait_for(lambda: len(leads(shop)) == 3)
        finally:
            running.kill()
            running.communicate()
        wait_for(lambda: not processes(shop))
        assert shop.json('relay', 'take')['taken'] == 0, 'it runs while it is asked by hand'
        assert shop.json('relay', 'here')['uuid'] == relay['uuid']
        shop.run('relay', 'remove')


def test_here_for_the_office(shop):
    """Reached by the address that this computer has in its network, if it is in one."""
    network = subprocess.run(['hostname', '-I'], capture_output=True, text=True, check=True).stdout.split()
    if not [address for address in network if '.' in address]:
        shop.now = None
        shop.init()
        refused(shop, 'relay', 'here', '--office', says='in no network')
        return
    with own_relay(shop, '--office') as (relay, path):
        assert relay['place'] == 'office'
        port = relay['address'].rpartition(':')[2]
        assert relay['address'].split('/')[2].split(':')[0] in network
        running = shop.start('run')
        try:
            wait_for(fill_in_here, f'http://127.0.0.1:{port}', path, 1)
            wait_for(leads, shop)
        finally:
            running.send_signal(signal.SIGTERM)
            running.communicate(timeout=30)


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
