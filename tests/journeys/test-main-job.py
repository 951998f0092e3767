"""The main job with nothing faked: files of five exporters, a mail server with TLS and a password, a keyring,
and another program that reads what arrived.

usage: test-main-job.py RUNGSCTL SOURCE_ROOT EXIM_CACHE, within tests/npm/with-modules
"""

import json
import pathlib
import re
import subprocess
import sys
import time

ROOT = pathlib.Path(sys.argv[2]).resolve()
CACHE = pathlib.Path(sys.argv[3]).resolve()
sys.path.insert(0, str(ROOT / 'tests' / 'cli'))
from shop import main, with_keyring  # noqa: E402  pylint: disable=wrong-import-position

HERE = pathlib.Path(__file__).parent
PASSWORD = 'correct horse'
FILES = ['mailchimp-subscribed.csv', 'mailchimp-unsubscribed.csv', 'hubspot.csv', 'brevo.csv',
         'shopify-customers.csv', 'google-contacts.csv', 'outlook-german.csv', 'activecampaign.csv']

MESSAGES = {
    'Book 1': 'Subject: The book, {{ lead.first_name | default: "dear reader" }}\nPreview: Chapter one is free\n'
              'Purpose: sell the book\nValue: a chapter\n\nHello {{ lead.first_name | default: "you" }},\n\n'
              'read **chapter one** of [the book](https://studio.example/book).\n',
    'Book 2': 'Subject: Still thinking?\nPurpose: sell the book\nValue: an answer\n\nThe book answers it.\n',
    'Course 1': 'Subject: From the book to the course\nPurpose: sell the course\nValue: a date\n\n'
                'Come to the course.\n',
}
SELL_BOOK = {'name': 'Sell the book', 'sells': 'BOOK', 'entry': {'triggers': [{'on': 'import'}]}, 'start': 'one',
             'steps': {'one': {'kind': 'message', 'message': 'Book 1', 'next': 'pause'},
                       'pause': {'kind': 'wait', 'days': 2, 'next': 'two'},
                       'two': {'kind': 'message', 'message': 'Book 2'}}}
SELL_COURSE = {'name': 'Sell the course', 'sells': 'COURSE', 'start': 'pause',
               'entry': {'triggers': [{'on': 'order', 'sku': 'BOOK'}]},
               'steps': {'pause': {'kind': 'wait', 'days': 1, 'next': 'one'},
                         'one': {'kind': 'message', 'message': 'Course 1'}}}


class Server:
    """exim4 on loopback; what it took is in a folder, a file a message."""

    def __init__(self, shop):
        self.folder = shop.folder / 'exim'
        self.process = subprocess.Popen([HERE / 'exim.sh', CACHE, self.folder], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True)
        ready = self.process.stdout.readline().split()
        assert ready and ready[0] == 'ready', ready
        self.starttls, self.tls = ready[1:]

    def stop(self):
        self.process.communicate()

    def settle(self):
        """It answers for a message before it lies in its folder: waits until all do."""
        for _ in range(200):
            if not [path for path in (self.folder / 'spool' / 'input').rglob('*-[DHJ]')]:
                return
            time.sleep(0.05)
        raise AssertionError('the mail server keeps messages back')

    def mails(self):
        """All that arrived, as mailparser reads them, by recipient."""
        self.settle()
        files = sorted((self.folder / 'mail' / 'new').iterdir()) if (self.folder / 'mail' / 'new').exists() else []
        if not files:
            return {}
        out = subprocess.run(['node', HERE / 'read-mail.js', *files], capture_output=True, check=True).stdout
        by_recipient = {}
        for line in out.decode().splitlines():
            mail = json.loads(line)
            by_recipient.setdefault(mail['to'].lower(), []).append(mail)
        return by_recipient


def begin(shop, server):
    shop.init()
    shop.run('account', 'add', 'smtp', '--name', 'Mail', '--host', 'localhost', '--port', server.starttls,
             '--from-name', 'Ida’s Studio', '--from-email', 'ida@studio.example', '--username', 'u1',
             '--ca-file', server.folder / 'ca.pem', '--connections', '3', '--default', '--password-stdin',
             stdin=(PASSWORD + '\n').encode())
    shop.run('product', 'add', 'BOOK', '--name', 'The Book', '--price', '29.00EUR')
    shop.run('product', 'add', 'COURSE', '--name', 'The Course', '--price', '240EUR')
    shop.run('offer', 'add', 'BOOK', 'COURSE', '--kind', 'next', '--after-days', '0')
    for name, text in MESSAGES.items():
        shop.run('message', 'add', name, shop.write(f'{name}.md', text))
    for graph in (SELL_BOOK, SELL_COURSE):
        shop.run('sequence', 'add', shop.write('graph.json', json.dumps(graph)))
        shop.run('sequence', 'start', graph['name'])


def import_all(shop):
    for name in FILES:
        shop.run('leads', 'import', ROOT / 'tests' / 'data' / 'exports' / name, '--source', 'other:Old list',
                 '--consent', 'Yes, write to me')


