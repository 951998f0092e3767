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


def test_many_partners_at_once(shop):
    """They join a programme together, leave it one by one, are approved together and go into a table."""
    with_partner(shop)
    shop.run('partner', 'add', '=Bea', '--kind', 'jv')
    shop.run('partner', 'add', 'Cora')
    joined = shop.json('programme', 'join', 'Friends', '=Bea', 'Cora')
    assert joined['partners'] == 3
    refused(shop, 'programme', 'join', 'Friends', 'Cora', 'Eve', says='Eve')
    shop.run('partner', 'edit', 'Cora', '--programme', '')
    assert shop.json('programme', 'show', 'Friends')['partners'] == 2
    shop.run('order', 'add', ANN, 'KIT', '--at', '2026-03-05')
    preview = ('ledger', 'approve-all', '--preview', '--partner')
    assert shop.json(*preview, 'Anna Berg', '--partner', 'Cora')['commissions'] == 0, 'approved by the terms'
    shop.run('partner', 'list', '--csv', 'partners.csv')
    lines = (shop.folder / 'partners.csv').read_bytes().decode().split('\r\n')
    assert lines[0].startswith('name,kind,programme,manager,'), lines[0]
    assert lines[1:] == ["'=Bea,jv,Friends,,,,,active,,0,0,0,0,,0.00,0.00,0.00,0.00,0.00",
                         'Anna Berg,affiliate,Friends,,anna@example.com,,,active,,1,0,1,1,EUR,14.70,0.00,0.00,0.00,0.00',
                         'Cora,affiliate,,,,,,active,,0,0,0,0,,0.00,0.00,0.00,0.00,0.00', '']
    refused(shop, 'partner', 'list', '--csv', 'partners.csv', says='already')
    shop.run('partner', 'list', '--csv', 'partners.csv', '--force')


def test_statements_of_all(shop):
    """Each goes into the folder, as payout statement writes it, under a name of its own."""
    with_partner(shop)
    for name, amount in (('Anna/Berg', '10'), ('Anna-Berg', '20')):
        shop.run('partner', 'add', name)
        shop.run('partner', 'bonus', name, amount, 'EUR', '--why', 'Best')
    shop.run('payout', 'make')
    written = shop.json('payout', 'write-statements', '1', 'out', '--format', 'html')
    assert [(row['partner'], row['amount']['minor']) for row in written] == [('Anna/Berg', 1000), ('Anna-Berg', 2000)]
    assert len({row['file'] for row in written}) == 2 == len(list((shop.folder / 'out').iterdir()))
    shop.run('payout', 'statement', '1', 'Anna/Berg', '--output', 'one.html')
    assert (shop.folder / written[0]['file']).read_text() == (shop.folder / 'one.html').read_text()
    assert 'Anna-Berg' in (shop.folder / written[1]['file']).read_text()
    refused(shop, 'payout', 'write-statements', '1', 'out', '--format', 'html', says='already')
    shop.run('payout', 'write-statements', '1', 'out', '--format', 'html', '--force')
    shop.run('payout', 'write-statements', '1', 'out')
    assert sum(path.read_bytes().startswith(b'%PDF') for path in (shop.folder / 'out').iterdir()) == 2
    refused(shop, 'payout', 'write-statements', '7', 'out', says='no payout 7')


main(globals())
