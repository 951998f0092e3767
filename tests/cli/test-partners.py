"""Partners: who brought an order, what that earns, and a book that others can read."""

import csv
import html.parser
import re
import shutil
import sqlite3
import subprocess
import xml.etree.ElementTree

from shop import ROOT, main, misused, refused, with_keyring

ANN, BOB = 'ann@example.com', 'bob@example.com'
LATER = '2026-05-01T09:00:00Z'
IBAN, OURS = 'DE89370400440532013000', 'AT611904300234573201'
TERMS = '{"hold_days": 30, "rates": [{"sale": "first", "rate": 3000}, {"rate": 1000}]}'


def with_partners(shop):
    """Anna's link and coupon bring Ann; Jo is a joint venture."""
    shop.init()
    shop.write('terms.json', TERMS)
    shop.run('product', 'add', 'KIT', '--name', 'Kit', '--price', '49')
    shop.run('programme', 'add', 'Friends', '--terms', 'terms.json', '--from', '2026-01-01')
    shop.run('partner', 'add', 'Anna Berg', '--email', 'anna@example.com', '--programme', 'Friends')
    shop.run('partner', 'add', 'Jo', '--kind', 'jv', '--programme', 'Friends')
    shop.run('coupon', 'add', 'ANNA10', '--source', 'affiliate:Anna Berg', '--path', 'direct')
    shop.run('leads', 'add', ANN, '--source', 'affiliate:Anna Berg', '--path', 'direct')
    shop.run('leads', 'add', BOB)
    return shop


def sell(shop, who, *more):
    return str(shop.json('order', 'add', who, 'KIT', *more)['id'])


def amounts(shop, name):
    partner = shop.json('partner', 'show', name)
    return {key: partner[key][0]['minor'] for key in ('held', 'approved', 'payable', 'paid', 'carried') if partner[key]}


def tools_agree(shop, balances, currency='EUR'):
    """What ledger, hledger and beancount make of a book in one currency: account -> cents."""
    shop.run('ledger', 'export', 'book.ledger', '--force')
    shop.run('ledger', 'export', 'book.beancount', '--format', 'beancount', '--force')

    def says(*command):
        return subprocess.run(command, cwd=shop.folder, capture_output=True, text=True, check=True,
                              env=shop.env | {'LC_ALL': 'C.UTF-8'}).stdout

    def read(text):
        found = re.findall(rf'(-?[0-9.,]+) {currency}\s+([A-Z]\S.*?)\s*$', text, re.M)
        return {name: round(float(amount.replace(',', '')) * 100) for amount, name in found if float(amount) != 0}

    assert read(says('ledger', '-f', 'book.ledger', 'balance', '--flat', '--no-total')) == balances
    assert read(says('hledger', '-f', 'book.ledger', 'balance', '--flat', '--no-total')) == balances
    says('bean-check', 'book.beancount')
    query = says('bean-query', '-f', 'csv', 'book.beancount', 'select account, sum(number) group by account')
    rows = [line.split(',') for line in query.splitlines()[1:] if line.strip()]
    assert {a.strip(): round(float(n) * 100) for a, n in rows if float(n) != 0} == balances


def test_from_the_click_to_the_payment(shop):
    with_partners(shop)
    order = sell(shop, ANN)
    referral = shop.json('referral', 'show', order)
    assert referral['partner'] == 'Anna Berg' and not referral['by_hand']
    assert [(line['rule'], line['verdict']) for line in referral['saw']] == [('coupon', 'passes'), ('last-click 30', 'credits')]
    assert amounts(shop, 'Anna Berg') == {'held': 1470}
    assert shop.json('ledger', 'list')[0]['words'] == '30 % of 49.00 EUR'
    assert 'commission' in shop.run('ledger', 'release').out
    assert amounts(shop, 'Anna Berg') == {'held': 1470}
    refused(shop, 'payout', 'make', says='nobody')

    shop.now = LATER
    shop.run('run', '--once')
    assert amounts(shop, 'Anna Berg') == {'approved': 1470}, 'the engine lets it be paid'
    preview = shop.json('payout', 'preview', '--minimum', '20')
    assert [(row['partner'], row['waits']) for row in preview] == [('Anna Berg', True)]
    made = shop.json('payout', 'make', '--minimum', '10')
    assert [(row['partner'], row['amount']['minor'], row['state']) for row in made] == [('Anna Berg', 1470, 'payable')]
    refused(shop, 'payout', 'make', says='nobody')
    payout = str(made[0]['payout'])
    assert shop.json('payout', 'show', payout) == made
    misused(shop, 'payout', 'mark', payout, 'Anna Berg', 'payable')
    refused(shop, 'payout', 'mark', payout, 'Jo', 'paid', says='not in this payout')
    shop.run('payout', 'mark', payout, 'Anna Berg', 'paid')
    assert amounts(shop, 'Anna Berg') == {'paid': 1470}

    shop.run('order', 'refund', order, '--amount', '19')
    assert amounts(shop, 'Anna Berg') == {'paid': 1470, 'carried': 570}
    tools_agree(shop, {'Expenses:Commissions:Anna-Berg-1': 900, 'Assets:Payouts:Anna-Berg-1': -1470,
                       'Assets:Commissions:Carried:Anna-Berg-1': 570})
    shop.run('payout', 'mark', payout, 'Anna Berg', 'returned')
    assert amounts(shop, 'Anna Berg') == {'approved': 1470, 'carried': 570}
    assert [row['amount']['minor'] for row in shop.json('payout', 'make')] == [900]
    assert [row['amount']['minor'] for row in shop.json('payout', 'list')] == [900, 0]
    tools_agree(shop, {'Expenses:Commissions:Anna-Berg-1': 900, 'Liabilities:Commissions:Payable:Anna-Berg-1': -900})
    shop.run('payout', 'reverse', '2')
    assert amounts(shop, 'Anna Berg') == {'approved': 1470, 'carried': 570}
    assert shop.json('ledger', 'verify')['entries'] == 9


