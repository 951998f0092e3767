"""One message to many, from the command line."""

from shop import main

MAIL = b'Subject: News\nPurpose: sell kits\nValue: news\n\nLook at https://example.com/kit\n'


def with_broadcast(shop, *options):
    shop.now = '2026-03-02T12:00:00Z'
    shop.begin('--demo')
    shop.run('message', 'add', 'News', '-', stdin=MAIL)
    return shop.json('broadcast', 'add', 'Spring', '--message', 'News', *options)


def test_a_draft(shop):
    draft = with_broadcast(shop, '--sells', 'KIT', '--hold-out', '12.5%', '--morning', '09:00', '--spread', '2')
    assert (draft['state'], draft['held_share'], draft['morning'], draft['spread_minutes']) == ('draft', 1250, '09:00', 120)
    assert draft['sells'] == 'KIT' and draft['due_at'] is None and draft['audience'] == 0
    shop.run('segment', 'add', 'Rich', '--rule', '{"field": "spent", "op": "more", "value": 0}')
    changed = shop.json('broadcast', 'edit', 'Spring', '--segment', 'rich', '--name', 'Summer', '--sells', 'none',
                        '--morning', 'none', '--for', 'orders', '--window', '14', '--bounces', '3%',
                        '--complaints', '0.1%', '--judged-from', '50', '--at', '2026-03-03T08:00:00Z')
    assert (changed['name'], changed['sells'], changed['morning'], changed['goal']) == ('Summer', None, None, 'orders')
    assert (changed['bounce_share'], changed['complaint_share'], changed['judged_from']) == (300, 10, 50)
    assert changed['rule'] == {'field': 'segment', 'op': 'has', 'value': 'rich'}
    assert [b['name'] for b in shop.json('broadcast', 'list')] == ['Summer']
    for wrong in (['--hold-out', '60%'], ['--subject', 'Only one'], ['--subject', 'A', '--subject', 'B'],
                  ['--rule', '{"field": "nonsense"}'], ['--message', 'None such']):
        shop.run('broadcast', 'edit', 'Summer', *wrong, status=1)
    shop.run('broadcast', 'remove', 'Summer')
    assert shop.json('broadcast', 'list') == []


def test_it_leaves(shop):
    with_broadcast(shop, '--sells', 'KIT', '--subject', 'A', '--subject', 'B', '--test', '20%', '--hold-out', '10%')
    shop.run('broadcast', 'send', 'Spring')
    assert shop.json('broadcast', 'unsend', 'Spring')['state'] == 'draft'
    shop.run('broadcast', 'send', 'Spring')
    shop.run('run', '--until', '2026-03-02T15:00:00Z')
    half = shop.json('broadcast', 'show', 'Spring')
    assert half['state'] == 'sending' and 0 < half['sent'] < half['waiting'], half
    assert half['audience'] == half['left_out'] + half['held'] + half['sent'] + half['waiting']
    assert {r['reason'] for r in half['reasons']} >= {'owned', 'no-consent'}
    shop.run('broadcast', 'pause', 'Spring')
    shop.run('run', '--until', '2026-03-02T17:00:00Z')
    assert shop.json('broadcast', 'show', 'Spring')['sent'] == half['sent']
    shop.run('broadcast', 'resume', 'Spring')
    shop.run('broadcast', 'choose', 'Spring', '2')
    shop.run('run', '--until', '2026-03-03T12:00:00Z')
    ended = shop.json('broadcast', 'show', 'Spring')
    assert (ended['state'], ended['waiting'], ended['sent']) == ('done', 0, half['sent'] + half['waiting'])

    results = shop.json('broadcast', 'results', 'Spring')
    groups = {(g['part'], g['subject']): g for g in results['groups']}
    assert groups['all', None]['sent'] == ended['sent'] and groups['held', None]['leads'] == ended['held']
    assert groups['test', 1]['sent'] + groups['test', 2]['sent'] == half['sent']
    assert groups['rest', None]['words'] == 'B'
    assert 'held out' in shop.run('broadcast', 'results', 'Spring').out
    assert len(shop.json('broadcast', 'leads', 'Spring', 'held')) == ended['held']
    assert len(shop.json('broadcast', 'leads', 'Spring', 'sent', '--part', 'test', '--subject', '2')) \
        == groups['test', 2]['sent']
    shop.run('broadcast', 'cancel', 'Spring', status=1)


def test_check(shop):
    with_broadcast(shop, '--sells', 'KIT')
    found = {f['code']: f for f in shop.json('broadcast', 'check', 'Spring', '--offline')}
    assert found['owned']['level'] == found['no-consent']['level'] == 'tells', found
    assert found['owned']['leads'] > 0 and found['owned']['rule']['all'], found
    assert found['practice']['level'] == 'warns'
    assert not [f for f in found.values() if f['level'] == 'blocks'], found
    bad = b'Subject: BUY NOW OR NEVER\nPurpose: p\nValue: v\n\n{{ lead.company }}, [look](www.example)!\n'
    shop.run('message', 'add', 'Bad', '-', stdin=bad)
    shop.run('broadcast', 'edit', 'Spring', '--message', 'Bad')
    shop.run('business', 'set', '--address', '')
    found = {f['code']: f for f in shop.json('broadcast', 'check', 'Spring', '--offline')}
    assert {'link', 'no-address', 'capitals', 'missing-value'} <= set(found), found
    assert found['link']['level'] == found['no-address']['level'] == 'blocks'
    assert found['missing-value']['leads'] > 0
    assert shop.run('broadcast', 'send', 'Spring', status=1)
    shop.run('broadcast', 'edit', 'Spring', '--message', 'News', '--rule', '{"none": [{"all": []}]}')
    found = {f['code']: f for f in shop.json('broadcast', 'check', 'Spring', '--offline')}
    assert found['nobody']['level'] == 'blocks'


def test_cancel(shop):
    with_broadcast(shop, '--spread', '10')
    shop.run('broadcast', 'send', 'Spring')
    shop.run('run', '--until', '2026-03-02T14:00:00Z')
    sent = shop.json('broadcast', 'show', 'Spring')['sent']
    assert sent > 0
    assert shop.json('broadcast', 'cancel', 'Spring')['state'] == 'cancelled'
    shop.run('run', '--until', '2026-03-04T14:00:00Z')
    ended = shop.json('broadcast', 'show', 'Spring')
    assert ended['sent'] == sent
    assert 'file is in order' in shop.run('check').out


if __name__ == '__main__':
    main(globals())
