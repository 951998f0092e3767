"""The page Partners, with the mouse and with the keys: a partner is added, sells by its coupon, part of it is given
back; it is paid by a payout that was seen before, the payment comes back, and it is paid again. Then the file is asked.

usage: test-partners.py RUNGSCTL SOURCE_ROOT RUNGS PICTURES DROP_SOURCE, on a display and a session bus
"""

import os
import pathlib
import re
import sqlite3
import subprocess

from journey import ROOT, keyring, row_of, run, write_file_name
from shop import main
from window import BUTTONS, ENTRIES, Widget, is_in_header, until, xdo

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
    until(lambda: ask(shop, "SELECT 1 FROM partner WHERE name = 'Anna Berg' AND currency = ''"), 'a partner')
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
    click_far_down(program, form, 'Add Rate')
    click_far_down(program, form, 'Move Up')
    click_far_down(program, form, 'What It Would Have Done')
    program.find('label', re.compile('no order was credited to a partner of it$'), within=form)
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
    """From the end of the form up, so that it is not cut off by the edge."""
    program.point_at(form)
    xdo('click', '--repeat', 40, '--delay', 10, 5)
    program.roll_to(program.find(BUTTONS, name, within=form, where=Widget.is_laid_out)).click()


def new_programme_with_keys(shop, program, page):
    program.key('ctrl+n')
    form = program.window('New Programme')
    program.find(ENTRIES, 'Name', within=form)
    program.type_keys('Joint')
    click_far_down(program, form, 'Add Rate')
    click_far_down(program, form, 'Remove')
    program.picture('11-programme')
    program.key('alt+a')
    program.window(WINDOW)
    until(lambda: ask(shop, "SELECT 1 FROM programme p JOIN programme_terms t ON t.programme = p.id"
                            " WHERE p.name = 'Joint' AND json_array_length(t.terms, '$.rates') = 1"), 'a programme')
    program.picture('12-programmes')
    retire(shop, program, page)


def retire(shop, program, page):
    """Nobody joins it any more, which is undone; and once more, and it is brought back."""
    retired = "SELECT retired_at IS NOT NULL FROM programme WHERE name = 'Joint'"
    program.find('label', 'Joint', within=page, tables=True).click()
    program.press('Retire', within=page)
    until(lambda: ask(shop, retired) == [(1,)], 'a programme that is retired')
    program.press('Undo')
    until(lambda: ask(shop, retired) == [(0,)], 'a programme that is not')
    program.press('Retire', within=page)
    program.find('label', 'Retired: nobody joins any more', within=page)
    program.press('Bring Back', within=page)
    until(lambda: ask(shop, retired) == [(0,)], 'a programme that was brought back')


def sell(shop, program, page):
    """By coupon; what the partner earns is seen, and why it is the partner's."""
    shop.run('coupon', 'add', 'ANNA10', '--source', 'affiliate:Anna Berg')
    at(shop, NOW, 'programme', 'join', 'Friends', 'Anna Berg', '--from', '2026-01-01')
    order = at(shop, NOW, 'order', 'add', 'linus@example.com', 'KIT', '--coupon', 'ANNA10')
    at(shop, NOW, 'order', 'refund', order['id'], '--amount', '20')
    program.find('label', 'Anna Berg', within=page, tables=True).click()
    program.find('label', 'Linus', within=page)
    program.find('label', 'Taken back', within=page, where=Widget.is_laid_out)
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
    program.press('More for the Partner', within=page)
    program.click_in_list('menu item', 'End')
    until(lambda: ask(shop, ended) == [(1,)], 'an end')
    program.key('ctrl+z')
    until(lambda: ask(shop, ended) == [(0,)], 'no end')
    assert ask(shop, 'SELECT count(*) FROM partner_status') == [(0,)]
    program.gone('label', 'Ended', within=page)
    program.press('More for the Partner', within=page)
    program.click_in_list('menu item', 'Pause')
    until(lambda: ask(shop, 'SELECT status FROM partner_status') == [('paused',)], 'a pause')
    program.find('label', 'Paused', within=page, where=Widget.is_laid_out)
    program.picture('02-paused')
    program.press('More for the Partner', within=page)
    program.click_in_list('menu item', 'Resume')
    until(lambda: ask(shop, 'SELECT status FROM partner_status ORDER BY id') == [('paused',), ('active',)],
          'a partner that earns again')