def test_second_tier(shop):
    """Jo recruited Anna: Jo earns by what she sells, and nobody can be recruited in a circle."""
    with_partners(shop)
    shop.write('tiers.json', '{"second": 500, "rates": [{"rate": 3000}]}')
    shop.run('programme', 'terms', 'Friends', '--terms', 'tiers.json', '--from', '2026-02-01')
    shop.run('partner', 'edit', 'Anna Berg', '--recruited-by', 'Jo')
    assert shop.json('partner', 'show', 'Anna Berg')['recruited_by'] == 'Jo'
    assert shop.json('partner', 'show', 'Jo')['recruits'] == ['Anna Berg']
    refused(shop, 'partner', 'edit', 'Jo', '--recruited-by', 'Anna Berg', says='recruited')
    refused(shop, 'partner', 'edit', 'Jo', '--recruited-by', 'Nobody Else', says='no partner')
    order = sell(shop, ANN)
    assert amounts(shop, 'Anna Berg') == {'held': 1470} and amounts(shop, 'Jo') == {'held': 245}
    earns = shop.json('referral', 'show', order)['earns']
    assert [(row['partner'], row['tier'], row['why'], row['amount']['minor']) for row in earns] == [
        ('Anna Berg', 1, '30 % of 49.00 EUR', 1470), ('Jo', 2, '5 % of 49.00 EUR · second tier', 245)]
    shop.now = LATER
    shop.run('ledger', 'release')
    shop.run('payout', 'make')
    shop.run('payout', 'statement', '1', 'Jo', '--output', 'jo.html')
    assert 'Friends, second tier' in (shop.folder / 'jo.html').read_text()
    shop.run('referral', 'set', order, 'Jo')
    assert amounts(shop, 'Anna Berg') == {'payable': 1470, 'carried': 1470}
    assert amounts(shop, 'Jo') == {'held': 1225, 'payable': 245}, 'one row, now that of the sale'
    shop.run('partner', 'edit', 'Anna Berg', '--recruited-by', '')
    assert shop.json('partner', 'show', 'Jo')['recruits'] == []


def test_own_currency(shop):
    """Anna earns in dollars by what is sold in euros, at the rate of the order's day, for ever."""
    with_partners(shop)
    shop.run('rate', 'set', 'EUR', '1.08', 'USD', '--day', '2026-02-01')
    refused(shop, 'partner', 'edit', 'Anna Berg', '--currency', 'u1', says='in which currency')
    shop.run('partner', 'edit', 'Anna Berg', '--currency', 'USD')
    assert shop.json('partner', 'show', 'Anna Berg')['currency'] == 'USD'
    assert shop.json('partner', 'show', 'Jo')['currency'] is None, 'as sold'
    order = sell(shop, ANN)
    assert shop.json('partner', 'show', 'Anna Berg')['held'] == [{'minor': 1588, 'currency': 'USD'}]
    why = '30 % of 49.00 EUR · 14.70 EUR at 1 EUR = 1.08 USD of 2026-02-01: 15.88 USD'
    assert [row['why'] for row in shop.json('referral', 'show', order)['earns']] == [why]
    assert why in shop.run('ledger', 'list').out
    trial = shop.json('programme', 'try', 'Friends', '--terms', 'terms.json', '--from', '2026-01-01',
                      '--to', '2026-12-31')
    assert '1588' in str(trial) and '1470' not in str(trial), trial

    shop.run('partner', 'edit', 'Anna Berg', '--currency', '')
    shop.run('rate', 'set', 'EUR', '2', 'USD', '--day', '2026-02-01')
    shop.run('order', 'refund', order, '--amount', '19')
    assert shop.json('partner', 'show', 'Anna Berg')['held'] == [{'minor': 972, 'currency': 'USD'}]
    tools_agree(shop, {'Expenses:Commissions:Anna-Berg-1': 972, 'Liabilities:Commissions:Held:Anna-Berg-1': -972},
                'USD')
    shop.now = LATER
    shop.run('ledger', 'release')
    shop.run('payout', 'make', '--currency', 'USD')
    shop.run('payout', 'statement', '1', 'Anna Berg', '--output', 'anna.html')
    page = (shop.folder / 'anna.html').read_text()
    assert '30.00 EUR' in page and 'at 1 EUR = 1.08 USD of 2026-02-01' in page and '9.72 USD' in page
    shop.run('order', 'refund', order)
    assert shop.json('partner', 'show', 'Anna Berg')['carried'] == [{'minor': 972, 'currency': 'USD'}]
    shop.run('ledger', 'verify')


def test_share_of_profit(shop):
    with_partners(shop)
    shop.write('profit.json', '{"rates": [{"profit": 5000}]}')
    shop.run('programme', 'terms', 'Friends', '--terms', 'profit.json', '--from', '2026-02-01')
    order = sell(shop, ANN)
    assert 'no costs are known' in shop.run('referral', 'show', order).out
    shop.run('product', 'edit', 'KIT', '--cost', '9')
    assert shop.json('referral', 'show', order)['earns'][0]['amount']['minor'] == 2450, 'old sales keep it'
    order = sell(shop, ANN)
    assert '50 % of 40.00 EUR · profit, after costs of 9.00 EUR' in shop.run('referral', 'show', order).out
    assert amounts(shop, 'Anna Berg') == {'held': 4450}
    shop.run('order', 'refund', order, '--amount', '24.50')
    assert amounts(shop, 'Anna Berg') == {'held': 3450}


def test_tax_and_discount(shop):
    """What a line says of its tax and its discount goes before what the terms say."""
    with_partners(shop)
    shop.write('before.json', '{"tax": 1900, "before_discount": true, "rates": [{"rate": 1000}]}')
    shop.run('programme', 'terms', 'Friends', '--terms', 'before.json', '--from', '2026-02-01')
    order = shop.json('order', 'add', ANN, 'KIT', '--discount', '10', '--tax', '2.55')
    line = order['lines'][0]
    assert (line['amount']['minor'], line['discount']['minor'], line['tax']['minor']) == (3900, 1000, 255)
    earns = shop.json('referral', 'show', str(order['id']))['earns']
    assert [row['why'] for row in earns] == ['10 % of 45.80 EUR · before the discount']
    assert shop.json('order', 'add', BOB, 'KIT')['lines'][0]['tax'] is None
    refused(shop, 'order', 'add', ANN, 'KIT', '--discount', '50', says='not above the price')
    refused(shop, 'order', 'add', ANN, 'KIT', '--tax', '50', says='a part of what was paid')


