"""The page Partners, with the mouse and with the keys: a partner is added, sells by its coupon, part of it is given
back; it is paid by a payout that was seen before, the payment comes back, and it is paid again. Then the file is asked.

usage: test-partners.py RUNGSCTL SOURCE_ROOT RUNGS PICTURES DROP_SOURCE, on a display and a session bus
"""

import re
import sqlite3

from journey import row_of, run
from shop import main
from window import BUTTONS, ENTRIES, Widget, is_in_header, until

WINDOW = 'Test – Rungs'
NOW = '2026-03-02T09:00:00Z'
TERMS = b'{"hold_days": 30, "rates": [{"rate": 5000}]}'


def ask(shop, sql, *values):
    with sqlite3.connect(f'file:{shop.file}?mode=ro', uri=True) as db:
        return db.execute(sql, values).fetchall()


def begin(shop):
    """A business that sells one thing, and has a programme, but no partners."""
    shop.init()
    shop.run('product', 'add', 'KIT', '--name', 'Home Kit', '--price', '100')
    shop.run('lead', 'add', 'linus@example.com', '--first-name', 'Linus')
    shop.write('terms.json', TERMS)
    shop.run('programme', 'add', 'Friends', '--terms', 'terms.json', '--from', '2026-01-01')


def at(shop, moment, *words):
    shop.now = moment
    result = shop.json(*words)
    shop.now = None
    return result


def open_view(program, page, name):
    program.find(('tab', 'page tab', *BUTTONS), re.compile(f'^{name}'), within=page).click()


def add_with_keys(shop, program):
    """Ctrl+N, and Tab through the form: the name is enough."""
    program.key('ctrl+n')
    dialog = program.window('New Partner')
    program.find(ENTRIES, 'Name', within=dialog)
    program.type_keys('Anna Berg')
    program.picture('01-new')
    program.key('alt+a')
    program.window(WINDOW)
    until(lambda: ask(shop, "SELECT 1 FROM partner WHERE name = 'Anna Berg' AND currency = 'EUR'"), 'a partner')
    assert ask(shop, "SELECT kind FROM source WHERE name = 'Anna Berg'") == [('affiliate',)]


def add_with_mouse(shop, program, page):
    program.press('New Partner…', within=page)
    dialog = program.window('New Partner')
    program.find(ENTRIES, 'Name', within=dialog).click()
    program.type_keys('Bold and Sons')
    program.find(ENTRIES, 'E-mail', within=dialog).click()
    program.type_keys('office')
    program.press('Add', within=dialog)
    program.find(ENTRIES, re.compile('^E-mail.*this is no e-mail address'), within=dialog).click()
    program.key('ctrl+a')
    program.type_keys('office@bold.example')
    program.press('Add', within=dialog)
    program.window(WINDOW)
    until(lambda: ask(shop, "SELECT 1 FROM partner WHERE email = 'office@bold.example'"), 'another partner')


def new_terms(shop, program, page):
    """Better ones from now on, by the form; the old ones are seen beside them."""
    open_view(program, page, 'Programmes')
    program.find('label', 'Friends', within=page, tables=True).click()
    program.find('label', re.compile('^50 % · All orders'), within=page)
    program.press('New Terms…', within=page)
    form = program.window('New Terms')
    program.find('label', 'Days Held', within=form).click()
    program.key('ctrl+a')
    program.type_keys('soon')
    program.press('Save', within=form)
    program.find('label', 'a number of days, such as 30', within=form)
    program.find('label', 'Days Held', within=form).click()
    program.key('ctrl+a')
    program.type_keys('14')
    program.find('label', 'Second Tier', within=form).click()
    program.type_keys('5')
    program.picture('10-terms')
    program.press('Add Rate', within=form)
    click_far_down(program, form, 'Move Up')
    program.press('Save', within=form)
    program.window(WINDOW)
    versions = 'SELECT count(*), max(json_extract(terms, \'$.hold_days\')), min(json_extract(terms, \'$.hold_days\'))' \
               ' FROM programme_terms'
    until(lambda: ask(shop, versions) == [(2, 30, 14)], 'a second version')
    rates = "SELECT json_extract(terms, '$.rates[#-1].rate'), json_extract(terms, '$.rates[0].rate')" \
            ' FROM programme_terms ORDER BY from_at'
    assert ask(shop, rates) == [(5000, 5000), (5000, 2000)]
    second = "SELECT json_extract(terms, '$.second') FROM programme_terms ORDER BY from_at"
    assert ask(shop, second) == [(None,), (500,)]
    program.find('label', re.compile('^From .*, until the next'), within=page)
    program.find('label', re.compile('5 % for whoever recruited the partner$'), within=page)


def click_far_down(program, form, name):
    program.roll_to(program.find(BUTTONS, name, within=form, where=Widget.is_laid_out)).click()


def new_programme_with_keys(shop, program, page):
    program.key('ctrl+n')
    form = program.window('New Programme')
    program.find(ENTRIES, 'Name', within=form)
    program.type_keys('Joint')
    program.press('Add Rate', within=form)
    click_far_down(program, form, 'Remove')
    program.picture('11-programme')
    program.key('alt+a')
    program.window(WINDOW)
    until(lambda: ask(shop, "SELECT 1 FROM programme p JOIN programme_terms t ON t.programme = p.id"
                            " WHERE p.name = 'Joint' AND json_array_length(t.terms, '$.rates') = 1"), 'a programme')
    program.picture('12-programmes')


