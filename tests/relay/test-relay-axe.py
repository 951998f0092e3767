"""Forms as people meet them: in Chromium, on a phone, on the relay's page, as a snippet and as pasted HTML on another
site, with and without scripts; axe looks at each page, and each lead is in the file soon, with touch and consent.

usage: test-relay-axe.py RUNGSCTL SOURCE_ROOT RUNGS_RELAY NPM_DIR"""

import contextlib
import functools
import http.server
import importlib
import json
import os
import pathlib
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

from relay import Relay

sys.path.insert(0, str(pathlib.Path(sys.argv[2]).resolve() / 'tests' / 'cli'))
from shop import main, with_keyring  # noqa: E402  pylint: disable=wrong-import-position

links = importlib.import_module('test-relay-links')
forms = importlib.import_module('test-relay-forms')

HERE = pathlib.Path(__file__).resolve().parent
NPM = pathlib.Path(sys.argv[4]).resolve()
SITE = '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>A site</title>' \
       '<meta name="viewport" content="width=device-width"></head><body><main><h1>A site</h1>%s</main></body></html>'
WORDING = 'Yes, write to me about pots.'


def definition(shop):
    """One with a question of each kind, as a person would add them."""
    form = shop.json('form', 'show', 'News')['definition']
    form['intro'] = 'What shall we call you?'
    form['fields'] += [
        {'key': 'first_name', 'kind': 'text', 'label': 'First name', 'required': True, 'profile': False},
        {'key': 'phone', 'kind': 'tel', 'label': 'Telephone', 'help': 'Only where you want a call', 'required': False,
         'profile': False},
        {'key': 'question:colour', 'kind': 'choice', 'label': 'Which colour?', 'required': False, 'profile': False,
         'choices': [{'value': 'blue', 'label': 'Blue'}, {'value': 'red', 'label': 'Red'}]}]
    form['consent'] = {'wording': WORDING, 'required': True, 'purpose': 'marketing'}
    form['thanks'] = {'title': 'Thank you very much', 'text': 'We will write soon.', 'url': ''}
    form['most'] = 0
    return form


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format, *args):  # pylint: disable=redefined-builtin
        pass


