"""A person asks what is known of them, or to be forgotten."""

import pathlib

from shop import main, misused, refused

ANN = 'ann@example.com'
SECRETS = (b'unforgettabl', b'quiddelbach', b'0817734', b'ann@example.com')


def traces(shop, *but):
    """The files of the shop in which something of Ann stands, but for the copies in `but`."""
    return [path for path in sorted(shop.folder.rglob('*')) if path.is_file() and path.name not in but
            and any(secret in path.read_bytes().lower() for secret in SECRETS)]


def add_ann(shop):
    shop.run('leads', 'add', ANN, '--first-name', 'Ann', '--last-name', 'Unforgettable', '--phone', '0817734',
             '--consent', 'Yes', '--tag', 'gift', '--source', 'seo:Blog')
    for n in range(30):
        shop.run('leads', 'note', ANN, f'From Quiddelbach {n}')
    shop.run('leads', 'add', 'bob@example.com', '--first-name', 'Bob')
    shop.run('leads', 'note', 'bob@example.com', 'Married', 'to', 'Ann', 'Unforgettable')
    shop.run('task', 'add', 'bob@example.com', 'Ask about 0817734')


def test_known(shop):
    """All of it, in words and as it is stored, in three formats."""
    shop.init()
    add_ann(shop)
    shop.run('product', 'add', 'KIT', '--name', 'Kit', '--price', '49')
    shop.run('order', 'add', ANN, 'KIT')
    shop.run('suppress', 'add', ANN)
    text = shop.run('leads', 'privacy', ANN).out
    page = shop.run('leads', 'privacy', ANN, '--format', 'html').out
    told = shop.json('leads', 'privacy', ANN)
    assert told == shop.run('leads', 'privacy', ANN, '--format', 'json').json
    for word in ('Unforgettable', 'From Quiddelbach 29', 'gift', 'Blog', 'Kit', '49.00', 'Yes', 'by hand', '0817734'):
        assert word in text and word in page, word
    assert 'bob@example.com' not in text + page
    assert told['stored']['lead'][0]['email'] == ANN and len(told['stored']['event']) > 30
    assert told['known']['orders'][0]['Product'] == 'Kit'
    assert told['stored']['order_line'][0]['amount'] == 4900
    refused(shop, 'leads', 'privacy', 'nobody@example.com', says='no lead')
    misused(shop, 'leads', 'privacy', ANN, '--format', 'pdf', says='html')


def test_markup(shop):
    """What people wrote is text on the page, and nothing else."""
    shop.init()
    shop.run('leads', 'add', ANN, '--first-name', '<script>alert(1)</script>', '--notes', 'a & b\n"c"')
    page = shop.run('leads', 'privacy', ANN, '--format', 'html').out
    assert '<script' not in page and '&lt;script&gt;' in page and 'a &amp; b\n&quot;c&quot;' in page


def test_erase(shop):
    shop.init()
    add_ann(shop)
    misused(shop, 'leads', 'erase', ANN, says='--confirm')
    misused(shop, 'leads', 'erase', ANN, '--confirm', 'bob@example.com', says='once more')
    preview = shop.json('leads', 'erase', ANN, '--preview')
    assert preview['kept'] == []
    assert preview['orders'] == 0
    assert [m['after'] for m in preview['mentions']] == ['Married to […]', 'Ask about […]', 'Ask about […]'], preview
    assert traces(shop)
    erased = shop.json('leads', 'erase', ANN, '--confirm', ANN, '--reason', 'Ann Unforgettable wrote')
    assert erased['wiped'] and not erased['orders_kept'] and erased['mentions'] == 3 and erased['copies'] == []
    assert traces(shop) == []
    assert [lead['email'] for lead in shop.json('leads', 'list')] == ['bob@example.com']
    assert shop.json('suppress', 'list')[0]['email'] is None
    assert shop.json('leads', 'erasures')[0]['reason'] == '[…] wrote'
    refused(shop, 'leads', 'erase', ANN, '--confirm', ANN, says='no lead')
    shop.run('check')


def test_orders_stay(shop):
    shop.init()
    add_ann(shop)
    shop.run('product', 'add', 'KIT', '--name', 'Kit', '--price', '49')
    shop.run('order', 'add', ANN, 'KIT')
    assert shop.json('leads', 'erase', ANN, '--confirm', ANN)['orders_kept']
    assert traces(shop) == []
    assert len(shop.json('order', 'list')) == 1
    shop.run('check')


