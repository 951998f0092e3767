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


def test_map(shop):
    shop.init()
    shop.run('product', 'add', 'CUP', '--name', 'Cup', '--price', '10USD')
    shop.run('leads', 'add', 'ann@example.com', '--source', 'ppc:Ads', now=False)
    shop.run('source', 'spend', 'ppc:Ads', '8.00', '--day', '2026-03-02')
    for day in ('01', '02'):
        shop.now = f'2026-03-{day}T12:00:00Z'
        shop.run('order', 'add', 'ann@example.com', 'CUP')
    order = shop.json('order', 'list')[0]['id']
    shop.run('rate', 'set', 'EUR', '1.25', 'USD', '--day', '2026-03-02')

    def cup(*words):
        shown = shop.json('map', 'show', *words)
        return shown, shown['products'][0]

    shown, product = cup()
    assert shown['currency'] is None and shown['apart'] == []
    assert product['revenue'] == [{'minor': 2000, 'currency': 'USD'}] and product['revenue_converted'] == []
    shop.run('business', 'set', '--report-currency', 'EUR')
    shown, product = cup()
    assert shown['currency'] == 'EUR'
    assert shown['apart'] == [{'currency': 'USD', 'orders': 1, 'costs': 0, 'first_day': '2026-03-02'}]
    assert product['revenue'] == [{'minor': 800, 'currency': 'EUR'}, {'minor': 1000, 'currency': 'USD'}]
    assert product['revenue_converted'] == [{'minor': 1000, 'currency': 'USD'}]
    assert cup('--currency', 'none')[1] == cup('--currency', 'CHF')[1]
    text = shop.run('map', 'show').out
    assert 'Told in' in text and '8.00 EUR' in text and 'Without a rate' in text, text
    shop.run('order', 'refund', order)
    assert cup()[1]['refunded'] == [{'minor': 800, 'currency': 'EUR'}]
    misused(shop, 'map', 'show', '--currency', 'euro', says='none')


def test_order_in_another_currency(shop):
    shop.init()
    shop.run('product', 'add', 'CUP', '--name', 'Cup', '--price', '10USD')
    shop.run('leads', 'add', 'ann@example.com')
    order = shop.json('order', 'add', 'ann@example.com', 'CUP', '--currency', 'KWD', '--amount', '3.125')
    assert order['total'] == {'minor': 3125, 'currency': 'KWD'} and order['told'] is None
    shop.run('rate', 'set', 'KWD', '3', 'EUR')
    assert shop.json('order', 'list', '--currency', 'EUR')[0]['told'] == {'minor': 938, 'currency': 'EUR'}
    shop.run('business', 'set', '--report-currency', 'EUR')
    assert shop.json('today')['revenue'] == [{'minor': 938, 'currency': 'EUR'}]
    assert shop.json('product', 'show', 'CUP')['converted'] == [{'minor': 3125, 'currency': 'KWD'}]
    assert shop.json('product', 'list', '--currency', 'none')[0]['converted'] == []
    refused(shop, 'order', 'add', 'ann@example.com', 'CUP', '--currency', 'EUR', says='say the amount')
    misused(shop, 'order', 'add', 'ann@example.com', 'CUP', '--currency', 'euro', says='three capital')
    assert shop.json('order', 'add', 'ann@example.com', 'CUP')['total'] == {'minor': 1000, 'currency': 'USD'}


def test_report_currency(shop):
    shop.init()
    assert shop.json('business', 'show')['report_currency'] is None
    assert shop.json('business', 'set', '--report-currency', 'USD')['report_currency'] == 'USD'
    assert shop.json('business', 'set', '--name', 'Other')['report_currency'] == 'USD'
    assert shop.json('business', 'set', '--report-currency', 'none')['report_currency'] is None
    misused(shop, 'business', 'set', '--report-currency', 'dollars', says='none')


if __name__ == '__main__':
    main(globals())
