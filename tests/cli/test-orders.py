"""Orders from files of shops and payment services: what each export says arrives exactly, the same file twice changes
nothing, what was exported later adds only what is new, and what is taken back is taken back whole.

usage: test-orders.py RUNGSCTL SOURCE_ROOT
"""

import collections
import csv
import json
import random
import resource
import signal
import sqlite3
import time

from shop import ROOT, main, misused, refused

SAMPLES = ROOT / 'tests' / 'data' / 'orders'
LATE = '2026-11-22T08:00:00Z'
CLUB = ('--product', "Potters' club=monthly")
# The index of the search: the same words lie in it in another order; `check` compares it with the leads.
OF_SEARCH = {'lead_search', 'lead_search_config', 'lead_search_data', 'lead_search_docsize', 'lead_search_idx'}
OF_TIMELINE = {'cursor', 'sqlite_sequence'}


def begin(shop):
    shop.init()
    shop.now = LATE
    return shop


def take(shop, name, *more):
    return shop.json('order', 'import', SAMPLES / f'{name}.csv', '--product', '*=new', *more)


def money(order):
    return order['total'], order['refunded']


def ask(shop, sql, *values):
    with sqlite3.connect(f'file:{shop.file}?mode=ro', uri=True) as db:
        return db.execute(sql, values).fetchall()


def told(shop):
    """Every order as (number, e-mail, at, currency, amount, refunded, coupon, lines)."""
    rows = {}
    for o in ask(shop, "SELECT o.id, o.external, l.email, strftime ('%Y-%m-%d %H:%M', o.at / 1000, 'unixepoch'), o.currency,"
                       " o.coupon, o.origin FROM sales_order o JOIN lead l ON l.id = o.lead"):
        lines = ask(shop, 'SELECT p.name, l.quantity, l.amount, coalesce ((SELECT sum (r.amount) FROM refund_line r'
                          ' WHERE r.order_line = l.id), 0) FROM order_line l JOIN product p ON p.id = l.product'
                          ' WHERE l.sales_order = ? ORDER BY l.id', o[0])
        rows[o[1]] = (*o[2:7], [line for line in lines])
    return rows


