"""Providers are asked for what they would push: nothing is missed, and nothing comes twice."""

import datetime
import hashlib
import hmac
import json
import random
import sqlite3
import subprocess

from pull_server import Provider, broken_off, failing, put_provider, throttled
from shop import NOW, ROOT, main, refused, with_keyring

KEY = 'sk_live_0123456789abcdef'
DAY = 86400
START = int(datetime.datetime.fromisoformat(NOW.replace('Z', '+00:00')).timestamp())


def iso(at):
    return datetime.datetime.fromtimestamp(at, datetime.timezone.utc).strftime('%Y-%m-%dT%H:%M:%SZ')


def look(shop, name='Shop', **more):
    return shop.json('endpoint', 'pull', name, '--password-stdin', stdin=KEY.encode() + b'\n', **more)


def facts(shop):
    """What became of it, whatever the order."""
    file = sqlite3.connect(shop.file)
    orders = file.execute('SELECT o.external, l.email, o.at, (SELECT sum (amount) FROM order_line n WHERE n.sales_order = o.id),'
                          ' (SELECT sum (r.amount) FROM refund f JOIN refund_line r ON r.refund = f.id'
                          '   WHERE f.sales_order = o.id) FROM sales_order o JOIN lead l ON l.id = o.lead ORDER BY 1').fetchall()
    states = dict(file.execute('SELECT state, count (*) FROM web_delivery GROUP BY 1').fetchall())
    file.close()
    return orders, states


# ---- Stripe: events for a month, charges for ever

class Stripe:
    """A payment an hour; every tenth is given back a day later."""

    def __init__(self, n, since, forgets=30 * DAY):
        self.charges, self.events = [], []
        self.forgets = forgets
        self.now = START
        step = (START - since) // n
        for i in range(n):
            at = since + i * step
            back = 1900 if i % 10 == 0 and at + DAY <= START else 0
            charge = {'id': f'ch_{i}', 'payment_intent': f'pi_{i}', 'invoice': None, 'status': 'succeeded', 'created': at,
                      'livemode': True, 'amount': 4900, 'amount_refunded': back, 'currency': 'eur',
                      'description': 'Kit', 'metadata': {}, 'billing_details': {'email': f'lead{i}@example.com', 'name': f'Lead {i}'}}
            session = {'id': f'cs_{i}', 'payment_intent': f'pi_{i}', 'invoice': None, 'payment_status': 'paid', 'created': at,
                       'livemode': True, 'amount_total': 4900, 'currency': 'eur',
                       'customer_details': {'email': f'lead{i}@example.com', 'name': f'Lead {i}'}}
            self.charges.append((charge, session))
            self.add_event(f'evt_o{i}', at, 'checkout.session.completed', session)
            if back:
                self.add_event(f'evt_r{i}', at + DAY, 'charge.refunded', charge)

    def add_event(self, name, at, kind, thing):
        if at <= self.now:
            self.events.append({'id': name, 'type': kind, 'created': at, 'livemode': True, 'data': {'object': thing}})
            self.events.sort(key=lambda e: -e['created'])

    def __call__(self, path, query, headers):
        assert headers['Authorization'] == f'Bearer {KEY}'
        if path == '/v1/events':
            things = [e for e in self.events if e['created'] >= self.now - self.forgets]
        elif path == '/v1/charges':
            things = [c for c, _ in reversed(self.charges)]
        elif path == '/v1/checkout/sessions':
            things = [s for _, s in reversed(self.charges)]
        else:
            things = []
        things = [t for t in things if int(query['created[gte]']) <= t['created'] <= int(query.get('created[lte]', 1e12))]
        if 'starting_after' in query:
            places = [i for i, t in enumerate(things) if t['id'] == query['starting_after']]
            if not places:
                return 400, {}, {'error': {'message': 'No such thing'}}
            things = things[places[0] + 1:]
        size = int(query['limit'])
        return {'data': things[:size], 'has_more': len(things) > size}


