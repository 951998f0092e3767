"""Partners: who brought an order, what that earns, and a book that others can read."""

import re
import shutil
import sqlite3
import subprocess

from shop import main, misused, refused, with_keyring

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


def tools_agree(shop, balances):
    """What ledger, hledger and beancount make of the book: account -> cents."""
    shop.run('ledger', 'export', 'book.ledger', '--force')
    shop.run('ledger', 'export', 'book.beancount', '--format', 'beancount', '--force')

    def says(*command):
        return subprocess.run(command, cwd=shop.folder, capture_output=True, text=True, check=True,
                              env=shop.env | {'LC_ALL': 'C.UTF-8'}).stdout

    def read(text):
        found = re.findall(r'(-?[0-9.,]+) EUR\s+([A-Z]\S.*?)\s*$', text, re.M)
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


def test_who_is_credited(shop):
    with_partners(shop)
    nobody = sell(shop, BOB)
    assert shop.json('referral', 'show', nobody)['partner'] == ''
    coupon = sell(shop, BOB, '--coupon', 'ANNA10')
    assert shop.json('referral', 'show', coupon)['partner'] == 'Anna Berg'
    assert amounts(shop, 'Anna Berg') == {'held': 490}, 'a later sale'
    shop.run('referral', 'set', coupon, 'Jo')
    assert amounts(shop, 'Anna Berg') == {} and amounts(shop, 'Jo') == {'held': 490}
    assert shop.json('referral', 'show', coupon)['by_hand']
    shop.run('referral', 'set', coupon, 'nobody')
    assert amounts(shop, 'Jo') == {}
    refused(shop, 'referral', 'set', '4711', 'Jo', says='no order')
    refused(shop, 'referral', 'show', '4711', says='nobody has decided')

    shop.write('rules.json', '[{"rule": "customers"}, {"rule": "coupon"}]')
    shop.now = '2026-03-03T09:00:00Z'
    assert shop.json('referral', 'set-rules', 'rules.json') == shop.json('referral', 'rules')
    assert shop.json('referral', 'show', sell(shop, BOB, '--coupon', 'ANNA10'))['partner'] == ''
    shop.write('rules.json', '[{"rule": "luck"}]')
    refused(shop, 'referral', 'set-rules', 'rules.json', says='rule 1')


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
    assert sell(shop, ANN) == str(orders[0]['id']), 'its number comes again'
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
