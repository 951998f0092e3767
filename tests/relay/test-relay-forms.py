"""Forms of our own, the whole way: published to the real relay over TLS, filled in as a browser without script does it,
and done by the desktop; consent is confirmed by the link of the message that a mail server was given.

usage: test-relay-forms.py RUNGSCTL SOURCE_ROOT RUNGS_RELAY"""

import html
import importlib
import json
import re
import time

links = importlib.import_module('test-relay-links')

ANN = 'ann@mail.example'
CONFIRM = ('Subject: Please confirm\nPurpose: p\nValue: v\nKind: transactional\n\n'
           'Was it you? [Yes, write to me]({{ confirm_link }})\n')
FORM = {
    'title': 'Tea letter', 'language': 'en',
    'fields': [{'key': 'email', 'label': 'E-mail address', 'required': True},
               {'key': 'first_name', 'label': 'First name'},
               {'key': 'question:likes', 'kind': 'choice', 'label': 'You like', 'profile': True,
                'choices': [{'value': 'green', 'label': 'Green tea', 'tag': 'Green'},
                            {'value': 'black', 'label': 'Black tea', 'tag': 'Black'}]}],
    'consent': {'wording': 'Write to me, weekly.', 'required': True},
    'thanks': {'title': 'Thank you, really'},
    'protect': {'seconds': 0, 'bits': 0, 'per_hour': 100},
    'languages': {'de': {'title': 'Teebrief', 'consent': 'Schreibt mir, wöchentlich.', 'button': 'Los',
                         'thanks': {'title': 'Danke sehr'}}},
}


def publish(shop, **more):
    shop.write('form.json', json.dumps({**FORM, **more}))
    shop.run('form', 'add', 'Tea', '--from', 'form.json', '--source', 'seo:Site')
    shop.run('form', 'publish', 'Tea')
    shop.run('relay', 'take')


def fill_in(relay, path, language='en', **answers):
    """As a browser does that knows no script: what the page holds, and the answers. Returns the page that follows."""
    status, _, page = links.curl(relay, relay.address + path, '-H', f'Accept-Language: {language}')
    assert status == 200, page
    time.sleep(1.1)  # a token counts from the second after it was made
    return send(relay, page, **answers)


