"""Products, bundles, offers, orders and refunds."""

from shop import main, misused, refused

ANN = 'ann@example.com'


def with_ladder(shop):
    shop.init()
    shop.run('leads', 'add', ANN, '--first-name', 'Ann')
    shop.run('product', 'add', 'GUIDE', '--name', 'Guide', '--price', '0EUR', '--rung', '1')
    shop.run('product', 'add', 'KIT', '--name', 'Kit', '--price', '49.00EUR', '--rung', '2', '--refund-days', '30')
    shop.run('product', 'add', 'CLUB', '--name', 'Club', '--price', '12', '--period-months', '1')
    return shop


def test_products(shop):
    with_ladder(shop)
    kit = shop.json('product', 'show', 'kit')
    assert kit['price'] == {'minor': 4900, 'currency': 'EUR'} and kit['refund_days'] == 30 and kit['rung'] == 2
    assert [p['sku'] for p in shop.json('product', 'list')] == ['GUIDE', 'KIT', 'CLUB']
    assert shop.json('product', 'show', 'CLUB')['period_months'] == 1
    assert '49.00 EUR' in shop.run('product', 'list').out
    shop.run('product', 'edit', 'KIT', '--price', '59,90', '--name', 'Big kit', '--sku', 'BIGKIT')
    assert shop.json('product', 'show', 'BIGKIT')['price']['minor'] == 5990
    yen = shop.json('product', 'add', 'TEA', '--name', 'お茶', '--price', '500JPY')
    assert yen['price'] == {'minor': 500, 'currency': 'JPY'}


def test_next_offers(shop):
    with_ladder(shop)
    shop.run('offer', 'add', 'GUIDE', 'KIT')
    shop.run('order', 'add', ANN, 'GUIDE')
    assert [p['sku'] for p in shop.json('next-offers')] == ['KIT']
    kit = shop.json('next-offers')[0]
    assert kit['people'] == 1 and kit['consented'] == 0 and kit['expected'] == {'minor': 49, 'currency': 'EUR'}
    assert 'expected margin 0.49 EUR: 1.0 % of 49.00 EUR' in shop.run('next-offer', ANN, '--why').out
    rule = '{"field": "next_offer", "op": "is", "value": "KIT"}'
    assert shop.json('segment', 'count', '--rule', rule)['leads'] == 1
    refused(shop, 'offer', 'edit', '1', '--condition', rule, says='depends')
    shop.run('order', 'add', ANN, 'KIT')
    assert shop.json('next-offers') == []
    assert 'nothing to offer anybody' in shop.run('next-offers').out


def test_products_refused(shop):
    with_ladder(shop)
    misused(shop, 'product', 'add', 'X', '--price', '5', says='--name')
    misused(shop, 'product', 'add', 'X', '--name', 'X', says='--price')
    misused(shop, 'product', 'add', 'X', '--name', 'X', '--price', 'dear', says='amount')
    misused(shop, 'product', 'add', 'X', '--name', 'X', '--price', '1.999EUR', says='amount')
    misused(shop, 'product', 'edit', 'KIT', '--rung', '-1', says='number')
    refused(shop, 'product', 'add', 'kit', '--name', 'Other', '--price', '5')
    refused(shop, 'product', 'add', 'X', '--name', ' ', '--price', '5')
    refused(shop, 'product', 'show', 'NONE', says='NONE')
    refused(shop, 'product', 'edit', 'KIT', '--sku', 'GUIDE')


def test_facets(shop):
    with_ladder(shop)
    kit = shop.json('product', 'show', 'KIT')
    assert kit['cost'] is None and kit['margin'] is None and kit['affiliate_rate'] is None and kit['deliver'] is None
    kit = shop.json('product', 'edit', 'KIT', '--cost', '12.50', '--affiliate-rate', '7.5%', '--deliver', 'shipping',
                    '--by', 'Mia')
    assert kit['cost'] == {'minor': 1250, 'currency': 'EUR'} and kit['margin']['minor'] == 3650
    assert kit['affiliate_rate'] == 750 and kit['deliver'] == 'shipping' and kit['by'] == 'Mia'
    shown = shop.run('product', 'show', 'KIT').out
    assert '7.5 %' in shown and '36.50 EUR' in shown and 'parcel' in shown
    kit = shop.json('product', 'edit', 'KIT', '--cost', 'none', '--affiliate-rate', 'none', '--deliver', 'none')
    assert kit['cost'] is None and kit['affiliate_rate'] is None and kit['deliver'] is None
    refused(shop, 'product', 'edit', 'KIT', '--cost', '5USD', says='currency')
    refused(shop, 'product', 'edit', 'KIT', '--affiliate-rate', '101%', says='100')
    refused(shop, 'product', 'edit', 'KIT', '--message', 'Nothing', says='message')
    misused(shop, 'product', 'edit', 'KIT', '--deliver', 'pigeon', says='appointment')
    misused(shop, 'product', 'edit', 'KIT', '--lapse-days', '-1', says='number')


