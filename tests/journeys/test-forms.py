"""An opt-in form is made from a template, edited with mouse and keys, undone, and published; the file is asked after
each, and at the end by rungsctl.

usage: test-forms.py RUNGSCTL SOURCE_ROOT RUNGS PICTURES DROP_SOURCE, on a display and a session bus
"""

import json
import re
import sqlite3

from journey import nameless, row_of, run_demo
from shop import main
from window import BUTTONS, ENTRIES, Widget, drag_between, until, xdo


def ask(shop, sql):
    with sqlite3.connect(f'file:{shop.file}?mode=ro', uri=True) as db:
        row = db.execute(sql).fetchone()
    return row[0] if row else None


def draft(shop):
    return json.loads(ask(shop, 'SELECT draft FROM opt_in') or '{"fields": []}')


def fields(shop):
    return [(field['key'], field['label']) for field in draft(shop)['fields']]


def keys(shop):
    return [key for key, _label in fields(shop)]


def comes(told, wanted):
    until(lambda: told() == wanted, lambda: f'{wanted} in the file, but {told()}')


def begin(program, template):
    """From the empty page."""
    row_of(program, 'Web').click()
    program.press(template)
    program.window('New Form')
    program.key('Return')
    program.find('label', template, timeout=20)


def outline_row(program, name):
    return program.find('list item', re.compile(f'^{re.escape(name)}'))


def select(program, name):
    """Clicks until it is: rows that are made anew at the moment of the click take it with them."""
    def ask():
        row = outline_row(program, name)
        row.click()
        xdo('sleep', 0.3)
        return row.is_('selected')
    until(ask, f'{name} selected')


def drag_row(program, name, below):
    """By its handle at the left; GTK tells of rows where they are, not of handles."""
    row, other = outline_row(program, name), outline_row(program, below)
    x, y = program.on_screen(row)
    _x, _y, width, height = row.place()
    handle = (x - width // 2 + 28, y)

    def under():
        there_x, there_y = program.on_screen(other)
        return there_x, there_y + height // 3
    drag_between(handle, under)


def add_company(program, shop):
    """Insert asks what; the new field stands behind the one that was selected, and its label has the keys."""
    select(program, 'E-mail address')
    program.key('Insert')
    until(lambda: program.focus() and program.focus().role in ENTRIES, 'the keys in the search')
    program.type_keys('Compan')
    xdo('sleep', 0.5)
    program.key('Return')
    comes(lambda: keys(shop), ['email', 'company', 'first_name'])
    until(lambda: outline_row(program, 'Company').is_('selected'), 'the new field selected')
    program.key('ctrl+a')
    program.type_keys('Firm')
    comes(lambda: fields(shop)[1], ('company', 'Firm'))


def undo_and_redo(program, shop):
    program.key('ctrl+z')
    comes(lambda: fields(shop)[1], ('company', 'Company'))
    program.key('ctrl+z')
    comes(lambda: keys(shop), ['email', 'first_name'])
    program.key('ctrl+shift+z', 'ctrl+shift+z')
    comes(lambda: fields(shop)[1], ('company', 'Firm'))


def reorder(program, shop):
    select(program, 'Firm')
    program.key('alt+Down')
    comes(lambda: keys(shop), ['email', 'first_name', 'company'])
    program.key('alt+Up')
    comes(lambda: keys(shop), ['email', 'company', 'first_name'])
    drag_row(program, 'E-mail address', 'First name')
    comes(lambda: keys(shop), ['company', 'first_name', 'email'])


def delete_and_put_back(program, shop):
    select(program, 'First name')
    program.key('Delete')
    comes(lambda: keys(shop), ['company', 'email'])
    program.press('Undo', where=Widget.is_shown)
    comes(lambda: keys(shop), ['company', 'first_name', 'email'])


def publish(program, shop):
    """What keeps it from being published is said; without that it goes out, and its address is shown."""
    program.press('Publish…')
    dialog = program.window('Publish “Newsletter”')
    program.find('label', re.compile('confirm'), within=dialog)
    assert not program.find(BUTTONS, 'Publish', within=dialog, where=Widget.is_laid_out).is_('sensitive')
    program.key('Escape')
    program.gone('label', 'What Is Not Right')
    select(program, 'What Happens Next')
    program.find(('switch', 'toggle button', 'check box'), 'Confirm from the mailbox').click()
    comes(lambda: draft(shop).get('double', False), False)
    program.picture('03-next')
    program.press('Publish…')
    dialog = program.window('Publish “Newsletter”')
    program.press('Publish', within=dialog)
    comes(lambda: ask(shop, 'SELECT max (number) FROM opt_in_version'), 1)
    window = program.window('Address and HTML')
    program.find('label', '/f/newsletter', within=window)
    program.press('Copy the address', within=window)
    program.find('label', 'Copied', within=window)
    program.picture('04-address')
    program.key('Escape')


def test_form(shop):
    shop.run('init', '--demo', now=False)
    with run_demo(shop) as program:
        begin(program, 'Newsletter')
        comes(lambda: keys(shop), ['email', 'first_name'])
        assert not list(nameless(program.page('Web')))
        program.picture('01-editor')
        add_company(program, shop)
        undo_and_redo(program, shop)
        reorder(program, shop)
        program.picture('02-ordered')
        delete_and_put_back(program, shop)
        publish(program, shop)
        program.press('Back to all forms')
        program.find('label', 'Live')
        program.picture('05-list')
    told = shop.run('form', 'show', 'Newsletter', '--json', now=False).json
    assert [field['key'] for field in told['definition']['fields']] == ['company', 'first_name', 'email'], told


main(globals())