def say_which_lead(shop, program, page):
    """In the form with a search; it is undone, done again, and there is a way from one to the other and back."""
    lead = "SELECT l.email FROM partner_lead p JOIN lead l ON l.id = p.lead"
    program.press('Edit…', within=page)
    form = program.window('Partner')
    program.press('Choose the lead that it is', within=form)
    program.type_keys('linus')
    program.click_in_list('list item', 'Linus · linus@example.com')
    program.find('label', 'Linus · linus@example.com', within=form)
    program.picture('04-lead')
    program.key('alt+s')
    program.window(WINDOW)
    until(lambda: ask(shop, lead) == [('linus@example.com',)], 'a lead that is a partner')
    program.key('ctrl+z')
    until(lambda: ask(shop, lead) == [], 'a partner that is no lead')
    shop.run('partner', 'edit', 'Bold and Sons', '--lead', 'linus@example.com')
    program.roll_to(program.find(BUTTONS, 'Open Lead', within=page, where=Widget.is_laid_out)).click()
    leads = program.page('Leads')
    program.find('label', 'Partner “Bold and Sons”', within=leads)
    program.press('Open Partner', within=leads)
    program.find('label', 'office@bold.example', within=program.page('Partners'))
    shop.run('partner', 'edit', 'Bold and Sons', '--lead', '')


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
    program.press('More for the Payout', within=page)
    program.click_in_list('menu item', 'Reverse…')
    program.press('Reverse')
    until(lambda: items(shop) == [(1, 4000, 'returned'), (2, 4000, 'failed')], 'a payout that is taken back')


def rules_in_force(shop):
    return ask(shop, "SELECT json_extract(rules, '$[0].rule'), json_extract(rules, '$[1].rule'),"
                     " json_extract(rules, '$[1].days'), json_array_length(rules)"
                     ' FROM attribution_rules ORDER BY from_at')


def change_rules_with_mouse(shop, program, page):
    """What the new ones would have done is seen before they are saved: without the coupon nobody is credited."""
    shop.run('order', 'add', 'linus@example.com', 'KIT', '--coupon', 'ANNA10')
    program.press('Who Is Credited…', within=page)
    form = program.window('Who Is Credited')
    program.find('label', re.compile('would be credited to the same partner'), within=form)
    program.press('Remove “Coupon of the order”', within=form)
    program.find('label', 'Anna Berg → Nobody', within=form)
    program.picture('13-rules')
    program.press('Add Rule', within=form)
    program.click_in_list('menu item', 'Coupon of the order')
    program.find('label', re.compile('would be credited to the same partner'), within=form)
    program.press('Add Rule', within=form)
    program.click_in_list('menu item', 'Nobody, where the buyer has bought before')
    program.press('Save', within=form)
    program.window(WINDOW)
    until(lambda: rules_in_force(shop) == [('last-click', 'coupon', None, 3)], 'other rules')


def change_rules_with_keys(shop, program, page):
    """Alt+Down moves the rule that has the keys; its days are a number."""
    program.press('Who Is Credited…', within=page)
    form = program.window('Who Is Credited')
    program.find('label', 'Link followed last', within=form)
    program.key('Tab')
    program.type_keys('7')
    program.find('label', re.compile('^Within 7 ?'), within=form)
    program.key('alt+Down')
    save = program.find(BUTTONS, 'Save', within=form)
    until(lambda: save.is_('sensitive'), 'that the rules are tried')
    program.key('alt+s')
    program.window(WINDOW)
    until(lambda: rules_in_force(shop)[1:] == [('coupon', 'last-click', 7, 3)], 'rules in another order')


def credit_by_hand(shop, program, page):
    """What is taken back of the newest order is seen before; then it is nobody's, and with Ctrl+Z Anna's again."""
    whose = 'SELECT coalesce(partner, 0), by_hand FROM referral ORDER BY sales_order DESC LIMIT 1'
    was = ask(shop, whose)
    open_view(program, page, 'Partners')
    program.find('label', 'Anna Berg', within=page, tables=True).click()
    program.roll_to(program.find(BUTTONS, 'What Can Be Done with It', within=page, where=Widget.is_laid_out),
                    over=program.find('label', 'What It Has', within=page)).click()
    program.click_in_list('menu item', 'Credit to…')
    form = program.window('Credit an Order')
    program.find('label', 'Nothing is booked', within=form)
    program.find('label', 'Anna Berg', within=form).click()
    program.key('Up', 'Return')
    program.find('label', '− €20.00', within=form)
    program.picture('14-credit')
    assert ask(shop, whose) == was
    program.press('Credit', within=form)
    program.window(WINDOW)
    until(lambda: ask(shop, whose) == [(0, 1)], 'an order of nobody')
    program.key('ctrl+z')
    until(lambda: ask(shop, whose) == was, 'the order as it was')