def test_delivered_message_stays(shop):
    with_ladder(shop)
    shop.run('message', 'add', 'Thanks', '-', stdin=b'Subject: Hi\nPurpose: p\nValue: v\n\nText\n')
    assert shop.json('product', 'edit', 'KIT', '--message', 'Thanks', '--deliver', 'message')['message'] == 'Thanks'
    refused(shop, 'message', 'remove', 'Thanks', says='product')
    assert shop.json('product', 'edit', 'KIT', '--message', 'none')['message'] is None
    shop.run('message', 'remove', 'Thanks')


def test_grace(shop):
    with_ladder(shop)
    shop.run('product', 'edit', 'CLUB', '--lapse-days', '7')
    shop.now = '2026-03-01T12:00:00Z'
    shop.run('order', 'add', ANN, 'CLUB')
    for day, owners in (('2026-04-01', 1), ('2026-04-07', 1), ('2026-04-09', 0)):
        shop.now = f'{day}T12:00:00Z'
        assert {p['sku']: p['owners'] for p in shop.json('product', 'list')}['CLUB'] == owners, day


def test_letters(shop):
    with_ladder(shop)
    assert shop.json('letter', 'list') == []
    page = shop.json('letter', 'add', 'KIT', '--name', 'Long page', '--path', 'ppc', '--address', 'https://a.example/kit')
    assert page['sku'] == 'KIT' and page['path'] == 'ppc' and page['hint'] is None
    script = shop.json('letter', 'add', 'KIT', '--name', 'Script', '--path', 'phone')
    assert 'nothing' in script['hint']
    shop.write('script.txt', 'Good morning!')
    assert shop.json('letter', 'edit', script['id'], '--text', 'script.txt')['hint'] is None
    assert 'Good morning!' in shop.run('letter', 'show', script['id']).out
    shop.run('letter', 'add', 'GUIDE', '--name', 'Guide')
    assert [letter['name'] for letter in shop.json('letter', 'list')] == ['Guide', 'Long page', 'Script']
    shop.run('letter', 'retire', page['id'])
    assert [letter['name'] for letter in shop.json('letter', 'list', 'KIT')] == ['Script', 'Long page']
    shop.run('letter', 'retire', page['id'], '--undo')
    assert shop.json('letter', 'show', page['id'])['retired_at'] is None
    shop.run('letter', 'delete', page['id'])
    refused(shop, 'letter', 'show', page['id'], says=str(page['id']))
    refused(shop, 'letter', 'add', 'KIT', '--name', 'X', '--address', 'a.example', says='https://')
    misused(shop, 'letter', 'add', 'KIT', says='--name')
    misused(shop, 'letter', 'add', 'KIT', '--name', 'X', '--path', 'radio', says='phone')


def test_offer_limits(shop):
    with_ladder(shop)
    first = shop.json('offer', 'add', 'GUIDE', 'KIT', '--first-day', '2026-03-01', '--last-day', '2026-03-31', '--cap', '2')
    assert first['cap'] == 2 and first['fallback'] is None
    assert first['valid_from'].startswith('2026-02-28T23:00') or first['valid_from'].startswith('2026-03-01T00:00')
    assert first['valid_until'][:10] in ('2026-03-31', '2026-04-01')
    second = shop.json('offer', 'add', 'GUIDE', 'CLUB', '--kind', 'downsell')
    first = shop.json('offer', 'edit', first['id'], '--fallback', second['id'], '--last-day', 'none')
    assert first['fallback'] == second['id'] and first['valid_until'] is None and first['cap'] == 2
    refused(shop, 'offer', 'edit', second['id'], '--fallback', first['id'], says='circle')
    refused(shop, 'offer', 'edit', first['id'], '--last-day', '2026-01-01', says='begins')
    assert shop.json('offer', 'list')[0]['fallback'] == second['id']


