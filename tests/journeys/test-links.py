"""A source gets a link by keys, its address is copied, what came by it is told, it is taken away and put back; a page
is written, opened again, a block of it copied by keys, and published. Then the file is asked.

usage: test-links.py RUNGSCTL SOURCE_ROOT RUNGS PICTURES DROP_SOURCE, on a display and a session bus
"""

import json
import re
import sqlite3

from journey import nameless, row_of, run_demo
from shop import main
from window import BUTTONS, ENTRIES, until


def ask(shop, sql, *values):
    with sqlite3.connect(f'file:{shop.file}?mode=ro', uri=True) as db:
        return db.execute(sql, values).fetchall()


def open_view(program, name):
    row_of(program, 'Web').click()
    web = program.page('Web')
    program.find(('tab', 'page tab', *BUTTONS), re.compile(f'^{name}'), within=web).click()
    return web


def links(shop):
    return ask(shop, 'SELECT s.kind, s.name, k.code, k.target, k.remember, k.days FROM source_link k'
                     '  JOIN source s ON s.id = k.source')


def make_link(shop, program):
    """A source that there is, by keys alone; what is wrong is said in place."""
    program.key('ctrl+n')
    dialog = program.window('New Link')
    assert not list(nameless(dialog)), list(nameless(dialog))
    program.key('alt+a')
    program.find(ENTRIES, re.compile('an address such as'), within=dialog)
    assert not links(shop)
    program.find(ENTRIES, re.compile('^Where It Leads'), within=dialog).click()
    program.type_keys('https://www.example.com/book')
    program.find(ENTRIES, re.compile('^Last Part of'), within=dialog).click()
    program.type_keys('parcel')
    program.picture('01-new-link')
    program.key('Return')
    wanted = [('customers', 'Members bring a friend', 'parcel', 'https://www.example.com/book', 'both', 30)]
    until(lambda: links(shop) == wanted, lambda: f'{wanted} in the file, but {links(shop)}')


def visit(shop, path, code, machine, n):
    with sqlite3.connect(shop.file) as db:
        db.execute("INSERT INTO web_visit VALUES (date (), ?, '', ?, ?, ?)", (path, code, machine, n))


def take_away_and_put_back(shop, program, web):
    """The new link is the one that is selected."""
    program.find('label', '/r/parcel', within=web)
    program.press('Copy the Address', within=web)
    program.find('label', re.compile('^The path is in the clipboard'))
    before = links(shop)
    program.press('Remove', within=web)
    until(lambda: links(shop) == [], 'no link')
    program.press('Undo')
    until(lambda: links(shop) == before, 'the link')
    program.find('label', 'https://www.example.com/book', within=web, tables=True)


def see_visits(program):
    web = open_view(program, 'Visits')
    program.find('label', '/r/parcel', within=web, tables=True)
    program.find('label', 'Members bring a friend', within=web, tables=True)
    program.find('label', '41', within=web, tables=True)
    program.find('label', '6', within=web, tables=True)
    program.picture('03-visits')


def test_links(shop):
    shop.run('init', '--demo', now=False)
    visit(shop, '/r/parcel', 'parcel', 0, 41)
    visit(shop, '/r/parcel', 'parcel', 1, 6)
    with run_demo(shop) as program:
        web = open_view(program, 'Links')
        program.find('label', 'No Links Yet', within=web)
        make_link(shop, program)
        program.find('label', '/r/parcel', within=web)
        assert not list(nameless(web)), list(nameless(web))
        program.picture('02-links')
        take_away_and_put_back(shop, program, web)
        see_visits(program)
    told, = shop.run('source', 'links', '--json', now=False).json
    assert (told['visits'], told['machines'], told['code']) == (41, 6, 'parcel') and told['leads'] > 0, told


def draft(shop):
    rows = ask(shop, 'SELECT draft FROM landing_page')
    return json.loads(rows[0][0]) if rows else None


def write_page(program, window):
    """The title, its address, and a block."""
    program.find(ENTRIES, 'Title', within=window).click()
    program.type_keys('A weekend at the wheel')
    program.find(ENTRIES, re.compile('^End of its address'), within=window).click()
    program.type_keys('wheel')
    program.find('text box', 'Text', within=window).click()
    program.type_keys('Two days, four pots')


def blocks(shop):
    return [(block['type'], block.get('text')) for block in draft(shop)['blocks']] if draft(shop) else None


def edit_again(shop, program):
    """The row of the page opens it; its block is copied by keys, which is undone and done again, as is what is typed."""
    program.find('label', 'A weekend at the wheel').click()
    window = program.window('Page')
    program.find('text box', 'Text', within=window).click()
    program.key('Escape')
    program.window('Page')
    program.key('ctrl+d')
    second = ('group', 'panel'), re.compile('^Text, block 2 of 2')
    program.find(*second, within=window)
    program.key('ctrl+z')
    program.gone(*second, within=window)
    program.key('ctrl+shift+z')
    program.find(*second, within=window)
    title = program.find(ENTRIES, 'Title', within=window)
    title.click()
    program.key('End')
    program.type_keys('!')
    program.key('ctrl+z')
    until(lambda: title.text() == 'A weekend at the wheel', lambda: f'the title as it was, but {title.text()}')
    program.picture('05-two-blocks')
    program.press('Publish', within=window)
    wanted = [('text', 'Two days, four pots')] * 2
    until(lambda: blocks(shop) == wanted, lambda: f'{wanted} in the file, but {blocks(shop)}')
    until(lambda: ask(shop, 'SELECT published_at FROM landing_page') > [(0,)], 'a page that is published')


def test_page(shop):
    shop.run('init', '--demo', now=False)
    with run_demo(shop) as program:
        open_view(program, 'Pages')
        program.key('ctrl+n')
        window = program.window('Page')
        write_page(program, window)
        assert not list(nameless(window)), list(nameless(window))
        program.picture('04-page')
        program.key('ctrl+s')
        until(lambda: blocks(shop) == [('text', 'Two days, four pots')], lambda: f'the page, but {blocks(shop)}')
        program.find('label', re.compile('^/p/wheel · not published yet'))
        edit_again(shop, program)
        program.find('label', re.compile('^/p/wheel · published'))
        program.picture('06-published')
    told, = shop.run('page', 'list', '--json', now=False).json
    assert told['published_at'], told


main(globals())
