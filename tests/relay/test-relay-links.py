"""Links of messages, the whole way: a message is sent, its links are followed and posted to at the real relay, and the
desktop does what they say.

usage: test-relay-links.py RUNGSCTL SOURCE_ROOT RUNGS_RELAY"""

import contextlib
import datetime
import email
import email.policy
import json
import pathlib
import re
import sqlite3
import subprocess
import sys
import tempfile

from relay import Relay

ROOT = pathlib.Path(sys.argv[2]).resolve()
sys.path.insert(0, str(ROOT / 'tests' / 'cli'))
from shop import main, with_keyring  # noqa: E402  pylint: disable=wrong-import-position

ANN, BOB, CAT = 'ann@mail.example', 'bob@mail.example', 'cat@mail.example'
TARGET = 'https://shop.example/book?from=mail&x=1'
FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0'
LETTER = ('Subject: {name}\nPurpose: sell\nValue: news\n\nHello {{{{ lead.first_name }}}}, '
          f'[read on]({TARGET}) or [look](https://shop.example/two) or [more](https://shop.example/three)\n')
GRAPH = {'name': 'Letters', 'sells': 'BOOK', 'start': 'first', 'steps': {
    'first': {'kind': 'message', 'message': 'First', 'next': 'read'},
    'read': {'kind': 'wait_until', 'event': {'on': 'event', 'kind': 'mail.clicked', 'detail': TARGET}, 'days': 3,
             'next': 'second', 'timeout': 'last'},
    'second': {'kind': 'message', 'message': 'Second'},
    'last': {'kind': 'message', 'message': 'Last'}}}


def moment(**after):
    return (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(**after)).strftime('%Y-%m-%dT%H:%M:%SZ')


@contextlib.contextmanager
def certificate(folder):
    files = [str(folder / name) for name in ('certificate.pem', 'key.pem')]
    subprocess.run(['openssl', 'req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost',
                    '-addext', 'subjectAltName=DNS:localhost', '-out', files[0], '-keyout', files[1]],
                   check=True, capture_output=True)
    yield files


