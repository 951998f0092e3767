"""Points by rule: what is worth what, how it ages, and why a lead has its score."""

from shop import main, misused, refused

ANN = 'ann@example.com'
BOB = 'bob@example.com'


def begin(shop):
    shop.init()
    shop.run('leads', 'add', ANN, '--first-name', 'Ann', '--source', 'seo:Blog')
    shop.run('leads', 'add', BOB)
    shop.run('product', 'add', 'KIT', '--name', 'Kit', '--price', '49')
    shop.run('order', 'add', ANN, 'KIT')


def score(shop, who=ANN):
    return shop.json('leads', 'show', who)['score']


def test_rules(shop):
    begin(shop)
    assert 'no rules' in shop.run('score', 'list').out
    assert 'order.placed' in {kind['kind'] for kind in shop.json('score', 'kinds')}
    tried = shop.json('score', 'add', 'order.placed', '--points', '50', '--half-life', '90', '--dry-run')
    assert tried['dry_run'] and tried['leads'] == 1 and tried['most'] == 50 and tried['id'] is None
    assert score(shop) == 0 and shop.json('score', 'list') == []
    made = shop.json('score', 'add', 'order.placed', '--points', '50', '--half-life', '90', '--cap', '100')
    assert made['words'] == 'An order: 50 points, half of it after 90 days, at most 100 a day'
    assert (made['leads'], made['least'], made['most'], made['sum']) == (1, 50, 50, 50)
    assert score(shop) == 50 and score(shop, BOB) == 0
    changed = shop.json('score', 'edit', made['id'], '--points', '40', '--half-life', '0', '--cap', '0')
    assert changed['words'] == 'An order: 40 points' and changed['most'] == -10
    assert score(shop) == 40
    assert shop.json('score', 'remove', made['id'])['sum'] == -40
    assert score(shop) == 0 and shop.json('score', 'list') == []
    refused(shop, 'score', 'remove', made['id'], says='there is no rule of the score')
    refused(shop, 'score', 'add', 'mail.sent', '--points', '5', says='worth points')
    refused(shop, 'score', 'add', 'order.placed', '--points', '5', '--pattern', 'x', says='pattern')
    misused(shop, 'score', 'add', 'order.placed', says='points')
    shop.run('check')


def test_time_and_why(shop):
    begin(shop)
    shop.run('score', 'add', 'order.placed', '--points', '50', '--half-life', '90')
    shop.run('score', 'add', 'touch.made', '--points', '5', '--pattern', 'SEO:*')
    shop.run('score', 'add', 'tag.added', '--points', '-7')
    shop.run('leads', 'edit', ANN, '--score', '3', '--why', 'called us')
    assert 'called us' in shop.run('leads', 'show', ANN).out
    assert score(shop) == 58
    shop.now = '2026-05-31T12:00:00Z'
    assert score(shop) == 58
    shop.run('run', '--once')
    assert score(shop) == 33
    why = shop.json('score', 'explain', ANN)
    assert why['score'] == why['stored'] == 33 and why['given'] == 3
    assert [(t['events'], t['full'], t['points']) for t in why['terms']] == [(1, 50, 25), (1, 5, 5), (0, 0, 0)]
    assert why['terms'][1]['subject'] == 'A touch “SEO:*”'
    assert why['rescore_at'] > '2026-06-01'
    text = shop.run('score', 'explain', ANN).out
    assert '25.0' in text and 'An order' in text
    shop.run('check')


def test_usual_and_recompute(shop):
    begin(shop)
    rules = shop.json('score', 'usual')
    assert len(rules) > 3 and rules == shop.json('score', 'list')
    assert score(shop) > 0
    assert shop.json('score', 'recompute') == {'leads': 2}


def test_merge_and_undo(shop):
    begin(shop)
    shop.run('score', 'usual')
    shop.run('order', 'add', BOB, 'KIT')
    both = score(shop), score(shop, BOB)
    merge = shop.json('leads', 'merge', '1', '2')['merge']
    assert score(shop) == sum(both)
    shop.run('leads', 'undo-merge', merge)
    assert (score(shop), score(shop, BOB)) == both
    shop.run('check')


if __name__ == '__main__':
    main(globals())
