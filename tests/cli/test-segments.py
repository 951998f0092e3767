"""Segments on the command line: made, filled, counted, explained, laid over each other."""

import json

from shop import main, misused, refused

ANN, BOB = 'ann@example.com', 'bob@example.com'
KNOWN = json.dumps({'field': 'score', 'op': 'at_least', 'value': 5})


def with_two(shop):
    shop.init()
    shop.run('leads', 'add', ANN, '--first-name', 'Ann', '--tag', 'vip')
    shop.run('leads', 'add', BOB)
    shop.run('leads', 'edit', ANN, '--score', '7')
    return shop


def test_names(shop):
    with_two(shop)
    shop.run('leads', 'tag', ANN, 'VIP')
    shop.run('segment', 'add', 'Guests', '--rule', '{"field": "tag", "op": "has", "value": "vip"}')
    shop.run('tag', 'rename', 'VIP', 'Gold')
    shown = shop.json('segment', 'show', 'guests')
    assert (shown['rule']['value'], shown['leads'], shown['missing']) == ('Gold', 1, [])
    shop.run('tag', 'delete', 'Gold')
    shown = shop.json('segment', 'show', 'guests')
    assert shown['leads'] == 0 and len(shown['missing']) == 1
    assert 'Gold' in shop.run('segment', 'show', 'guests').out


def test_live(shop):
    with_two(shop)
    made = shop.json('segment', 'add', 'Well known', '--rule', KNOWN, '--description', 'By score')
    assert (made['key'], made['kind'], made['leads']) == ('well_known', 'live', 1)
    assert made['rule'] == json.loads(KNOWN) and made['words']
    assert [s['name'] for s in shop.json('segments', 'list')] == ['Well known']
    assert [lead['email'] for lead in shop.json('segment', 'members', 'well_known')] == [ANN]
    assert 'Well known' in shop.run('segment', 'show', 'WELL KNOWN').out
    shop.run('segment', 'edit', 'well_known', '--name', 'Best', '--rule', '{"all": []}')
    assert shop.json('segment', 'count', 'best') == {'leads': 2}
    assert shop.json('segment', 'show', 'well_known')['name'] == 'Best'


def test_what_rules_can_ask(shop):
    with_two(shop)
    fields = {field['field']: field for field in shop.json('segment', 'fields')}
    assert 'at_least' in fields['score']['operators'] and fields['score']['label'] == 'score'
    assert [value['value'] for value in shop.json('segment', 'values', 'tag')] == ['vip']


def test_rule(shop):
    with_two(shop)
    assert shop.run('segment', 'count', '--rule', KNOWN).out == '1\n'
    assert [lead['email'] for lead in shop.json('segment', 'list', '--rule', KNOWN)] == [ANN]
    assert shop.run('segment', 'count', '--rule', '-', stdin=KNOWN.encode()).out == '1\n'
    shop.write('rule.json', KNOWN)
    assert shop.run('segment', 'count', '--rule', '@rule.json').out == '1\n'
    why = shop.json('segment', 'explain', BOB, '--rule', KNOWN)
    assert why['matches'] is False
    line, = why['lines']
    assert (line['field'], line['op'], line['value'], line['holds'], line['decides']) == (
        'score', 'at_least', '5', False, True)
    assert 'no' in shop.run('segment', 'explain', BOB, '--rule', KNOWN).out


def test_fixed(shop):
    with_two(shop)
    shop.run('segment', 'add', 'Friends')
    assert shop.json('segment', 'put', 'friends', ANN, BOB, ANN) == {'leads': 2}
    assert shop.json('segment', 'put', 'friends', BOB) == {'leads': 0}
    assert shop.json('segment', 'take', 'friends', ANN) == {'leads': 1}
    assert [lead['email'] for lead in shop.json('segment', 'members', 'friends')] == [BOB]
    assert shop.json('segment', 'days', 'friends') == [{'day': '2026-03-02', 'came': 2, 'went': 1}]
    assert shop.json('segment', 'explain', BOB, 'friends')['matches'] is True
    assert 'segment' in shop.run('leads', 'show', ANN).out
    shop.run('segment', 'delete', 'friends')
    refused(shop, 'segment', 'show', 'friends', says='no segment')


def test_snapshot_and_overlap(shop):
    with_two(shop)
    shop.run('segment', 'add', 'Known', '--rule', KNOWN)
    shop.run('segment', 'snapshot', 'known', 'Known in March')
    shop.run('leads', 'edit', BOB, '--score', '9')
    assert shop.json('segment', 'overlap', 'known', 'Known in March') == [
        {'segments': ['Known'], 'leads': 1}, {'segments': ['Known in March'], 'leads': 0},
        {'segments': ['Known', 'Known in March'], 'leads': 1}]
    shop.run('segment', 'archive', 'known')
    assert [s['key'] for s in shop.json('segment', 'list')] == ['known_in_march']
    assert [s['key'] for s in shop.json('segment', 'list', '--archived')] == ['known']
    shop.run('segment', 'archive', 'known', '--undo')
    assert len(shop.json('segment', 'list')) == 2


def test_watched(shop):
    with_two(shop)
    shop.run('segment', 'add', 'Known', '--rule', KNOWN)
    shop.run('segment', 'add', 'New', '--rule',
             json.dumps({'field': 'created', 'op': 'within_days', 'value': 7}))
    assert shop.json('segment', 'watch', 'known')['watched'] is True
    shop.run('segment', 'watch', 'new')
    assert shop.json('segment', 'days', 'known') == []
    shop.run('leads', 'edit', BOB, '--score', '9')
    shop.run('leads', 'edit', ANN, '--score', '-7')
    assert shop.json('segment', 'days', 'known') == [{'day': '2026-03-02', 'came': 1, 'went': 1}]
    assert 'Known' in shop.run('leads', 'show', BOB).out
    shop.now = '2026-03-20T09:00:00Z'
    shop.run('run', '--once')
    assert [day['went'] for day in shop.json('segment', 'days', 'new')] == [2]
    assert shop.json('segment', 'watch', 'new', '--stop')['watched'] is False
    shop.run('segment', 'add', 'Friends')
    refused(shop, 'segment', 'watch', 'friends', says='by hand')


def test_refuses(shop):
    with_two(shop)
    shop.run('segment', 'add', 'Known', '--rule', KNOWN)
    refused(shop, 'segment', 'add', 'known', says='already')
    refused(shop, 'segment', 'add', 'x', '--rule', '{"field": "shoe", "op": "is", "value": 1}', says='shoe')
    refused(shop, 'segment', 'add', 'x', '--rule', 'score > 5', says='JSON')
    refused(shop, 'segment', 'add', 'x', '--rule', '@nowhere.json')
    refused(shop, 'segment', 'put', 'known', ANN, says='rule')
    refused(shop, 'segment', 'count', 'unknown', says='no segment')
    misused(shop, 'segment', 'count', says='rule')
    misused(shop, 'segment', 'explain', ANN, says='rule')
    misused(shop, 'segment', 'overlap', 'known')


if __name__ == '__main__':
    main(globals())