def test_bundle(shop):
    with_ladder(shop)
    shop.run('product', 'add', 'ALL', '--name', 'All', '--price', '99', '--part', 'GUIDE', '--part', 'KIT')
    assert sorted(shop.json('product', 'show', 'ALL')['parts']) == ['GUIDE', 'KIT']
    shop.run('order', 'add', ANN, 'ALL')
    owners = {p['sku']: p['owners'] for p in shop.json('product', 'list')}
    assert owners == {'GUIDE': 1, 'KIT': 1, 'CLUB': 0, 'ALL': 1}
    refused(shop, 'product', 'bundle', 'KIT', 'ALL')
    shop.run('product', 'bundle', 'ALL', 'KIT')
    assert shop.json('product', 'show', 'ALL')['parts'] == ['KIT']
    shop.run('product', 'bundle', 'ALL')
    assert shop.json('product', 'show', 'ALL')['parts'] == []
    refused(shop, 'product', 'bundle', 'ALL', 'NONE')


def test_retire_and_delete(shop):
    with_ladder(shop)
    shop.run('product', 'retire', 'GUIDE')
    assert shop.json('product', 'show', 'GUIDE')['retired_at'] == '2026-03-02T09:00:00Z'
    shop.run('product', 'retire', 'GUIDE', '--undo')
    assert shop.json('product', 'show', 'GUIDE')['retired_at'] is None
    shop.run('product', 'delete', 'GUIDE')
    refused(shop, 'product', 'delete', 'GUIDE')
    shop.run('order', 'add', ANN, 'KIT')
    refused(shop, 'product', 'delete', 'KIT')


def test_problems(shop):
    with_ladder(shop)
    problems = {(p['sku'], p['code']) for p in shop.json('product', 'problems')}
    assert ('KIT', 'no-way-in') in problems
    shop.run('offer', 'add', 'GUIDE', 'KIT')
    problems = {(p['sku'], p['code']) for p in shop.json('product', 'problems')}
    assert ('KIT', 'no-way-in') not in problems and ('KIT', 'no-sequence') in problems
    assert 'No live sequence sells it.' in shop.run('product', 'problems').out


def test_ways(shop):
    with_ladder(shop)
    shop.run('source', 'add', 'ppc:Ads')
    opt_in = shop.json('way', 'add', 'ppc:Ads')
    assert (opt_in['path'], opt_in['to'], opt_in['name'], opt_in['sells']) == ('opt-in', 'opt-in', None, None)
    direct = shop.json('way', 'add', 'ppc:Ads', '--product', 'KIT')
    assert (direct['path'], direct['to'], direct['name'], direct['sells']) == ('direct', 'product', 'Kit', 'KIT')
    met = shop.json('way', 'add', 'customers', '--product', 'CLUB', '--path', 'in-person')
    assert (met['kind'], met['source'], met['path']) == ('customers', None, 'in person')
    assert [way['id'] for way in shop.json('way', 'list')] == [met['id'], opt_in['id'], direct['id']]
    assert [way['id'] for way in shop.json('way', 'list', '--product', 'KIT')] == [direct['id']]
    assert ('KIT', 'no-way-in') not in {(p['sku'], p['code']) for p in shop.json('product', 'problems')}
    shop.run('way', 'remove', direct['id'])
    assert 'KIT' not in shop.run('way', 'list').out
    refused(shop, 'way', 'remove', direct['id'])


def test_ways_refused(shop):
    with_ladder(shop)
    shop.run('source', 'add', 'ppc:Ads')
    shop.run('way', 'add', 'ppc:Ads')
    refused(shop, 'way', 'add', 'ppc:Ads', says='already')
    refused(shop, 'way', 'add', 'ppc:Other')
    refused(shop, 'way', 'add', 'ppc:Ads', '--product', 'NONE')
    refused(shop, 'way', 'add', 'ppc:Ads', '--sequence', 'None')
    refused(shop, 'way', 'add', 'ppc:Ads', '--letter', '99')
    refused(shop, 'way', 'add', 'ppc:Ads', '--product', 'KIT', '--path', 'opt-in')
    misused(shop, 'way', 'add', 'ppc:Ads', '--path', 'sideways', says='opt-in')