def send(relay, page, **answers):
    action = html.unescape(re.search(r'<form [^>]*action="([^"]*)"', page)[1])
    hidden = {html.unescape(n): html.unescape(v) for n, v in
              re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', page)}
    words = [w for name, value in {**hidden, **answers}.items() for w in ('--data-urlencode', f'{name}={value}')]
    status, _, page = links.curl(relay, relay.address + action, '--data', '', *words)
    assert status == 200, (status, page)
    return page


def test_from_the_page_to_the_lead(shop):
    with links.world(shop) as (relay, _):
        publish(shop)
        page = links.curl(relay, relay.address + '/f/tea', '-H', 'Accept-Language: de')[2]
        assert 'Teebrief' in page and 'Schreibt mir, wöchentlich.' in page and '{{' not in page, page
        assert len(page.encode()) < 30000
        thanks = fill_in(relay, '/f/tea?utm_campaign=spring', 'de', email=ANN, consent='yes', **{'question:likes': 'green'})
        assert 'Danke sehr' in thanks, thanks
        assert shop.json('relay', 'take')['applied'] == 1, shop.json('delivery', 'list')
        lead = shop.json('leads', 'show', ANN)
        assert 'Green' in json.dumps(lead) and lead['language'] == 'de', lead
        given, = shop.json('consent', 'list', ANN)
        assert given['wording'] == 'Schreibt mir, wöchentlich.' and given['origin'] == 'form: Tea', given
        # Who answers what people do not see is thanked, and passed over.
        fill_in(relay, '/f/tea', email='robot@mail.example', subject_line='Buy')
        assert shop.json('relay', 'take')['ignored'] == 1
        assert not shop.json('leads', 'search', 'robot@mail.example')


def test_pasted_markup_needs_one_step_more(shop):
    with links.world(shop) as (relay, _):
        publish(shop)
        pasted = shop.json('form', 'html', 'Tea', '--shape', 'paste')['html']
        assert f'action="{relay.address}/f/tea"' in pasted, pasted
        page = send_pasted(relay, pasted, email=ANN, consent='yes')
        assert '<form' in page and 'Thank you' not in page, 'it is asked once whether it is a person'
        time.sleep(1.1)
        assert 'Thank you, really' in send(relay, page)
        assert shop.json('relay', 'take')['applied'] == 1
        assert [c['action'] for c in shop.json('consent', 'list', ANN)] == ['given']


def send_pasted(relay, markup, **answers):
    """Its action is a whole address."""
    return send(relay, markup.replace(f'action="{relay.address}', 'action="'), **answers)


def test_consent_is_confirmed_from_the_mailbox(shop):
    with links.world(shop) as (relay, kept):
        message = shop.json('message', 'add', 'Confirm', '-', stdin=CONFIRM.encode())['id']
        publish(shop, double=True, confirm_message=message)
        fill_in(relay, '/f/tea', email=ANN, first_name='Ann', consent='yes')
        assert shop.json('relay', 'take')['applied'] == 1
        assert shop.json('consent', 'list', ANN) == []
        assert shop.json('form', 'list')[0]['pending'] == 1
        assert shop.json('run', '--once')['sent'] == 1
        mail = links.mails(kept)[ANN, 'Please confirm']
        link = next(one for one in links.links(mail) if '/c/' in one)
        assert link.startswith(relay.address + '/c/'), link

        status, _, page = links.curl(relay, link)
        assert status == 200 and '<form' in page, page
        shop.run('relay', 'take')
        assert shop.json('consent', 'list', ANN) == [], 'who opens it has not agreed'
        told = send(relay, page)
        assert 'Yes, confirm' not in told, told
        taken = shop.json('relay', 'take')
        assert taken['applied'] == 1, (taken, shop.json('delivery', 'list'))
        given, = shop.json('consent', 'list', ANN)
        assert given['action'] == 'given' and given['wording'] == 'Write to me, weekly.', given
        send(relay, page)
        shop.run('relay', 'take')
        assert len(shop.json('consent', 'list', ANN)) == 1
        form, = shop.json('form', 'list')
        assert (form['pending'], form['confirmed']) == (0, 1), form


def test_who_unsubscribed_comes_back(shop):
    """Only by their own confirmed word: a form that anybody can fill in is not enough."""
    with links.world(shop) as (relay, kept):
        message = shop.json('message', 'add', 'Confirm', '-', stdin=CONFIRM.encode())['id']
        publish(shop, double=True, confirm_message=message)
        links.send_first(shop, ANN, counts=False)
        no = re.search('<([^>]*/u/[^>]*)>', links.mails(kept)[ANN, 'First']['List-Unsubscribe'])[1]
        links.curl(relay, no, '-d', 'List-Unsubscribe=One-Click')
        fill_in(relay, '/f/tea', email=ANN, consent='yes')
        assert shop.json('relay', 'take')['applied'] == 2
        assert [row['reason'] for row in shop.json('suppress', 'list')] == ['unsubscribed']
        assert shop.json('run', '--once')['sent'] == 1, 'they are asked whether it was they'
        mail = links.mails(kept)[ANN, 'Please confirm']
        send(relay, links.curl(relay, next(one for one in links.links(mail) if '/c/' in one))[2])
        assert shop.json('relay', 'take')['applied'] == 1
        assert shop.json('suppress', 'list') == []
        assert [row['action'] for row in shop.json('consent', 'list', ANN)] == ['given', 'withdrawn', 'given']
        assert ('ann@mail.example', 'unsubscribed') in links.events(shop, 'lead.unsuppressed')


def write(shop, kept, name):
    """A message with a link to the form, sent to Ann. Returns where it leads."""
    shop.run('message', 'add', name, '-', stdin=(
        f'Subject: {name}\nPurpose: p\nValue: v\nKind: transactional\n\n[Tell us]({{{{ form_link_tea }}}})\n').encode())
    shop.run('sequence', 'add', '-', stdin=json.dumps(
        {'name': name, 'start': 'one', 'steps': {'one': {'kind': 'message', 'message': name}}}).encode())
    shop.run('sequence', 'start', name)
    shop.run('sequence', 'enrol', name, ANN)
    assert shop.json('run', '--once')['sent'] == 1
    return links.links(links.mails(kept)[ANN, name])[0]


def test_only_what_is_not_known_is_asked(shop):
    with links.world(shop) as (relay, kept):
        publish(shop)
        shop.run('leads', 'add', ANN)
        link = write(shop, kept, 'First')
        assert 'Green tea' in links.curl(relay, link)[2]
        fill_in(relay, link[len(relay.address):], email=ANN, consent='yes', **{'question:likes': 'black'})
        assert shop.json('relay', 'take')['applied'] == 1
        page = links.curl(relay, write(shop, kept, 'Second'))[2]
        assert 'E-mail address' in page and 'Green tea' not in page, page


if __name__ == '__main__':
    links.main(globals())
