"""What partners earn and somebody has to approve, and programmes that nobody joins any more."""

from shop import main, refused

ANN, BOB = 'ann@example.com', 'bob@example.com'


def begin(shop):
    """Half of each sale is earned, and waits for somebody; Ann came by Anna's link."""
    shop.init()
    shop.write('careful.json', '{"approve": "hand", "rates": [{"rate": 5000}]}')
    shop.run('product', 'add', 'KIT', '--name', 'Kit', '--price', '49')
    shop.run('programme', 'add', 'Friends', '--terms', 'careful.json', '--from', '2026-01-01')
    shop.run('partner', 'add', 'Anna Berg', '--programme', 'Friends')
    shop.run('partner', 'add', 'Jo', '--kind', 'jv', '--programme', 'Friends')
    shop.run('leads', 'add', ANN, '--source', 'affiliate:Anna Berg', '--path', 'direct')
    shop.run('leads', 'add', BOB)


def sell(shop, who):
    return str(shop.json('order', 'add', who, 'KIT')['id'])


def test_approving(shop):
    begin(shop)
    assert shop.json('ledger', 'waiting') == []
    first, second = sell(shop, ANN), sell(shop, BOB)
    shop.run('referral', 'set', second, 'Jo')
    assert [(line['order'], line['partner'], line['amount']['minor']) for line in shop.json('ledger', 'waiting')] == [
        (int(first), 'Anna Berg', 2450), (int(second), 'Jo', 2450)]
    assert len(shop.json('ledger', 'waiting', '--partner', 'Jo')) == 1
    seen = shop.json('ledger', 'approve-all', '--preview')
    assert seen == {'commissions': 2, 'sums': [{'amount': {'minor': 4900, 'currency': 'EUR'}}]}
    assert len(shop.json('ledger', 'waiting')) == 2, 'nothing is written'
    assert shop.json('ledger', 'approve-all', '--partner', 'Jo')['commissions'] == 1
    assert [line['partner'] for line in shop.json('ledger', 'waiting')] == ['Anna Berg']
    shop.run('ledger', 'approve', second, '--undo')
    assert len(shop.json('ledger', 'waiting')) == 2
    refused(shop, 'ledger', 'approve-all', '--partner', 'Nobody', says='no partner')


def test_retired(shop):
    begin(shop)
    shop.run('partner', 'add', 'Kim')
    assert shop.json('programme', 'retire', 'Friends')['retired_at']
    refused(shop, 'programme', 'join', 'Friends', 'Kim', says='retired')
    sell(shop, ANN)
    assert len(shop.json('ledger', 'waiting')) == 1, 'who is in it goes on earning'
    assert not shop.json('programme', 'unretire', 'Friends')['retired_at']
    shop.run('programme', 'join', 'Friends', 'Kim')
    refused(shop, 'programme', 'retire', 'Enemies', says='no programme')


main(globals())