def test_offers(shop):
    with_ladder(shop)
    first = shop.json('offer', 'add', 'GUIDE', 'KIT', '--kind', 'upsell', '--after-days', '3')
    assert (first['from'], first['to'], first['kind'], first['after_days']) == ('GUIDE', 'KIT', 'upsell', 3)
    shop.run('offer', 'add', '-', 'GUIDE')
    shop.run('offer', 'add', 'KIT', 'CLUB', '--condition', '{"field": "score", "op": "at_least", "value": 5}',
             '--priority', '-2')
    offers = shop.json('offer', 'list')
    assert [(o['from'], o['to']) for o in offers] == [(None, 'GUIDE'), ('GUIDE', 'KIT'), ('KIT', 'CLUB')]
    assert offers[2]['condition']['field'] == 'score'
    shop.run('offer', 'remove', first['id'])
    assert len(shop.json('offer', 'list')) == 2
    misused(shop, 'offer', 'add', 'GUIDE', 'KIT', '--kind', 'gift', says='upsell')
    misused(shop, 'offer', 'add', 'GUIDE', 'KIT', '--after-days', 'soon', says='number')
    misused(shop, 'offer', 'add', 'GUIDE', says='TO')
    refused(shop, 'offer', 'add', 'GUIDE', 'GUIDE')
    refused(shop, 'offer', 'add', 'GUIDE', 'NONE', says='NONE')
    refused(shop, 'offer', 'add', 'KIT', 'CLUB')
    refused(shop, 'offer', 'add', 'CLUB', 'KIT', '--condition', '{"what": 1}')
    refused(shop, 'offer', 'remove', 99)


def test_orders(shop):
    with_ladder(shop)
    order = shop.json('order', 'add', ANN, 'KIT', 'GUIDE', '--coupon', 'SPRING', '--anyway',
                      '--at', '2026-02-01')
    assert order['total'] == {'minor': 4900, 'currency': 'EUR'} and order['products'] == ['Kit', 'Guide']
    assert order['at'] == '2026-01-31T23:00:00Z' and order['coupon'] == 'SPRING'
    two = shop.json('order', 'add', ANN, 'KIT', '--quantity', '2', '--amount', '90')
    assert two['lines'][0]['amount']['minor'] == 9000 and two['lines'][0]['quantity'] == 2
    assert [o['id'] for o in shop.json('order', 'list')] == [two['id'], order['id']]
    assert len(shop.json('order', 'list', ANN)) == 2 and len(shop.json('order', 'list', '--limit', '1')) == 1
    club = shop.json('order', 'add', ANN, 'CLUB', '--external', 'S-1')
    assert club['lines'][0]['paid_until'] == '2026-04-02T08:00:00Z'
    assert 'SPRING' in shop.run('order', 'show', order['id']).out
    refused(shop, 'order', 'add', ANN, 'CLUB', '--external', 'S-1')
    refused(shop, 'order', 'add', 'x@example.com', 'KIT', says='no lead')
    refused(shop, 'order', 'add', ANN, 'NONE', says='NONE')
    refused(shop, 'order', 'show', 99)
    misused(shop, 'order', 'add', ANN, says='SKU')
    misused(shop, 'order', 'add', ANN, 'KIT', 'GUIDE', '--amount', '5', says='one product')
    refused(shop, 'order', 'add', ANN, 'KIT', '--amount', '-5', says='amount')
    misused(shop, 'order', 'add', ANN, 'KIT', '--quantity', '0', says='number')
    assert len(shop.json('order', 'list')) == 3


def test_refunds(shop):
    with_ladder(shop)
    order = shop.json('order', 'add', ANN, 'KIT')['id']
    part = shop.json('order', 'refund', order, '--amount', '9', '--reason', 'late')
    assert part['refunded']['minor'] == 900 and part['refunds'][0]['reason'] == 'late'
    assert shop.json('product', 'show', 'KIT')['owners'] == 1
    refused(shop, 'order', 'refund', order, '--amount', '41')
    assert shop.json('order', 'refund', order)['refunded']['minor'] == 4900
    assert shop.json('product', 'show', 'KIT')['owners'] == 0
    refused(shop, 'order', 'refund', order)
    refused(shop, 'order', 'refund', 99)
    misused(shop, 'order', 'refund', 'x', says='number')
    pair = shop.json('order', 'add', ANN, 'KIT', 'GUIDE')
    shop.run('order', 'refund', pair['id'], '--line', pair['lines'][0]['id'])
    assert shop.json('product', 'show', 'KIT')['owners'] == 0
    shop.run('check')