def test_who_is_credited(shop):
    with_partners(shop)
    nobody = sell(shop, BOB)
    assert shop.json('referral', 'show', nobody)['partner'] == ''
    shop.now = '2026-03-02T10:00:00Z'
    coupon = sell(shop, BOB, '--coupon', 'ANNA10')
    assert shop.json('referral', 'show', coupon)['partner'] == 'Anna Berg'
    assert amounts(shop, 'Anna Berg') == {'held': 490}, 'a later sale'
    seen = shop.json('referral', 'set', coupon, 'Jo', '--preview')['entries']
    assert [(line['kind'], line['partner'], line['state'], line['amount']['minor']) for line in seen] == [
        ('reversal', 'Anna Berg', 'expense', -490), ('reversal', 'Anna Berg', 'held', 490),
        ('accrual', 'Jo', 'expense', 490), ('accrual', 'Jo', 'held', -490)], seen
    assert amounts(shop, 'Anna Berg') == {'held': 490} and amounts(shop, 'Jo') == {}, 'nothing is written'
    shop.run('referral', 'set', coupon, 'Jo')
    assert amounts(shop, 'Anna Berg') == {} and amounts(shop, 'Jo') == {'held': 490}
    assert shop.json('referral', 'show', coupon)['by_hand']
    shop.run('referral', 'set', coupon, 'nobody')
    assert amounts(shop, 'Jo') == {}
    refused(shop, 'referral', 'set', '4711', 'Jo', says='no order')
    refused(shop, 'referral', 'show', '4711', says='nobody has decided')

    shop.write('rules.json', '[{"rule": "customers"}, {"rule": "coupon"}]')
    shop.now = '2026-03-03T09:30:00Z'
    tried = shop.json('referral', 'try-rules', 'rules.json')
    assert tried == {'orders': 2, 'by_hand': 1, 'changed': 0, 'changes': []}
    third = sell(shop, BOB, '--coupon', 'ANNA10')
    tried = shop.json('referral', 'try-rules', 'rules.json')
    assert tried['changes'] == [{'order': int(third), 'before': 'Anna Berg', 'after': ''}] and tried['changed'] == 1
    assert shop.json('referral', 'try-rules', 'rules.json', '--days', '1')['orders'] == 2
    assert shop.json('referral', 'set-rules', 'rules.json') == shop.json('referral', 'rules')
    later = shop.json('referral', 'set-rules', 'rules.json', '--from', '2027-01-01T12:00:00Z')
    assert [version['from_at'][:10] for version in later['versions']] == ['2026-03-03', '2027-01-01']
    assert shop.json('referral', 'show', sell(shop, BOB, '--coupon', 'ANNA10'))['partner'] == ''
    shop.write('rules.json', '[{"rule": "luck"}]')
    refused(shop, 'referral', 'set-rules', 'rules.json', says='rule 1')


def test_bonus(shop):
    with_partners(shop)
    refused(shop, 'partner', 'bonus', 'Nobody', '50', '--why', 'Thanks', says='no partner')
    misused(shop, 'partner', 'bonus', 'Anna Berg', '50')
    refused(shop, 'partner', 'bonus', 'Anna Berg', '0', '--why', 'Thanks', says='above 0')
    refused(shop, 'partner', 'bonus', 'Anna Berg', 'much', '--why', 'Thanks', says='much')
    given = shop.json('partner', 'bonus', 'Anna Berg', '50', 'EUR', '--why', 'Best of March')
    assert (given['kind'], given['state'], given['amount']['minor']) == ('bonus', 'approved', 5000)
    assert amounts(shop, 'Anna Berg') == {'approved': 5000}
    assert 'Best of March' in shop.run('ledger', 'list').out
    made = shop.json('payout', 'make')
    assert [(row['partner'], row['amount']['minor']) for row in made] == [('Anna Berg', 5000)]
    shop.run('payout', 'statement', '1', 'Anna Berg', '--output', 'anna.html')
    with open(f'{shop.folder}/anna.html', encoding='utf-8') as page:
        assert '<td>–</td>' in (text := page.read()) and 'Best of March' in text
    shop.run('payout', 'mark', '1', 'Anna Berg', 'paid')
    misused(shop, 'partner', 'take-back', '1')
    assert shop.json('partner', 'take-back', '1', '--why', 'Miscounted')['state'] == 'taken'
    refused(shop, 'partner', 'take-back', '1', '--why', 'Again', says='before')
    assert amounts(shop, 'Anna Berg') == {'paid': 5000, 'carried': 5000}
    tools_agree(shop, {'Assets:Payouts:Anna-Berg-1': -5000, 'Assets:Commissions:Carried:Anna-Berg-1': 5000})
    assert shop.json('partner', 'take-back', '1', '--undo')['state'] == 'paid'
    assert amounts(shop, 'Anna Berg') == {'paid': 5000}
    assert shop.json('ledger', 'verify')['entries'] == 5


def test_paid_for_leads(shop):
    with_partners(shop)
    shop.write('leads.json', '{"hold_days": 10, "approve": "hand", "rates": [],'
               ' "leads": {"fixed": 200, "currency": "EUR", "when": "arrived", "countries": ["AT"]}}')
    shown = shop.json('programme', 'terms', 'Friends', '--terms', 'leads.json', '--from', '2026-03-02')
    assert '"countries":["AT"]' in shown['versions'][-1]['terms']
    shop.write('bad.json', '{"rates": [], "leads": {"fixed": 200}}')
    refused(shop, 'programme', 'terms', 'Friends', '--terms', 'bad.json', says='leads')
    shop.now = '2026-03-10T09:00:00Z'
    for name, country in (('cat', 'AT'), ('dan', 'FR'), ('eve', 'AT')):
        shop.run('leads', 'add', f'{name}@example.com', '--country', country, '--source', 'affiliate:Anna Berg')
    shop.run('leads', 'add', 'fay@example.com', '--country', 'AT')
    listed = shop.json('partner', 'awards', 'Anna Berg')
    assert [(row['lead'], row['state']) for row in listed] == [('eve@example.com', 'unapproved'),
                                                               ('cat@example.com', 'unapproved')]
    assert shop.json('partner', 'awards', 'Jo') == []
    assert amounts(shop, 'Anna Berg') == {'held': 400}
    shop.run('partner', 'reject-lead', 'eve@example.com', '--why', 'No such person')
    refused(shop, 'partner', 'reject-lead', 'dan@example.com', '--why', 'No', says='earned nobody')
    assert amounts(shop, 'Anna Berg') == {'held': 200}
    shop.now = LATER
    shop.run('run', '--once')
    assert amounts(shop, 'Anna Berg') == {'held': 200}, 'somebody has to look at it'
    assert shop.json('partner', 'approve', str(listed[1]['id']))['state'] == 'held'
    shop.run('run', '--once')
    assert amounts(shop, 'Anna Berg') == {'approved': 200}
    shop.run('leads', 'erase', 'cat@example.com', '--confirm', 'cat@example.com')
    assert [row['amount']['minor'] for row in shop.json('payout', 'make')] == [200]
    assert shop.json('partner', 'awards')[-1]['lead'] == ''
    assert shop.json('ledger', 'verify')['entries'] == 5