def open_shop(shop, provider, since=None, key='stripe', options=()):
    put_provider(shop, key, ROOT, provider.base)
    shop.init()
    shop.run('product', 'add', 'KIT', '--name', 'Kit', '--price', '49')
    shop.run('endpoint', 'add', 'Shop', '--provider', key, '--source', 'seo:Shop', '--product', 'KIT')
    words = [w for o in options for w in ('--option', o)]
    return shop.json('endpoint', 'pull', 'Shop', '--every', '0', *words, *(['--since', iso(since)] if since else []))


def test_two_months(shop):
    """A laptop that slept for two months catches up, beyond what the provider remembers, with trouble on the way."""
    stripe = Stripe(1400, START - 60 * DAY)
    with Provider(stripe) as provider:
        open_shop(shop, provider, START - 61 * DAY)
        provider.faults = [None, broken_off]
        first = look(shop)
        assert 'broke off' in first['trouble'] and first['taken'] > 1000, first
        assert first['heard_until'] < NOW
        for minute, faults in enumerate(([throttled], [None, failing], [], [])):
            provider.faults = faults
            shop.now = f'2026-03-02T10:{minute * 10:02}:00Z'
            last = look(shop)
        assert last['trouble'] is None and last['looked_at'] > NOW, last
        orders, states = facts(shop)
        assert [o[0] for o in orders] == sorted(f'stripe:pi_{i}' for i in range(1400)), len(orders)
        back = {f'stripe:{c["payment_intent"]}' for c, _ in stripe.charges if c['amount_refunded']}
        assert {o[0] for o in orders if o[4] == 1900} == back and {o[4] for o in orders} == {1900, None}
        assert {o[3] for o in orders} == {4900} and set(states) == {'applied'}, states
        behind = [p for p, _ in provider.asked if '/charges' in p]
        before = len(provider.asked)
        shop.now = '2026-03-02T12:00:00Z'
        assert look(shop)['taken'] == 0
        assert len(provider.asked) == before + 1, provider.asked[before:]
        assert len(behind) == len([p for p, _ in provider.asked if '/charges' in p])
        assert facts(shop) == (orders, states)


def test_told_to_wait(shop):
    with Provider(Stripe(10, START - DAY)) as provider:
        open_shop(shop, provider, START - 2 * DAY)
        provider.faults = [throttled]
        shown = look(shop)
        assert shown['trouble'] == 'Slow down' and shown['next_at'] >= '2026-03-02T09:02:00', shown
        shop.now = '2026-03-02T09:01:00Z'
        assert look(shop)['taken'] == 0 and len(provider.asked) == 1
        shop.now = '2026-03-02T09:02:00Z'
        assert look(shop)['taken'] == 11
        end = shop.json('endpoint', 'show', 'Shop')
        assert end['pull_trouble'] is None and '2026-03-02T09:07' <= end['pull_next_at'] <= '2026-03-02T09:08', end


def test_in_vain(shop):
    """A key that is refused is a person's to mend at once; who cannot be reached, once that lasts."""
    refused = lambda handler: handler.give(401, {}, {'error': {'message': 'No such key'}})

    def told():
        return shop.json('today')['pull_trouble']

    with Provider(Stripe(10, START - DAY)) as provider:
        open_shop(shop, provider, START - 2 * DAY)
        assert told() is None
        provider.faults = [refused]
        look(shop)
        assert told() == 'Shop: No such key'
        for minute, fault in ((30, failing), (31, failing), (32, failing)):
            assert (told() is None) == (minute == 31), minute
            provider.faults = [fault]
            shop.now = f'2026-03-02T09:{minute}:00Z'
            look(shop)
        assert told() == 'Shop: Out of order'
        shop.run('endpoint', 'pull', 'Shop', '--stop')
        assert told() is None
        shop.run('endpoint', 'pull', 'Shop', '--start')
        assert told() == 'Shop: Out of order'
        shop.now = '2026-03-02T10:00:00Z'
        assert look(shop)['taken'] > 0 and told() is None