def approve(shop, program, page):
    """Today tells of what waits; all are approved with the mouse once their sum was seen, one by one with the keys."""
    waits = 'SELECT count(*) FROM commission WHERE approved_at IS NULL'
    shop.write('careful.json', b'{"approve": "hand", "rates": [{"rate": 5000}]}')
    shop.run('programme', 'add', 'Careful', '--terms', 'careful.json', '--from', '2026-01-01')
    shop.run('programme', 'join', 'Careful', 'Bold and Sons')
    for _ in range(2):
        shop.run('referral', 'set', shop.json('order', 'add', 'linus@example.com', 'KIT')['id'], 'Bold and Sons')
    row_of(program, 'Today').click()
    program.find('label', '2 commissions wait for approval', within=program.page('Today')).click()
    program.press('Approve All…', within=page)
    program.find('label', 'Approve €100.00?')
    program.picture('15-approve')
    assert ask(shop, waits) == [(2,)]
    program.press('Approve')
    until(lambda: ask(shop, waits) == [(0,)], 'two that are approved')
    program.window(WINDOW)
    program.key('ctrl+z')
    until(lambda: ask(shop, waits) == [(2,)], 'two that wait again')
    program.find('label', 'Linus', within=page, tables=True).click()
    program.find('label', 'Waits for somebody to approve it', within=page)
    program.key('Menu')
    program.key('a')
    until(lambda: ask(shop, waits) == [(1,)], 'one that is approved')


def give_and_take_back(shop, program, page):
    """A bonus by the keys, which says what will be booked; and back by the menu of its row."""
    awards = 'SELECT kind, amount, words, taken_at IS NOT NULL FROM award'
    open_view(program, page, 'Partners')
    program.find('label', 'Bold and Sons', within=page, tables=True).click()
    program.find('label', 'office@bold.example', within=page)
    program.find('label', 'Anna Berg', within=page, tables=True).click()
    note = program.find('label', 'Writes about looms', within=page)
    program.key('alt+b')
    form = program.window('Give Bonus')
    program.type_keys('Best of March')
    program.key('alt+g')
    program.find('label', 'an amount, such as 50', within=form)
    assert not ask(shop, awards)
    program.find('label', 'Amount', within=form).click()
    program.type_keys('50')
    program.find('label', re.compile('^€50.00: from expense'), within=form)
    program.picture('16-bonus')
    program.key('alt+g')
    program.window(WINDOW)
    until(lambda: ask(shop, awards) == [('bonus', 5000, 'Best of March', 0)], 'a bonus')
    program.roll_to(program.find('label', re.compile('Best of March · may be paid$'), within=page,
                                 where=Widget.is_laid_out), over=note)
    program.press('What Can Be Done with “Bonus”', within=page)
    program.key('t')
    program.window('Take the Bonus Back')
    program.type_keys('Miscounted')
    program.picture('17-take-back')
    program.key('alt+t')
    program.window(WINDOW)
    until(lambda: ask(shop, awards) == [('bonus', 5000, 'Best of March', 1)], 'a bonus that was taken back')
    program.find('label', re.compile('Best of March · taken back on '), within=page, where=Widget.is_laid_out)


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
        say_which_lead(shop, program, page)
        program.picture('04-partners')
        look_into_the_ledger(program, page)
        pay_with_mouse(shop, program, page)
        comes_back(shop, program, page)
        pay_again_with_keys(shop, program, page)
        new_terms(shop, program, page)
        new_programme_with_keys(shop, program, page)
        change_rules_with_mouse(shop, program, page)
        change_rules_with_keys(shop, program, page)
        credit_by_hand(shop, program, page)
        approve(shop, program, page)
        give_and_take_back(shop, program, page)
        assert 'fault' not in shop.json('ledger', 'verify')


