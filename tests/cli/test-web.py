"""What forms, shops and mail providers send: taken from files, done, and mended."""

import hashlib
import hmac
import json
import random
import shutil
import subprocess

from shop import main

SECRET = 'whsec_abc'


def delivery(path, body, headers=(), at=1772445600000, method='POST'):
    """As a relay hands it on."""
    body = body if isinstance(body, bytes) else json.dumps(body).encode()
    lines = ['rungs-delivery 1', f'received-at: {at}', 'address: 203.0.113.7', f'request: {method} {path}',
             *[f'header: {name}: {value}' for name, value in headers], f'body: {len(body)}']
    return '\n'.join(lines).encode() + b'\n\n' + body + b'\n'


def result(**counts):
    return {'taken': 0, 'applied': 0, 'ignored': 0, 'quarantined': 0, 'waiting': 0} | counts


def refused(shop, *words, **more):
    return shop.run(*words, status=1, **more).err


def test_a_form(shop):
    shop.init()
    end = shop.json('endpoint', 'add', 'Contact', '--provider', 'generic', '--source', 'seo:Site', '--wording', 'Write to me')
    assert end['path'].startswith('/in/generic-') and len(end['path']) > 35, end
    form = {'email': 'ann@example.com', 'name': 'Ann Lee', 'utm_campaign': 'spring', 'message': 'Hi', 'event_id': '1'}
    shop.write('form', delivery(end['path'], form))
    assert shop.json('delivery', 'take', 'form') == result(taken=1, applied=1)
    assert shop.json('delivery', 'take', 'form') == result(taken=1, ignored=1)
    ann = shop.json('leads', 'show', 'ann@example.com')
    assert (ann['first_name'], ann['last_name']) == ('Ann', 'Lee')
    consent, = shop.json('consent', 'list', 'ann@example.com')
    assert (consent['action'], consent['wording'], consent['origin']) == ('given', 'Write to me', 'form: Contact')
    newer, older = shop.json('delivery', 'list')
    assert (older['state'], newer['state']) == ('applied', 'ignored')
    assert older['lead_name'] == 'Ann Lee' and older['endpoint'] == 'Contact'
    shown = shop.json('delivery', 'show', older['id'])
    assert json.loads(shown['body']) == form and shown['request'] == 'POST ' + end['path']
    assert 'Ann Lee' in shop.run('delivery', 'show', older['id']).out


def test_quarantine(shop):
    shop.init()
    path = shop.json('endpoint', 'add', 'Odd', '--provider', 'generic')['path']
    shop.write('odd', delivery(path, {'Contact me at': 'bob@example.com'}) + delivery('/nowhere', {}))
    assert shop.json('delivery', 'take', 'odd') == result(taken=2, quarantined=2)
    other, odd = shop.json('delivery', 'list', '--state', 'quarantine')
    assert 'telephone number' in odd['reason'] and 'Nothing of yours' in other['reason']
    assert odd['reason'] in shop.run('delivery', 'list', '--state', 'quarantine').out
    assert shop.json('delivery', 'replay', odd['id']) == result(quarantined=1)
    shop.run('endpoint', 'edit', 'Odd', '--map', 'Contact me at=email')
    assert shop.json('delivery', 'replay', '--all') == result(applied=1, quarantined=1)
    assert shop.json('leads', 'show', 'bob@example.com')['email'] == 'bob@example.com'
    shop.run('delivery', 'dismiss', other['id'])
    assert shop.json('delivery', 'list', '--state', 'quarantine') == []
    refused(shop, 'delivery', 'dismiss', other['id'])
    refused(shop, 'delivery', 'replay', odd['id'])
    refused(shop, 'delivery', 'show', '99')


def test_sample(shop):
    """A sample goes the whole way, and nothing of it stays."""
    shop.init()
    shop.json('endpoint', 'add', 'Contact', '--provider', 'generic', '--source', 'seo:Site')
    steps = shop.json('endpoint', 'test', 'Contact')
    assert [s['step'] for s in steps] == ['sent', 'kept', 'verified', 'applied', 'undone'], steps
    assert all(s['well'] for s in steps), steps
    assert shop.json('delivery', 'list', '--state', 'any') == []
    assert shop.json('leads', 'list') == []
    shop.json('endpoint', 'add', 'Signed', '--provider', 'typeform', '--source', 'seo:Site')
    told = shop.run('endpoint', 'test', 'Signed', '--password-stdin', stdin=b'abc\n')
    assert 'relay' in told.out, told


def stripe(body, secret=SECRET, at=1772445600):
    signature = hmac.new(secret.encode(), f'{at}.'.encode() + body, hashlib.sha256).hexdigest()
    return [('Stripe-Signature', f't={at},v1={signature}'), ('Content-Type', 'application/json')]