def test_programmes(shop):
    with_partners(shop)
    refused(shop, 'programme', 'add', 'Friends', says='already')
    refused(shop, 'programme', 'show', 'Foes', says='no programme')
    shop.write('bad.json', '{"rates": [{"rate": 20000}]}')
    refused(shop, 'programme', 'terms', 'Friends', '--terms', 'bad.json', says='rate 1')
    shop.write('new.json', '{"approve": "hand", "hold_days": 0, "rates": [{"fixed": 500, "currency": "EUR"}]}')
    shown = shop.json('programme', 'terms', 'Friends', '--terms', 'new.json', '--from', '2026-04-01')
    assert len(shown['versions']) == 2 and shown['partners'] == 2
    assert [row['name'] for row in shop.json('programme', 'list')] == ['Friends']
    first = sell(shop, ANN)
    shop.now = LATER
    second = sell(shop, BOB)
    shop.run('referral', 'set', second, 'Jo')
    shop.run('ledger', 'release')
    assert amounts(shop, 'Anna Berg') == {'approved': 1470}, 'the terms of its day'
    assert amounts(shop, 'Jo') == {'held': 500}, 'somebody has to look at it'
    shop.run('ledger', 'approve', second)
    shop.run('ledger', 'release')
    assert amounts(shop, 'Jo') == {'approved': 500}
    shop.run('ledger', 'approve', second, '--undo')
    assert amounts(shop, 'Jo') == {'held': 500}
    shop.run('programme', 'add', 'Own')
    shop.run('programme', 'join', 'Own', 'Jo')
    assert {row['name']: row['partners'] for row in shop.json('programme', 'list')} == {'Friends': 1, 'Own': 1}
    assert first


def test_what_other_terms_would_have_done(shop):
    with_partners(shop)
    first = sell(shop, ANN)
    second = sell(shop, ANN)
    shop.run('order', 'refund', second, '--amount', '24.50')
    shop.write('new.json', '{"rates": [{"rate": 2000}]}')
    shop.now = LATER
    tried = shop.json('programme', 'try', 'Friends', '--terms', 'new.json')
    assert (tried['from'], tried['until']) == ('2025-12-31T23:00:00Z', '2026-03-31T22:00:00Z'), 'last quarter'
    row, = tried['partners']
    assert row['partner'] == 'Anna Berg' and row['orders'] == 2
    assert (row['earned']['minor'], row['would']['minor'], row['difference']['minor']) == (1470 + 245, 980 + 490, -245)
    assert tried['all'] == [{key: row[key] for key in ('orders', 'earned', 'would', 'difference')}]
    same = shop.json('programme', 'try', 'Friends', '--terms', 'terms.json')['all'][0]
    assert same['difference']['minor'] == 0
    day = shop.json('referral', 'show', first)['decided_at'][:10]
    assert len(shop.json('programme', 'try', 'Friends', '--terms', 'new.json', '--from', day, '--to', day)['all']) == 1
    assert shop.json('programme', 'try', 'Friends', '--terms', 'new.json', '--to', '2020-01-01')['all'] == []
    assert 'Anna Berg' in shop.run('programme', 'try', 'Friends', '--terms', 'new.json').out
    refused(shop, 'programme', 'try', 'Foes', '--terms', 'new.json', says='no programme')
    misused(shop, 'programme', 'try', 'Friends', says='terms')
    assert len(shop.json('programme', 'show', 'Friends')['versions']) == 1, 'nothing is changed by it'


def test_partners(shop):
    with_partners(shop)
    assert [row['name'] for row in shop.json('partner', 'list')] == ['Anna Berg', 'Jo']
    changed = shop.json('partner', 'edit', 'Anna Berg', '--name', 'Anna Bergmann', '--country', 'AT', '--manager', 'Mia')
    assert changed['country'] == 'AT' and changed['source'] == 'affiliate:Anna Berg'
    refused(shop, 'partner', 'edit', 'Jo', '--country', 'Austria', says='two letters')
    refused(shop, 'partner', 'add', 'Jo', says='already')
    refused(shop, 'partner', 'add', 'Eve', '--source', 'ppc:Ads', says='affiliates')
    assert shop.json('partner', 'end', 'Anna Bergmann')['ended_at']
    shop.now = '2026-03-03T09:00:00Z'
    assert shop.json('referral', 'show', sell(shop, ANN))['partner'] == ''
    assert not shop.json('partner', 'end', 'Anna Bergmann', '--undo')['ended_at']


def test_partners_who_are_leads(shop):
    with_partners(shop)
    shop.run('partner', 'edit', 'Anna Berg', '--lead', ANN)
    added = shop.json('partner', 'add', 'Bob', '--lead', BOB)
    assert added['lead'] == BOB and added['email'] == BOB
    assert shop.json('partner', 'show', 'Anna Berg')['email'] == 'anna@example.com', 'the one that was said'
    refused(shop, 'partner', 'edit', 'Jo', '--lead', BOB, says='another partner')
    refused(shop, 'partner', 'edit', 'Jo', '--lead', 'nobody@example.com', says='nobody@example.com')
    shop.run('partner', 'edit', 'Bob', '--note', 'x')
    assert shop.json('partner', 'show', 'Bob')['lead'] == BOB, 'that stays'
    shop.run('leads', 'add', 'annie@example.com')
    shop.run('leads', 'merge', 'annie@example.com', ANN)
    assert shop.json('partner', 'show', 'Anna Berg')['lead'] == 'annie@example.com', 'goes where the lead goes'
    sell(shop, 'annie@example.com')
    assert 'Anna Berg' in shop.run('leads', 'privacy', 'annie@example.com').out
    assert shop.json('partner', 'edit', 'Bob', '--lead', '')['lead'] is None
    shop.run('partner', 'edit', 'Bob', '--lead', BOB)
    shop.run('leads', 'delete', BOB)
    assert shop.json('partner', 'show', 'Bob')['lead'] is None


