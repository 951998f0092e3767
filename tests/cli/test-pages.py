"""Landing pages and sales letters are written, published and taken off the web."""

import json

from shop import main

BLOCKS = [{'type': 'heading', 'level': 1, 'text': 'Clay'}, {'type': 'text', 'text': 'A [kiln](https://kiln.example).'},
          {'type': 'button', 'text': 'Book', 'link': 'https://shop.example/'}]


def test_a_page(shop):
    shop.init()
    shop.write('blocks.json', json.dumps(BLOCKS))
    shop.write('more.md', '[Firing](https://blog.example)')
    shop.run('product', 'add', 'CLAY', '--name', 'Clay', '--price', '9')
    page = shop.json('page', 'add', 'Clay & fire', '--blocks', 'blocks.json', '--content', 'more.md', '--product', 'CLAY')
    assert page['slug'] == 'clay-fire' and page['published_at'] is None, page
    ppc = shop.json('page', 'html', 'clay-fire')['html']
    email = shop.json('page', 'html', 'clay-fire', '--variant', 'email')['html']
    assert 'kiln.example' in ppc and 'blog.example' in ppc and 'kiln.example' not in email and 'shop.example' in email
    assert shop.json('page', 'publish', 'clay-fire')['ppc_address'] == '/p/clay-fire?v=ppc'
    shop.write('text.md', 'Only words.')
    changed = shop.json('page', 'edit', 'clay-fire', '--title', 'Fire', '--blocks', 'text.md', '--content', 'text.md')
    assert changed['changed'] and changed['title'] == 'Fire'
    assert '<h1>Fire</h1>' in shop.run('page', 'html', 'clay-fire').out
    shop.run('page', 'edit', 'clay-fire', '--slug', 'other', status=1)
    assert shop.json('page', 'retire', 'clay-fire')['retired_at']
    assert not shop.json('page', 'retire', 'clay-fire', '--undo')['retired_at']
    assert [p['slug'] for p in shop.json('page', 'list')] == ['clay-fire']
    shop.run('page', 'html', 'nothing', status=1)
    shop.run('check')


def test_refused(shop):
    shop.init()
    shop.write('text.md', 'Hello {{ lead.first_name }}')
    shop.run('page', 'add', 'Clay', '--blocks', 'text.md')
    assert 'everybody' in shop.run('page', 'publish', 'clay', status=1).err
    shop.run('page', 'add', 'Clay', status=1)
    shop.run('page', 'add', 'Fire', '--slug', 'No Good', status=1)
    shop.run('page', 'add', 'Fire', '--form', 'None', status=1)


if __name__ == '__main__':
    main(globals())