def begin_to_pay(shop):
    """Two partners who have sold, one of whom has said how to be paid."""
    begin(shop)
    for name, code in (('Anna Berg', 'ANNA10'), ('Jo Weir', 'JO10')):
        shop.run('partner', 'add', name)
        shop.run('coupon', 'add', code, '--source', f'affiliate:{name}')
        at(shop, NOW, 'programme', 'join', 'Friends', name, '--from', '2026-01-01')
        at(shop, NOW, 'order', 'add', 'linus@example.com', 'KIT', '--coupon', code)
    shop.run('partner', 'details', 'Jo Weir', '--paypal', 'jo@example.com')


def give_details_with_keys(shop, program, page):
    """With the keys alone; what is mistyped is said while it is typed."""
    program.find('label', 'Anna Berg', within=page, tables=True).click()
    program.find('label', 'Nobody has said yet', within=page)
    program.key('shift+F10')
    program.key('p')
    form = program.window('Payout Details of Anna Berg')
    program.focus_comes_to(ENTRIES, 'IBAN')
    program.type_keys('DE8937')
    program.find('label', re.compile('22 letters and digits, and this one 6$'), within=form)
    program.picture('20-mistyped')
    program.key('ctrl+a')
    program.type_keys('DE89 3704 0044 0532 0130 00')
    program.picture('21-details')
    program.key('alt+s')
    program.window(WINDOW)
    until(lambda: ask(shop, "SELECT 1 FROM partner WHERE name = 'Anna Berg' AND pay_way = 'bank'"), 'payout details')
    whole = shop.json('partner', 'details', 'Anna Berg', '--whole')
    assert whole['iban'] == 'DE89370400440532013000', whole


def show_and_hide(program, page):
    program.find('label', 'Bank transfer', within=page)
    program.press('Show', within=page)
    program.find('label', re.compile('^Bank transfer\nIBAN: DE89 3704 0044 0532 0130 00$'), within=page)
    program.picture('22-shown')
    program.press('Hide', within=page)
    program.find('label', 'Bank transfer: DE89 … 00', within=page)


def write_payment_file(shop, program, page):
    """Who cannot be in it is seen before; it is for its owner's eyes, and as the schema and the command line want it."""
    path = shop.folder / 'bank.xml'
    program.press('Payment File…', within=page)
    form = program.window('Payment File')
    program.find('label', '1 partner cannot be in this file', within=form)
    program.find('label', 'is not paid by bank transfer', within=form)
    program.find('label', 'Not given yet: the bank has to know', within=form)
    program.picture('23-cannot')
    program.press('Your Account…', within=form)
    own = program.window('Your Account')
    program.find('label', 'IBAN', within=own).click()
    program.type_keys('AT61 1904 3002 3457 3201')
    program.key('alt+s')
    form = program.window('Payment File')
    program.find('label', 'AT61 … 01 · Test', within=form)
    program.find('label', 'Leave Out Others', within=form).click()
    program.find('label', re.compile('^1 payment, €50.00 · the bank pays on .* · 1 is paid in another way$'), within=form)
    program.picture('24-payment-file')
    program.press('Save File…', within=form)
    write_file_name(program, 'Save the Payment File', path, path.exists)
    program.find('label', 'The Payment File Is Written')
    program.picture('25-written')
    program.key('Escape')
    program.window(WINDOW)
    assert path.stat().st_mode & 0o777 == 0o600
    subprocess.run(['xmllint', '--noout', '--schema', ROOT / 'tests/data/pain.001.001.09.xsd', path], check=True,
                   capture_output=True)
    shop.run('payout', 'file', '1', 'same.xml', '--format', 'sepa', '--fitting')
    assert without_moment(path) == without_moment(shop.folder / 'same.xml')


def without_moment(path):
    return re.sub('<CreDtTm>.*</CreDtTm>', '', path.read_text())


