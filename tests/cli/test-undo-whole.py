"""What is taken back is taken back whole: every table of a whole business before an import of 50,000 rows with
updates, or before a merge, equals the same after its undo, byte for byte, but for the record of the undo itself.

usage: test-undo-whole.py RUNGSCTL SOURCE_ROOT
"""

import csv
import random
import sqlite3

from shop import main

ROWS = 50_000


# The index of the search and its parts: the same words lie in it in another order. That they are the same is for
# `rungsctl check` to say, which compares them with the leads.
OF_SEARCH = {'lead_search', 'lead_search_config', 'lead_search_data', 'lead_search_docsize', 'lead_search_idx'}
# How far the timeline was read, and which numbers are never given again.
OF_TIMELINE = {'cursor', 'sqlite_sequence'}


def dump(shop):
    """Every row of every table, as it is stored."""
    with sqlite3.connect(f'file:{shop.file}?mode=ro', uri=True) as db:
        db.text_factory = bytes
        tables = {name.decode() for name, in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        tables -= OF_SEARCH | OF_TIMELINE
        return {table: sorted(db.execute(f'SELECT * FROM "{table}"').fetchall(), key=repr) for table in tables}


def only_more(before, after):
    """What each table has more than before, of those that have; nothing of what it had has gone or changed."""
    more = {}
    for table, rows in before.items():
        assert not set(rows) - set(after[table]), (table, sorted(set(rows) - set(after[table]), key=repr)[:3])
        if len(after[table]) > len(rows):
            more[table] = sorted(set(after[table]) - set(rows), key=repr)
    return more


def write_table(shop):
    """New leads, and every lead of the demo business with other values, other spellings and more columns."""
    chance = random.Random(5)
    known = [lead['email'] for lead in shop.json('leads', 'list', '--limit', '5000')]
    path = shop.folder / 'many.csv'
    with path.open('w', newline='', encoding='utf-8') as out:
        table = csv.writer(out)
        table.writerow(['Email', 'First name', 'Last name', 'City', 'Phone', 'Notes', 'Tags', 'Shoe size', 'Has a kiln'])
        for i in range(ROWS):
            email = known[i // 10] if i % 10 == 0 and i // 10 < len(known) else f'person{i}@example.org'
            if email and chance.random() < 0.3:
                email = email.upper()
            table.writerow([email, f'First{i}', f'Läst {i % 977}', chance.choice(['Galway', 'Cork', '']),
                            f'+353 1 {i:07}', 'said hello' if i % 50 == 0 else '', chance.choice(['wheel', 'new;gift', '']),
                            i % 50, chance.choice(['yes', 'no', ''])])
    return path, len([k for k in known if k])


def begin(shop):
    """The demo business, at its own time."""
    shop.now = None
    shop.begin('--demo')
    shop.run('check')


def test_import(shop):
    """Only the record stays: the import and which leads it met, and that they had agreed by it and no longer do."""
    begin(shop)
    path, known = write_table(shop)
    before = dump(shop)
    done = shop.json('leads', 'import', path, '--on-match', 'overwrite', '--tag', 'imported',
                     '--consent', 'Yes, write to me', '--source', 'jv:The guild')
    assert (done['leads_created'], done['leads_updated']) == (ROWS - known, known), done
    changed = only_more({table: [] for table in before}, dump(shop))
    assert len(changed['lead']) == len(before['lead']) + ROWS - known and len(changed['import_change']) > 2 * known
    undone = shop.json('leads', 'undo-import', done['import'])
    assert undone['leads_deleted'] == ROWS - known and undone['leads_kept'] == undone['values_kept'] == 0, undone
    more = only_more(before, dump(shop))
    assert set(more) == {'consent', 'event', 'import_lead', 'import_run'}, set(more)
    assert len(more['import_run']) == 1 and len(more['import_lead']) == known
    assert {row[4] for row in more['consent']} == {b'given', b'annulled'} and {row[9] for row in more['consent']} == {1}
    assert {row[2] for row in more['event']} == {b'import.done', b'import.undone', b'consent.annulled'}
    shop.run('check')


def test_import_that_was_used(shop):
    """What something else came to use stays, though the import made it."""
    shop.init()
    file = shop.write('leads.csv', 'Email,Tags,Shoe size,Hat\nann@example.com,"new,old",39,50\n')
    done = shop.json('leads', 'import', file, '--source', 'jv:The guild', '--map', 'Tags=tags')
    shop.run('leads', 'add', 'bob@example.com', '--tag', 'new', '--set', 'hat=52')
    shop.run('leads', 'touch', 'bob@example.com', 'jv:The guild')
    shop.run('segment', 'add', 'Feet', '--rule', '{"field": "field:shoe_size", "op": "not_empty"}')
    shop.run('leads', 'undo-import', done['import'])
    assert [tag['name'] for tag in shop.json('tag', 'list')] == ['new']
    assert sorted(field['key'] for field in shop.json('field', 'list')) == ['hat', 'shoe_size']
    assert [row['source'] for row in shop.json('leads', 'imports')] == ['jv:The guild']
    shop.run('check')


def test_merge(shop):
    """Only the record stays: that there was a merge, of whom, and that it was undone."""
    begin(shop)
    pairs = shop.json('leads', 'duplicates', '--limit', '200')
    before = dump(shop)
    for pair in pairs[::40]:
        merged = shop.json('leads', 'merge', pair['lead'], pair['other'])['merge']
        assert len(dump(shop)['lead']) == len(before['lead']) - 1
        shop.run('leads', 'undo-merge', merged)
    more = only_more(before, dump(shop))
    assert set(more) == {'event', 'lead_merge', 'lead_merged'}, set(more)
    assert {row[2] for row in more['event']} == {b'lead.unmerged'}
    assert len(more['lead_merge']) == len(more['lead_merged']) == len(pairs[::40])
    shop.run('check')


main(globals())
