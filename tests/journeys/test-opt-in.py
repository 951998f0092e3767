"""Somebody fills in a form of the relay that Rungs runs itself, and stands in the window within two seconds.

usage: test-opt-in.py RUNGSCTL SOURCE_ROOT RUNGS PICTURES DROP_SOURCE RUNGS_RELAY, on a display and a session bus
"""

import contextlib
import html
import json
import os
import pathlib
import re
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

from journey import keyring, row_of, run
from shop import main
from window import until

SOON = 2 if 'ASAN_OPTIONS' not in os.environ else 10
FORM = {'title': 'Tea letter', 'language': 'en',
        'fields': [{'key': 'email', 'label': 'E-mail address', 'required': True},
                   {'key': 'first_name', 'label': 'First name'}],
        'consent': {'wording': 'Write to me, weekly.', 'required': True},
        'protect': {'seconds': 0, 'bits': 0, 'per_hour': 100}}


def read(address, **answers):
    data = urllib.parse.urlencode(answers).encode() if answers else None
    with urllib.request.urlopen(address, data, timeout=20) as answer:
        return answer.read().decode()


def put_up(address):
    """The page of the form, once it is there."""
    with contextlib.suppress(urllib.error.URLError, ConnectionError):
        return read(address + '/f/tea')
    return None


def fill_in(address, page, **answers):
    hidden = {html.unescape(n): html.unescape(v) for n, v in
              re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', page)}
    return read(address + '/f/tea', **hidden, **answers)


def test_opt_in(shop):
    shop.init()
    shop.now = None
    shop.env['PATH'] = f'{pathlib.Path(sys.argv[6]).resolve().parent}:{shop.env["PATH"]}'
    with keyring(shop):
        shop.write('form.json', json.dumps(FORM))
        shop.run('form', 'add', 'Tea', '--slug', 'tea', '--from', 'form.json', '--source', 'seo:Site')
        shop.run('form', 'publish', 'Tea')
        shop.run('leads', 'add', 'first@mail.example', '--first-name', 'First')
        shop.run('relay', 'here')
        with run(shop, '--file', shop.file) as program:
            program.window('Test – Rungs')
            row_of(program, 'Leads').click()
            leads = program.page('Leads')
            program.find('label', 'First', within=leads, tables=True)
            address = until(lambda: shop.json('relay', 'show')['address'], 'a relay').rstrip('/')
            page = until(lambda: put_up(address), 'the form', timeout=30)
            time.sleep(1.1)  # a token counts from the second after it was made
            sent = time.monotonic()
            assert 'Thank' in fill_in(address, page, email='zoe@mail.example', first_name='Zoe', consent='yes')
            program.find('label', 'Zoe', within=leads, tables=True)
            took = time.monotonic() - sent
            program.picture('01-opt-in')
            print(f'# it stood in the window after {took:.2f} s')
            assert took < SOON, took
        given, = shop.json('consent', 'list', 'zoe@mail.example')
        assert given['wording'] == FORM['consent']['wording'], given


main(globals())