def sell(shop, program, page):
    """By coupon; what the partner earns is seen, and why it is the partner's."""
    shop.run('coupon', 'add', 'ANNA10', '--source', 'affiliate:Anna Berg')
    at(shop, NOW, 'programme', 'join', 'Friends', 'Anna Berg', '--from', '2026-01-01')
    order = at(shop, NOW, 'order', 'add', 'linus@example.com', 'KIT', '--coupon', 'ANNA10')
    at(shop, NOW, 'order', 'refund', order['id'], '--amount', '20')
    program.find('label', 'Anna Berg', within=page, tables=True).click()
    program.find('label', 'Linus', within=page)
    program.find('label', 'Taken back', within=page)
    program.picture('02-sold')
    program.press('Why?', within=page)
    program.find('label', re.compile('^Coupon of the order: credits Anna Berg'), where=Widget.is_laid_out)
    program.find('label', re.compile('^Anna Berg earns .*: 50 % of '), where=Widget.is_laid_out)
    program.picture('03-why')
    shop.run('partner', 'edit', 'Anna Berg', '--note', 'Writes about looms')
    program.find('label', 'Writes about looms', within=page)
    program.find('label', re.compile('^Coupon of the order: credits Anna Berg'), where=Widget.is_laid_out)
    program.key('Escape')
    return order['id']


def end_and_undo(shop, program, page):
    ended = "SELECT ended_at IS NOT NULL FROM partner WHERE name = 'Bold and Sons'"
    program.find('label', 'Bold and Sons', within=page, tables=True).click()
    program.find('label', 'office@bold.example', within=page)
    program.press('End', within=page)
    until(lambda: ask(shop, ended) == [(1,)], 'an end')
    program.key('ctrl+z')
    until(lambda: ask(shop, ended) == [(0,)], 'no end')


def items(shop):
    return ask(shop, 'SELECT payout, approved - set_off, state FROM payout_item ORDER BY payout')


def look_into_the_ledger(program, page):
    """The newest entry is the one that says what may be paid; and the proof."""
    open_view(program, page, 'Ledger')
    program.find('label', 'Held → May be paid', within=page, tables=True).click()
    program.find('label', re.compile('^Friends, since '), within=page)
    program.picture('05-ledger')
    program.press('Verify…', within=page)
    program.find('label', 'The Ledger Is What It Was')
    program.picture('06-proof')
    program.key('Escape')
    program.window(WINDOW)


def pay_with_mouse(shop, program, page):
    """Who is paid what is seen before anything is written; then it is said what became of it."""
    open_view(program, page, 'Payouts')
    program.find('label', 'No Payouts Yet', within=page)
    program.press('New Payout…', within=page, where=is_in_header)
    form = program.window('New Payout')
    program.find('label', '1 partner is paid €40.00', within=form)
    program.find('label', 'Minimum', within=form).click()
    program.type_keys('50')
    program.find('label', 'Nobody is paid', within=form)
    program.find('label', 'Less than the minimum: waits for the next payout', within=form)
    program.picture('07-too-little')
    program.key('ctrl+a', 'BackSpace')
    program.find('label', '1 partner is paid €40.00', within=form)
    program.picture('08-preview')
    assert not items(shop)
    program.press('Make Payout', within=form)
    program.window(WINDOW)
    until(lambda: items(shop) == [(1, 4000, 'payable')], 'a payout')
    program.press('Mark All as Paid…', within=page)
    program.press('Mark as Paid')
    until(lambda: items(shop) == [(1, 4000, 'paid')], 'a payment')


def comes_back(shop, program, page):
    """By the menu of the row, with the keys."""
    program.find('label', re.compile('^Paid · '), within=page)
    program.press('What Can Be Done with “Anna Berg”', within=page)
    program.key('c')
    program.press('Mark as Come Back')
    until(lambda: items(shop) == [(1, 4000, 'returned')], 'a payment that came back')
    program.find('label', re.compile('^Came back · '), within=page)
    program.picture('09-came-back')


def pay_again_with_keys(shop, program, page):
    program.key('ctrl+n')
    form = program.window('New Payout')
    program.find('label', '1 partner is paid €40.00', within=form)
    program.key('alt+m')
    program.window(WINDOW)
    until(lambda: items(shop) == [(1, 4000, 'returned'), (2, 4000, 'payable')], 'a second payout')
    program.find('label', 'Payout 2', within=page)
    program.press('Reverse…', within=page)
    program.press('Reverse')
    until(lambda: items(shop) == [(1, 4000, 'returned'), (2, 4000, 'failed')], 'a payout that is taken back')


def test_page(shop):
    begin(shop)
    with run(shop, '--file', shop.file) as program:
        program.window(WINDOW)
        row_of(program, 'Partners').click()
        page = program.page('Partners')
        program.find('label', 'No Partners Yet', within=page)
        add_with_keys(shop, program)
        add_with_mouse(shop, program, page)
        sell(shop, program, page)
        end_and_undo(shop, program, page)
        program.picture('04-partners')
        look_into_the_ledger(program, page)
        pay_with_mouse(shop, program, page)
        comes_back(shop, program, page)
        pay_again_with_keys(shop, program, page)
        new_terms(shop, program, page)
        new_programme_with_keys(shop, program, page)
        assert 'fault' not in shop.json('ledger', 'verify')


main(globals())