def test_what_to_look_at(shop):
    """Orders of the partner's own are told of until somebody says that they are fine, and nothing moves by it."""
    with_partners(shop)
    assert 'nothing to look at' in shop.run('partner', 'flags').out
    shop.run('partner', 'edit', 'Anna Berg', '--email', ANN)
    order = sell(shop, ANN)
    (flag,) = shop.json('partner', 'flags')
    assert (flag['partner'], flag['kind'], flag['waits'], flag['cases'], flag['of']) == ('Anna Berg', 'self-referral', True, 1, 1)
    assert [(case['order'], case['found_by']) for case in flag['orders']] == [(int(order), 'email')]
    assert '1 of 1' in flag['evidence'] and flag['verdict'] is None
    assert shop.json('partner', 'flags', 'Jo') == []
    assert shop.json('referral', 'preview', order)[0]['held']['minor'] == amounts(shop, 'Anna Berg')['held'] == 1470
    refused(shop, 'partner', 'decide', 'Anna Berg', 'nonsense', 'fine', says='KIND is')
    refused(shop, 'partner', 'decide', 'Anna Berg', 'coupon', 'good', says='VERDICT is')
    refused(shop, 'partner', 'decide', 'Anna Berg', 'coupon', 'fine', says='nothing of that kind')
    decided = shop.json('partner', 'decide', 'Anna Berg', 'self-referral', 'fine', '--note', 'She may')
    assert (decided['verdict'], decided['note'], decided['waits']) == ('fine', 'She may', False)
    assert shop.json('partner', 'flags') == [] and len(shop.json('partner', 'flags', '--all')) == 1
    assert amounts(shop, 'Anna Berg') == {'held': 1470}, 'a word moves nothing'
    shop.run('referral', 'set', order, 'nobody')
    assert amounts(shop, 'Anna Berg') == {} and shop.json('referral', 'preview', order) == []
    shop.run('run', '--once')


def test_imported_orders(shop):
    """An import that is taken back takes back what its orders earned."""
    with_partners(shop)
    shop.run('programme', 'join', 'Friends', 'Anna Berg', '--from', '2026-01-01')
    shop.write('orders.csv', f'Order,Email,Date,Product,Amount\n1,{ANN},2026-03-02T08:59:00Z,Kit,49\n')
    shop.run('order', 'import', 'orders.csv')
    orders = shop.json('order', 'list')
    assert len(orders) == 1
    assert amounts(shop, 'Anna Berg') == {}, 'it was placed before the click'
    shop.run('referral', 'set', str(orders[0]['id']), 'Anna Berg')
    assert amounts(shop, 'Anna Berg') == {'held': 1470}
    shop.run('order', 'undo-import', '1')
    assert amounts(shop, 'Anna Berg') == {}
    assert int(sell(shop, ANN)) > orders[0]['id'], 'the book names its number for ever'
    assert amounts(shop, 'Anna Berg') == {'held': 1470}
    shop.run('ledger', 'verify')


def test_forgery(shop):
    """Whoever opens the file with another program is refused, and found where that was got round."""
    with_partners(shop)
    sell(shop, ANN)
    proof = shop.json('ledger', 'verify')
    shop.run('ledger', 'verify', '--expect', proof['hash'])
    refused(shop, 'ledger', 'verify', '--expect', '0' * 64, says='does not end')
    with sqlite3.connect(shop.file) as db:
        try:
            db.execute('UPDATE journal SET rate = 7500')
            raise AssertionError('the file takes it')
        except sqlite3.IntegrityError as refusal:
            assert 'never changed' in str(refusal)
        db.execute('DROP TRIGGER journal_is_not_changed')
        db.execute('UPDATE journal SET rate = 7500')
    refused(shop, 'ledger', 'verify', says='entry 1')


def test_export_refuses(shop):
    with_partners(shop)
    shop.write('there', 'x')
    refused(shop, 'ledger', 'export', 'there')
    misused(shop, 'ledger', 'export', 'book', '--format', 'excel')
    assert (shop.folder / 'there').read_text() == 'x'


def details(shop, *words):
    return {key: value for key, value in shop.json('partner', 'details', *words).items() if value}


def test_payment_details(shop):
    with_partners(shop)
    assert details(shop, 'Anna Berg') == {'partner': 'Anna Berg'}, 'no keyring is asked for nothing'
    bus = with_keyring(shop)
    masked = {'partner': 'Anna Berg', 'pay_way': 'bank', 'holder': 'Anna Bérg-Meier', 'iban': 'DE89 … 00',
              'tax_number': '12 … 90', 'address': '…'}
    typed = ['--iban', 'de89 3704 0044 0532 0130 00', '--holder', 'Anna Bérg-Meier', '--tax-number', '12/345/67890',
             '--address', 'Market Square 1\n10115 Berlin']
    assert details(shop, 'Anna Berg', *typed) == masked
    assert details(shop, 'Anna Berg') == masked
    whole = details(shop, 'Anna Berg', '--whole')
    assert whole['iban'] == IBAN and whole['address'] == 'Market Square 1\n10115 Berlin'
    assert 'iban' not in shop.json('partner', 'show', 'Anna Berg')
    assert shop.json('partner', 'show', 'Anna Berg')['pay_way'] == 'bank'
    assert shop.json('partner', 'show', 'Anna Berg', '--details')['iban'] == IBAN
    assert 'bank transfer' in shop.run('partner', 'details', 'Anna Berg').out

    refused(shop, 'partner', 'details', 'Jo', '--iban', 'DE89370400440532013001', says='mistyped')
    refused(shop, 'partner', 'details', 'Jo', '--iban', 'DE8937040044053201300', says='22 letters')
    refused(shop, 'partner', 'details', 'Jo', '--iban', IBAN, '--bic', 'COBA', says='8 or 11')
    refused(shop, 'partner', 'details', 'Jo', '--way', 'paypal', says='paypal')
    misused(shop, 'partner', 'details', 'Jo', '--way', 'pigeon')
    refused(shop, 'partner', 'details', 'Nobody', says='no partner')
    assert details(shop, 'Jo') == {'partner': 'Jo'}, 'what was refused is not there'
    assert details(shop, 'Jo', '--paypal', 'jo@example.com')['paypal'] == 'j…@example.com'
    assert [(row['partner'], row['pay_way'], row['iban']) for row in shop.json('partner', 'accounts')] == [
        ('Anna Berg', 'bank', 'DE89 … 00'), ('Jo', 'paypal', None)]
    assert details(shop, 'Jo', '--paypal', '', '--wise', 'jo@example.com')['pay_way'] == 'wise'

    assert shop.json('payout', 'from', '--iban', OURS, '--bic', 'BKAUATWW')['iban'] == 'AT61 … 01'
    assert shop.json('payout', 'from', '--whole') == {'holder': None, 'iban': OURS, 'bic': 'BKAUATWW'}
    bus.communicate()
    for path in shop.folder.rglob('*'):
        assert not path.is_file() or not re.search(
            f'{IBAN}|{OURS}|BKAUATWW|67890|Bérg|jo@example'.encode(), path.read_bytes()), path


