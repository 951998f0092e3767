"""Coupons: made, given, used by orders, and what they tell of where an order came from."""

import sqlite3

from shop import main, misused, refused

ANN, BOB = 'ann@example.com', 'bob@example.com'


def ask(shop, sql):
    with sqlite3.connect(shop.file) as db:
        return db.execute(sql).fetchall()


def with_coupons(shop):
    shop.init()
    shop.run('leads', 'add', ANN, '--first-name', 'Ann')
    shop.run('leads', 'add', BOB, '--first-name', 'Bob')
    shop.run('product', 'add', 'KIT', '--name', 'Kit', '--price', '49')
    shop.run('product', 'add', 'BOOK', '--name', 'Book', '--price', '10')
    shop.run('coupon', 'add', 'Sue 10', '--name', 'Letter of Sue', '--discount', '10 % off', '--source', 'jv:Sue',
             '--path', 'direct', '--product', 'KIT', '--per-lead', '1')
    return shop


def test_make(shop):
    with_coupons(shop)
    sue = shop.json('coupon', 'show', 'SUE10')
    assert sue['source'] == 'jv:Sue' and sue['partner'] == 'Sue' and sue['path'] == 'direct'
    assert sue['product'] == 'KIT' and sue['most_per_lead'] == 1 and sue['most_uses'] is None
    plain = shop.json('coupon', 'add', 'FAIR', '--from', '2026-03-01', '--until', '31.3.2026', '--uses', '5')
    assert plain['valid_until'] == '2026-03-31' and plain['source'] is None and plain['path'] is None
    assert plain['most_uses'] == 5 and plain['partner'] is None and plain['state'] is None
    changed = shop.json('coupon', 'edit', 'fair', '--code', 'Fair 7', '--until', 'none', '--uses', 'none')
    assert changed['code'] == 'Fair 7' and changed['valid_until'] is None and changed['most_uses'] is None
    changed = shop.json('coupon', 'edit', 'fair7', '--source', 'other:Fair', '--path', 'in-person')
    assert changed['path'] == 'in person' and changed['source'] == 'other:Fair'
    assert shop.json('coupon', 'edit', 'sue10', '--product', 'none')['product'] is None
    assert 'not accepted any more' in shop.run('coupon', 'retire', 'FAIR7').out
    assert [c['code'] for c in shop.json('coupon', 'list')] == ['Fair 7', 'Sue 10']
    assert [c['code'] for c in shop.json('coupon', 'list', '--filter', 'good')] == ['Sue 10']
    assert [c['code'] for c in shop.json('coupon', 'list', '--filter', 'ended')] == ['Fair 7']
    assert [c['code'] for c in shop.json('coupon', 'list', '--filter', 'partner')] == ['Sue 10']
    assert [c['code'] for c in shop.json('coupon', 'list', 'letter')] == ['Sue 10']
    shop.run('coupon', 'retire', 'FAIR7', '--undo')
    shop.run('coupon', 'delete', 'FAIR7')
    assert 'Letter of Sue' in shop.run('coupon', 'list').out and 'Sue' in shop.run('coupon', 'show', 'sue10').out


def test_refused(shop):
    with_coupons(shop)
    refused(shop, 'coupon', 'add', 's u e 1 0', says='there already')
    refused(shop, 'coupon', 'add', 'A,B', says='comma')
    refused(shop, 'coupon', 'add', 'NEW', '--until', 'soon')
    refused(shop, 'coupon', 'add', 'NEW', '--from', '2026-02-02', '--until', '2026-02-01', says='last day')
    refused(shop, 'coupon', 'add', 'NEW', '--product', 'NONE', says='NONE')
    refused(shop, 'coupon', 'show', 'NONE', says='no coupon “NONE”')
    misused(shop, 'coupon', 'add', 'NEW', '--path', 'direct', says='source')
    misused(shop, 'coupon', 'add', 'NEW', '--source', 'jv:Sue', '--path', 'pigeon', says='phone')
    misused(shop, 'coupon', 'add', 'NEW', '--uses', '0', says='number')
    misused(shop, 'coupon', 'give', 'SUE10', ANN, '--how', 'pigeon', says='phone')
    refused(shop, 'product', 'delete', 'KIT', says='coupon')


def test_order(shop):
    with_coupons(shop)
    order = shop.json('order', 'add', ANN, 'KIT', '--coupon', ' SUE 10')
    use = order['coupons'][0]
    assert order['coupon'] == 'Sue 10' and use['source'] == 'jv:Sue' and use['path'] == 'direct'
    assert use['against'] is None and use['stands'] and use['paid']['minor'] == 4900
    assert ask(shop, "SELECT s.kind, t.path, t.at = o.at, t.detail FROM touch t JOIN source s ON s.id = t.source"
                     " JOIN sales_order o ON o.lead = t.lead") == [('jv', 'direct', 1, 'Sue 10')]
    refused(shop, 'order', 'add', ANN, 'KIT', '--coupon', 'sue10', says='This lead has used Sue 10 already')
    refused(shop, 'order', 'add', BOB, 'BOOK', '--coupon', 'sue10', says='Sue 10 is for Kit only')
    refused(shop, 'order', 'add', BOB, 'KIT', '--coupon', 'sue11', says='There is no coupon “sue11”')
    second = shop.json('order', 'add', ANN, 'BOOK', '--coupon', 'sue10', '--coupon', 'odd', '--anyway')
    assert second['coupon'] == 'Sue 10, odd' and second['coupons'][0]['against'] == 'other-product'
    shop.run('order', 'refund', order['id'])
    sue = shop.json('coupon', 'show', 'sue10')
    assert (sue['uses'], sue['leads'], sue['against'], len(sue['used_by'])) == (1, 1, 1, 2)
    assert sue['paid'] == [{'minor': 1000, 'currency': 'EUR'}]
    assert 'coupon used' in shop.run('leads', 'show', ANN).out