def header(mail, name):
    found = [value for key, value in mail['headers'] if key == name.lower()]
    assert len(found) == 1, f'{name}: {found}'
    return found[0]


def check_mail(mail, planned):
    """Every header and part of a first letter."""
    name = planned['name']
    assert mail['subject'] == f'The book, {name or "dear reader"}', mail['subject']
    assert mail['from'] == '"Ida’s Studio" <ida@studio.example>', mail['from']
    assert mail['messageId'] == f'<{planned["message_id"]}>'
    assert mail['date'].startswith('2026-03-02T09:00'), mail['date']
    assert re.fullmatch(r'<mailto:ida@studio\.example\?subject=[^>]+>', header(mail, 'List-Unsubscribe'))
    assert 'List-Unsubscribe-Post' not in dict(mail['headers']), 'a mailto needs no one-click'
    assert header(mail, 'Content-Type').startswith('multipart/alternative')
    assert header(mail, 'MIME-Version') == '1.0'
    hello = f'Hello {name or "you"},'
    assert hello in mail['text'] and hello in mail['html'].replace('&#39;', "'")
    assert '<strong>chapter one</strong>' in mail['html'] and 'Chapter one is free' in mail['html']
    assert 'https://studio.example/book' in mail['text'] and 'href="https://studio.example/book"' in mail['html']
    for part in (mail['text'], mail['html']):
        assert 'Market Square 1' in part and '10115 Berlin' in part, 'the postal address'
        assert '{{' not in part
    assert mail['attachments'] == 0


def test_from_a_file_to_the_next_rung(shop):
    bus = with_keyring(shop)
    server = Server(shop)
    try:
        begin(shop, server)
        import_all(shop)
        leads = {lead['email'].lower(): lead for lead in shop.json('leads', 'list', '--limit', '1000')
                 if lead['email']}
        consented = {lead['email'].lower() for lead in shop.json('leads', 'list', '--reach', 'consented')}
        assert len(leads) >= 14 and 8 <= len(consented) < len(leads), (len(leads), len(consented))
        for said_no in ('paul.gone@mail.example', 'ruth.left@mail.example', 'bob@field.example', 'eva@sauer.example',
                        'john@smith.example', 'teo@elko.example'):
            assert said_no in leads and said_no not in consented, said_no

        shop.run('run', '--once')
        mails = server.mails()
        outbox = {row['email'].lower(): row for row in shop.json('outbox', 'list', '--state', 'sent')}
        assert set(mails) == set(outbox) == consented, (set(mails) ^ consented)
        for email, received in mails.items():
            assert len(received) == 1, f'{email} got {len(received)}'
            check_mail(received[0], {'message_id': outbox[email]['message_id'],
                                     'name': leads[email]['first_name']})

        buyer = 'camille@durand.example'
        assert buyer in consented
        shop.run('order', 'add', buyer, 'BOOK', '--coupon', 'SPRING', '--anyway')
        lead = shop.json('leads', 'show', buyer)
        text = json.dumps(lead)
        assert '"bought"' in text, text
        offer = shop.json('next-offer', buyer, '--why')
        assert 'COURSE' in json.dumps(offer) or 'The Course' in json.dumps(offer), offer
        assert 'The Course' in shop.run('next-offer', buyer, '--why').out

        shop.run('run', '--until', '2026-03-12T09:00:00Z')
        mails = server.mails()
        subjects = {email: sorted(m['subject'] for m in received) for email, received in mails.items()}
        name = leads[buyer]['first_name']
        assert subjects[buyer] == ['From the book to the course', f'The book, {name}'], subjects[buyer]
        for email in consented - {buyer}:
            assert len(subjects[email]) == 2 and 'Still thinking?' in subjects[email], (email, subjects[email])

        shop.run('check')
        for path in shop.folder.glob('shop.db*'):
            assert PASSWORD.encode() not in path.read_bytes(), f'the password is in {path.name}'
    finally:
        server.stop()
        bus.communicate()


def test_no_keyring_no_mail(shop):
    """With the keyring gone, sending says so, nothing leaves, and all leaves when it is back."""
    bus = with_keyring(shop)
    server = Server(shop)
    try:
        begin(shop, server)
        import_all(shop)
        address = shop.env.pop('DBUS_SESSION_BUS_ADDRESS')
        said = shop.run('run', '--once', status=1, DBUS_SESSION_BUS_ADDRESS='unix:path=/nowhere')
        assert 'keyring' in (said.out + said.err).lower(), said.err
        assert not server.mails()
        planned = shop.json('outbox', 'list', '--state', 'planned')
        assert len(planned) >= 8

        shop.env['DBUS_SESSION_BUS_ADDRESS'] = address
        shop.run('account', 'resume', 'Mail')
        shop.run('run', '--once')
        got = server.mails()
        assert len(got) == len(planned), (sorted(got), shop.run('outbox', 'list').out)
    finally:
        server.stop()
        bus.communicate()


main(globals())