@contextlib.contextmanager
def site(folder):
    """Another site than the relay's."""
    server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), functools.partial(Quiet, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f'http://localhost:{server.server_port}'
    finally:
        server.shutdown()
        server.server_close()


@contextlib.contextmanager
def shop_with_form(shop, relay):
    shop.now = None
    shop.init()
    bus = with_keyring(shop)
    running = None
    try:
        relay.start()
        shop.run('relay', 'pair', f'http://127.0.0.1:{relay.port}', relay.code)
        relay.key = 'paired'
        shop.run('form', 'add', 'News', '--slug', 'news', '--source', 'seo:Site')
        shop.run('form', 'edit', 'News', '--from', shop.write('form.json', json.dumps(definition(shop))))
        shop.run('form', 'publish', 'News')
        running = shop.start('run')
        end = time.monotonic() + 30
        while relay.ask('GET', '/f/news')[0] != 200:
            assert time.monotonic() < end, 'the form was not put up'
            time.sleep(0.1)
        yield
    finally:
        if running is not None:
            running.send_signal(signal.SIGTERM)
            running.communicate(timeout=30)
        relay.kill()
        bus.communicate()


def browse(tasks):
    """What fill-in.js found, by name."""
    done = subprocess.run(['node', HERE / 'fill-in.js', json.dumps(tasks)], capture_output=True, text=True, timeout=230,
                          check=True, env=os.environ | {'NODE_PATH': str(NPM / 'node_modules')})
    return {found['name']: found for found in map(json.loads, done.stdout.splitlines())}


def task(name, url, script, more=None):
    fill = {'[name=email]': f'{name}@mail.example', '[name=first_name]': 'Ann', '[name=phone]': '+49 30 123',
            '[name=consent]': True}
    # Who has no script, or no token in the page, is asked by one page more.
    steps = ['form button'] if not url.endswith('/f/news') and name != 'snippet-script' else []
    return {'name': name, 'url': url, 'script': script, 'fill': fill, 'press': 'form button', 'wait': 2500,
            'then': steps, 'shows': 'Thank you very much'} | (more or {})


def leads(shop):
    db = sqlite3.connect(f'file:{shop.file}?mode=ro', uri=True, timeout=30)
    try:
        return {name.partition('@')[0]: facts for name, *facts in db.execute(
            'SELECT l.email, l.first_name,'
            ' (SELECT count(*) FROM touch t JOIN source s ON s.id = t.source'
            "   WHERE t.lead = l.id AND s.name = 'Site' AND t.path = 'opt-in'),"
            ' (SELECT max(c.wording) FROM consent c JOIN web_consent w ON w.consent = c.id'
            "   WHERE c.lead = l.id AND c.action = 'given') FROM lead l")}
    finally:
        db.close()


def test_forms(shop):
    with tempfile.TemporaryDirectory(prefix='rungs-relay-') as folder, \
            tempfile.TemporaryDirectory(prefix='rungs-site-') as other:
        relay = Relay(folder, '--rate', '0')
        with shop_with_form(shop, relay), site(other) as address:
            for shape in 'snippet', 'paste':
                html = shop.json('form', 'html', 'News', '--shape', shape)['html']
                pathlib.Path(other, f'{shape}.html').write_text(SITE % html, encoding='utf-8')
            page = f'http://127.0.0.1:{relay.port}/f/news'
            found = browse([task('page-script', page, True), task('page-plain', page, False),
                            task('snippet-script', f'{address}/snippet.html', True),
                            task('snippet-plain', f'{address}/snippet.html', False),
                            task('paste-script', f'{address}/paste.html', True),
                            task('paste-plain', f'{address}/paste.html', False)])
            end = time.monotonic() + (10 if 'ASAN_OPTIONS' in os.environ else 2)
            while len(leads(shop)) < len(found) and time.monotonic() < end:
                time.sleep(0.05)
            facts = leads(shop)
            for name, told in found.items():
                print(f'# {name}: {json.dumps(told)[:700]}; {facts.get(name)}', flush=True)
            for name, told in found.items():
                assert 'failed' not in told, told
                assert not told['axe'] and not told['wide'], told
                assert facts[name] == ['Ann', 1, WORDING], (name, facts[name])
                assert not name.startswith('snippet-script') or told['url'].startswith(address), 'it left the site'


def test_partner_page(shop):
    """The private page of a partner, on a phone, light and dark, in both languages."""
    with tempfile.TemporaryDirectory(prefix='rungs-relay-') as folder:
        relay = Relay(folder, '--rate', '0')
        with shop_with_form(shop, relay):
            shop.run('product', 'add', 'KIT', '--name', 'A kit with a long name for beginners and others', '--price', '4900')
            shop.write('terms.json', '{"hold_days": 0, "rates": [{"rate": 5000}]}')
            shop.run('programme', 'add', 'Friends', '--terms', 'terms.json', '--from', '2020-01-01')
            shop.write('texts.txt', '# Short\nLook: {{link}}\n---\n' + 'Averylongword' * 20)
            shop.run('programme', 'texts', 'Friends', '--from', 'texts.txt')
            tasks = []
            for language in 'en', 'de':
                name = f'{language} with-a-name-that-is-as-long-as-names-of-companies-can-be'
                shop.run('partner', 'add', name, '--language', language, '--programme', 'Friends')
                shop.run('source', 'link', f'affiliate:{name}', f'link-{language}', 'https://shop.example/')
                shop.run('coupon', 'add', f'COUPON{language}', '--source', f'affiliate:{name}')
                shop.run('leads', 'add', f'{language}@example.com', '--source', f'affiliate:{name}', '--path', 'direct')
                shop.run('order', 'add', f'{language}@example.com', 'KIT')
                shop.run('ledger', 'release')
                shop.run('payout', 'make')
                shop.run('order', 'add', f'{language}@example.com', 'KIT')
                address = shop.json('partner', 'page', name)['address']
                shows = 'Your sales for' if language == 'en' else 'Ihre Verkäufe für'
                tasks += [{'name': f'{language}-{dark}', 'url': address, 'script': True, 'press': 'summary >> nth=0', 'shows': shows,
                           'dark': dark} for dark in (False, True)]
            shop.run('relay', 'take')
            for told in browse(tasks).values():
                print(f'# {json.dumps(told)[:300]}', flush=True)
                assert 'failed' not in told, told
                assert not told['axe'] and not told['wide'], told


def pressed(name, url, shows, script=True, press='form button'):
    """A page with a button at most, of a relay whose certificate is our own."""
    return {'name': name, 'url': url, 'script': script, 'press': press, 'shows': shows, 'insecure': True}


def publish_page(shop):
    shop.write('blocks.json', json.dumps([
        {'type': 'heading', 'level': 1, 'text': 'Tea'}, {'type': 'text', 'text': 'From a [garden](https://garden.example).'},
        {'type': 'button', 'text': 'Order', 'link': 'https://shop.example/'}]))
    shop.run('page', 'add', 'Good tea', '--slug', 'tea', '--blocks', 'blocks.json')
    shop.run('page', 'publish', 'tea')


def test_mail(shop):
    """The links of messages that a mail server was given, followed in Chromium: what is confirmed there is agreed to, and
    who says no there has said no; and a landing page."""
    with links.world(shop) as (relay, kept):
        message = shop.json('message', 'add', 'Confirm', '-', stdin=forms.CONFIRM.encode())['id']
        publish_page(shop)
        forms.publish(shop, double=True, confirm_message=message)
        for who in links.ANN, links.CAT:
            forms.fill_in(relay, '/f/tea', email=who, consent='yes')
        assert shop.json('relay', 'take')['applied'] == 2
        assert shop.json('run', '--once')['sent'] == 2
        links.send_first(shop, links.BOB, counts=False)
        sent = links.mails(kept)
        confirm = [next(link for link in links.links(sent[who, 'Please confirm']) if '/c/' in link)
                   for who in (links.ANN, links.CAT)]
        no = re.search('<([^>]*/u/[^>]*)>', sent[links.BOB, 'First']['List-Unsubscribe'])[1]
        found = browse([pressed('confirm-script', confirm[0], 'Your address is confirmed'),
                        pressed('confirm-plain', confirm[1], 'Your address is confirmed', script=False),
                        pressed('unsubscribe', no, 'That is noted'),
                        pressed('gone', relay.address + '/f/none', 'There is nothing here', press=None),
                        pressed('landing', relay.address + '/p/tea?v=ppc', 'From a', press=None),
                        pressed('landing-email', relay.address + '/p/tea?v=email', 'From a', press=None)])
        for told in found.values():
            assert 'failed' not in told, told
            assert not told['axe'] and not told['wide'], told
        shop.run('relay', 'take')
        for who in links.ANN, links.CAT:
            assert [row['action'] for row in shop.json('consent', 'list', who)] == ['given'], who
        assert shop.json('consent', 'list', links.BOB)[-1]['action'] == 'withdrawn'
        assert [row['reason'] for row in shop.json('suppress', 'list')] == ['unsubscribed']


if __name__ == '__main__':
    main(globals())