def test_signed_orders(shop):
    shop.init()
    shop.run('product', 'add', 'KIT', '--name', 'Kit', '--price', '49')
    path = shop.json('endpoint', 'add', 'Stripe', '--provider', 'stripe', '--source', 'seo:Shop', '--product', 'KIT')['path']
    order = json.dumps({'id': 'evt_1', 'type': 'checkout.session.completed', 'livemode': True, 'data': {'object': {
        'id': 'cs_1', 'payment_status': 'paid', 'payment_intent': 'pi_1', 'amount_total': 4900, 'currency': 'eur',
        'created': 1772440000, 'customer_details': {'email': 'cy@example.com', 'name': 'Cy Ray'}}}}).encode()
    refund = json.dumps({'id': 'evt_2', 'type': 'charge.refunded', 'livemode': True, 'created': 1772441000, 'data': {
        'object': {'id': 'ch_1', 'payment_intent': 'pi_1', 'amount_refunded': 1900}}}).encode()
    secret = {'stdin': SECRET.encode() + b'\n'}

    shop.write('refund', delivery(path, refund, stripe(refund)))
    shop.write('order', delivery(path, order, stripe(order)))
    shop.write('forged', delivery(path, order.replace(b'4900', b'100'), stripe(order)))
    shop.write('old', delivery(path, order, stripe(order, at=1772445600 - 301)))
    assert shop.json('delivery', 'take', 'forged', '--password-stdin', **secret) == result(taken=1, quarantined=1)
    assert shop.json('delivery', 'take', 'old', '--password-stdin', **secret) == result(taken=1, quarantined=1)
    assert shop.json('delivery', 'take', 'refund', '--password-stdin', **secret) == result(taken=1, waiting=1)
    assert shop.json('delivery', 'take', 'order', '--password-stdin', **secret) == result(taken=1, applied=2)
    sold, = shop.json('order', 'list')
    assert sold['external'] == 'stripe:pi_1' if 'external' in sold else True
    assert shop.json('order', 'show', sold['id'])['refunded']['minor'] == 1900
    reasons = [d['reason'] for d in shop.json('delivery', 'list', '--state', 'quarantine')]
    assert 'another time' in reasons[0] and 'not right' in reasons[1], reasons
    # Without a keyring nothing is believed.
    shop.write('again', delivery(path, order.replace(b'evt_1', b'evt_9'), stripe(order)))
    assert shop.json('delivery', 'take', 'again')['quarantined'] == 1


def test_links_of_sources(shop):
    shop.init()
    shop.run('source', 'add', 'jv:Sue')
    assert shop.json('source', 'links') == []
    link = shop.json('source', 'link', 'jv:Sue', 'sue', 'https://shop.example/book', '--remember', 'first', '--days', '60')
    assert link == {'source': 'jv:Sue', 'code': 'sue', 'address': None, 'to': 'https://shop.example/book',
                    'remember': 'first', 'days': 60, 'visits': 0, 'machines': 0, 'leads': 0}, link
    assert shop.json('source', 'links') == [link]
    assert 'jv:Sue' in shop.run('source', 'links').out
    for status, *wrong in ((1, 'a b', 'https://a.example/'), (1, 'a', 'ftp://a.example/'),
                           (2, 'a', 'https://a.example/', '--days', '0'),
                           (1, 'a', 'https://a.example/', '--remember', 'x')):
        shop.run('source', 'link', 'jv:Sue', *wrong, status=status)
    shop.run('source', 'add', 'jv:Bo')
    assert 'nother source' in refused(shop, 'source', 'link', 'jv:Bo', 'sue', 'https://a.example/')
    shop.run('source', 'unlink', 'jv:Sue')
    assert shop.json('source', 'links') == []
    refused(shop, 'source', 'unlink', 'jv:Sue')


