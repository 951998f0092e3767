"""Files that older releases wrote are taken over: releases/NNN.db.gz is a small business as the release
with schema NNN left it. For a new one: make a business with that release's rungsctl, VACUUM INTO
a new file, and gzip it."""

import contextlib
import gzip
import sqlite3

from shop import ROOT, main

RELEASES = sorted((ROOT / 'tests' / 'cli' / 'releases').glob('*.db.gz'))


def tables(path):
    """The rows of each table, by name; without the lease and what the search keeps for itself."""
    with contextlib.closing(sqlite3.connect(f'file:{path}?mode=ro', uri=True)) as db:
        names = [name for name, in db.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            " AND name NOT LIKE 'lead_search%' AND name NOT IN ('lease', 'cursor')")]
        rows = {}
        for name in names:
            found = db.execute(f'SELECT * FROM {name} ORDER BY 1, 2')
            columns = [column[0] for column in found.description]
            rows[name] = [dict(zip(columns, row)) for row in found]
        version, = db.execute('PRAGMA user_version').fetchone()
        return version, rows


def lay_down(shop, release):
    shop.file.write_bytes(gzip.decompress(release.read_bytes()))
    shop.now = '2026-11-25T10:00:00Z'
    return tables(shop.file)


def test_keeps_every_row(shop):
    assert RELEASES
    for release in RELEASES:
        old_version, old = lay_down(shop, release)
        assert old_version == int(release.name[:3])
        shop.run('check')
        version, new = tables(shop.file)
        assert version > old_version
        for name, rows in old.items():
            kept = [{column: row[column] for column in rows[0]} for row in new[name]] if rows else []
            assert kept == rows, name
        copies = list(shop.folder.rglob('*-before-*.db'))
        assert [tables(copy) for copy in copies] == [(old_version, old)]
        for copy in copies:
            copy.unlink()


def test_goes_on(shop):
    """What the old release began, this one ends: a walk, a search, an order, the next offer."""
    for release in RELEASES:
        lay_down(shop, release)
        before = shop.json('outbox', 'list')
        shop.run('run', '--once')
        assert len(shop.json('outbox', 'list')) > len(before)
        ngozi = 'n.okafor@inbox.example'
        assert [lead['email'] for lead in shop.json('leads', 'search', 'okaf')] == [ngozi]
        shop.run('order', 'add', ngozi, 'KIT')
        assert shop.json('sequence', 'walks', ngozi)[0]['outcome'] == 'bought'
        shop.run('segment', 'add', 'Dublin', '--rule', '{"field": "city", "op": "is", "value": "Dublin"}')
        assert shop.json('segment', 'count', 'Dublin')['leads'] >= 1
        shop.run('leads', 'undo-import', '1')
        shop.run('check')


if __name__ == '__main__':
    main(globals())
