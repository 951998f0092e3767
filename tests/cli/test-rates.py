"""Rates of currencies: entered, listed, imported, and in which currency sums are told."""

from shop import main, misused, refused

BANK = 'Date,USD,JPY,GBP,\n2026-02-02,1.25,160,N/A,\n2026-02-01,1.2,150,0.8,\n'


def statements(shop, *words):
    return [f"{rate['day']} {rate['statement']}" for rate in shop.json('rate', 'list', *words)]


def test_set_and_remove(shop):
    shop.init()
    assert shop.run('rate', 'list').out == 'There are no rates.\n'
    said = shop.run('rate', 'set', 'usd', '0,92', 'EUR', '--day', '1.2.2026').out
    assert said == 'From 2026-02-01 on, 1 USD = 0.92 EUR.\n'
    shop.run('rate', 'set', 'USD', '0.5', 'EUR')
    shop.run('rate', 'set', 'EUR', '1.25', 'USD')
    shop.run('rate', 'set', 'KWD', '3', 'EUR')
    assert statements(shop, 'USD') == ['2026-03-02 1 EUR = 1.25 USD', '2026-02-01 1 USD = 0.92 EUR']
    assert len(statements(shop)) == 3
    rate = shop.json('rate', 'list', 'USD')[1]
    assert 'removed' in shop.run('rate', 'remove', rate['id']).out
    assert statements(shop, 'USD') == ['2026-03-02 1 EUR = 1.25 USD']
    refused(shop, 'rate', 'remove', rate['id'], says='no rate')
    refused(shop, 'rate', 'set', 'USD', '0', 'EUR', says='no rate such as')
    refused(shop, 'rate', 'set', 'USD', '1', 'USD', says='two different')
    refused(shop, 'rate', 'set', 'USD', '1', 'EUR', '--day', 'soon', says='soon')
    misused(shop, 'rate', 'set', 'USDollar', '1', 'EUR', says='no currency')


def test_import(shop):
    shop.init()
    shop.write('bank.csv', BANK)
    shop.run('product', 'add', 'CUP', '--name', 'Cup', '--price', '9USD')
    told = shop.run('rate', 'import', 'bank.csv').out
    assert '2 rates were taken over.' in told and '2 currencies were left out' in told, told
    assert statements(shop) == ['2026-02-02 1 EUR = 1.25 USD', '2026-02-01 1 EUR = 1.2 USD']
    assert shop.json('rate', 'import', 'bank.csv', '--all') == {
        'rates': 5, 'replaced': 2, 'currencies_left_out': 0, 'faults': []}
    shop.write('other.csv', BANK.replace('GBP', 'EUR'))
    refused(shop, 'rate', 'import', 'other.csv', says='must be said')
    shop.run('rate', 'import', 'other.csv', '--quote', 'CHF', '--all')
    assert '2026-02-01 1 EUR = 0.8 CHF' in statements(shop, 'CHF')


def test_import_of_lines(shop):
    shop.init()
    shop.write('rates.csv', '2026-02-01 0.92\n2026-02-02 zero\n')
    refused(shop, 'rate', 'import', 'rates.csv', '--base', 'USD', says='which two')
    told = shop.run('rate', 'import', 'rates.csv', '--base', 'USD', '--quote', 'EUR', '--all').out
    assert '1 line could not be used' in told and 'Line 2' in told, told
    assert statements(shop) == ['2026-02-01 1 USD = 0.92 EUR']


def test_report_currency(shop):
    shop.init()
    assert shop.json('business', 'show')['report_currency'] is None
    assert shop.json('business', 'set', '--report-currency', 'USD')['report_currency'] == 'USD'
    assert shop.json('business', 'set', '--name', 'Other')['report_currency'] == 'USD'
    assert shop.json('business', 'set', '--report-currency', 'none')['report_currency'] is None
    misused(shop, 'business', 'set', '--report-currency', 'dollars', says='none')


if __name__ == '__main__':
    main(globals())