def test_details_without_their_key(shop):
    """Without a keyring, with a locked one, and on another computer."""
    with_partners(shop)
    shop.env['DBUS_SESSION_BUS_ADDRESS'] = f'unix:path={shop.folder}/nobody'
    refused(shop, 'partner', 'details', 'Jo', '--iban', IBAN, says='no keyring')
    assert details(shop, 'Jo') == {'partner': 'Jo'}
    bus = with_keyring(shop)
    details(shop, 'Jo', '--iban', IBAN)
    bus.communicate()
    shutil.rmtree(shop.folder / 'data' / 'keyrings')
    bus = with_keyring(shop)
    refused(shop, 'partner', 'details', 'Jo', says='where they were typed')
    refused(shop, 'partner', 'details', 'Anna Berg', '--iban', OURS, says='where they were typed')
    refused(shop, 'partner', 'show', 'Jo', '--details', says='given anew')
    assert shop.json('partner', 'show', 'Jo')['pay_way'] == 'bank'
    assert details(shop, 'Jo', '--forget') == {'partner': 'Jo'}
    assert details(shop, 'Anna Berg', '--iban', OURS)['iban'] == 'AT61 … 01'
    bus.communicate()


def test_details_are_not_moved(shop):
    """Who can write the file and not open the keyring gets nobody's money."""
    with_partners(shop)
    bus = with_keyring(shop)
    details(shop, 'Anna Berg', '--iban', IBAN)
    details(shop, 'Jo', '--iban', OURS)
    with sqlite3.connect(shop.file) as db:
        db.execute('UPDATE payment_detail SET sealed = (SELECT sealed FROM payment_detail WHERE partner = 2)'
                   ' WHERE partner = 1')
    refused(shop, 'partner', 'details', 'Anna Berg', says='was changed')
    assert details(shop, 'Jo', '--whole')['iban'] == OURS
    bus.communicate()


def with_payout(shop):
    """Anna is owed 14.70, Bea 4.90 and Jo 4.90 by payout 1; the keyring is open."""
    with_partners(shop)
    shop.run('partner', 'add', 'Bea & Söhne', '--programme', 'Friends')
    sell(shop, ANN)
    for name in ('Bea & Söhne', 'Jo'):
        shop.run('referral', 'set', sell(shop, ANN), name)
    shop.now = LATER
    shop.run('ledger', 'release')
    assert [row['amount']['minor'] for row in shop.json('payout', 'make')] == [1470, 490, 490]
    return with_keyring(shop)


def read_sepa(shop, name):
    """A message that is as the schema wants it: its texts by their paths, of payments a list."""
    subprocess.run(['xmllint', '--noout', '--schema', str(ROOT / 'tests/data/pain.001.001.09.xsd'), name],
                   cwd=shop.folder, check=True, capture_output=True)
    space = '{urn:iso:std:iso:20022:tech:xsd:pain.001.001.09}'
    root = xml.etree.ElementTree.parse(shop.folder / name).getroot()[0]

    def texts(element):
        return {'/'.join(path): leaf.text for path, leaf in leaves(element, ())}

    def leaves(element, path):
        for child in element:
            tag = child.tag.removeprefix(space)
            if tag != 'CdtTrfTxInf':
                yield from leaves(child, path + (tag,)) if len(child) else [(path + (tag,), child)]

    return texts(root), [texts(payment) for payment in root.iter(f'{space}CdtTrfTxInf')]


def test_sepa_file(shop):
    bus = with_payout(shop)
    sepa = ['payout', 'file', '1', 'out.xml', '--format', 'sepa']
    refused(shop, *sepa, says='payout from')
    shop.run('payout', 'from', '--iban', OURS)
    nobody = refused(shop, *sepa, says='Anna Berg: has not said how to be paid')
    assert 'Bea & Söhne: has not' in nobody.err and 'Jo: has not' in nobody.err, 'all at once'
    details(shop, 'Anna Berg', '--iban', IBAN, '--bic', 'COBADEFFXXX', '--holder', 'Anna Bérg/Łukasz ' + 'x' * 70)
    details(shop, 'Bea & Söhne', '--iban', 'BE68539007547034')
    details(shop, 'Jo', '--paypal', 'jo@example.com')
    one = refused(shop, *sepa, says='Jo: is not paid by bank transfer')
    assert 'Anna' not in one.err and not (shop.folder / 'out.xml').exists(), 'nothing is written in part'
    refused(shop, *sepa, '--fitting', '--on', '2026-04-30', says='is over')

    made = shop.json(*sepa, '--fitting')
    assert made == {'payout': 1, 'file': 'out.xml', 'format': 'sepa', 'payments': 2, 'on': '2026-05-04', 'left_out': 1,
                    'amount': {'minor': 1960, 'currency': 'EUR'}}, '1 May is a holiday, a Friday'
    assert (shop.folder / 'out.xml').stat().st_mode & 0o777 == 0o600
    head, payments = read_sepa(shop, 'out.xml')
    assert head['GrpHdr/NbOfTxs'] == head['PmtInf/NbOfTxs'] == '2'
    assert head['GrpHdr/CtrlSum'] == head['PmtInf/CtrlSum'] == '19.60'
    assert head['PmtInf/ReqdExctnDt/Dt'] == '2026-05-04' and head['GrpHdr/CreDtTm'] == '2026-05-01T11:00:00'
    assert head['PmtInf/Dbtr/Nm'] == 'Test' and head['PmtInf/DbtrAcct/Id/IBAN'] == OURS
    assert head['PmtInf/DbtrAgt/FinInstnId/Othr/Id'] == 'NOTPROVIDED'
    anna, bea = payments
    assert anna['Amt/InstdAmt'] == '14.70' and anna['CdtrAcct/Id/IBAN'] == IBAN
    assert anna['CdtrAgt/FinInstnId/BICFI'] == 'COBADEFFXXX'
    assert anna['Cdtr/Nm'] == ('Anna Berg/Lukasz ' + 'x' * 70)[:70]
    assert bea['Cdtr/Nm'] == 'Bea + Soehne' and bea['Amt/InstdAmt'] == '4.90'
    assert 'CdtrAgt/FinInstnId/BICFI' not in bea
    assert re.fullmatch('[0-9a-f]{8}-1-1', anna['PmtId/EndToEndId']) and anna['RmtInf/Ustrd'] == 'Commissions, payout 1'

    refused(shop, *sepa, '--fitting', says='already')
    shop.run(*sepa, '--fitting', '--force', '--on', '2026-12-25')
    again, same = read_sepa(shop, 'out.xml')
    assert same == payments and again['GrpHdr/MsgId'] == head['GrpHdr/MsgId'], 'a bank can see that it had them'
    assert again['PmtInf/ReqdExctnDt/Dt'] == '2026-12-28'
    shop.run('payout', 'mark', '1', 'Anna Berg', 'paid')
    shop.run(*sepa, '--fitting', '--force')
    less, rest = read_sepa(shop, 'out.xml')
    assert rest == [bea] and less['GrpHdr/MsgId'] != head['GrpHdr/MsgId'], 'nobody is paid twice'
    shop.run('payout', 'mark', '1', 'Bea & Söhne', 'failed')
    refused(shop, *sepa, '--fitting', '--force', says='in that way')
    shop.run('payout', 'mark', '1', 'Jo', 'paid')
    refused(shop, *sepa, says='any more')
    bus.communicate()