def test_redeem(shop):
    with_coupons(shop)
    order = shop.json('order', 'add', ANN, 'BOOK')['id']
    refused(shop, 'coupon', 'redeem', 'sue10', order, says='for Kit only')
    use = shop.json('coupon', 'redeem', 'sue10', order, '--anyway')
    assert use['order'] == order and use['against'] == 'other-product'
    refused(shop, 'coupon', 'redeem', 'sue10', order, '--anyway', says='already')
    shop.run('coupon', 'redeem', 'sue10', order, '--undo')
    refused(shop, 'coupon', 'redeem', 'sue10', order, '--undo', says='does not use')
    assert shop.json('order', 'show', order)['coupon'] == ''
    assert ask(shop, 'SELECT count(*) FROM touch') == [(0,)]


def test_given(shop):
    with_coupons(shop)
    given = shop.json('coupon', 'give', 'SUE 10', ANN, '--who', 'Mia', '--note', 'rang about the kit')
    assert given['how'] == 'phone' and given['lead_name'] == 'Ann' and given['used_at'] is None
    shop.now = '2026-03-03T09:00:00Z'
    shop.run('coupon', 'give', 'sue10', BOB, '--how', 'in-person', '--at', '2026-03-01')
    shop.run('order', 'add', ANN, 'KIT', '--coupon', 'sue10')
    rows = shop.json('coupon', 'given')
    assert [r['lead_name'] for r in rows] == ['Ann', 'Bob'] and rows[0]['used_at'] == shop.now
    assert [r['how'] for r in shop.json('coupon', 'given', BOB)] == ['in person']
    refused(shop, 'coupon', 'give', 'sue10', ANN, says='has used')
    refused(shop, 'coupon', 'give', 'sue10', BOB, '--at', '2026-04-01', says='future')
    assert 'Sue 10, phone, Mia' in shop.run('leads', 'show', ANN).out
    rule = '{"all": [{"field": "coupon_given", "op": "has", "value": "Sue 10"},' \
           ' {"field": "coupons", "coupon": "Sue 10", "op": "is", "value": 0}]}'
    assert [r['email'] for r in shop.json('segment', 'list', '--rule', rule)] == [BOB]
    shop.run('coupon', 'take-back', shop.json('coupon', 'given', BOB)[0]['id'])
    assert shop.json('coupon', 'given', BOB) == [] and shop.json('segment', 'list', '--rule', rule) == []


def test_check(shop):
    with_coupons(shop)
    assert shop.json('coupon', 'check', 'sue 10')['fits']
    no = shop.json('coupon', 'check', 'sue 10', ANN, '--product', 'BOOK')
    assert not no['fits'] and no['verdict'] == 'other-product' and no['why'] == 'Sue 10 is for Kit only.'
    assert shop.json('coupon', 'check', 'nope')['verdict'] == 'unknown'
    assert 'no coupon “nope”' in shop.run('coupon', 'check', 'nope').out


def test_unknown(shop):
    with_coupons(shop)
    shop.run('order', 'add', ANN, 'KIT', '--coupon', 'Fair 7', '--anyway')
    shop.run('order', 'add', BOB, 'KIT', '--coupon', 'FAIR7', '--anyway')
    assert [(c['code'], c['orders']) for c in shop.json('coupon', 'unknown')] in ([('Fair 7', 2)], [('FAIR7', 2)])
    fair = shop.json('coupon', 'add', 'FAIR7', '--source', 'other:Fair', '--adopt')
    assert fair['uses'] == 2 and fair['path'] == 'phone'
    assert shop.json('coupon', 'unknown') == [] and 'Every code' in shop.run('coupon', 'unknown').out
    assert shop.json('coupon', 'adopt', 'fair7')['orders'] == 0
    assert ask(shop, 'SELECT count(*) FROM touch') == [(2,)]


def test_renamed(shop):
    """A rule that names a coupon goes on naming it."""
    with_coupons(shop)
    shop.run('segment', 'add', 'Those', '--rule', '{"field": "coupon_given", "op": "has", "value": "sue 10"}')
    shop.run('coupon', 'give', 'sue10', ANN)
    shop.run('coupon', 'edit', 'sue10', '--code', 'SUMMER')
    assert shop.json('segment', 'count', 'Those')['leads'] == 1
    assert 'SUMMER' in str(shop.json('segment', 'show', 'Those')['rule'])


main(globals())