def test_map(shop):
    """Two leads come, one buys: by what arrow, and who."""
    shop.now = '2026-03-02T12:00:00Z'
    shop.run('init', '--name', 'Shop', '--zone', 'Europe/Dublin')
    shop.run('product', 'add', 'KIT', '--name', 'Kit', '--price', '29')
    shop.run('source', 'add', 'ppc:Ads')
    shop.run('source', 'spend', 'ppc:Ads', '10')
    for name in 'ann', 'bob':
        shop.run('leads', 'add', f'{name}@example.com', '--source', 'ppc:Ads', '--path', 'direct')
    shop.now = '2026-03-05T12:00:00Z'
    shop.run('order', 'add', 'ann@example.com', 'KIT')
    told = shop.json('map', 'show')
    source = told['sources'][0]
    assert (source['leads'], source['direct'], source['cost']['minor']) == (2, 2, 500)
    assert source['front'] == [{'minor': 2900, 'currency': 'EUR'}] and source['paid_back'] == '2026-03-05'
    [arrow] = [a for a in told['arrows'] if a['to_name'] == 'Kit']
    assert (arrow['cases'], arrow['hits'], arrow['share'], arrow['by']) == (2, 1, None, 'direct')
    assert [p['hits'] for p in arrow['paths'] if p['path'] == 'direct'] == [1]
    figure = f"{arrow['from']}>{arrow['to']}"
    assert [lead['email'] for lead in shop.json('map', 'leads', 'hits:' + figure)] == ['ann@example.com']
    assert [lead['email'] for lead in shop.json('map', 'leads', 'misses:' + figure)] == ['bob@example.com']
    assert 'too few to say' in shop.run('map', 'show').out
    later = shop.json('map', 'show', '--from', '2026-03-03')
    assert later['sources'][0]['leads'] == 0 and later['sources'][0]['paid_back'] is None
    assert shop.run('map', 'leads', 'came:opt-in').out == 'There are no such leads.\n'
    misused(shop, 'map', 'leads', 'hits:nowhere', says='no figure')
    refused(shop, 'map', 'show', '--segment', 'None')


def test_map_counts_commissions(shop):
    """What a lead of a partner cost: what was spent, and what the partner earned."""
    shop.now = '2026-03-02T12:00:00Z'
    shop.run('init', '--name', 'Shop', '--zone', 'Europe/Dublin')
    shop.run('partner', 'add', 'Anna Berg', '--email', 'anna@example.com')
    shop.run('source', 'spend', 'affiliate:Anna Berg', '16')
    for name in 'bea', 'bob':
        shop.run('leads', 'add', f'{name}@example.com', '--source', 'affiliate:Anna Berg', '--path', 'direct')
    given = shop.json('partner', 'bonus', 'Anna Berg', '8.60', '--why', 'Best of March')
    anna, = shop.json('map', 'show')['sources']
    assert [anna[key]['minor'] for key in ('cost', 'cost_spent', 'cost_commission')] == [1230, 800, 430]
    assert [anna[key][0]['minor'] for key in ('spend', 'commission', 'costs')] == [1600, 860, 2460]
    assert '12.30 EUR: 8.00 EUR spent, 4.30 EUR commissions' in shop.run('map', 'show').out
    shop.now = '2026-03-04T12:00:00Z'
    shop.run('partner', 'take-back', given['id'], '--why', 'Miscounted')
    assert shop.json('map', 'show', '--from', '2026-03-03')['sources'][0]['commission'][0]['minor'] == -860
    source, = shop.json('source', 'list')
    assert source['spend'] == [{'minor': 1600, 'currency': 'EUR'}] and source['commission'] == []
    rows = shop.json('source', 'costs', 'affiliate:Anna Berg')
    assert [(r['day'], r['what'], r['amount']['minor']) for r in rows] == [
        ('2026-03-04', 'commission', -860), ('2026-03-02', 'spend', 1600), ('2026-03-02', 'commission', 860)]
    shop.run('check')


def test_templates(shop):
    """A template comes whole, in the currency of the business, or not at all."""
    shop.init()
    templates = shop.json('ladder-template', 'list')
    assert [t['template'] for t in templates] == ['information', 'coaching', 'software', 'consumables', 'local-service']
    assert 'Coaching' in shop.run('ladder-template', 'list').out
    used = shop.json('ladder-template', 'use', 'coaching')
    assert used == templates[1]
    products = [(p['sku'], p['rung'], p['price']) for p in shop.json('product', 'list')]
    assert products == [(p['sku'], p['rung'], p['price']) for p in used['products']]
    assert {price['currency'] for _, _, price in products} == {'EUR'}
    assert len(shop.json('offer', 'list')) == used['offers'] and len(shop.json('letter', 'list')) == used['letters']
    refused(shop, 'ladder-template', 'use', 'coaching', says='TALK, WORKSHOP')
    refused(shop, 'ladder-template', 'use', 'nonsense', says='nonsense')
    shop.run('product', 'add', 'REFILL', '--name', 'Tea', '--price', '5')
    refused(shop, 'ladder-template', 'use', 'consumables', says='REFILL')
    assert len(shop.json('product', 'list')) == len(products) + 1
    assert '4 products of the template “Information product” were added' in shop.run('ladder-template', 'use', 'information').out


if __name__ == '__main__':
    main(globals())