@contextlib.contextmanager
def mail_server(shop):
    kept = shop.folder / 'kept'
    kept.mkdir()
    process = subprocess.Popen(
        ['node', ROOT / 'tests' / 'faults' / 'smtp-chunks.js', '--log', kept / 'log', '--keep', kept],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    ready = process.stdout.readline().split()
    assert ready[0] == 'ready', ready
    shop.run('account', 'add', 'smtp', '--name', 'Sink', '--host', '127.0.0.1', '--port', ready[1], '--security', 'none',
             '--auth', 'none', '--from-email', 'ida@studio.example', '--default')
    try:
        yield kept
    finally:
        process.communicate()


@contextlib.contextmanager
def world(shop):
    """A shop that has a relay over TLS, and sends by a mail server."""
    shop.now = None
    shop.init()
    bus = with_keyring(shop)
    with tempfile.TemporaryDirectory(prefix='rungs-relay-') as folder, certificate(pathlib.Path(folder)) as files:
        relay = Relay(folder, '--certificate', files[0], '--private-key', files[1]).start()
        relay.address = f'https://localhost:{relay.port}'
        try:
            shop.run('relay', 'pair', relay.address, relay.code, '--ca-file', files[0])
            relay.key = 'paired'
            shop.run('relay', 'take')
            with mail_server(shop) as kept:
                yield relay, kept
        finally:
            relay.kill()
            bus.communicate()


def mails(kept):
    """{(to, subject): message}"""
    found = [email.message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in kept.glob('*.eml')]
    return {(mail['To'].addresses[0].addr_spec, mail['Subject']): mail for mail in found}


def parts(mail):
    return [mail.get_body([kind]).get_content() for kind in ('plain', 'html')]


def links(mail):
    """Where the links of its HTML lead, in their order, without the one to unsubscribe."""
    return [link.replace('&amp;', '&') for link in re.findall(r'href="([^"]*)"', parts(mail)[1])][:3]


def curl(relay, *words):
    """(status, where to, body), as a program that is not ours asks."""
    process = subprocess.run(
        ['curl', '-s', '--cacert', relay.arguments[1], '-w', '\n%{http_code} %{redirect_url}', *words],
        capture_output=True, text=True, check=True)
    body, _, last = process.stdout.rpartition('\n')
    status, _, where = last.partition(' ')
    return int(status), where, body


def events(shop, kind):
    """[(address, where it leads)]"""
    with contextlib.closing(sqlite3.connect(shop.folder / 'shop.db')) as db:
        return db.execute('SELECT l.email, e.detail FROM event e JOIN lead l ON l.id = e.lead WHERE e.kind = ?'
                          ' ORDER BY l.email, e.detail', (kind,)).fetchall()


def send_first(shop, *people, counts=True):
    if counts:
        shop.run('business', 'set', '--count-clicks', 'yes')
    shop.run('product', 'add', 'BOOK', '--name', 'Book', '--price', '10')
    for name in ('First', 'Second', 'Last'):
        shop.run('message', 'add', name, '-', stdin=LETTER.format(name=name).encode())
    shop.run('sequence', 'add', '-', stdin=json.dumps(GRAPH).encode())
    shop.run('sequence', 'start', 'Letters')
    shop.now = moment(hours=-1)
    for address in people:
        shop.run('leads', 'add', address, '--first-name', address[:3].title(), '--consent', 'Yes')
        shop.run('sequence', 'enrol', 'Letters', address)
    assert shop.json('run', '--once')['sent'] == len(people)
    shop.now = None


def test_one_click(shop):
    """A mail program's POST unsubscribes at once, once, and who opens the page does not."""
    with world(shop) as (relay, kept):
        send_first(shop, ANN, BOB)
        mail = mails(kept)[BOB, 'First']
        assert mail['List-Unsubscribe-Post'] == 'List-Unsubscribe=One-Click'
        web, by_mail = re.findall('<([^>]*)>', mail['List-Unsubscribe'])
        assert web.startswith(relay.address + '/u/') and by_mail.startswith('mailto:ida@studio.example?'), (web, by_mail)
        assert all(web in part for part in parts(mail)), 'the link below the message is the same'

        status, _, page = curl(relay, web, '-H', 'Accept-Language: de')
        assert status == 200 and 'Abmelden' in page and '<html lang="de"' in page, page
        shop.run('relay', 'take')
        assert [row['action'] for row in shop.json('consent', 'list', BOB)] == ['given']
        hour = (datetime.datetime.now(datetime.timezone.utc).hour + 12) % 24
        shop.run('business', 'set', '--window', f'{hour:02}:00-{hour:02}:30')
        shop.run('sequence', 'add', '-', stdin=json.dumps(
            GRAPH | {'name': 'More', 'steps': {'first': {'kind': 'message', 'message': 'Second'}}}).encode())
        shop.run('sequence', 'start', 'More')
        shop.run('sequence', 'enrol', 'More', BOB)
        shop.run('run', '--once')
        assert [row['email'] for row in shop.json('outbox', 'list', '--state', 'planned')] == [BOB]
        status, _, page = curl(relay, web, '-d', 'List-Unsubscribe=One-Click', '-H', 'Accept-Language: en')
        assert status == 200 and 'That is noted' in page, page
        assert shop.json('relay', 'take')['applied'] == 1
        consent = shop.json('consent', 'list', BOB)[-1]
        assert (consent['action'], consent['origin']) == ('withdrawn', 'unsubscribe link'), consent
        row, = [row for row in shop.json('suppress', 'list') if row['email'] == BOB]
        assert row['reason'] == 'unsubscribed', row
        curl(relay, web, '-F', 'List-Unsubscribe=One-Click')
        assert shop.json('relay', 'take')['ignored'] == 1
        assert curl(relay, web[:-1] + ('A' if web[-1] != 'A' else 'B'), '-d', 'x=y')[0] == 404
        assert shop.json('relay', 'take')['taken'] == 0

        shop.run('business', 'set', '--window', 'none')
        shop.now = moment(days=4)
        assert shop.json('run', '--once')['sent'] == 1
        assert sorted(mails(kept)) == [(ANN, 'First'), (ANN, 'Last'), (BOB, 'First')]
        held, = shop.json('outbox', 'list', '--state', 'withheld')
        assert held['reason'] in ('suppressed', 'left') and held['lead_name'] == 'Bob', held


def test_pause(shop):
    """A pause that was chosen on the page withholds marketing until it is over, and no longer."""
    with world(shop) as (relay, kept):
        send_first(shop, ANN)
        page = re.findall('<([^>]*)>', mails(kept)[ANN, 'First']['List-Unsubscribe'])[0]
        status, _, html = curl(relay, page)
        action = re.search(r'action="([^"]*)"', html).group(1)
        assert status == 200 and 'value="30"' in html and page.endswith(action), html
        assert curl(relay, relay.address + action, '-d', 'choice=30')[0] == 200
        assert shop.json('relay', 'take')['applied'] == 1
        assert [row['action'] for row in shop.json('consent', 'list', ANN)] == ['given']
        shop.now = moment(days=4)
        assert shop.json('run', '--once')['sent'] == 0
        held, = shop.json('outbox', 'list', '--state', 'withheld')
        assert held['reason'] == 'quiet', held
        assert 'pause' in shop.run('outbox', 'list', '--state', 'withheld').out
        shop.now = moment(days=31)
        shop.run('sequence', 'add', '-', stdin=json.dumps(
            GRAPH | {'name': 'More', 'steps': {'first': {'kind': 'message', 'message': 'Second'}}}).encode())
        shop.run('sequence', 'start', 'More')
        shop.run('sequence', 'enrol', 'More', ANN)
        assert shop.json('run', '--once')['sent'] == 1


def test_clicks(shop):
    """A person goes on in the sequence; a scanner that tries all links does not."""
    with world(shop) as (relay, kept):
        send_first(shop, ANN, CAT)
        sent = mails(kept)
        for address in (ANN, CAT):
            followed = links(sent[address, 'First'])
            assert all(link.startswith(relay.address + '/l/') for link in followed), followed
            assert all(f'<{link}>' in parts(sent[address, 'First'])[0] for link in followed)
        status, where, _ = curl(relay, links(sent[ANN, 'First'])[0], '-A', FIREFOX)
        assert status in (302, 303, 307) and where == TARGET, (status, where)
        for link in links(sent[CAT, 'First']):
            curl(relay, '-I', link, '-A', FIREFOX)
            curl(relay, link, '-A', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/126.0.0.0')
        shop.run('relay', 'take')
        assert events(shop, 'mail.clicked') == [], 'it is not said too early'
        shop.now = moment(seconds=30)
        shop.run('relay', 'take')
        assert events(shop, 'mail.clicked') == [(ANN, TARGET)]
        assert events(shop, 'mail.scanned') == [
            (CAT, TARGET), (CAT, 'https://shop.example/three'), (CAT, 'https://shop.example/two')]
        assert shop.json('run', '--once')['sent'] == 1
        assert (ANN, 'Second') in mails(kept) and (CAT, 'Second') not in mails(kept)
        curl(relay, links(sent[ANN, 'First'])[0], '-A', FIREFOX)
        shop.now = moment(seconds=60)
        shop.run('relay', 'take')
        assert events(shop, 'mail.clicked') == [(ANN, TARGET)], 'each link once'


def test_watched(shop):
    """While the engine runs, a click is judged without anything else coming in."""
    with world(shop) as (relay, kept):
        send_first(shop, ANN)
        running = shop.start('run')
        try:
            curl(relay, links(mails(kept)[ANN, 'First'])[0], '-A', FIREFOX)
            for _ in range(300):
                if events(shop, 'mail.clicked'):
                    break
                with contextlib.suppress(subprocess.TimeoutExpired):
                    running.wait(timeout=0.1)
            assert events(shop, 'mail.clicked') == [(ANN, TARGET)]
        finally:
            running.terminate()
            running.communicate(timeout=20)


def test_not_counted(shop):
    """Links lead where they did where the owner does not count clicks."""
    with world(shop) as (relay, kept):
        send_first(shop, ANN, counts=False)
        mail = mails(kept)[ANN, 'First']
        assert links(mail) == [TARGET, 'https://shop.example/two', 'https://shop.example/three']
        assert relay.address + '/l/' not in ''.join(parts(mail))


def test_source(shop):
    """A link of a source leads on, and counts."""
    with world(shop) as (relay, _kept):
        shop.run('source', 'add', 'jv:Sue')
        link = shop.json('source', 'link', 'jv:Sue', 'sue', 'https://shop.example/book')['address']
        assert link == relay.address + '/r/sue'
        shop.run('relay', 'take')
        status, where, _ = curl(relay, link, '-A', FIREFOX)
        assert status in (302, 303, 307) and where.startswith('https://shop.example/book'), (status, where)
        curl(relay, link)
        shop.run('relay', 'take')
        row, = shop.json('visits')
        assert (row['path'], row['code'], row['visits'], row['machines']) == ('/r/sue', 'sue', 1, 1), row


if __name__ == '__main__':
    main(globals())
