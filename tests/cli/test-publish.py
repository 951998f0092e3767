"""Sequences are edited while leads walk them: drafts, what publishing does, and taking it back."""

import json

from shop import main, misused, refused

ANN, BOB, NAME = 'ann@example.com', 'bob@example.com', 'To the kit'


def message(subject):
    return f'Subject: {subject}\nPurpose: sell\nValue: news\n\nDear reader, {subject}.\n'.encode()


def graph(days=2, **others):
    steps = {
        'hello': {'kind': 'message', 'message': 'Hello', 'next': 'wait'},
        'wait': {'kind': 'wait', 'days': days, 'next': 'again'},
        'again': {'kind': 'message', 'message': 'Again'},
    }
    return {'name': NAME, 'start': 'hello', 'steps': steps | others}


def stdin(value):
    return json.dumps(value).encode()


def with_walks(shop):
    """Ann and Bob wait since 2026-03-02; it is the day after."""
    shop.init()
    for name in ('Hello', 'Again'):
        shop.run('message', 'add', name, '-', stdin=message(name))
    for address in (ANN, BOB):
        shop.run('leads', 'add', address, '--consent', 'Yes')
    shop.run('sequence', 'add', '-', stdin=stdin(graph()))
    shop.run('sequence', 'start', NAME)
    shop.run('sequence', 'enrol', NAME, ANN, BOB)
    shop.run('run', '--once')
    shop.now = '2026-03-03T12:00:00Z'


def due(shop, lead):
    return shop.json('sequence', 'walks', lead)[0]['due_at']


def test_drafts(shop):
    shop.init()
    assert shop.json('sequence', 'create', NAME)['name'] == NAME
    refused(shop, 'sequence', 'create', NAME, says='already')
    refused(shop, 'sequence', 'start', NAME, says='published')
    refused(shop, 'sequence', 'publish', NAME, says='no draft')
    refused(shop, 'sequence', 'draft', NAME, '-', stdin=b'[1]', says='braces')
    refused(shop, 'sequence', 'draft', 'Nothing', '-', stdin=b'{}', says='Nothing')
    shop.run('sequence', 'draft', NAME, '-', stdin=b'{"steps": {}}')
    refused(shop, 'sequence', 'publish', NAME, says='missing')
    plan = shop.json('sequence', 'publish', NAME, '--plan')
    assert not plan['published'] and plan['refused'], plan
    said = shop.run('sequence', 'publish', NAME, '--plan').out
    assert plan['problems'] and all(said.count(one['text']) == 1 for one in plan['problems']), said
    shop.run('sequence', 'discard', NAME)
    refused(shop, 'sequence', 'publish', NAME, says='no draft')
    assert shop.json('sequence', 'show', NAME)['steps'] == []
    for name in ('Hello', 'Again'):
        shop.run('message', 'add', name, '-', stdin=message(name))
    shop.run('sequence', 'draft', NAME, '-', stdin=stdin(graph()))
    assert shop.json('sequence', 'publish', NAME)['number'] == 1
    shop.run('sequence', 'start', NAME)
    refused(shop, 'sequence', 'unpublish', NAME, says='no version before')


def test_publish(shop):
    with_walks(shop)
    before = due(shop, ANN)
    shop.run('sequence', 'draft', NAME, '-', stdin=stdin(graph(days=4)))
    plan = shop.json('sequence', 'publish', NAME, '--plan')
    group, = plan['groups']
    assert (plan['published'], plan['number'], plan['refused']) == (False, 1, None)
    assert (group['step'], group['leads'], group['change'], group['way']) == ('wait', 2, 'changed', 'continue:wait')
    assert group['ways'] == ['continue:wait', 'again:wait', 'go:again', 'end', 'keep']
    assert 'the time they have waited counts' in shop.run('sequence', 'publish', NAME, '--plan').out
    assert due(shop, ANN) == before

    misused(shop, 'sequence', 'publish', NAME, '--choose', says='--choose')
    refused(shop, 'sequence', 'publish', NAME, '--choose', 'wait', says='STEP=end')
    refused(shop, 'sequence', 'publish', NAME, '--choose', 'wait=fly', says='keep')
    refused(shop, 'sequence', 'publish', NAME, '--choose', 'hello=end', says='Nobody')
    done = shop.json('sequence', 'publish', NAME)
    assert (done['published'], done['number']) == (True, 2)
    assert due(shop, ANN) != before
    assert shop.json('sequence', 'versions', NAME)[0]['active'] == 2
    refused(shop, 'sequence', 'publish', NAME, says='no draft')

    assert shop.json('sequence', 'unpublish', NAME) | {'id': 0} == {'id': 0, 'number': 1, 'back': 2, 'gone': 0}
    assert due(shop, ANN) == before
    refused(shop, 'sequence', 'unpublish', NAME, says='no version before')
    assert shop.json('sequence', 'publish', NAME, '--choose', 'wait=go')['groups'][0]['way'] == 'go:again'
    assert shop.json('run', '--once')['sent'] == 2
    assert shop.json('sequence', 'unpublish', NAME)['gone'] == 2
    shop.now = '2026-03-20T12:00:00Z'
    assert shop.json('run', '--once')['sent'] == 0


def test_removed_step(shop):
    with_walks(shop)
    short = {'name': NAME, 'start': 'hello', 'steps': {'hello': graph()['steps']['hello'] | {'next': 'again'},
                                                        'again': graph()['steps']['again']}}
    shop.run('sequence', 'draft', NAME, '-', stdin=stdin(short))
    said = shop.run('sequence', 'publish', NAME).out
    assert 'they go on at once, with “again”' in said, said
    assert shop.json('run', '--once')['sent'] == 2


def test_check_list(shop):
    """What stands against a message keeps the sequence from being published."""
    with_walks(shop)
    shop.run('message', 'add', 'Dead end', '-', stdin=message('look') + b'\n[here](nowhere)\n')
    end = {'kind': 'message', 'message': 'Dead end'}
    shop.run('sequence', 'draft', NAME, '-', stdin=stdin(graph(again=end)))
    plan = shop.json('sequence', 'publish', NAME, '--plan')
    first = plan['findings'][0]
    assert (first['level'], first['code'], first['about']) == ('blocks', 'link', 'Dead end'), plan
    assert 'nowhere' in plan['refused'], plan
    assert [found['code'] for found in plan['findings']].count('practice') == 1, plan
    refused(shop, 'sequence', 'publish', NAME, says='nowhere')
    shop.run('sequence', 'draft', NAME, '-', stdin=stdin(graph(days=3)))
    assert shop.json('sequence', 'publish', NAME)['published']


if __name__ == '__main__':
    main(globals())
