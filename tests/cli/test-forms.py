"""rungsctl form: a form is written, checked, published, drawn and filled in.

usage: test-forms.py RUNGSCTL SOURCE_ROOT; prints TAP.
"""

import json
import urllib.parse

from shop import main, misused, refused

FORM = {
    'title': 'Tea letter', 'language': 'en',
    'fields': [{'key': 'email', 'label': 'E-mail address', 'required': True},
               {'key': 'question:likes', 'kind': 'choice', 'label': 'You like', 'profile': True,
                'choices': [{'value': 'green', 'label': 'Green tea', 'tag': 'Green'},
                            {'value': 'black', 'label': 'Black tea', 'tag': 'Black'}]}],
    'consent': {'wording': 'Write to me, weekly.', 'required': True},
    'languages': {'de': {'title': 'Teebrief', 'consent': 'Schreibt mir, wöchentlich.'}},
}


def submission(path, at=1772445600000, headers=(), **fields):
    body = urllib.parse.urlencode(fields)
    lines = ['rungs-delivery 1', f'received-at: {at}', f'request: POST {path}',
             'header: Content-Type: application/x-www-form-urlencoded', *(f'header: {h}' for h in headers),
             f'body: {len(body)}', '', body, '']
    return '\n'.join(lines)


def test_a_form_is_published_and_filled_in(shop):
    shop.init()
    shop.write('form.json', json.dumps(FORM))
    added = shop.json('form', 'add', 'Tea', '--from', 'form.json', '--source', 'seo:Site')
    assert added['path'] == '/f/tea' and added['version'] == 0, added
    assert any(p['where'] == 'languages.de' and not p['blocks'] for p in shop.json('form', 'check', 'Tea'))
    assert shop.json('form', 'publish', 'Tea')['version'] == 1
    shown = shop.json('form', 'show', 'Tea')
    assert shown['definition']['title'] == 'Tea letter' and not shown['changed'], shown
    shop.write('sent', submission('/f/tea', email='ann@example.com', consent='yes', **{'question:likes': 'green'}))
    assert shop.json('delivery', 'take', 'sent')['applied'] == 1, shop.json('delivery', 'list')
    lead = shop.json('leads', 'show', 'ann@example.com')
    assert 'Green' in json.dumps(lead), lead
    given, = shop.json('consent', 'list', 'ann@example.com')
    assert given['wording'] == 'Write to me, weekly.' and given['action'] == 'given', given
    form, = shop.json('form', 'list')
    assert form['submissions'] == 1 and form['leads'] == 1, form


def test_templates(shop):
    """Each makes a form that could be published as it is, but for what the owner must choose."""
    shop.init()
    templates = shop.json('form', 'templates')
    assert [t['template'] for t in templates] == ['plain', 'newsletter', 'guide', 'call', 'survey'], templates
    for template in templates:
        shop.run('form', 'add', template['name'], '--template', template['template'])
        shown = shop.json('form', 'show', template['name'])['definition']
        assert 'email' in [f['key'] for f in shown['fields']] and 'unsubscribe' in shown['consent']['wording'], shown
        blocks = [p['where'] for p in shop.json('form', 'check', template['name']) if p['blocks']]
        assert blocks == (['confirm_message'] if template['template'] == 'newsletter' else []), blocks
    assert shop.json('form', 'show', 'Call Me Back')['definition']['then']['notice']['task'] == 'Call back'
    shop.run('form', 'publish', 'Survey')
    refused(shop, 'form', 'add', 'More', '--template', 'none', says='plain, newsletter')
    refused(shop, 'form', 'add', 'More', '--template', 'plain', '--from', 'form.json', says='not both')


def test_it_is_drawn(shop):
    shop.init()
    shop.write('form.json', json.dumps(FORM))
    shop.run('form', 'add', 'Tea', '--from', 'form.json', '--slug', 'letter')
    page = shop.run('form', 'html', 'letter', '--language', 'de').out
    assert '<html lang="de">' in page and 'Schreibt mir, wöchentlich.' in page
    snippet = shop.json('form', 'html', 'Tea', '--shape', 'snippet', '--relay', 'https://relay.example')['html']
    assert 'action="https://relay.example/f/letter"' in snippet and 'relay.example/f.js' in snippet
    paste = shop.json('form', 'html', 'Tea', '--shape', 'paste', '--draft')['html']
    assert '<script' not in paste and '<style' not in paste
    assert 'Thank you' in shop.run('form', 'html', 'Tea', '--shape', 'thanks').out
    misused(shop, 'form', 'html', 'Tea', '--shape', 'round')
    assert all(len(html.encode()) < 30000 for html in (page, snippet, paste))


def test_drafts_and_what_is_refused(shop):
    shop.init()
    shop.run('form', 'add', 'Plain')
    shop.run('form', 'publish', 'Plain')
    shop.write('form.json', json.dumps({**FORM, 'colour': 'red'}))
    refused(shop, 'form', 'edit', 'Plain', '--from', 'form.json', says='colour')
    shop.write('form.json', json.dumps(FORM))
    assert shop.json('form', 'edit', 'Plain', '--from', 'form.json', '--name', 'Letter')['changed']
    refused(shop, 'form', 'edit', 'Letter', '--slug', 'other', says='published')
    refused(shop, 'form', 'delete', 'Letter', says='retire')
    shop.write('form.json', json.dumps({**FORM, 'double': True}))
    shop.run('form', 'edit', 'Letter', '--from', 'form.json')
    refused(shop, 'form', 'publish', 'Letter', says='confirm_message')
    assert shop.json('form', 'retire', 'Letter')['retired_at']
    assert not shop.json('form', 'retire', 'Letter', '--undo')['retired_at']
    shop.run('form', 'add', 'Never')
    shop.run('form', 'delete', 'Never')
    assert [f['name'] for f in shop.json('form', 'list')] == ['Letter']
    refused(shop, 'form', 'show', 'Never')


def test_who_seemed_a_robot_counts_all_the_same(shop):
    shop.init()
    shop.run('form', 'add', 'Plain')
    shop.run('form', 'publish', 'Plain')
    shop.write('sent', submission('/f/plain', headers=['Rungs-Suspect: trap'], email='ann@example.com'))
    assert shop.json('delivery', 'take', 'sent')['ignored'] == 1
    robot, = shop.json('delivery', 'list')
    assert robot['state'] == 'ignored' and robot['reason'], robot
    assert shop.json('delivery', 'replay', str(robot['id']))['applied'] == 1
    assert shop.json('leads', 'show', 'ann@example.com')['email'] == 'ann@example.com'
    refused(shop, 'delivery', 'replay', str(robot['id']))


if __name__ == '__main__':
    main(globals())
