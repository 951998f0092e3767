"""Payouts: of whom and of which days, and what is written for each partner."""

from shop import main, refused

ANN = 'ann@example.com'
LATER = '2026-05-01T09:00:00Z'
TERMS = '{"hold_days": 30, "rates": [{"sale": "first", "rate": 3000}, {"rate": 1000}]}'


def with_partner(shop):
    """Anna's link brings Ann."""
    shop.init()
    shop.write('terms.json', TERMS)
    shop.run('product', 'add', 'KIT', '--name', 'Kit', '--price', '49')
    shop.run('programme', 'add', 'Friends', '--terms', 'terms.json', '--from', '2026-01-01')
    shop.run('partner', 'add', 'Anna Berg', '--email', 'anna@example.com', '--programme', 'Friends')
    shop.run('leads', 'add', ANN, '--source', 'affiliate:Anna Berg', '--path', 'direct')


def test_payout_of_some_days(shop):
    """The days are those of the orders; the statement says which."""
    with_partner(shop)
    shop.run('order', 'add', ANN, 'KIT', '--at', '2026-03-05')
    shop.run('order', 'add', ANN, 'KIT', '--at', '2026-03-20')
    shop.now = LATER
    shop.run('run', '--once')
    of_march = ('--from', '2026-03-10', '--until', '2026-04-01')
    assert [row['amount']['minor'] for row in shop.json('payout', 'preview')] == [1960]
    assert [row['amount']['minor'] for row in shop.json('payout', 'preview', *of_march)] == [490]
    refused(shop, 'payout', 'preview', '--from', '2026-04-02', '--until', '2026-04-01', says='ends before')
    shop.run('payout', 'make', *of_march)
    assert shop.json('payout', 'list')[0]['from'] == '2026-03-09T23:00:00Z', 'midnight in Berlin'
    shop.run('payout', 'statement', '1', 'Anna Berg', '--output', 'out.html')
    assert 'from 2026-03-10 until 2026-04-01' in (shop.folder / 'out.html').read_text()
    assert [row['amount']['minor'] for row in shop.json('payout', 'make')] == [1470]
    assert shop.json('payout', 'list')[0]['from'] is None


main(globals())
