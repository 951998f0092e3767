"""Leads that are one person, on the command line: found, merged, and two again."""

from shop import main, misused, refused

ANN, TWIN = 'ann@example.com', 'ann+shop@example.com'


def with_twins(shop):
    shop.init()
    shop.run('leads', 'add', ANN, '--first-name', 'Ann', '--tag', 'vip')
    shop.run('leads', 'add', TWIN, '--first-name', 'Anna', '--tag', 'new')
    shop.run('leads', 'add', 'bob@example.com', '--first-name', 'Bob')
    return shop


def test_found(shop):
    with_twins(shop)
    pair, = shop.json('leads', 'duplicates')
    assert (pair['email'], pair['other_email'], pair['reasons']) == (ANN, TWIN, ['email'])
    assert 'mailbox' in shop.run('leads', 'duplicates').out
    shop.run('leads', 'different', TWIN, ANN)
    assert shop.json('leads', 'duplicates') == []
    shop.run('leads', 'different', ANN, TWIN, '--take-back')
    assert len(shop.json('leads', 'duplicates', '--limit', '1')) == 1
    refused(shop, 'leads', 'different', ANN, ANN, says='itself')


def test_merged_and_undone(shop):
    with_twins(shop)
    before = shop.json('leads', 'list')
    tried = shop.json('leads', 'merge', ANN, TWIN, '--field', f'first_name={TWIN}', '--dry-run')
    assert tried['merge'] is None and tried['dry_run'] is True
    assert shop.json('leads', 'list') == before
    merged = shop.json('leads', 'merge', ANN, TWIN, '--field', f'first_name={TWIN}')
    fields = {f['field']: f['value'] for f in merged['fields']}
    assert fields == {'email': ANN, 'first_name': 'Anna'} and merged['dry_run'] is False
    lead, = [one for one in shop.json('leads', 'list') if one['email'] == ANN]
    assert (lead['first_name'], sorted(lead['tags'])) == ('Anna', ['new', 'vip'])
    assert TWIN in shop.run('leads', 'show', ANN).out
    entry, = shop.json('leads', 'merges', ANN)
    assert entry['merge'] == merged['merge'] and TWIN in entry['merged']
    assert shop.json('leads', 'merges') == [entry]
    shop.run('leads', 'undo-merge', str(merged['merge']))
    assert shop.json('leads', 'list') == before
    assert shop.json('leads', 'merges') == []
    refused(shop, 'leads', 'undo-merge', str(merged['merge']), says='undone before')


def test_same(shop):
    with_twins(shop)
    shop.run('leads', 'add', 'bobby@example.com', '--first-name', 'Bob', '--last-name', 'Ray', '--company', 'Oak')
    shop.run('leads', 'add', 'ray@example.com', '--first-name', 'Bob', '--last-name', 'Ray', '--company', 'Oak')
    before = shop.json('leads', 'list')
    tried = shop.json('leads', 'merge-same', '--dry-run')
    assert [(row['lead'], row['merge']) for row in tried] == [(1, None), (4, None)], tried
    assert shop.json('leads', 'list') == before
    assert shop.json('leads', 'merge-same', '--tag', 'vip') == []  # the twin does not have it
    merged = shop.json('leads', 'merge-same')
    assert [row['lead'] for row in merged] == [1, 4] and 'ray@example.com' in merged[1]['leads']
    assert [lead['id'] for lead in shop.json('leads', 'list')] == [1, 3, 4]
    assert 'No two' in shop.run('leads', 'merge-same').out
    for row in reversed(merged):
        shop.run('leads', 'undo-merge', str(row['merge']))
    assert shop.json('leads', 'list') == before


def test_refused(shop):
    with_twins(shop)
    refused(shop, 'leads', 'merge', ANN, ANN, says='itself')
    refused(shop, 'leads', 'merge', ANN, 'nobody@example.com', says='nobody@example.com')
    misused(shop, 'leads', 'merge', ANN, says='OTHER')
    misused(shop, 'leads', 'merge', ANN, TWIN, '--field', 'first_name=3', says='FIELD=LEAD')
    misused(shop, 'leads', 'merge', ANN, TWIN, '--field', 'city=1', says='FIELD=LEAD')
    merged = shop.json('leads', 'merge', '1', '2')
    shop.run('leads', 'erase', ANN, '--confirm', ANN)
    refused(shop, 'leads', 'undo-merge', str(merged['merge']), says='erased')


if __name__ == '__main__':
    main(globals())