def test_pushed_and_asked(shop):
    """The same event by both ways is done once, whichever comes first."""
    stripe = Stripe(40, START - DAY)
    with Provider(stripe) as provider:
        open_shop(shop, provider, START - 2 * DAY)
        path = shop.json('endpoint', 'show', 'Shop')['path']
        pushes = b''
        for event in stripe.events[::2]:
            body = json.dumps(event).encode()
            sign = hmac.new(b'whsec', f'{START}.'.encode() + body, hashlib.sha256).hexdigest()
            pushes += (f'rungs-delivery 1\nreceived-at: {START}000\naddress: \nrequest: POST {path}\n'
                       f'header: Stripe-Signature: t={START},v1={sign}\nbody: {len(body)}\n\n').encode() + body + b'\n'
        shop.write('pushes', pushes)
        push = {'stdin': b'whsec\n'}
        assert shop.json('delivery', 'take', 'pushes', '--password-stdin', **push)['quarantined'] == 0
        n = len(stripe.events)
        assert look(shop)['taken'] == n - len(stripe.events[::2])
        assert shop.json('delivery', 'take', 'pushes', '--password-stdin', **push)['ignored'] == len(stripe.events[::2])
        assert len(facts(shop)[0]) == 40
        newest = shop.json('delivery', 'list', '--limit', '1')[0]
        assert newest['state'] == 'ignored' and 'before' in newest['reason']


def test_killed(shop):
    """kill -9 while it asks: the next look goes on; each order is there once."""
    dice = random.Random()
    stripe = Stripe(900, START - 50 * DAY)
    with Provider(stripe) as provider:
        open_shop(shop, provider, START - 51 * DAY)
        for _ in range(20):
            process = shop.start('endpoint', 'pull', 'Shop', '--password-stdin', stdin=subprocess.PIPE)
            process.stdin.write(KEY.encode() + b'\n')
            process.stdin.close()
            try:
                process.wait(dice.uniform(0.02, 0.4))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        asked = len(provider.asked)
        look(shop)
        last = look(shop)
        assert last['trouble'] is None and last['taken'] == 0, last
        orders, states = facts(shop)
        assert len(orders) == 900 and set(states) == {'applied'}, (len(orders), states)
        assert asked > 0
        shop.run('check')


# ---- WooCommerce: the oldest first, and things move

def order(n, at, status='processing', refunds=()):
    return {'id': n, 'number': str(n), 'status': status, 'currency': 'EUR', 'date_created_gmt': iso(at)[:-1],
            'date_paid_gmt': iso(at)[:-1], 'date_modified_gmt': iso(at)[:-1], 'total': '49.00',
            'billing': {'first_name': 'A', 'last_name': 'B', 'email': f'buyer{n}@example.com'},
            'line_items': [{'id': 1, 'name': 'Kit', 'sku': 'KIT', 'quantity': 1, 'total': '49.00'}],
            'coupon_lines': [], 'refunds': list(refunds)}