def test_visits(shop):
    shop.init()
    shop.run('source', 'add', 'jv:Sue')
    shop.run('source', 'link', 'jv:Sue', 'sue', 'https://shop.example/book')
    assert shop.json('visits') == []
    counts = {'from': 1772445600000, 'to': 1772445605000, 'counts': [
        {'path': '/p/book', 'variant': 'ppc', 'code': 'sue', 'machine': False, 'n': 3},
        {'path': '/p/book', 'variant': 'ppc', 'code': 'sue', 'machine': True, 'n': 1}]}
    browser = [('User-Agent', 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0')]
    shop.write('in', delivery('/v', counts) + delivery('/r/sue', b'', browser, method='GET')
               + delivery('/v', counts, at=1772445600001 + 86400000))
    assert shop.json('delivery', 'take', 'in') == result(taken=3, applied=3)
    book = {'day': None, 'path': '/p/book', 'variant': 'ppc', 'code': 'sue', 'visits': 6, 'machines': 2}
    sue = {'day': None, 'path': '/r/sue', 'variant': None, 'code': 'sue', 'visits': 1, 'machines': 0}
    assert shop.json('visits', '--from', '2026-03-01', '--through', '2026-03-09') == [book, sue]
    assert shop.json('visits', '--from', '2026-03-02', '--through', '2026-03-02', '--by-day') == [
        book | {'day': '2026-03-02'}, sue | {'day': '2026-03-02'}]
    assert '/p/book' in shop.run('visits', '--from', '2026-03-01').out


def test_endpoints(shop):
    shop.init()
    shop.run('product', 'add', 'KIT', '--name', 'Kit', '--price', '49')
    providers = {p['key']: p['scheme'] for p in shop.json('endpoint', 'providers')}
    assert len(providers) >= 27 and providers['paypal'] == 'rsa-string' and providers['resend'] == 'standard-webhooks'
    assert shop.json('endpoint', 'list') == []
    shop.run('endpoint', 'add', 'A', '--provider', 'tally', '--map', 'Pet=field:dog', '--map', 'Ok=consent', '--shop', 'North')
    shop.run('endpoint', 'edit', 'A', '--name', 'B', '--form', 'Dogs', '--product', 'KIT', '--map', 'Ok=')
    end, = shop.json('endpoint', 'list')
    assert (end['name'], end['form'], end['product'], end['shop']) == ('B', 'Dogs', 'KIT', 'North')
    assert json.loads(end['mapping']) == {'Pet': 'field:dog'}
    assert shop.json('endpoint', 'show', 'B') == end
    shop.run('endpoint', 'retire', 'B')
    shop.write('x', delivery(end['path'], {}))
    assert shop.json('delivery', 'take', 'x') == result(taken=1, quarantined=1)
    assert 'no longer in use' in shop.json('delivery', 'list')[0]['reason']
    shop.run('endpoint', 'retire', 'B', '--undo')
    assert shop.json('endpoint', 'show', 'B')['retired_at'] is None
    refused(shop, 'endpoint', 'add', 'B', '--provider', 'tally')
    refused(shop, 'endpoint', 'add', 'C', '--provider', 'nobody')
    refused(shop, 'endpoint', 'add', 'C', '--provider', 'tally', '--verify', '{"scheme": "none"}')
    refused(shop, 'endpoint', 'edit', 'B', '--product', 'NONE')
    assert 'keyring' in refused(shop, 'endpoint', 'secret', 'B', '--password-stdin', stdin=b'abc\n')
    shop.run('endpoint', 'add', 'C', status=2)
    shop.run('endpoint', 'edit', 'B', '--map', 'nothing', status=2)


def test_what_is_no_delivery(shop):
    shop.init()
    for name, text in (('empty', b''), ('no', b'hello\n'), ('cut', delivery('/in/x', {'a': 1})[:-3]),
                       ('second', delivery('/in/x', {}) + b'rungs-delivery 1\n')):
        shop.write(name, text)
        if name != 'empty':
            assert 'no delivery' in refused(shop, 'delivery', 'take', name)
    assert shop.json('delivery', 'take', 'empty') == result()
    assert shop.json('delivery', 'list') == []


def load(path):
    """Forms of 30 people, each twice, orders, and what was given back on them, in no order."""
    made = []
    for n in range(60):
        who, later = n % 30, n // 30
        made.append(delivery(path['Form'], {'event_id': str(n), 'email': f'p{who}@example.com', 'newsletter': 'yes',
                                            'first_name': f'Name {who} {later}', 'submitted_at': f'2026-02-0{1 + later}'}))
    for n in range(20):
        sale = {'sale_id': f's{n}', 'email': f'p{n}@example.com', 'price': '4900', 'currency': 'eur', 'permalink': 'KIT',
                'sale_timestamp': '2026-02-05T20:38:59Z', 'refunded': 'false', 'disputed': 'false'}
        made.append(delivery(path['Shop'], sale))
        if n % 3 == 0:
            made.append(delivery(path['Shop'], sale | {'refunded': 'true'}))
    random.Random(7).shuffle(made)
    return made + made[:15]


def facts(shop):
    leads = sorted((lead['email'], lead['first_name']) for lead in shop.json('leads', 'list', '--limit', '100'))
    orders = sorted((order['lead_name'] if 'lead_name' in order else '', order['total']['minor'], order['refunded']['minor'])
                    for order in shop.json('order', 'list', '--limit', '100'))
    return leads, orders, len(shop.json('delivery', 'list', '--state', 'applied', '--limit', '1000'))


def with_endpoints(shop):
    shop.init()
    shop.run('product', 'add', 'KIT', '--name', 'Kit', '--price', '49')
    return {name: shop.json('endpoint', 'add', name, '--provider', provider, '--source', 'seo:Site')['path']
            for name, provider in (('Form', 'generic'), ('Shop', 'gumroad'))}


def test_killed(shop):
    """kill -9 at any time while deliveries are taken and done: what is done is done once."""
    dice = random.Random()
    shop.write('load', b''.join(load(with_endpoints(shop))))
    shop.write('none', b'')
    shutil.copy(shop.file, shop.folder / 'before.db')
    shop.run('delivery', 'take', 'load')
    whole = facts(shop)
    for name in ('shop.db-wal', 'shop.db-shm'):
        (shop.folder / name).unlink(missing_ok=True)
    shutil.copy(shop.folder / 'before.db', shop.file)
    for _ in range(25):
        process = shop.start('delivery', 'take', dice.choice(['load', 'none']))
        try:
            process.wait(dice.uniform(0.01, 0.25))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    shop.run('delivery', 'take', 'load')
    assert shop.json('delivery', 'list', '--state', 'waiting') == []
    assert facts(shop) == whole
    shop.run('check')


if __name__ == '__main__':
    main(globals())