def rows(shop, name):
    text = (shop.folder / name).read_bytes().decode()
    assert text.endswith('\r\n') and text.count('\n') == text.count('\r\n')
    return list(csv.reader(text.splitlines()))


def test_tables_of_payments(shop):
    bus = with_payout(shop)
    refused(shop, 'payout', 'file', '1', 'out.csv', '--format', 'csv', says='Jo: has not said how')
    details(shop, 'Anna Berg', '--way', 'wise', '--iban', IBAN, '--vat-id', 'DE123456789')
    details(shop, 'Bea & Söhne', '--wise', 'bea@example.com')
    details(shop, 'Jo', '--paypal', 'jo@example.com', '--other', '=HYPERLINK("x"), in cash', '--way', 'paypal')
    misused(shop, 'payout', 'file', '1', 'out.csv', says='--format')
    misused(shop, 'payout', 'file', '1', 'out.csv', '--format', 'excel')
    refused(shop, 'payout', 'file', '7', 'out.csv', '--format', 'csv', says='no payout 7')
    refused(shop, 'payout', 'file', '1', 'out.csv', '--format', 'paypal', says='Anna Berg: is not paid by PayPal')
    refused(shop, 'payout', 'file', '1', 'no/out.csv', '--format', 'csv')

    shop.run('payout', 'file', '1', 'paypal.csv', '--format', 'paypal', '--fitting')
    paypal, = rows(shop, 'paypal.csv')
    assert paypal[:3] == ['jo@example.com', '4.90', 'EUR'] and paypal[4:] == ['Commissions, payout 1', 'PayPal']
    assert re.fullmatch('[0-9a-f]{8}-1-2', paypal[3])
    shop.run('payout', 'file', '1', 'paypal.csv', '--format', 'paypal', '--fitting', '--decimal-comma', '--force')
    assert rows(shop, 'paypal.csv')[0][1] == '4,90'

    shop.run('payout', 'file', '1', 'wise.csv', '--format', 'wise', '--fitting')
    heading, anna, bea = rows(shop, 'wise.csv')
    assert dict(zip(heading, anna)) == {
        'name': 'Anna Berg', 'recipientEmail': '', 'paymentReference': paypal[3][:-1] + '1', 'receiverType': 'INSTITUTION',
        'amountCurrency': 'target', 'amount': '14.70', 'sourceCurrency': 'EUR', 'targetCurrency': 'EUR', 'IBAN': IBAN}
    assert bea[0:2] == ['Bea & Söhne', 'bea@example.com'] and bea[3] == 'PERSON' and bea[8] == ''

    shop.run('payout', 'file', '1', 'all.csv', '--format', 'csv')
    heading, *all_of_them = rows(shop, 'all.csv')
    assert [(row[2], row[3], row[5]) for row in all_of_them] == [
        ('Anna Berg', '14.70', 'wise'), ('Jo', '4.90', 'paypal'), ('Bea & Söhne', '4.90', 'wise')]
    assert all_of_them[1][heading.index('other')].startswith("'="), 'nothing is computed in a spreadsheet'
    bus.communicate()


class Page(html.parser.HTMLParser):
    """A page as the cells of its rows; `words` is all that is read on it."""

    def __init__(self, text):
        super().__init__()
        self.rows, self.words, self.language, self.asks, self.in_cell = [], '', None, [], False
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.language = attrs.get('lang', self.language)
        self.asks += [attrs[name] for name in ('src', 'href') if name in attrs] + [tag] * (tag == 'script')
        if tag == 'tr':
            self.rows.append([])
        elif tag in ('td', 'th'):
            self.rows[-1].append('')
        self.in_cell = tag in ('td', 'th')

    def handle_endtag(self, tag):
        self.in_cell = False

    def handle_data(self, data):
        self.words += data
        if self.in_cell:
            self.rows[-1][-1] += data


def statement(shop, payout, partner, **more):
    told = shop.json('payout', 'statement', payout, partner, '--output', 'out.html', '--force', **more)
    page = Page((shop.folder / 'out.html').read_text())
    assert page.asks == [], 'it needs nothing else'
    return told, page


def cents(cell):
    assert cell.endswith(' EUR'), cell
    return int(re.sub('[.,]', '', cell.removesuffix(' EUR')))


