"""Staff are told of new leads as the rules say, and it is counted how soon somebody was in touch."""

import json

from shop import main


def submit(shop, path, email, at='2026-03-02T09:00:00Z'):
    body = json.dumps({'email': email, 'name': 'Ann Lee', 'event_id': email}).encode()
    head = f'rungs-delivery 1\nreceived-at: 1772442000000\naddress: 203.0.113.7\nrequest: POST {path}\nbody: {len(body)}\n\n'
    shop.write('form', head.encode() + body + b'\n')
    assert shop.json('delivery', 'take', 'form', '--now', at, now=False)['applied'] == 1


def endpoint(shop, name):
    return shop.json('endpoint', 'add', name, '--provider', 'generic', '--source', f'seo:{name}')['path']


def test_rules(shop):
    shop.init()
    endpoint(shop, 'Site')
    business, = shop.json('notices', 'list')
    assert business == {'about': 'business', 'name': '', 'desktop': True, 'today': True, 'mail': []}, business
    shop.run('notices', 'set', '--mail', 'mia@shop.example, tim@shop.example')
    site = shop.json('notices', 'set', '--endpoint', 'Site', '--desktop', 'no')
    assert site == {'about': 'endpoint', 'name': 'Site', 'desktop': False, 'today': True,
                    'mail': ['mia@shop.example', 'tim@shop.example']}, site
    shop.run('notices', 'set', '--form', 'Help', '--mail', '')
    shop.run('notices', 'set', '--source', 'seo:Site', '--today', 'no')
    assert [r['about'] for r in shop.json('notices', 'list')] == ['business', 'source', 'endpoint', 'form']
    shop.run('notices', 'reset', '--endpoint', 'Site')
    assert [r['about'] for r in shop.json('notices', 'list')] == ['business', 'source', 'form']
    assert 'no e-mail' in shop.run('notices', 'set', '--mail', 'nobody', status=1).err
    shop.run('notices', 'set', '--desktop', 'perhaps', status=2)


def test_told_and_contacted(shop):
    shop.init()
    path = endpoint(shop, 'Site')
    shop.run('notices', 'set', '--mail', 'mia@shop.example')
    shop.run('leads', 'add', 'hand@example.com')
    submit(shop, path, 'ann@example.com')
    submit(shop, path, 'bob@example.com')
    assert [a['waiting'] for a in shop.json('notices', 'mail')] == [2]
    waiting = shop.json('notices', 'waiting', '--now', '2026-03-02T12:00:00Z', now=False)
    assert [w['unseen'] for w in waiting] == [True, True] and 'nobody has been in touch' in waiting[0]['words'], waiting
    assert shop.json('notices', 'see') == {'seen': 2}
    shop.run('leads', 'call', 'ann@example.com', 'Spoke', '--outcome', 'reached', '--at', '2026-03-02T10:30:00Z',
             '--now', '2026-03-02T12:00:00Z', now=False)
    left, = shop.json('notices', 'waiting', '--now', '2026-03-02T12:00:00Z', now=False)
    assert not left['unseen']
    site, all_of_them = shop.json('notices', 'contact', '--now', '2026-03-02T12:00:00Z', now=False)
    assert (site['captured'], site['contacted'], site['within_hour'], site['share']) == (2, 1, 0, '0 of 2'), site
    assert all_of_them['captured'] == 2
    shop.run('check')


if __name__ == '__main__':
    main(globals())