def dump(shop, leave_out=()):
    with sqlite3.connect(f'file:{shop.file}?mode=ro', uri=True) as db:
        db.text_factory = bytes
        tables = {name.decode() for name, in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        tables -= OF_SEARCH | OF_TIMELINE | set(leave_out)
        return {table: sorted(db.execute(f'SELECT * FROM "{table}"').fetchall(), key=repr) for table in tables}


def test_stripe_payments(shop):
    begin(shop)
    done = take(shop, 'stripe-payments')
    assert (done['shape'], done['rows_read'], done['orders_created'], done['refunds_created'], done['rows_other'],
            done['rows_refused']) == ('stripe-payments', 8, 6, 3, 2, 0), done
    told_ = told(shop)
    assert told_ == {
        'stripe:ch_3PaA1': ('aoife@example.com', '2026-01-12 09:31', 'EUR', '', 'Stripe', [('Glazing course', 1, 14900, 0)]),
        'stripe:ch_3PaA2': ('bruno@example.org', '2026-01-13 18:02', 'EUR', '', 'Stripe',
                            [('Glazing course', 1, 14900, 14900)]),
        'stripe:ch_3PaA3': ('carla@example.net', '2026-01-15 08:00', 'USD', '', 'Stripe', [('Studio day', 1, 119000, 19000)]),
        'stripe:ch_3PaA5': ('emi@example.jp', '2026-02-01 00:10', 'JPY', '', 'Stripe', [('Clay box', 1, 4900, 0)]),
        # An invoice and its payment are one order.
        'stripe:in_1QX01': ('finn@example.com', '2026-02-03 07:00', 'EUR', '', 'Stripe',
                            [('Subscription creation', 1, 1900, 0)]),
        # A dispute that was lost.
        'stripe:ch_3PaA7': ('gus@example.com', '2026-02-05 12:00', 'EUR', '', 'Stripe', [('Glazing course', 1, 14900, 14900)]),
    }, told_
    assert ask(shop, "SELECT at / 1000 FROM refund ORDER BY id LIMIT 1") == [(1768903200,)]  # 2026-01-20 10:00 UTC
    assert ask(shop, "SELECT first_name, last_name FROM lead WHERE email = 'aoife@example.com'") == [('Aoife', 'Byrne')]


def test_stripe_invoices(shop):
    """Invoices renew: until the end of the period that the file says, else a month from the end of the one before."""
    begin(shop)
    done = take(shop, 'stripe-invoices', *CLUB)
    assert (done['orders_created'], done['rows_other'], done['leads_created']) == (3, 1, 2), done
    until = dict(ask(shop, "SELECT o.external, strftime ('%Y-%m-%d %H:%M', l.paid_until / 1000, 'unixepoch')"
                           ' FROM order_line l JOIN sales_order o ON o.id = l.sales_order'))
    assert until == {'stripe:in_1QX01': '2026-03-03 07:00', 'stripe:in_1QX02': '2026-02-03 07:00',
                     'stripe:in_1QX03': '2026-03-10 07:00'}, until
    renewed = ask(shop, "SELECT o.external FROM event e JOIN sales_order o ON o.id = e.ref WHERE kind = 'order.renewed'")
    assert renewed == [('stripe:in_1QX01',)], renewed
    assert told(shop)['stripe:in_1QX03'][3] == 'HALF'


def test_paypal(shop):
    """A refund is a row of its own, before or after its payment; times are those of the row's zone."""
    begin(shop)
    done = take(shop, 'paypal', *CLUB)
    assert (done['orders_created'], done['refunds_created'], done['rows_refused'], done['rows_other']) == (4, 2, 1, 2), done
    assert [r['line'] for r in done['rejects']] == [10] and 'neither' in done['rejects'][0]['reason'], done['rejects']
    told_ = told(shop)
    assert told_['paypal:1PP00000000SALE01'] == ('jane@example.com', '2026-09-02 17:00', 'USD', '', 'PayPal',
                                                 [('Studio day', 1, 12000, 2000)])
    assert told_['paypal:2PP00000000SALE02'][5] == [('Glazing course', 10, 149000, 0)]
    until = ask(shop, "SELECT strftime ('%Y-%m-%d %H:%M', l.paid_until / 1000, 'unixepoch') FROM order_line l"
                      ' WHERE paid_until IS NOT NULL ORDER BY id')
    assert until == [('2026-10-05 16:00',), ('2026-11-05 17:00',)], until  # a clock in Berlin shows 18:00


def test_paypal_german(shop):
    begin(shop)
    done = take(shop, 'paypal-german')
    assert (done['orders_created'], done['refunds_created'], done['rows_other']) == (1, 1, 2), done
    assert told(shop) == {'paypal:1DE00000000SALE01': ('juergen@example.de', '2026-06-18 12:05', 'EUR', '', 'PayPal',
                                                       [('Brennofen', 1, 123456, 23456)])}
    assert ask(shop, 'SELECT first_name, last_name, street, postcode, city, country FROM lead') \
        == [('Jürgen', 'Groß', 'Domstraße 1', '50667', 'Köln', 'DE')]


def test_woocommerce(shop):
    """Times are the shop's, that is the business's; of money given back no more counts than the goods cost."""
    begin(shop)
    done = take(shop, 'woocommerce')
    assert (done['orders_created'], done['refunds_created'], done['rows_other'], done['leads_created']) == (3, 3, 2, 2), done
    assert told(shop) == {
        'woocommerce:5001': ('mia@example.com', '2026-03-01 11:00', 'EUR', 'spring', 'WooCommerce',
                             [('Glaze set', 2, 4000, 0), ('Brush | wide', 1, 400, 0)]),
        'woocommerce:5002': ('noel@example.com', '2026-03-29 01:00', 'EUR', '', 'WooCommerce', [('Glaze set', 1, 2000, 2000)]),
        'woocommerce:5003': ('mia@example.com', '2026-04-05 08:00', 'EUR', '', 'WooCommerce', [('Glaze set', 2, 4000, 1250)]),
    }, told(shop)
    assert ask(shop, 'SELECT reason, sum (l.amount) FROM refund r JOIN refund_line l ON l.refund = r.id GROUP BY r.id'
                     ' ORDER BY r.at') == [('Broken on arrival', 2000), ('', 750), ('Late', 500)]


def test_woocommerce_items(shop):
    begin(shop)
    done = take(shop, 'woocommerce-items')
    assert (done['orders_created'], done['refunds_created'], done['currency'], done['rows_other']) == (2, 1, 'EUR', 1), done
    assert told(shop) == {
        'woocommerce:6001': ('pia@example.com', '2026-05-01 08:00', 'EUR', 'spring', 'WooCommerce',
                             [('Glaze set', 2, 4000, 0), ('Studio day', 1, 1800, 0)]),
        'woocommerce:6002': ('quentin@example.com', '2026-05-02 08:00', 'EUR', '', 'WooCommerce',
                             [('Glaze set', 1, 2000, 2000)]),
    }, told(shop)


def test_shopify(shop):
    """Several rows an order; a discount on the whole is split over its lines; consent only where the file says so."""
    begin(shop)
    done = take(shop, 'shopify', '--consent', 'News of the studio', '--source', 'seo:Shop')
    assert (done['orders_created'], done['refunds_created'], done['rows_other']) == (4, 2, 1), done
    assert done['sums'] == [{'minor': 17000, 'currency': 'EUR'}, {'minor': 9800, 'currency': 'JPY'}], done['sums']
    assert told(shop) == {
        'shopify:450789471': ('sven@example.com', '2026-06-03 09:00', 'EUR', 'SPRING', 'Shopify',
                              [('Glaze set', 2, 3911, 0), ('Clay box', 1, 2667, 0), ('Brush - wide', 1, 1422, 0)]),
        'shopify:450789470': ('tara@example.com', '2026-06-02 22:30', 'EUR', '', 'Shopify', [('Clay box', 2, 6000, 3000)]),
        'shopify:450789469': ('uma@example.com', '2026-06-01 08:00', 'EUR', '', 'Shopify', [('Clay box', 1, 3000, 3000)]),
        'shopify:450789467': ('yuki@example.jp', '2026-05-30 00:00', 'JPY', '', 'Shopify', [('Studio day', 1, 9800, 0)]),
    }, told(shop)
    assert ask(shop, 'SELECT l.email, c.wording FROM consent c JOIN lead l ON l.id = c.lead') \
        == [('sven@example.com', 'News of the studio')]
    # Shopify's apostrophes keep Excel from reading a number.
    assert ask(shop, "SELECT phone, postcode FROM lead WHERE email = 'sven@example.com'") == [('+353 1 555 0101', 'D01')]
    assert {path for path, in ask(shop, 'SELECT path FROM touch')} == {'direct'}
    assert len(ask(shop, 'SELECT 1 FROM touch')) == 4


def test_gumroad(shop):
    begin(shop)
    done = take(shop, 'gumroad', *CLUB)
    assert (done['orders_created'], done['refunds_created'], done['rows_other']) == (6, 3, 2), done
    told_ = told(shop)
    assert told_['gumroad:Yb8jR=='][5] == [('Glaze recipes', 1, 2900, 950)]
    assert told_['gumroad:Zc7hS=='][5] == told_['gumroad:Dg3dW=='][5] == [('Glaze recipes', 1, 2900, 2900)]
    assert told_['gumroad:Xa9kQ=='][1:4] == ('2026-07-01 10:00', 'USD', 'SUMMER')
    # Who wants no mail gets none.
    assert ask(shop, 'SELECT email, reason FROM suppression') == [('yara@example.com', 'unsubscribed')]
    assert ask(shop, "SELECT count (*) FROM event WHERE kind = 'order.renewed'") == [(1,)]


def test_table(shop):
    """A table of one's own; columns that are not recognised are named."""
    begin(shop)
    shop.write('mine.csv', 'Order number;Date;E-Mail-Adresse;Produkt;Anzahl;Betrag;Währung;Gutschein\n'
                           '77;03.04.2026;ann@example.com;Kanne;2;59,80;EUR;OSTERN\n'
                           '77;03.04.2026;ann@example.com;Tasse;1;9,90;EUR;OSTERN\n')
    done = shop.json('order', 'import', 'mine.csv', '--product', '*=new')
    assert (done['orders_created'], done['shape']) == (1, 'table'), done
    assert told(shop) == {'import:77': ('ann@example.com', '2026-04-02 22:00', 'EUR', 'OSTERN', 'import',
                                        [('Kanne', 2, 5980, 0), ('Tasse', 1, 990, 0)])}
    shop.write('odd.csv', 'Beleg,Wann,Wer,Was,Wieviel\n9,2026-05-01,bo@example.com,Tasse,9.90\n')
    refused(shop, 'order', 'import', 'odd.csv', says='no file of orders')
    done = shop.json('order', 'import', 'odd.csv', '--map', 'Beleg=number', '--map', 'Wann=date', '--map', 'Wer=email',
                     '--map', 'Was=product', '--map', 'Wieviel=line_amount')
    assert done['orders_created'] == 1, done
    refused(shop, 'order', 'import', 'odd.csv', '--map', 'Nichts=number', says='no column')
    refused(shop, 'order', 'import', 'odd.csv', '--map', 'Beleg=colour', says='field of an order')


def test_tax(shop):
    """The tax is in the amounts or added to them, as the headings or the user says; all of it can be taken back."""
    begin(shop)
    shop.write('net.csv', 'Bestellnummer;E-Mail-Adresse;Datum;Produkt;Nettobetrag;MwSt;Rabatt;Versand\n'
                          '1;ann@example.com;02.03.2026;Topf;100,00;19 %;10,00;4,90\n'
                          '2;ann@example.com;02.03.2026;Topf;100,00;viel;;4,90\n')
    lines = 'SELECT amount, tax, discount FROM order_line'
    misused(shop, 'order', 'import', 'net.csv', '--tax', 'maybe', says='within or added')
    done = shop.json('order', 'import', 'net.csv', '--product', '*=new', '--dry-run')
    assert (done['tax'], done['tax_heading'], done['sums']) == (
        'MwSt, added to the amounts', 'MwSt', [{'minor': 11900, 'currency': 'EUR'}]), done
    done = shop.json('order', 'import', 'net.csv', '--product', '*=new')
    assert ask(shop, lines) == [(11900, 1900, 1190)], ask(shop, lines)
    assert [row['reason'] for row in done['rejects']] == ['“viel” is no amount of EUR'], done
    shop.run('order', 'undo-import', done['import'])
    assert ask(shop, lines) == []
    done = shop.json('order', 'import', 'net.csv', '--product', '*=new', '--tax', 'within')
    assert done['tax'] == 'MwSt, in the amounts', done
    assert ask(shop, lines) == [(10000, 1597, 1000)], ask(shop, lines)


def test_products(shop):
    """None is made unless somebody says so; what was said is remembered; a name may have another number each time."""
    begin(shop)
    shop.run('product', 'add', 'COURSE', '--name', 'The course', '--price', '149')
    head = 'Order number,Email,Date,Product,SKU,Amount\n'
    shop.write('a.csv', head + '1,ann@example.com,2026-01-02,THE COURSE!,,149\n2,ann@example.com,2026-01-02,x,course,149\n'
               '3,bo@example.com,2026-01-02,Booking 20261,,50\n4,bo@example.com,2026-01-03,Booking 20262,,50\n'
               '5,bo@example.com,2026-01-03,Tip,,5\n6,bo@example.com,2026-01-03,,,5\n')
    done = shop.json('order', 'import', 'a.csv', '--dry-run')
    assert (done['orders_created'], done['rows_refused'], done['import']) == (2, 4, None), done
    assert [(n['name'], n['lines'], n['choice']) for n in done['names']] == [
        ('THE COURSE!', 1, 'product'), ('x', 1, 'product'), ('Booking 20261', 2, 'unknown'), ('Tip', 1, 'unknown'),
        ('', 1, 'unknown')], done['names']
    assert not ask(shop, 'SELECT 1 FROM lead') and not ask(shop, 'SELECT 1 FROM import_run')
    refused(shop, 'order', 'import', 'a.csv', '--product', 'Tip=NOTHING', says='no product')
    done = shop.json('order', 'import', 'a.csv', '--product', 'Booking 20261=COURSE', '--product', 'Tip=skip',
                     '--rejects', 'bad.csv')
    assert (done['orders_created'], done['orders_left_out'], done['rows_refused']) == (4, 1, 1), done
    bad = list(csv.reader((shop.folder / 'bad.csv').open(encoding='utf-8-sig', newline='')))
    assert bad[0][-2:] == ['Line', 'Reason'] and bad[1][-2] == '7' and len(bad) == 2, bad
    shop.write('b.csv', head + '8,bo@example.com,2026-01-05,Booking 99999,,50\n9,bo@example.com,2026-01-05,Tip,,5\n')
    done = shop.json('order', 'import', 'b.csv')
    assert (done['orders_created'], done['orders_left_out'], done['rows_refused']) == (1, 1, 0), done


def test_refusals(shop):
    """Each in words, with its line; what is right around it is taken."""
    begin(shop)
    shop.run('leads', 'add', 'gone@example.com')
    shop.run('leads', 'erase', '1', '--confirm', '1')
    head = 'Order number,Email,Date,Product,Quantity,Amount,Currency\n'
    rows = ['1,ann@example.com,2026-01-02,Pot,1,5,EUR', '2,,2026-01-02,Pot,1,5,EUR', '3,nobody,2026-01-02,Pot,1,5,EUR',
            '4,ann@example.com,,Pot,1,5,EUR', '5,ann@example.com,soon,Pot,1,5,EUR', '6,ann@example.com,2031-01-01,Pot,1,5,EUR',
            '7,ann@example.com,2026-01-02,Pot,none,5,EUR', '8,ann@example.com,2026-01-02,Pot,0,5,EUR',
            '9,ann@example.com,2026-01-02,Pot,1,much,EUR', '10,ann@example.com,2026-01-02,Pot,1,-5,EUR',
            '11,ann@example.com,2026-01-02,Pot,1,5,Euros', '12,gone@example.com,2026-01-02,Pot,1,5,EUR',
            '1,ann@example.com,2026-01-02,Pot,1,5,EUR', '13,ann@example.com,2026-01-02,Pot,1,99999999999999999999,EUR',
            '14,bo@example.com,2026-01-02,Pot,1,5,EUR']
    shop.write('a.csv', head + '\n'.join(rows[:1] + ['0,bo@example.com,2026-01-02,Pot,1,5,EUR'] + rows[1:]) + '\n')
    done = shop.json('order', 'import', 'a.csv', '--product', '*=new')
    assert done['orders_created'] == 3 and done['rows_refused'] == 13, done
    reasons = [r['reason'] for r in done['rejects']]
    for words in ('no e-mail address', 'no date', '“soon” is no date', 'in the future', '“none” is no number', '“0” is no number',
                  '“much” is no amount', 'cannot be negative', '“Euros” is no currency', 'erased', 'more than once'):
        assert any(words in reason for reason in reasons), (words, reasons)
    shop.write('b.csv', head + '1,ann@example.com,2026-01-02,Pot,1,7,EUR\n')
    done = shop.json('order', 'import', 'b.csv')
    assert 'is there already, with 5.00 EUR' in done['rejects'][0]['reason'], done


def test_rows_of_one_order(shop):
    """Rows of one number that are of two people, or in two currencies, are no order."""
    begin(shop)
    head = 'Order number,Email,Date,Product,Quantity,Amount,Currency\n'
    shop.write('a.csv', head + '1,ann@example.com,2026-01-02,Pot,1,5,EUR\n1,bo@example.com,2026-01-02,Mug,1,5,EUR\n'
               '2,ann@example.com,2026-01-02,Pot,1,5,EUR\n2,ann@example.com,2026-01-02,Mug,1,500,JPY\n'
               '3,ann@example.com,2026-01-02,Pot,1,5,EUR\n3,Ann@Example.com,2026-01-02,Mug,1,5,eur\n3,,,Jug,1,5,\n')
    done = shop.json('order', 'import', 'a.csv', '--product', '*=new')
    assert (done['orders_created'], done['rows_refused']) == (1, 4), done
    reasons = [r['reason'] for r in done['rejects']]
    assert all('different e-mail addresses' in r for r in reasons[:2]), reasons
    assert all('different currencies' in r for r in reasons[2:]), reasons
    assert told(shop)['import:3'][5] == [('Pot', 1, 500, 0), ('Mug', 1, 500, 0), ('Jug', 1, 500, 0)]


def test_twice(shop):
    """The same files again change nothing at all."""
    begin(shop)
    names = [path.stem for path in sorted(SAMPLES.glob('*.csv'))]
    for name in names:
        take(shop, name, *CLUB)
    before = dump(shop)
    for name in names:
        done = shop.json('order', 'import', SAMPLES / f'{name}.csv')
        assert (done['import'], done['orders_created'], done['refunds_created'], done['leads_created']) == (None, 0, 0, 0), done
    assert dump(shop) == before


def test_later_export(shop):
    """Of an export made later, only new orders and what was given back since are taken."""
    begin(shop)
    head = 'Order number,Email,Date,Product,Amount,Refunded\n'
    shop.write('a.csv', head + '1,ann@example.com,2026-01-02,Pot,50,0\n2,bo@example.com,2026-01-03,Pot,50,10\n')
    shop.json('order', 'import', 'a.csv', '--product', '*=new')
    shop.now = '2026-12-01T08:00:00Z'
    shop.write('a.csv', head + '1,ann@example.com,2026-01-02,Pot,50,50\n2,bo@example.com,2026-01-03,Pot,50,15\n'
               '3,cy@example.com,2026-11-03,Pot,50,0\n')
    done = shop.json('order', 'import', 'a.csv')
    assert (done['orders_created'], done['orders_known'], done['refunds_created']) == (1, 2, 2), done
    # What the file gives no day for counts as of the order's day, of an order that was there as of now.
    assert ask(shop, "SELECT strftime ('%Y-%m-%d', r.at / 1000, 'unixepoch'), l.amount FROM refund r"
                     ' JOIN refund_line l ON l.refund = r.id ORDER BY r.id') \
        == [('2026-01-02', 1000), ('2026-12-01', 5000), ('2026-12-01', 500)]
    shop.run('check')


def test_later_refusal(shop):
    """Who wants no mail any more, as a later export says of an order that is there, gets none."""
    begin(shop)
    head = 'Purchase ID,Item Name,Purchase Email,Purchase Date,Sale Price ($),Do not contact?\n'
    shop.write('a.csv', head + 'A1,Pot,ann@example.com,2026-01-02,50,0\nA2,Pot,bo@example.com,2026-01-03,50,0\n')
    shop.json('order', 'import', 'a.csv', '--product', '*=new')
    shop.write('a.csv', head + 'A1,Pot,ann@example.com,2026-01-02,50,1\nA2,Pot,bo@example.com,2026-01-03,50,0\n')
    done = shop.json('order', 'import', 'a.csv')
    assert (done['orders_created'], done['orders_known'], done['leads_created']) == (0, 2, 0), done
    assert ask(shop, 'SELECT email, reason FROM suppression') == [('ann@example.com', 'unsubscribed')]
    assert ask(shop, "SELECT l.email FROM event e JOIN lead l ON l.id = e.lead WHERE e.kind = 'lead.suppressed'") \
        == [('ann@example.com',)]
    before = dump(shop)
    shop.json('order', 'import', 'a.csv')
    assert dump(shop) == before
    shop.run('check')


def test_sequences(shop):
    """Imported orders are history: no sequence begins with them, unless that is asked for; walks that sell it end."""
    begin(shop)
    shop.run('product', 'add', 'POT', '--name', 'Pot', '--price', '50')
    shop.run('message', 'add', 'Thanks', '-', stdin=b'Subject: s\nPurpose: p\nValue: v\n\nText\n')
    for name, more in (('After', {'entry': {'triggers': [{'on': 'order', 'sku': 'POT'}]}}), ('To', {'sells': 'POT'})):
        graph = {'name': name, 'start': 'a', 'steps': {'a': {'kind': 'wait', 'days': 3, 'next': 'b'},
                                                       'b': {'kind': 'message', 'message': 'Thanks'}}, **more}
        shop.run('sequence', 'add', '-', stdin=json.dumps(graph).encode())
        shop.run('sequence', 'start', name)
    shop.run('leads', 'add', 'ann@example.com', '--consent', 'Yes')
    shop.run('sequence', 'enrol', 'To', 'ann@example.com')
    head = 'Order number,Email,Date,Product,Amount\n'
    shop.write('a.csv', head + '1,ann@example.com,2026-01-02,Pot,50\n')
    shop.json('order', 'import', 'a.csv')
    walks = ask(shop, 'SELECT s.name, e.outcome FROM enrolment e JOIN sequence s ON s.id = e.sequence')
    assert walks == [('To', 'bought')], walks
    shop.run('leads', 'add', 'bo@example.com', '--consent', 'Yes')
    shop.write('b.csv', head + '2,bo@example.com,2026-11-21,Pot,50\n')
    shop.json('order', 'import', 'b.csv', '--start-sequences')
    walks = ask(shop, 'SELECT s.name, e.outcome FROM enrolment e JOIN sequence s ON s.id = e.sequence ORDER BY e.id')
    assert walks == [('To', 'bought'), ('After', None)], walks


def test_consent(shop):
    """An order is no consent; what the file says of the latest order is, with its column as the evidence."""
    begin(shop)
    done = take(shop, 'shopify')
    assert (done['agreed_heading'], done['consents'], done['may_write'], done['no_consent'], done['said_no']) \
        == ('Accepts Marketing', 1, 1, 3, 0), done
    given = 'SELECT l.email, c.action, c.wording, c.origin FROM consent c JOIN lead l ON l.id = c.lead ORDER BY c.id'
    assert ask(shop, given) == [('sven@example.com', 'given', 'Accepts Marketing: yes', 'import')]
    assert ask(shop, "SELECT strftime ('%Y-%m-%d %H:%M', at / 1000, 'unixepoch') FROM consent") == [('2026-06-03 09:00',)]
    shop.json('order', 'undo-import', done['import'])
    assert ask(shop, 'SELECT count (*) FROM lead') == [(0,)]
    done = take(shop, 'shopify', '--no-consent')
    assert (done['consents'], done['may_write'], done['no_consent']) == (0, 0, 4) and not ask(shop, given), done
    shop.run('leads', 'add', 'said.no@example.com', '--consent', 'Yes')
    shop.run('consent', 'withdraw', 'said.no@example.com')
    shop.run('leads', 'add', 'said.yes@example.com', '--consent', 'Yes')
    before = ask(shop, given)
    rows = ('1,on.off@example.com,2026-01-02,yes', '2,on.off@example.com,2026-02-02,no', '4,off.on@example.com,2026-02-02,TRUE',
            '3,off.on@example.com,2026-01-02,', '5,said.no@example.com,2026-01-02,yes', '6,said.yes@example.com,2026-01-02,no')
    shop.write('t.csv', 'Order number,Email,Date,News,Amount\n' + ''.join(f'{row},5\n' for row in rows))
    done = shop.json('order', 'import', 't.csv', '--map', 'News=agreed', '--product', '*=new')
    assert (done['consents'], done['may_write'], done['no_consent'], done['said_no']) == (1, 2, 1, 1), done
    assert ask(shop, given)[len(before):] == [('off.on@example.com', 'given', 'News: TRUE', 'import')], ask(shop, given)
    # Words need somebody who agreed to them.
    text = shop.run('order', 'import', SAMPLES / 'woocommerce.csv', '--product', '*=new', '--consent', 'News').out
    assert '--map HEADING=agreed' in text and len(ask(shop, given)) == len(before) + 1, text
    text = shop.run('order', 'import', SAMPLES / 'gumroad.csv', '--product', '*=new').out
    assert 'no consent to marketing' in text, text
    shop.run('check')


def test_shops(shop):
    """Order 1 of two shops is two orders; a shop is the same in any case; of several, it must be said."""
    begin(shop)
    head = 'order_id,order_number,date,status,billing_email,order_total,line_item_1\n'
    row = '1,1,2026-01-0{},completed,{}@example.com,{}.00,name:Pot|quantity:1|total:{}.00\n'
    shop.write('north.csv', head + row.format(2, 'ann', 50, 50))
    shop.write('south.csv', head + row.format(3, 'bo', 70, 70))
    run = shop.json('order', 'import', 'north.csv', '--shop', 'North', '--product', '*=new')['import']
    # All files so far were of that one shop; what is another order by its amount is told.
    again = shop.json('order', 'import', 'north.csv')
    assert (again['shop'], again['orders_created'], again['orders_known']) == ('North', 0, 1), again
    other = shop.json('order', 'import', 'south.csv')
    assert other['orders_created'] == 0 and 'another shop' in other['rejects'][0]['reason'], other
    # What "Pot" is there, nobody has said of the other shop: it is found by its name.
    done = shop.json('order', 'import', 'south.csv', '--shop', 'South')
    assert (done['shop'], done['orders_created'], done['products_created']) == ('South', 1, 0), done
    assert [(o['origin'], o['shop'], o['external']) for o in shop.json('order', 'list')] \
        == [('WooCommerce', 'South', 'woocommerce/south:1'), ('WooCommerce', 'North', 'woocommerce/north:1')]
    for name, label in (('north.csv', ' NORTH '), ('south.csv', 'south')):
        again = shop.json('order', 'import', name, '--shop', label)
        assert (again['orders_created'], again['orders_known']) == (0, 1), again
    for more in ((), ('--dry-run',)):
        refused(shop, 'order', 'import', 'south.csv', *more, says='“South”, “North”')
    refused(shop, 'order', 'import', 'south.csv', '--shop', 'a:b', says='colon')
    refused(shop, 'order', 'import', 'south.csv', '--shop', 'x' * 61, says='60')
    # A shop of another seller is none of these.
    shop.write('table.csv', 'Order number,Email,Date,Product,Amount\n1,cy@example.com,2026-01-02,Pot,5\n')
    assert shop.json('order', 'import', 'table.csv')['shop'] == ''
    # One without a name beside them.
    done = shop.json('order', 'import', 'north.csv', '--shop', '')
    assert done['orders_created'] == 1, done
    assert [i['shop'] for i in shop.json('order', 'imports')] == ['', '', 'South', 'North']
    refused(shop, 'order', 'import', 'north.csv', says='one without a name')
    # What a shop means by a name is remembered of that shop.
    shop.write('vase.csv', head + '2' + row.format(4, 'dee', 90, 90)[1:].replace('Pot', 'Vase'))
    shop.run('product', 'add', 'VASE-S', '--name', 'Vase of the south', '--price', '90')
    shop.run('product', 'add', 'VASE-N', '--name', 'Vase of the north', '--price', '90')
    for label in ('North', 'South'):
        shop.json('order', 'import', 'vase.csv', '--shop', label, '--product', f'Vase=VASE-{label[0]}')
        names = shop.json('order', 'import', 'vase.csv', '--shop', label)['names']
        assert [n['is'] for n in names] == [f'Vase of the {label.lower()}'], names
    shop.json('order', 'undo-import', run)
    assert [o['external'] for o in shop.json('order', 'list')] == [
        'woocommerce/south:2', 'woocommerce/north:2', 'woocommerce/south:1', 'woocommerce:1', 'import:1']
    shop.run('check')


def test_coupons(shop):
    """Orders use the coupons that they carry, even those not meant for them; other codes are told, and can become some."""
    begin(shop)
    shop.run('coupon', 'add', 'S P R I N G', '--source', 'jv:Sue', '--path', 'opt-in', '--until', '2026-01-01')
    tried = take(shop, 'woocommerce', '--source', 'other:Shop', '--dry-run')
    assert (tried['coupons_used'], tried['codes']) == (1, []), tried
    done = take(shop, 'woocommerce', '--source', 'other:Shop')
    assert (done['coupons_used'], done['coupons_against'], done['coupons_created']) == (1, 1, 0), done
    touches = ask(shop, "SELECT s.kind, t.path, t.at = (SELECT min (o.at) FROM sales_order o WHERE o.lead = l.id), t.detail"
                        " FROM touch t JOIN source s ON s.id = t.source JOIN lead l ON l.id = t.lead ORDER BY l.email, t.id")
    assert touches == [('jv', 'opt-in', 1, 'S P R I N G'), ('other', 'direct', 1, '')], touches
    shop.run('order', 'undo-import', done['import'])
    assert ask(shop, 'SELECT count(*) FROM touch') == ask(shop, 'SELECT count(*) FROM coupon_use') == [(0,)]
    shop.run('coupon', 'delete', 'spring')
    done = take(shop, 'woocommerce')
    assert done['coupons_used'] == 0 and done['codes'] == [{'code': 'spring', 'orders': 1}], done
    shop.run('coupon', 'add', 'SPRING', '--source', 'jv:Sue', '--adopt')
    assert ask(shop, 'SELECT count(*) FROM touch') == [(1,)]
    shop.run('order', 'undo-import', done['import'])
    assert ask(shop, "SELECT count(*) FROM touch") == ask(shop, "SELECT count(*) FROM event WHERE kind = 'touch.made'") == [(0,)]
    shop.run('coupon', 'delete', 'spring')
    done = take(shop, 'woocommerce', '--coupons')
    assert (done['coupons_used'], done['coupons_created']) == (1, 1), done
    assert shop.json('coupon', 'show', 'SPRING')['uses'] == 1
    shop.run('order', 'undo-import', done['import'])
    assert shop.json('coupon', 'list') == []
    shop.run('check')


def test_undo(shop):
    """Every table is what it was, but for the record that there was an import."""
    shop.now = None
    shop.begin('--demo')
    shop.run('run', '--once')
    before = dump(shop)
    for name in ('shopify', 'paypal', 'gumroad', 'woocommerce'):
        take(shop, name, *CLUB, '--source', 'jv:The market', '--coupons')
        run = shop.json('order', 'imports')[0]['import']
        refused(shop, 'leads', 'undo-import', run, says='one of orders')
        undone = shop.json('order', 'undo-import', run)
        assert undone['orders_deleted'] >= 3 and undone['orders_kept'] == undone['leads_kept'] == 0, undone
        assert undone['products_kept'] == 0 < undone['products_deleted'], undone
        refused(shop, 'order', 'undo-import', run, says='before')
    shop.run('run', '--once')
    shop.run('check')
    after = dump(shop)
    more = {table for table in before if before[table] != after[table]}
    assert more <= {'event', 'import_run', 'order_import', 'order_number', 'suppression', 'import_lead', 'lead', 'outbox', 'enrolment',
                    'enrolment_step', 'score_sweep', 'lease'}, more
    assert len(after['lead']) == len(before['lead'])
    for table in ('coupon', 'coupon_use', 'sales_order', 'order_line', 'refund', 'refund_line', 'product', 'source', 'touch', 'product_alias'):
        assert before[table] == after[table], table
    kinds = {kind for kind, in ask(shop, "SELECT DISTINCT kind FROM event WHERE run IS NOT NULL AND id > ?",
                                   max(int(row[0]) for row in before['event']))}
    assert kinds <= {'import.done', 'import.undone'}, kinds


def test_undo_keeps_what_was_done_since(shop):
    begin(shop)
    head = 'Order number,Email,Date,Product,Amount,Refunded\n'
    shop.write('a.csv', head + '1,ann@example.com,2026-01-02,Pot,50,0\n2,bo@example.com,2026-01-03,Pot,50,0\n')
    run = shop.json('order', 'import', 'a.csv', '--product', '*=new')['import']
    shop.run('order', 'refund', '1', '--amount', '5')
    undone = shop.json('order', 'undo-import', run)
    assert (undone['orders_deleted'], undone['orders_kept'], undone['leads_deleted'], undone['leads_kept'],
            undone['products_kept']) == (1, 1, 1, 1, 1), undone
    assert [money(o) for o in shop.json('order', 'list')] == [money(shop.json('order', 'show', '1'))]
    shop.run('check')


def test_undo_keeps_what_was_drawn_since(shop):
    """A product of an import that the owner has made something of stays, with what was made of it."""
    begin(shop)
    shop.run('product', 'add', 'OLD', '--name', 'Old', '--price', '9')
    head = 'Order number,Email,Date,SKU,Product,Amount\n'
    names = ('letter', 'offer', 'way', 'rung', 'rule', 'none')
    shop.write('a.csv', head + ''.join(f'{i},ann@example.com,2026-01-02,{n},The {n},50\n' for i, n in enumerate(names)))
    run = shop.json('order', 'import', 'a.csv', '--product', '*=new')['import']
    shop.run('letter', 'add', 'letter', '--name', 'Long', '--path', 'page')
    shop.run('offer', 'add', 'OLD', 'offer')
    shop.run('way', 'add', 'ppc', '--product', 'way')
    shop.run('product', 'edit', 'rung', '--rung', '3')
    shop.run('segment', 'add', 'Owners', '--rule', '{"field": "owns", "op": "has", "value": "rule"}')
    undone = shop.json('order', 'undo-import', run)
    assert (undone['products_deleted'], undone['products_kept']) == (1, 5), undone
    assert sorted(sku for sku, in ask(shop, 'SELECT sku FROM product')) == sorted(('OLD', *names[:5]))
    for table in ('sales_letter', 'offer', 'way_in'):
        assert ask(shop, f'SELECT count (*) FROM {table}') == [(1,)], table
    shop.run('check')


def test_undo_tells_no_old_lapses(shop):
    """What ended before lapses were watched is not told when an import of something else is taken back."""
    begin(shop)
    shop.run('product', 'add', 'CLUB', '--name', 'Club', '--price', '9', '--period-months', '1')
    shop.run('leads', 'add', 'ann@example.com')
    shop.run('order', 'add', 'ann@example.com', 'CLUB', '--at', '2025-01-02')
    with sqlite3.connect(shop.file) as db:
        db.execute('UPDATE order_line SET lapsed_at = paid_until')
    shop.write('a.csv', 'Order number,Email,Date,Product,Amount\n1,ann@example.com,2026-01-02,Pot,50\n')
    run = shop.json('order', 'import', 'a.csv', '--product', '*=new')['import']
    shop.json('order', 'undo-import', run)
    shop.run('run', '--once')
    assert ask(shop, "SELECT 1 FROM event WHERE kind = 'subscription.lapsed'") == []


def write_many(shop, n, name='many.csv'):
    chance = random.Random(7)
    with (shop.folder / name).open('w', newline='', encoding='utf-8') as out:
        table = csv.writer(out)
        table.writerow(['Name', 'Email', 'Financial Status', 'Paid at', 'Accepts Marketing', 'Currency', 'Subtotal', 'Total',
                        'Discount Code', 'Created at', 'Lineitem quantity', 'Lineitem name', 'Lineitem price', 'Lineitem sku',
                        'Refunded Amount', 'Id', 'Lineitem discount'])
        sums = collections.Counter()
        for i in range(n):
            price = chance.randrange(1, 9999)
            refund = price if chance.random() < 0.05 else 0
            at = f'2026-{chance.randrange(1, 11):02}-{chance.randrange(1, 28):02} 10:00:00 +0100'
            text = f'{price // 100}.{price % 100:02}'
            table.writerow([f'#{i}', f'person{chance.randrange(n // 2)}@example.org', 'paid', at, 'no', 'EUR', text, text, '', at,
                            1, 'Pot', text, 'POT', f'{refund // 100}.{refund % 100:02}', i + 1, '0.00'])
            sums['paid'] += price
            sums['back'] += refund
    return sums


def test_many(shop):
    """Thirty thousand orders: to the cent, in memory that does not grow with the file."""
    begin(shop)
    shop.run('product', 'add', 'POT', '--name', 'Pot', '--price', '5')
    sums = write_many(shop, 30000)
    done = shop.json('order', 'import', 'many.csv')
    assert done['orders_created'] == 30000 and done['rows_refused'] == 0, done
    assert ask(shop, 'SELECT sum (amount), (SELECT sum (amount) FROM refund_line) FROM order_line') \
        == [(sums['paid'], sums['back'])]
    shop.run('check')
    undone = shop.json('order', 'undo-import', done['import'])
    assert undone['orders_deleted'] == 30000 and not ask(shop, 'SELECT 1 FROM sales_order UNION SELECT 1 FROM lead'), undone


def test_ended_in_the_middle(shop):
    """Killed at any moment: all of it or nothing; Ctrl+C: nothing, and it says so."""
    begin(shop)
    shop.run('product', 'add', 'POT', '--name', 'Pot', '--price', '5')
    write_many(shop, 20000)
    for moment in (0.05, 0.2, 0.4, 0.8):
        process = shop.start('order', 'import', 'many.csv')
        time.sleep(moment)
        process.kill()
        process.communicate()
        n = ask(shop, 'SELECT count (*) FROM sales_order')[0][0]
        assert n in (0, 20000), n
        shop.run('check')
        if n:
            break
    process = shop.start('order', 'import', 'many.csv')
    time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    process.communicate()
    assert ask(shop, 'SELECT count (*) FROM sales_order')[0][0] in (0, 20000)


def test_hostile(shop):
    """What is no file of orders is refused in words; hostile values are text like any other."""
    begin(shop)
    for name, content in (('empty.csv', b''), ('head.csv', b'Name,Email\n'), ('zero.csv', b'\0' * 5000),
                          ('noise.csv', bytes(random.Random(1).randrange(256) for _ in range(20000))),
                          ('open.csv', b'Order number,Email,Date,Amount\n1,"ann@example.com,2026-01-02,5\n' * 3),
                          ('wide.csv', b','.join(b'c%d' % i for i in range(20000)) + b'\n')):
        shop.write(name, content)
        result = shop.run('order', 'import', name, status=0 if name == 'open.csv' else 1)
        assert len(result.err) < 2000
    refused(shop, 'order', 'import', '.', status=1)
    refused(shop, 'order', 'import', 'missing.csv', status=1)
    shop.write('bad.csv', "Order number,Email,Date,Product,Amount,Coupon\n"
               "1,ann@example.com,2026-01-02,\"'; DROP TABLE lead; --\",5,\"=HYPERLINK(1)\"\n"
               "2,bo@example.com,2026-01-02,<b>x</b>\x07\u202e,5," + 'y' * 5000 + "\n")
    done = shop.json('order', 'import', 'bad.csv', '--product', '*=new')
    assert done['orders_created'] == 2, done
    shop.run('check')
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    with (shop.folder / 'long.csv').open('wb') as out:
        out.write(b'Order number,Email,Date,Amount\n')
        for _ in range(60):
            out.write(b'x' * 1024 * 1024)
    shop.run('order', 'import', 'long.csv')
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < before + 200 * 1024


if __name__ == '__main__':
    main(globals())