def with_reader(shop):
    """What opens pages and PDFs notes which ones."""
    data = pathlib.Path(shop.env.get('XDG_DATA_HOME', os.environ['XDG_DATA_HOME'])) / 'applications'
    data.mkdir(parents=True, exist_ok=True)
    reader = shop.folder / 'reader'
    reader.write_text(f'#!/bin/sh\necho "$1" >> {shop.folder}/opened\n')
    reader.chmod(0o755)
    (data / 'reader.desktop').write_text(f'[Desktop Entry]\nType=Application\nName=Reader\nExec={reader} %f\n'
                                         'MimeType=text/html;application/pdf;\n')
    (shop.folder / 'config').mkdir(exist_ok=True)
    (shop.folder / 'config' / 'mimeapps.list').write_text('[Default Applications]\ntext/html=reader.desktop\n'
                                                          'application/pdf=reader.desktop\n')


def press_in_row(program, name, page):
    """The rows are made anew when the file was written to, and that may be just now."""
    def pressed():
        try:
            program.press(name, within=page)
        except TypeError:
            return False
        return True
    until(pressed, f'{name} pressed')


def write_statements(shop, program, page):
    for key, ending, begins in (('g', 'html', b'<!'), ('d', 'pdf', b'%PDF-')):
        path = shop.folder / f'anna.{ending}'
        press_in_row(program, 'What Can Be Done with “Anna Berg”', page)
        program.key(key)
        write_file_name(program, 'Save the Statement', path, path.exists)
        until(lambda path=path: path.name in opened(shop), f'{path.name} opened')
        program.window(WINDOW)
        assert path.read_bytes().startswith(begins), path
    assert 'Anna Berg' in (shop.folder / 'anna.html').read_text()


def write_invoices(shop, program, page):
    """One by the keys, after its amounts were seen; then all of the payout, into a folder."""
    shop.run('business', 'set', '--address', 'Market Square 1')
    shop.run('partner', 'details', 'Anna Berg', '--address', 'Side Street 2', '--tax-number', '12/345')
    shop.run('partner', 'billing', 'Anna Berg', '--agreed', '2026-01-01', '--vat', 'rate', '--rate', '19 %')
    path = shop.folder / 'invoice.pdf'
    press_in_row(program, 'What Can Be Done with “Anna Berg”', page)
    program.key('i')
    form = program.window('Invoice')
    program.find('label', '1 invoice: €42.02 net, €7.98 VAT, €50.00 in all', within=form)
    program.find('label', 'SB-1 · VAT 19 % · €42.02 net, €7.98 VAT', within=form)
    program.picture('26-invoice')
    assert not ask(shop, 'SELECT 1 FROM self_invoice')
    program.press('Write…', within=form)
    write_file_name(program, 'Save the Invoice', path, path.exists)
    until(lambda: 'invoice.pdf' in opened(shop), 'invoice.pdf opened')
    program.window(WINDOW)
    assert shop.json('payout', 'invoices')[0]['number'] == 'SB-1' and path.read_bytes().startswith(b'%PDF-')
    folder = shop.folder / 'papers'
    folder.mkdir()
    program.press('More for the Payout', within=page)
    program.click_in_list('menu item', 'Write All Invoices…')
    form = program.window('All Invoices')
    program.find('label', 'Has not agreed that you write the invoices', within=form)
    program.picture('27-all-invoices')
    program.press('Write…', within=form)
    written = folder / 'SB-1 Anna Berg.pdf'
    write_file_name(program, 'Folder for the Invoices', folder, written.exists)
    program.window(WINDOW)
    assert written.read_bytes() == path.read_bytes() and len(ask(shop, 'SELECT 1 FROM self_invoice')) == 1


def opened(shop):
    notes = shop.folder / 'opened'
    return [pathlib.Path(line).name for line in notes.read_text().split('\n')] if notes.exists() else []


def test_paying(shop):
    with_reader(shop)
    with keyring(shop):
        begin_to_pay(shop)
        with run(shop, '--file', shop.file) as program:
            program.window(WINDOW)
            row_of(program, 'Partners').click()
            page = program.page('Partners')
            give_details_with_keys(shop, program, page)
            show_and_hide(program, page)
            until(lambda: len(shop.json('payout', 'preview')) == 2, 'what may be paid')
            shop.run('payout', 'make')
            program.find('label', 'Into a payout', within=page, where=Widget.is_laid_out)
            open_view(program, page, 'Payouts')
            program.find('label', '2 on their way', within=page, tables=True).click()
            program.find('label', 'On its way · PayPal', within=page)
            write_payment_file(shop, program, page)
            write_statements(shop, program, page)
            write_invoices(shop, program, page)


main(globals())