def test_things_move(shop):
    """Orders that are changed while they are listed move to the end; none slips by, also where many changed at once."""
    orders = {n: order(n, START - 5 * DAY + min(n // 60, 12) * 60) for n in range(1, 1001)}

    moving = ['yes']

    def answer(_path, query, _headers):
        since = query['modified_after'].removesuffix('Z')
        found = sorted((o for o in orders.values() if o['date_modified_gmt'] > since),
                       key=lambda o: (o['date_modified_gmt'], o['id']))
        page = int(query.get('page', 1))
        given = [dict(o) for o in found[(page - 1) * 100:page * 100]]
        for n in (len(provider.asked) * 7 % 500 + 1, len(provider.asked) * 3 % 500 + 1) if moving else ():
            orders[n]['date_modified_gmt'] = iso(START - 60)[:-1]
        return given

    with Provider(answer) as provider:
        open_shop(shop, provider, START - 6 * DAY, 'woocommerce', ('shop=shop.example.com', 'user=ck_1'))
        look(shop)
        shop.now = '2026-03-02T10:00:00Z'
        assert look(shop)['trouble'] is None
        assert len(facts(shop)[0]) == 1000
        moving.clear()
        look(shop)
        assert all(h['Authorization'].startswith('Basic ') for _, h in provider.asked)
        orders[7] |= order(7, START + 100, 'refunded', [{'id': 9001, 'reason': '', 'total': '-49.00'}])
        shop.now = '2026-03-02T11:00:00Z'
        provider.now = START + 7200
        assert look(shop)['taken'] == 1
        assert [o[4] for o in facts(shop)[0] if o[0] == 'woocommerce:7'] == [4900]


# ---- what each provider answers

def form_answers(path, _query, headers):
    """A form each, as its provider tells it."""
    if path == '/forms/abc/responses':
        return {'items': [{'token': 't1', 'response_id': 't1', 'submitted_at': iso(START - 60), 'hidden': {'utm_campaign': 'may'},
                           'answers': [{'type': 'email', 'email': 'ann@example.com', 'field': {'id': 'q1', 'ref': 'r1', 'type': 'email'}}]}]}
    if path == '/forms/abc':
        return {'id': 'abc', 'title': 'Guide', 'name': 'Guide', 'fields': [{'id': 'q1', 'title': 'E-mail'}]}
    if path == '/forms/abc/submissions':
        return {'hasMore': False, 'questions': [{'id': 'q1', 'title': 'E-mail'}], 'submissions': [
            {'id': 's1', 'submittedAt': iso(START - 60), 'responses': [{'id': 'x', 'questionId': 'q1', 'answer': 'ann@example.com'}]}]}
    if path == '/form/1234567/submissions':
        assert headers['APIKEY'] == KEY
        return {'content': [{'id': '77', 'form_id': '1234567', 'created_at': '2026-03-02 08:00:00', 'status': 'ACTIVE', 'answers': {
            '3': {'name': 'email', 'text': 'E-mail', 'answer': 'ann@example.com'},
            '4': {'name': 'fullName', 'text': 'Name', 'answer': {'first': 'Ann', 'last': 'Lee'}}}}]}
    if path == '/api/0/forms/xyzabcde/submissions':
        return {'submissions': [{'_date': iso(START - 60), '_id': 'f1', 'email': 'ann@example.com'}]}
    if path == '/api/v1/forms/abcdefgh/submissions':
        return [{'id': 'n1', 'form_name': 'Guide', 'created_at': iso(START - 60), 'data': {'email': 'ann@example.com'}}]
    if path.startswith('/v2/forms/'):
        return {'formSubmissions': [{'id': 'w1', 'displayName': 'Guide', 'dateSubmitted': iso(START - 60),
                                     'formResponse': {'email': 'ann@example.com'}}]}
    return 404, {}, {}


def test_forms(shop):
    providers = {'typeform': {'form': 'abc'}, 'tally': {'form': 'abc'}, 'jotform': {'form': '1234567'},
                 'formspree': {'form': 'xyzabcde'}, 'netlify': {'form': 'abcdefgh'}, 'webflow': {'form': 'a' * 24}}
    shop.init()
    with Provider(form_answers) as provider:
        for key, options in providers.items():
            put_provider(shop, key, ROOT, provider.base)
            shop.run('endpoint', 'add', key, '--provider', key, '--source', 'seo:Site')
            words = [w for k, v in options.items() for w in ('--option', f'{k}={v}')]
            shop.run('endpoint', 'pull', key, '--since', iso(START - DAY), *words)
            shown = look(shop, key)
            assert (shown['taken'], shown['applied'], shown['trouble']) == (1, 1, None), (key, shown, shop.json('delivery', 'list'))
            assert look(shop, key)['taken'] == 0, key
        assert len([e for e in shop.json('delivery', 'list') if e['lead_name']]) == len(providers)
        assert shop.json('leads', 'show', 'ann@example.com')['first_name'] == 'Ann'


def order_answers(path, query, headers):
    if path == '/admin/api/2025-07/orders.json':
        assert headers['X-Shopify-Access-Token'] == KEY
        page = int(query.get('page_info', 1))
        one = {'id': 100 + page, 'name': f'#{page}', 'email': 'pia@example.com', 'created_at': iso(START - 600), 'updated_at': iso(START - 600),
               'currency': 'EUR', 'financial_status': 'partially_refunded', 'total_price': '49.00',
               'line_items': [{'sku': 'KIT', 'title': 'Kit', 'quantity': 1, 'price': '49.00', 'total_discount': '0.00'}],
               'refunds': [{'id': 500 + page, 'order_id': 100 + page, 'created_at': iso(START - 500), 'transactions': [{'amount': '9.00'}]}]}
        link = f'<http://{headers["Host"]}{path}?page_info={page - 1}>; rel="previous", <http://{headers["Host"]}{path}?page_info={page + 1}>; rel="next"'
        return 200, {'Link': link} if page < 3 else {}, {'orders': [one]}
    if path == '/v2/sales':
        return {'success': True, 'sales': [{'id': 'g1', 'email': 'rae@example.com', 'created_at': iso(START - 600), 'product_name': 'Kit',
                                            'product_permalink': 'KIT', 'price': 4900, 'currency': 'eur', 'refunded': False, 'disputed': False}]}
    if path == '/transactions':
        return {'data': [{'id': 'txn_1', 'status': 'completed', 'currency_code': 'EUR', 'billed_at': iso(START - 600), 'updated_at': iso(START - 600),
                          'customer': {'email': 'sol@example.com', 'name': 'Sol'}, 'details': {'totals': {'grand_total': '4900'},
                          'line_items': [{'quantity': 1, 'product': {'name': 'Kit', 'id': 'KIT'}, 'totals': {'total': '4900'}}]}}],
                'meta': {'pagination': {'has_more': False, 'next': f'http://{headers["Host"]}/transactions?after=1'}}}
    if path == '/adjustments':
        return {'data': [{'id': 'adj_1', 'action': 'refund', 'status': 'approved', 'transaction_id': 'txn_1', 'created_at': iso(START - 300),
                          'totals': {'total': '1000'}}], 'meta': {'pagination': {'has_more': False}}}
    if path == '/events':
        return {'data': [{'event_id': 'e1', 'event_type': 'customer.updated', 'occurred_at': iso(START - 60), 'data': {}},
                         {'event_id': 'e2', 'event_type': 'subscription.canceled', 'occurred_at': iso(START - 70), 'data': {'id': 'sub_1'}}],
                'meta': {'pagination': {'has_more': False}}}
    if path == '/v1/orders':
        return {'data': [{'type': 'orders', 'id': '1', 'attributes': {
            'user_email': 'tom@example.com', 'currency': 'EUR', 'total': 4900, 'status': 'refunded', 'created_at': iso(START - 600),
            'refunded_at': iso(START - 300), 'refunded_amount': 4900, 'updated_at': iso(START - 300), 'test_mode': False,
            'first_order_item': {'product_name': 'Kit', 'variant_id': 4, 'quantity': 1}}}]}
    if path == '/v1/subscription-invoices':
        return {'data': []}
    return 404, {}, {}


def test_orders(shop):
    """So many new deliveries, orders and cents given back."""
    providers = {'shopify': ({'shop': 'kits'}, 6, 3, 2700), 'gumroad': ({}, 1, 1, 0), 'paddle': ({}, 3, 1, 1000),
                 'lemon-squeezy': ({'store': '1'}, 2, 1, 4900)}
    shop.init()
    shop.run('product', 'add', 'KIT', '--name', 'Kit', '--price', '49')
    with Provider(order_answers) as provider:
        for key, (options, taken, orders, back) in providers.items():
            put_provider(shop, key, ROOT, provider.base)
            shop.run('endpoint', 'add', key, '--provider', key, '--source', 'seo:Site', '--product', 'KIT')
            words = [w for k, v in options.items() for w in ('--option', f'{k}={v}')]
            shop.run('endpoint', 'pull', key, '--since', iso(START - DAY), *words)
            shown = look(shop, key)
            assert (shown['taken'], shown['applied'], shown['trouble']) == (taken, taken, None), (key, shown, shop.json('delivery', 'list'))
            assert look(shop, key)['taken'] == 0, key
            seller = key.replace('-', '')
            found = [o for o in facts(shop)[0] if o[0].startswith(seller)]
            assert (len(found), sum(o[4] or 0 for o in found)) == (orders, back), (key, found)


# ---- what is none

def test_hostile(shop):
    """Answers of all kinds are trouble in words, and tell nobody the key."""
    elsewhere = []
    with Provider(lambda *a: elsewhere.append(a) or {}) as other:
        thief = other.base + '/v1/events'
        answers = [b'', b'{', b'[1, 2', b'[' * 100000, b'\xff\xfe', b'null', {'data': 5}, {'data': {'a': 1}},
                   {'data': [1, None, 'x', [], {'id': {}}]}, {'data': [{'created': 'yesterday', 'id': 1}]},
                   {'data': [{'created': START, 'id': 'a', 'type': 'invoice.paid', 'livemode': True, 'data': {'object': []}}], 'has_more': True},
                   (302, {'Location': thief}, b''), (200, {'Date': 'x'}, {'data': [], 'has_more': True}), (204, {}, b''),
                   (401, {}, {'error': {'message': f'No such key: {KEY}'}}), (429, {'Retry-After': '99999999999999999999'}, b''),
                   b'{"data": "' + b'a' * (9 * 1024 * 1024) + b'"}']
        now = [None]
        with Provider(lambda *_: now[0]) as provider:
            open_shop(shop, provider, START - DAY)
            for i, now[0] in enumerate(answers):
                shop.now = f'2026-03-{3 + i:02}T09:00:00Z'
                shown = look(shop)
                assert KEY not in json.dumps(shown), shown
                assert shown['trouble'] or i in (5, 8, 9, 12, 13), (i, answers[i], shown)
            text = (ROOT / 'data' / 'providers' / 'shopify.json').read_text()
            assert 'header:Link' in text
            put_provider(shop, 'shopify', ROOT, provider.base)
            shop.run('endpoint', 'add', 'Other', '--provider', 'shopify')
            shop.run('endpoint', 'pull', 'Other', '--option', 'shop=a')
            now[0] = (200, {'Link': f'<{thief}>; rel="next"'}, {'orders': [{'id': 1}]})
            assert 'elsewhere' in look(shop, 'Other')['trouble']
            same = f'{provider.base}/admin/x'
            now[0] = (200, {'Link': f'<{same}>; rel="next"'}, {'orders': [{'id': 1, 'financial_status': 'x'}]})
            shop.now = '2026-03-25T09:00:00Z'
            assert 'again and again' in look(shop, 'Other')['trouble']
    assert elsewhere == []
    assert KEY.encode() not in b''.join(p.read_bytes() for p in shop.folder.glob('shop.db*'))


def test_fetched(shop):
    """Meta tells that there is a lead; who it is, is fetched with the page's token, once the delivery is believed."""
    lead = {'id': '123123', 'created_time': '2026-03-02T08:00:00+0000', 'form_id': '99999',
            'field_data': [{'name': 'email', 'values': ['meta@example.com']}, {'name': 'full_name', 'values': ['Mia Ray']}]}

    def answer(path, _query, headers):
        if headers.get('Authorization') != f'Bearer {KEY}':
            return 401, {}, {'error': {'message': 'Invalid token'}}
        return lead if path == '/v23.0/123123' else {'data': [lead]} if path == '/v23.0/99999/leads' and 'after' not in _query else {'data': []}

    def put(name, at, secret=b'app'):
        body = json.dumps({'object': 'page', 'entry': [{'id': '1', 'changes': [{'field': 'leadgen', 'value': {
            'leadgen_id': '123123', 'form_id': '99999', 'created_time': START}}]}]}).encode()
        sign = hmac.new(secret, body, hashlib.sha256).hexdigest()
        shop.write(name, f'rungs-delivery 1\nreceived-at: {at}\naddress: \nrequest: POST {end["path"]}\n'
                         f'header: X-Hub-Signature-256: sha256={sign}\nbody: {len(body)}\n\n'.encode() + body + b'\n')
        return shop.json('delivery', 'take', name)

    bus = with_keyring(shop)
    with Provider(answer) as provider:
        put_provider(shop, 'meta-lead-ads', ROOT, provider.base)
        shop.init()
        end = shop.json('endpoint', 'add', 'Ads', '--provider', 'meta-lead-ads', '--source', 'ppc:Ads')
        assert len(end['handshake']) == 20
        shop.run('endpoint', 'edit', 'Ads', '--handshake', 'our-word')
        assert shop.json('endpoint', 'show', 'Ads')['handshake'] == 'our-word'
        shop.run('endpoint', 'secret', 'Ads', '--password-stdin', stdin=b'app\n')
        assert put('forged', 1, b'no')['quarantined'] == 1 and provider.asked == []
        assert put('early', 2)['quarantined'] == 1 and provider.asked == []
        reason = shop.json('delivery', 'list', '--limit', '1')[0]['reason']
        assert 'could not be fetched' in reason and 'keyring' in reason, reason
        shop.run('endpoint', 'pull', 'Ads', '--key', '--password-stdin', stdin=b'wrong\n')
        assert shop.json('delivery', 'replay', '2')['quarantined'] == 1
        assert 'Invalid token' in shop.json('delivery', 'list', '--limit', '1')[0]['reason']
        shop.run('endpoint', 'pull', 'Ads', '--key', '--password-stdin', stdin=KEY.encode() + b'\n')
        provider.faults = [failing]
        assert shop.json('delivery', 'replay', '2')['waiting'] == 1
        assert shop.json('delivery', 'list', '--limit', '1')[0]['state'] == 'waiting'
        shop.write('none', '')
        assert shop.json('delivery', 'take', 'none')['applied'] == 1
        who = shop.json('leads', 'show', 'meta@example.com')
        assert (who['first_name'], who['last_name']) == ('Mia', 'Ray')
        assert 'Mia Ray' in json.dumps(shop.json('delivery', 'show', '2'))
        shop.run('endpoint', 'pull', 'Ads', '--option', 'form=99999', '--since', iso(START - DAY))
        assert shop.json('endpoint', 'pull', 'Ads')['taken'] == 0
        assert provider.asked[-1][0].startswith('/v23.0/99999/leads')
    bus.communicate()


def test_setting_up(shop):
    shop.init()
    shop.run('endpoint', 'add', 'Form', '--provider', 'typeform')
    shop.run('endpoint', 'add', 'Odd', '--provider', 'elementor')
    refused(shop, 'endpoint', 'pull', 'Form', says='not asked')
    refused(shop, 'endpoint', 'pull', 'Form', '--every', '30', says='Form ID')
    refused(shop, 'endpoint', 'pull', 'Form', '--option', 'form=/etc', says='Form ID')
    refused(shop, 'endpoint', 'pull', 'Odd', '--every', '30', says='cannot be asked')
    shown = shop.json('endpoint', 'pull', 'Form', '--option', 'form=abc', '--every', '30')
    assert (shown['minutes'], shown['options'], shown['looked_at']) == (30, '{"form":"abc"}', None)
    assert shown['next_at'] is not None
    refused(shop, 'endpoint', 'pull', 'Form', says='keyring')
    stopped = shop.json('endpoint', 'pull', 'Form', '--stop')
    assert stopped['stopped_at'] and stopped['next_at'] is None
    assert shop.json('endpoint', 'pull', 'Form', '--start')['next_at']
    asks = {a['provider'] for a in shop.json('endpoint', 'asks')}
    assert asks >= {'typeform', 'tally', 'jotform', 'woocommerce', 'shopify', 'gumroad', 'stripe', 'paddle', 'lemon-squeezy'}


def test_by_itself(shop):
    """While the engine runs, the provider is asked, with the key from the keyring."""
    bus = with_keyring(shop)
    try:
        with Provider(Stripe(5, START - DAY)) as provider:
            open_shop(shop, provider, START - 2 * DAY)
            shop.run('endpoint', 'pull', 'Shop', '--key', '--password-stdin', stdin=KEY.encode() + b'\n')
            process = shop.start('run', now=False)
            try:
                while len(shop.json('order', 'list')) < 5:
                    assert process.poll() is None, process.communicate()
                    try:
                        process.wait(0.1)
                    except subprocess.TimeoutExpired:
                        pass
            finally:
                process.terminate()
                process.communicate()
            assert len(provider.asked) >= 1
    finally:
        bus.communicate()


if __name__ == '__main__':
    main(globals())
