"""What the year would bring if something were otherwise."""

import csv
import io
import sqlite3

from shop import main, misused, refused


def with_demo(shop):
    shop.now = '2026-03-02T12:00:00Z'
    shop.begin('--demo')
    return shop


def left(shown):
    return next(f for f in shown['figures'] if f['figure'] == 'left')


def test_nothing(shop):
    shop.init()
    assert shop.json('what-if', 'show')['figures'] == []
    assert shop.json('what-if', 'knobs') == [] and 'nothing to change' in shop.run('what-if', 'knobs').out
    assert 'Nothing of this has happened' in shop.run('what-if', 'show').out
    assert 'No what-if is kept' in shop.run('what-if', 'list').out


def test_base(shop):
    with_demo(shop)
    base = shop.json('what-if', 'show')
    assert base['changes'] == [] and base['now_leads'] == base['then_leads'] > 0
    for figure in base['figures']:
        assert figure['now'] == figure['then'] and figure['difference']['minor'] == 0, figure
    parts = {f['figure']: f['now']['minor'] for f in base['figures']}
    assert parts['left'] == (parts['revenue'] - parts['refunds'] - parts['costs'] - parts['commission']
                             - parts['spend'])
    assert left(base)['low']['minor'] < parts['left'] < left(base)['high']['minor']
    assert sum(m['now_left']['minor'] for m in base['months']) == parts['left']
    assert len(base['months']) == 12 and base['months'][0]['begins'] == '2026-03-02'


def test_changes(shop):
    with_demo(shop)
    dear = shop.json('what-if', 'show', '--price', 'WEEKEND=300', '--conversion', 'GUIDE>KIT=20 %',
                     '--conversion', 'seo:Website and Instagram/opt-in>GUIDE=50',
                     '--spend', 'ppc:Search ads, pottery classes=1000', '--cost', 'kit=9.90',
                     '--refunds', 'KIT=1%', '--renewals', 'EVENING=80')
    assert [c['change'] for c in dear['changes']] == ['price', 'cost', 'refunds', 'renewals', 'conversion',
                                                      'conversion', 'spend']
    price = dear['changes'][0]
    assert price['words'] == 'Price of Weekend at the Wheel' and price['fits']
    assert (price['thing'], price['now'], price['then']) == ('WEEKEND', '240.00 EUR', '300.00 EUR')
    ads = next(s for s in dear['sources'] if s['kind'] == 'ppc')
    assert ads['then_spend'][0]['minor'] == 100000 and ads['then_leads'] > 2 * ads['now_leads']
    assert left(dear)['difference']['minor'] == left(dear)['then']['minor'] - left(dear)['now']['minor'] != 0
    assert '300.00 EUR' in shop.run('what-if', 'show', '--price', 'WEEKEND=300').out


def test_refused(shop):
    with_demo(shop)
    misused(shop, 'what-if', 'show', '--price', 'KIT', says='=')
    misused(shop, 'what-if', 'show', '--conversion', 'KIT=5', says='FROM>TO')
    misused(shop, 'what-if', 'show', '--conversion', 'ppc:Search ads, pottery classes>KIT=5', says='path')
    misused(shop, 'what-if', 'show', '--period', 'long', says='number')
    refused(shop, 'what-if', 'show', '--price', 'NONE=5', says='NONE')
    refused(shop, 'what-if', 'show', '--price', 'KIT=5USD', says='EUR')
    refused(shop, 'what-if', 'show', '--price', 'KIT=-5', says='-5')
    refused(shop, 'what-if', 'show', '--conversion', 'MASTER>GUIDE=5', says='no such arrow')
    refused(shop, 'what-if', 'show', '--conversion', 'GUIDE>KIT=120', says='100')
    refused(shop, 'what-if', 'show', 'Dear', says='Dear')


def test_csv(shop):
    with_demo(shop)
    text = shop.run('what-if', 'show', '--csv', '--price', 'KIT=99').out
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 12 * 6
    whole = [r for r in rows if r['product'] == '']
    kit = [r for r in rows if r['product'] == 'KIT']
    shown = shop.json('what-if', 'show', '--price', 'KIT=99')
    total = sum(round(float(r['then_left']) * 100) for r in whole)
    assert total == left(shown)['then']['minor']
    assert float(kit[0]['then_revenue']) > 3 * float(kit[0]['now_revenue'])
    assert all(r['month'] == str(1 + i % 12) for i, r in enumerate(rows))


def test_period(shop):
    with_demo(shop)
    month = shop.json('what-if', 'show', '--period', '30')
    ever = shop.json('what-if', 'show', '--period', 'all')
    assert month['days'] == 30 and ever['days'] == 0 and month['since'] > ever['since']


def dump(shop):
    """Every row of every table but what_if."""
    with sqlite3.connect(f'file:{shop.file}?mode=ro', uri=True) as db:
        tables = [t for t, in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'"
                                         " AND sql NOT LIKE '%VIRTUAL%' ORDER BY name")]
        return {t: db.execute(f'SELECT * FROM "{t}" ORDER BY 1').fetchall() for t in tables if t != 'what_if'}


def test_kept(shop):
    """A what-if is kept, named, opened again and gone, and no fact has changed."""
    with_demo(shop)
    before = dump(shop)
    kept = shop.json('what-if', 'save', 'Dear', '--price', 'KIT=99', '--period', '90')
    assert kept['name'] == 'Dear' and kept['changes'] == 1 and kept['days'] == 90
    again = shop.json('what-if', 'save', 'dear', '--spend', 'ppc:Search ads, pottery classes=0')
    assert again['id'] == kept['id'] and again['changes'] == 2 and again['days'] == 90
    shown = shop.json('what-if', 'show', 'Dear')
    assert shown['name'] == 'Dear' and shown['days'] == 90 and len(shown['changes']) == 2
    assert next(s for s in shown['sources'] if s['kind'] == 'ppc')['then_leads'] == 0
    more = shop.json('what-if', 'show', 'Dear', '--price', 'KIT=29')
    assert more['changes'][0]['then'] == '29.00 EUR'
    shop.run('what-if', 'save', 'Cheap', '--price', 'KIT=9')
    refused(shop, 'what-if', 'rename', 'Cheap', 'Dear', says='already')
    shop.run('what-if', 'rename', 'Cheap', 'Cheaper')
    assert [s['name'] for s in shop.json('what-if', 'list')] == ['Cheaper', 'Dear']
    refused(shop, 'what-if', 'save', ' ', says='name')
    assert dump(shop) == before
    shop.run('what-if', 'remove', 'Cheaper')
    shop.run('what-if', 'remove', 'Dear')
    assert shop.json('what-if', 'list') == [] and dump(shop) == before
    shop.run('what-if', 'save', 'Old', '--price', 'MASTER=1')
    shop.run('source', 'add', 'seo:Gone')
    shop.run('what-if', 'save', 'Old', '--spend', 'seo:Gone=10')
    with sqlite3.connect(shop.file) as db:
        db.execute("DELETE FROM source WHERE name = 'Gone'")
    gone = shop.json('what-if', 'show', 'Old')
    assert gone['left_out'] == 1 and [c['fits'] for c in gone['changes']] == [True, False]
    assert 'a source that is gone' in shop.run('what-if', 'show', 'Old').out


if __name__ == '__main__':
    main(globals())
