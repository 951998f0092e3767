"""The page Web, with the mouse and with the keys: a delivery in quarantine is mended by dragging an answer onto a field,
another one by keys alone; a provider is made from what it sent; a sample goes the whole way. Then the file is asked.

usage: test-web.py RUNGSCTL SOURCE_ROOT RUNGS PICTURES DROP_SOURCE, on a display and a session bus
"""

import json
import re
import sqlite3

from journey import DEMO, row_of, run_demo
from shop import main
from window import BUTTONS, ENTRIES, ROWS, until

ASKED, ASKED_TOO = 'Where may we write to?', 'Your box'


def deliver(path, body):
    body = json.dumps(body).encode()
    return (f'rungs-delivery 1\nreceived-at: 1772445600000\naddress: 203.0.113.7\nrequest: POST {path}\n'
            f'header: Content-Type: application/json\nbody: {len(body)}\n\n').encode() + body + b'\n'


def begin(shop):
    """The demo business, with two forms whose answers nobody knows."""
    shop.run('init', '--demo', now=False)
    for delivery in shop.json('delivery', 'list', '--state', 'quarantine'):
        shop.run('delivery', 'dismiss', delivery['id'])
    path = shop.json('endpoint', 'add', 'Contact us', '--provider', 'generic', '--source', 'seo:Site')['path']
    other = shop.json('endpoint', 'add', 'Fair', '--provider', 'generic', '--source', 'seo:Site')['path']
    shop.write('forms', deliver(path, {ASKED: 'linus@example.com', 'Who are you?': 'Linus'})
               + deliver(other, {ASKED_TOO: 'marie@example.com', 'Who?': 'Marie'}))
    shop.run('delivery', 'take', 'forms')


def ask(shop, sql, *values):
    with sqlite3.connect(f'file:{shop.file}?mode=ro', uri=True) as db:
        return db.execute(sql, values).fetchall()


def open_deliveries(program):
    row_of(program, 'Web').click()
    web = program.page('Web')
    program.find(('tab', 'page tab', *BUTTONS), re.compile('^Deliveries'), within=web).click()
    return web


def is_lead(shop, email):
    return ask(shop, 'SELECT first_name FROM lead WHERE email = ?', email)


def mend_with_mouse(shop, program, web):
    """The answer is dragged onto the field, the lead that would come of it is shown, and then it is there."""
    program.find('label', 'Contact us', within=web, tables=True).click()
    program.press('Mend…', within=web)
    window = program.window('Answers of “Contact us”')
    program.find('label', 'It would be in quarantine', within=window)
    answer = program.find('label', 'linus@example.com', within=window, tables=True)
    program.drag(answer, lambda: program.find(('label', *ROWS), re.compile('^E-mail'), within=window))
    program.find('label', 'A new lead', within=window)
    assert not is_lead(shop, 'linus@example.com')
    program.picture('01-mended')
    program.press('Save and Look Again', within=window)
    program.window(DEMO)
    until(lambda: is_lead(shop, 'linus@example.com'), 'a lead')


def mend_with_keys(shop, program, web):
    """Enter on the answer leads to the fields, Enter on a field takes it."""
    program.find('label', 'Fair', within=web, tables=True).click()
    program.press('Mend…', within=web)
    window = program.window('Answers of “Fair”')
    program.find('label', 'It would be in quarantine', within=window)
    program.focus_comes_to(ROWS, tables=True)
    program.key('Return')
    program.focus_comes_to(ROWS, re.compile('^E-mail'))
    program.key('Return')
    program.find('label', 'A new lead', within=window)
    program.key('alt+s')
    program.window(DEMO)
    until(lambda: is_lead(shop, 'marie@example.com'), 'a lead')


def try_a_sample(shop, program, web):
    before = ask(shop, 'SELECT count(*) FROM web_delivery'), ask(shop, 'SELECT count(*) FROM lead')
    program.find(('tab', 'page tab', *BUTTONS), 'Endpoints', within=web).click()
    program.find('label', 'Contact us', within=web, tables=True).click()
    program.press('Send a Sample', within=web)
    window = program.window('A Sample for “Contact us”')
    program.find('label', 'What is real arrives the same way.', within=window)
    program.picture('02-sample')
    program.key('Escape')
    program.window(DEMO)
    assert before == (ask(shop, 'SELECT count(*) FROM web_delivery'), ask(shop, 'SELECT count(*) FROM lead'))


def make_a_provider(shop, program, web):
    """From what is pasted; then an endpoint of it is offered."""
    program.press('New Provider…', within=web)
    dialog = program.window('What the Provider Sent')
    program.find(ENTRIES, 'What It Sent', within=dialog).click()
    program.type_keys('{"mail": "grace@example.com", "who": "Grace"}')
    program.press('Next', within=dialog)
    until(lambda: program.look('label', 'grace@example.com', tables=True), 'its values')
    window = program.window('New Provider')
    program.find(ENTRIES, 'Name of the Provider', within=window).click()
    program.type_keys('Acme Forms')
    program.find(ENTRIES, 'Its Website', within=window).click()
    program.type_keys('acme.example')
    value = program.find('label', 'grace@example.com', within=window, tables=True)
    program.drag(value, lambda: program.find(('label', *ROWS), re.compile('^E-mail'), within=window))
    program.find('label', 'A new lead', within=window)
    program.picture('03-provider')
    program.press('Save', within=window)
    program.window('New Endpoint')
    until(lambda: [p for p in shop.json('endpoint', 'providers') if p['key'] == 'acme-forms'], 'a provider')


def test_page(shop):
    begin(shop)
    with run_demo(shop) as program:
        web = open_deliveries(program)
        mend_with_mouse(shop, program, web)
        mend_with_keys(shop, program, web)
        try_a_sample(shop, program, web)
        make_a_provider(shop, program, web)


main(globals())