def test_statements(shop):
    bus = with_payout(shop)
    shop.run('partner', 'edit', 'Jo', '--language', 'de', '--name', '<b>Jo</b> & Co')
    told, page = statement(shop, '1', '<b>Jo</b> & Co')
    assert told['lines'] == 1 and told['amount'] == {'minor': 490, 'currency': 'EUR'}
    assert page.language == 'de' and 'Provisionsabrechnung' in page.words and '<b>Jo</b> & Co' in page.words
    assert page.rows[1][1:] == ['02.03.2026', 'Kit', 'Friends, von Hand zugeordnet', '49,00 EUR', '10 %', '4,90 EUR']
    assert page.rows[2:] == [['Provisionen', '4,90 EUR'], ['Sie erhalten', '4,90 EUR']]
    assert (shop.folder / 'out.html').stat().st_mode & 0o777 == 0o600
    shop.run('payout', 'statement', '1', '<b>Jo</b> & Co', '--output', 'out.pdf')
    shop.run('payout', 'statement', '1', '<b>Jo</b> & Co', '--output', 'other', '--format', 'pdf')
    misused(shop, 'payout', 'statement', '1', '<b>Jo</b> & Co', '--output', 'x', '--format', 'doc')
    assert (shop.folder / 'out.pdf').read_bytes() == (shop.folder / 'other').read_bytes()
    assert (shop.folder / 'out.pdf').stat().st_mode & 0o777 == 0o600
    said = subprocess.run(['pdftotext', 'out.pdf', '-'], cwd=shop.folder, check=True, capture_output=True).stdout.decode()
    for words in ('Provisionsabrechnung', '<b>Jo</b> & Co', 'Seite 1 von 1', '49,00 EUR', *page.rows[2]):
        assert words in said, words
    refused(shop, 'payout', 'statement', '1', '<b>Jo</b> & Co', '--output', 'out.html', says='already')
    misused(shop, 'payout', 'statement', '1', 'Anna Berg', says='--output')
    refused(shop, 'payout', 'statement', '7', 'Anna Berg', '--output', 'x', says='no payout 7')
    shop.run('partner', 'add', 'Eve')
    refused(shop, 'payout', 'statement', '1', 'Eve', '--output', 'x', says='not in this payout')

    # Paid, then given back in part, and set off against a fixed amount and a share.
    shop.run('payout', 'mark', '1', 'Anna Berg', 'paid')
    shop.run('order', 'refund', '1', '--amount', '9')
    shop.write('fixed.json', '{"hold_days": 0, "rates": [{"sale": "later", "fixed": 500, "currency": "EUR"}]}')
    shop.run('programme', 'terms', 'Friends', '--terms', 'fixed.json', '--from', '2026-05-01')
    shop.now = '2026-05-02T09:00:00Z'
    sell(shop, ANN, '--coupon', 'ANNA10')
    shop.now = '2026-07-01T09:00:00Z'
    shop.run('ledger', 'release')
    shop.run('payout', 'make', '--partner', 'Anna Berg')
    told, page = statement(shop, '2', 'Anna Berg')
    assert page.language == 'en' and 'on its way' in page.words
    assert [row[-2:] for row in page.rows[1:2]] == [['fixed amount', '5.00 EUR']]
    assert [row[-1] for row in page.rows[2:]] == ['5.00 EUR', '-2.70 EUR', '2.30 EUR']
    assert (told['approved']['minor'], told['set_off']['minor'], told['amount']['minor']) == (500, 270, 230)
    _, first = statement(shop, '1', 'Anna Berg')
    assert first.rows[1][4:] == ['49.00 EUR', '30 %', '14.70 EUR'], 'what was said then stays'
    for payout, partner in (('1', 'Anna Berg'), ('1', 'Bea & Söhne'), ('2', 'Anna Berg')):
        told, page = statement(shop, payout, partner)
        lines = page.rows[1:1 + told['lines']]
        assert sum(cents(row[-1]) for row in lines) == told['approved']['minor'] == cents(page.rows[1 + len(lines)][-1])

    (shop.folder / 'out.html').unlink()
    with sqlite3.connect(shop.file) as db:
        db.execute('UPDATE payout_line SET amount = amount + 1 WHERE payout = 2')
    refused(shop, 'payout', 'statement', '2', 'Anna Berg', '--output', 'out.html', says='do not add up')
    assert not (shop.folder / 'out.html').exists()
    bus.communicate()


def test_yearly_totals(shop):
    """By the calendar of the business, which is in Berlin; thresholds are data, also of one's own."""
    bus = with_payout(shop)
    shop.run('business', 'set', '--country', 'FR')
    shop.run('partner', 'edit', 'Jo', '--country', 'FR')
    shop.run('partner', 'edit', 'Bea & Söhne', '--name', '=Bea & Söhne', '--country', 'PL')
    details(shop, 'Jo', '--iban', IBAN, '--tax-number', '1')
    assert shop.json('partner', 'totals', '2026') == []
    shop.now = '2026-12-31T22:30:00Z'
    shop.run('payout', 'mark', '1', 'Jo', 'paid')
    shop.run('payout', 'mark', '1', '=Bea & Söhne', 'paid')
    shop.now = '2026-12-31T23:30:00Z'
    shop.run('payout', 'mark', '1', 'Anna Berg', 'paid')
    shop.run('payout', 'mark', '1', 'Jo', 'returned')

    def told(year):
        return [(row['partner'], row['paid']['minor'], row['came_back']['minor'], row['amount']['minor'], row['payouts'],
                 row['has_tax_id'], row['forms']) for row in shop.json('partner', 'totals', year)]
    assert told('2026') == [('=Bea & Söhne', 490, 0, 490, 1, False, ''), ('Jo', 490, 0, 490, 1, True, '')]
    assert told('2027') == [('Anna Berg', 1470, 0, 1470, 1, False, ''), ('Jo', 0, 490, -490, 0, True, '')]
    own = shop.folder / 'data' / 'rungs' / 'tax' / 'thresholds.json'
    own.parent.mkdir(parents=True, exist_ok=True)
    row = '{"country": "FR", "form": "%s", "partners": "%s", "from": %d, "until": %d, "amount": %d, "currency": "%s"}'
    own.write_text('{"thresholds": [%s]}' % ', '.join(row % cells for cells in (
        ('A', 'FR', 2020, 0, 490, 'EUR'), ('B', 'any', 2020, 2026, 490, 'EUR'), ('C', 'any', 2027, 0, 1, 'USD'),
        ('D', 'any', 2020, 0, 491, 'EUR'))))
    assert [row[-1] for row in told('2026')] == ['B', 'A, B']
    assert [row[-1] for row in told('2027')] == ['A, D', ''], 'a country that is not said may be any'
    shop.run('partner', 'totals', '2026', '--csv', 'totals.csv')
    with open(shop.folder / 'totals.csv', newline='', encoding='utf-8') as f:
        rows = list(csv.DictReader(f))
    assert rows[0]['partner'] == "'=Bea & Söhne" and rows[0]['amount'] == '4.90' and rows[0]['tax_id_known'] == 'no'
    assert rows[1]['forms'] == 'A, B' and rows[1]['year'] == '2026'
    refused(shop, 'partner', 'totals', '2026', '--csv', 'totals.csv', says='already')
    refused(shop, 'partner', 'totals', '99999', says='four digits')
    own.write_text('{"thresholds": [{"form": "A"}]}')
    refused(shop, 'partner', 'totals', '2026', says='threshold 1')
    bus.communicate()


def test_locked_keyring(shop):
    with_partners(shop)
    bus = with_keyring(shop)
    details(shop, 'Jo', '--iban', IBAN)
    subprocess.run(['gdbus', 'call', '--session', '--dest', 'org.freedesktop.secrets', '--object-path',
                    '/org/freedesktop/secrets', '--method', 'org.freedesktop.Secret.Service.Lock',
                    "['/org/freedesktop/secrets/collection/login']"], env=shop.env, check=True, capture_output=True)
    refused(shop, 'partner', 'details', 'Jo', says='is locked')
    refused(shop, 'partner', 'details', 'Anna Berg', '--iban', OURS, says='is locked')
    assert shop.json('partner', 'show', 'Jo')['pay_way'] == 'bank', 'that needs no key'
    bus.communicate()


main(globals())