def test_copies(shop):
    """Copies are named with how long they stay, and bring nobody back."""
    shop.init()
    add_ann(shop)
    copies = shop.folder / 'backups'
    shop.run('backup', copies / 'shop.db-2026-03-02.db')
    shop.run('backup', copies / 'shop.db-before-003.db')
    shop.now = '2035-03-02T09:00:00Z'
    erased = shop.json('leads', 'erase', ANN, '--confirm', ANN)
    names = {pathlib.Path(copy['file']).name: copy['kept_until'] for copy in erased['copies']}
    assert set(names) == {'shop.db-2026-03-02.db', 'shop.db-before-003.db'}, names
    assert all(names.values()), names
    assert {path.name for path in traces(shop)} == set(names)
    assert shop.json('leads', 'erasures')[0]['copies_count'] == 2
    shop.run('restore', copies / 'shop.db-2026-03-02.db')
    assert [lead['email'] for lead in shop.json('leads', 'list')] == ['bob@example.com']
    assert shop.json('leads', 'erasures')[0]['mentions'] == 3
    assert {path.name for path in traces(shop)} == set(names)
    shop.run('check')


def test_kept(shop):
    """What is nobody's but the owner's to change is listed, and stays as it is."""
    shop.init()
    add_ann(shop)
    shop.run('consent', 'give', 'bob@example.com', '--wording', 'As Ann Unforgettable has it', '--origin', 'fair')
    preview = shop.json('leads', 'erase', ANN, '--preview')
    assert preview['kept'] == [{'table': 'consent', 'name': 'bob@example.com'}], preview['kept']
    shop.run('leads', 'erase', ANN, '--confirm', ANN)
    assert shop.json('consent', 'list', 'bob@example.com')[0]['wording'] == 'As Ann Unforgettable has it'


def test_retention(shop):
    """What is older goes when somebody has said how much that is; the books are never named."""
    shop.init()
    shop.run('leads', 'add', ANN)
    for n in range(3):
        shop.run('leads', 'note', ANN, f'Note {n}')
    shop.now = '2027-03-02T09:00:00Z'
    shop.run('leads', 'note', ANN, 'New')
    assert all(row['months'] is None for row in shop.json('retention', 'list'))
    assert 'order.placed' not in {row['kind'] for row in shop.json('retention', 'list')}
    assert shop.json('retention', 'preview', 'note.added', '6')['goes'] == 3
    refused(shop, 'retention', 'set', 'note.added', '6', says='--confirm 3')
    refused(shop, 'retention', 'set', 'order.placed', '6', says='books')
    refused(shop, 'retention', 'set', 'nonsense', '6', says='no kind')
    misused(shop, 'retention', 'set', 'note.added', 'x', says='“ever”')
    shop.run('retention', 'set', 'note.added', '6', '--confirm', '3')
    assert [row['goes'] for row in shop.json('retention', 'list') if row['months']] == [3]
    assert shop.json('retention', 'run')['removed'] == 3
    assert [e['detail'] for e in shop.json('leads', 'privacy', ANN)['stored']['event']
            if e['kind'] == 'note.added'] == ['New']
    shop.run('retention', 'set', 'note.added', 'ever')
    assert all(row['months'] is None for row in shop.json('retention', 'list'))
    shop.run('check')


def test_idle(shop):
    """Who was not heard of for long is listed, and forgotten when somebody has said how many that are."""
    shop.init()
    shop.run('leads', 'add', ANN)
    shop.run('leads', 'add', 'bob@example.com')
    shop.now = '2027-03-02T09:00:00Z'
    shop.run('leads', 'note', 'bob@example.com', 'Rang')
    assert [row['name'] for row in shop.json('retention', 'idle', '6')] == [ANN]
    refused(shop, 'retention', 'forget-idle', '6', says='--confirm 1')
    misused(shop, 'retention', 'idle', '0', says='from 1')
    assert shop.json('retention', 'forget-idle', '6', '--way', 'anonymise', '--confirm', '1')['forgotten'] == 1
    assert sorted(lead['email'] or '' for lead in shop.json('leads', 'list')) == ['', 'bob@example.com']
    assert shop.json('retention', 'idle', '6') == []
    shop.run('leads', 'add', ANN)
    shop.run('check')


def test_damaged_register(shop):
    """A file of erasures that cannot be read is not passed over."""
    shop.init()
    (shop.folder / 'shop.db-erasures').write_text('{"business"')
    refused(shop, 'leads', 'add', ANN, says='who was erased')


if __name__ == '__main__':
    main(globals())
