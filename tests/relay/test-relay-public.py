"""The relay as people meet it: forms, links, pages and visits, with script and without.

usage: test-relay-public.py RUNGS_RELAY"""

import base64
import hashlib
import hmac
import html
import json
import re
import time
import urllib.parse

from relay import PATH, main

KEY = b'k' * 32
OLD_KEY = b'o' * 32
SITE = 'https://www.example.com'
FORM = {'Content-Type': 'application/x-www-form-urlencoded'}
BROWSER = 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0'


def letters(data):
    return base64.urlsafe_b64encode(data).rstrip(b'=').decode()


def varint(number):
    found = b''
    while True:
        part, number = number & 127, number >> 7
        found += bytes([part | (128 if number else 0)])
        if not number:
            return found


def token(kind, rest='', key=KEY, mail=7, lead=9):
    data = kind.encode() + varint(mail) + varint(lead) + varint(29000000) + rest.encode()
    return letters(data + hmac.new(key, data, hashlib.sha256).digest()[:16])


def page(kind, text, language='en', **more):
    return {'kind': kind, 'language': language, 'html': f'<title>{text}</title>{text} {{{{action}}}}|{{{{hidden}}}}|{{{{x}}}}',
            **more}


def form(slug='news', **more):
    def text(language):
        return {'language': language, 'head': f'<form lang="{language}" action="{{{{action}}}}">{{{{hidden}}}}',
                'fields': [{'key': key, 'html': f'[{key}]'} for key in ('email', 'name', 'city', 'size')],
                'tail': '<input name="rungs-token" value="{{token}}"></form>', 'thanks': f'thanks in {language}',
                'styles': ['sha256-' + 'A' * 43 + '=']}
    return {'slug': slug, 'least_seconds': 1, 'bits': 8, 'per_hour': 50, 'trap': 'company', 'always': ['email'],
            'languages': [text('en'), text('de')], **more}


DOCUMENT = {
    'stamp': 'one', 'endpoints': [{'path': PATH}], 'link_keys': [letters(KEY), letters(OLD_KEY)],
    'pages': [page('unsubscribe', 'Leave?'), page('unsubscribe', 'Abmelden?', 'de'), page('unsubscribed', 'Gone'),
              page('landing', 'for ads', slug='offer', variant='ppc'),
              page('landing', 'for mail', slug='offer', variant='email')],
    'forms': [form(), form('quiet', then=SITE + '/thanks'), form('few', per_hour=2), form('short', most=2)],
    'sources': [{'code': 'anna', 'to': SITE + '/shop?from=anna', 'remember': 'both', 'days': 30},
                {'code': 'first', 'to': SITE + '/', 'remember': 'first'},
                {'code': 'none', 'to': SITE, 'remember': ''}],
}


def put_up(relay, *arguments, **more):
    one = relay(*arguments).start().pair()
    assert one.desk('PUT', 'published', json.dumps({**DOCUMENT, **more}))[0] == 204
    return one


def header(head, name):
    found = re.findall(rf'^header: {name}: (.*)$', head, re.M | re.I)
    assert len(found) < 2, found
    return found[0] if found else None


def fields(**values):
    return urllib.parse.urlencode({name.replace('_', '-'): value for name, value in values.items()})


def send(one, slug='news', body='', headers=None, query=''):
    return one.ask('POST', f'/f/{slug}{query}', body, {**FORM, **(headers or {})})


def form_token(one, slug='news'):
    """One that counts already."""
    status, told = one.ask('GET', f'/f/{slug}/token')
    assert status == 200 and one.headers['Access-Control-Allow-Origin'] == '*'
    time.sleep(1.05)
    return json.loads(told)


def work(told):
    for number in range(1 << 24):
        if int.from_bytes(hashlib.sha256(f"{told['token']}.{number}".encode()).digest()) >> (256 - told['bits']) == 0:
            return number
    raise AssertionError


def metric(one, name):
    return int(re.search(rf'^rungs_relay_{name} (\d+)$', one.ask('GET', '/metrics')[1].decode(), re.M).group(1))


def assert_strict(headers):
    policy = headers['Content-Security-Policy']
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy and 'unsafe-eval' not in policy
    assert "script-src 'unsafe-inline'" not in policy and "style-src 'unsafe-inline'" not in policy, policy
    assert headers['X-Content-Type-Options'] == 'nosniff' and headers['Referrer-Policy'] == 'no-referrer'
    assert headers['X-Frame-Options'] == 'DENY'


def test_form_page(relay):
    one = put_up(relay)
    status, body = one.ask('GET', '/f/news?utm_source=x&a="><b>', headers={'Accept-Language': 'de-AT, en;q=0.5'})
    text = body.decode()
    assert status == 200 and '<form lang="de"' in text and '[email][name][city][size]' in text, text
    assert 'action="/f/news?utm_source=x&amp;a=' in text and '"><b>' not in text, text
    assert '<input type="hidden" name="rungs-language" value="de">' in text
    assert_strict(one.headers)
    policy = one.headers['Content-Security-Policy']
    assert "script-src 'self'" in policy and f"'sha256-{'A' * 43}='" in policy
    assert re.search(r"form-action 'self' +https://www.example.com", policy), policy
    assert one.ask('GET', '/f/news?lang=en', headers={'Accept-Language': 'de'})[1].startswith(b'<form lang="en"')
    assert one.ask('GET', '/f/news', headers={'Accept-Language': 'fr'})[1].startswith(b'<form lang="en"')
    assert one.ask('HEAD', '/f/news') == (200, b'')
    assert one.ask('GET', '/f/other')[0] == one.ask('GET', '/f/')[0] == one.ask('GET', '/f/news/x')[0] == 404
    assert one.ask('PUT', '/f/news', b'x')[0] == 405 and 'POST' in one.headers['Allow']
    assert not one.deliveries(), 'a page that was asked for has changed something'


def test_asks_what_is_not_known(relay):
    one = put_up(relay)
    def asked(query):
        return re.findall(r'\[(\w+)\]', one.ask('GET', '/f/short' + query)[1].decode())
    assert asked('') == ['email', 'name', 'city']
    assert asked('?k=' + token('k', 'email,name')) == ['email', 'city', 'size']
    assert asked('?k=' + token('k', 'name,city,size', OLD_KEY)) == ['email']
    for wrong in (token('k', 'name', b'x' * 32), token('l', SITE), 'x', ''):
        assert asked('?k=' + wrong) == ['email', 'name', 'city'], wrong


def test_form_on_the_page_without_script(relay):
    """The page carries a token, which counts after a while."""
    one = put_up(relay)
    text = one.ask('GET', '/f/news')[1].decode()
    told = re.search(r'name="rungs-token" value="([^"]+)"', text).group(1)
    body = fields(email='a@mail.example', rungs_token=told, rungs_language='de')
    status, answer = send(one, body=body)
    assert status == 200 and b'press the button' in answer and not one.deliveries(), 'too quick'
    time.sleep(1.05)
    status, answer = send(one, body=body, headers={'Cookie': 'secret=1', 'Rungs-Proof': 'work', 'rungs-FORM': 'x'},
                          query='?utm_source=x')
    assert (status, answer) == (200, b'thanks in de'), (status, answer)
    assert_strict(one.headers)
    (_, head, kept), = one.deliveries()
    assert kept == body.encode() and 'request: POST /f/news?utm_source=x\n' in head, head
    assert header(head, 'Rungs-Form') == 'news' and header(head, 'Rungs-Language') == 'de'
    assert header(head, 'Rungs-Proof') == 'time' and header(head, 'Rungs-Once') == told
    assert header(head, 'Rungs-Suspect') is None and 'secret' not in head, head
    assert metric(one, 'forms_total') == 1 and metric(one, 'proves_total') == 1


def test_form_with_script(relay):
    one = put_up(relay)
    told = form_token(one)
    assert told['bits'] == 8 and told['seconds'] == 1
    body = fields(email='a@mail.example', rungs_token=told['token'], rungs_work=work(told))
    status, answer = send(one, body=body, headers={'Accept': 'application/json', 'Origin': 'https://site.example'})
    assert status == 200 and json.loads(answer) == {'then': '', 'html': 'thanks in en'}, answer
    assert one.headers['Access-Control-Allow-Origin'] == 'https://site.example' and one.headers['Vary'] == 'Origin'
    assert header(one.deliveries()[0][1], 'Rungs-Proof') == 'work'
    wrong = next(n for n in range(1000) if hashlib.sha256(f"{told['token']}.{n}".encode()).digest()[0] != 0)
    for number in wrong, 'x', '-1', '1' * 11, '0x1':
        again = form_token(one)
        if number == wrong:
            number = next(n for n in range(1000) if hashlib.sha256(f"{again['token']}.{n}".encode()).digest()[0] != 0)
        status, answer = send(one, body=fields(email='b', rungs_token=again['token'], rungs_work=number),
                              headers={'Accept': 'application/json'})
        assert status == 403 and json.loads(answer)['token'], (number, answer)
    assert len(one.deliveries()) == 1


def hidden_of(answer):
    return {html.unescape(name): html.unescape(value) for name, value in
            re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', answer.decode())}


def test_pasted_form(relay):
    """Without a token, one more step: what was filled in comes again, escaped."""
    one = put_up(relay)
    evil = '"><script>alert(1)</script>{{token}}&amp;\'\u00e4'
    status, answer = send(one, body=fields(email=evil, city='x'), query='?k=1', headers={'Accept': 'text/html'})
    assert status == 200 and b'<script>alert' not in answer and not one.deliveries()
    assert_strict(one.headers)
    found = hidden_of(answer)
    assert found['email'] == evil and found['city'] == 'x' and b'action="/f/news?k=1"' in answer, answer
    time.sleep(1.05)
    status, answer = send(one, body=urllib.parse.urlencode(found), query='?k=1')
    assert (status, answer) == (200, b'thanks in en')
    (_, head, body), = one.deliveries()
    assert header(head, 'Rungs-Proof') == 'step'
    assert urllib.parse.parse_qs(body.decode())['email'] == [evil]


def test_tokens(relay):
    """Forged, spoiled, of another form, or spent: none counts; sent twice is sent once more."""
    one = put_up(relay)
    told = form_token(one)['token']
    def counts(value, slug='news', more=''):
        before = len(one.deliveries())
        assert send(one, slug, fields(email='a' + more, rungs_token=value))[0] in (200, 303)
        return len(one.deliveries()) - before == 1
    bytes_of = base64.urlsafe_b64decode(told)
    for bit in range(0, len(bytes_of) * 8, 3):
        spoiled = bytearray(bytes_of)
        spoiled[bit // 8] ^= 1 << bit % 8
        assert not counts(letters(bytes(spoiled))), bit
    for wrong in '', 'x', told[:-1], told + 'A', 'A' * 44, told.lower(), '\u00e4' * 22, 'x' * 10000:
        assert not counts(wrong), wrong
    assert not counts(told, 'quiet'), 'a token counts for its form'
    assert counts(told)
    assert counts(told), 'what was sent twice'
    assert header(one.deliveries()[0][1], 'Rungs-Once') == header(one.deliveries()[1][1], 'Rungs-Once') == told
    assert not counts(told, more='b'), 'a token counts once'
    one.kill()
    before = one.start().ask('GET', '/f/news/token')
    assert before[0] == 200
    told = form_token(one)['token']
    one.kill()
    one.start()
    assert counts(told), 'a page that is open counts after a new start'


def test_trap(relay):
    one = put_up(relay)
    told = form_token(one)
    trapped = send(one, body=fields(email='a', company='x', rungs_token=told['token'], rungs_work=work(told)))
    told = form_token(one)
    clean = send(one, body=fields(email='a', company='', rungs_token=told['token'], rungs_work=work(told)))
    assert trapped == clean == (200, b'thanks in en')
    assert [header(head, 'Rungs-Suspect') for _, head, _ in one.deliveries()] == ['trap', None]
    assert metric(one, 'suspects_total') == 1


def test_ways_to_send(relay):
    one = put_up(relay)
    told = form_token(one)['token']
    part = '\r\n'.join(['--b', 'Content-Disposition: form-data; name="email"', '', 'a@b', '--b',
                        'Content-Disposition: form-data; name="rungs-token"', '', told, '--b--', ''])
    assert one.ask('POST', '/f/news', part, {'Content-Type': 'multipart/form-data; boundary=b'})[0] == 200
    told = form_token(one)['token']
    status, answer = one.ask('POST', '/f/news', json.dumps({'email': 'a', 'tags': ['x', 'y'], 'rungs-token': told}),
                             {'Content-Type': 'application/json'})
    assert status == 200 and json.loads(answer)['html'] == 'thanks in en'
    assert len(one.deliveries()) == 2
    status, answer = one.ask('POST', '/f/news', '{"email": "a"}', {'Content-Type': 'application/json'})
    assert status == 403 and json.loads(answer)['seconds'] == 1, answer
    for body, kind in ((b'{', 'application/json'), (b'[1]', 'application/json'), (b'[' * 100000, 'application/json'),
                       (b'a=b', 'text/plain'), (b'a=b', None), (b'--x', 'multipart/form-data; boundary=b'),
                       (b'x', 'multipart/form-data'), (b'&'.join(b'a=b' for _ in range(2000)), FORM['Content-Type'])):
        status, answer = one.ask('POST', '/f/news', body, {'Content-Type': kind} if kind else {})
        assert status == 400, (body[:20], kind, status, answer)
    status, answer = one.ask('POST', '/f/news', b'email=\xff\xfe%ff%00%c3%a4&=&&x', FORM)
    assert status == 200 and b'\x00' not in answer and answer.decode()
    assert one.ask('POST', '/f/news', b'a=' + b'x' * 300000, FORM)[0] == 413
    assert len(one.deliveries()) == 2


def test_after_the_form(relay):
    one = put_up(relay)
    told = form_token(one, 'quiet')
    body = fields(rungs_token=told['token'])
    assert send(one, 'quiet', body)[0] == 303 and one.headers['Location'] == SITE + '/thanks'
    assert json.loads(send(one, 'quiet', body, {'Accept': 'application/json'})[1])['then'] == SITE + '/thanks'


def test_too_many_forms(relay):
    one = put_up(relay)
    answers = []
    for _ in range(4):
        told = form_token(one, 'few')
        answers.append(send(one, 'few', fields(rungs_token=told['token']))[0])
    assert answers == [200, 200, 429, 429] and int(one.headers['Retry-After']) > 0, answers
    told = form_token(one)
    assert send(one, 'news', fields(rungs_token=told['token']))[0] == 200, 'another form'
    assert metric(one, 'limited_total') == 2


def test_preflight(relay):
    one = put_up(relay)
    asked = {'Origin': 'https://site.example', 'Access-Control-Request-Method': 'POST'}
    assert one.ask('OPTIONS', '/f/news', headers=asked)[0] == 204
    assert one.headers['Access-Control-Allow-Origin'] == 'https://site.example'
    for path in '/u/' + token('u'), '/c/' + token('c'), '/p/offer', '/in/' + PATH, '/relay/1/health':
        one.ask('OPTIONS', path, headers=asked)
        assert one.headers['Access-Control-Allow-Origin'] is None, path
        one.ask('POST', path, b'', asked)
        assert one.headers['Access-Control-Allow-Origin'] is None, path


def test_click(relay):
    one = put_up(relay)
    to = SITE + '/a?b=c&d=%20#e'
    for key in KEY, OLD_KEY:
        status, _ = one.ask('GET', '/l/' + token('l', to, key), headers={'User-Agent': BROWSER, 'Accept-Language': 'de'})
        assert status == 303 and one.headers['Location'] == to and one.headers['Referrer-Policy'] == 'no-referrer'
    assert one.ask('HEAD', '/l/' + token('l', to)) == (303, b'')
    heads = [head for _, head, _ in one.deliveries()]
    assert f"request: GET /l/{token('l', to)}\n" in heads[0] and 'request: HEAD /l/' in heads[2]
    assert header(heads[0], 'User-Agent') == BROWSER and header(heads[0], 'Rungs-Language') == 'de'
    assert one.ask('POST', '/l/' + token('l', to))[0] == 405 and one.headers['Location'] is None
    assert metric(one, 'clicks_total') == 3


def test_never_an_open_redirect(relay):
    one = put_up(relay)
    good = token('l', SITE + '/')
    data = base64.urlsafe_b64decode(good + '=' * (-len(good) % 4))
    wrong = [token('l', SITE, b'x' * 32), token('u', SITE), token('c', SITE), good + 'A', good + '=', good[:-1], '', 'x',
             good + '?to=https://evil.example'.replace('?', '%3F'), good + '/https://evil.example']
    wrong += [token('l', target) for target in ('javascript:alert(1)', '//evil.example', 'https://a@evil.example/',
                                                'https:\\\\evil.example', 'data:text/html,x', '')]
    for bit in range(0, len(data) * 8, 5):
        spoiled = bytearray(data)
        spoiled[bit // 8] ^= 1 << bit % 8
        wrong.append(letters(bytes(spoiled)))
    for one_token in wrong:
        status, _ = one.ask('GET', '/l/' + one_token)
        assert status == 404 and one.headers['Location'] is None, one_token
    assert not one.deliveries()
    for path in ('/r/anna//evil.example', '/r/anna/%2fevil.example', '/r/anna/..%2f..', '/r/anna/%5cevil.example',
                 '/r/anna/@evil.example', '/r/anna/.evil.example', '/r/anna/%250d%250aX-Evil:1', '/r/anna/%0d%0aX-Evil:1',
                 '/r/anna?to=//evil.example', '/r/anna?to=https://evil.example', '/r/anna?to=/%5cevil.example',
                 '/r/anna?to=/%09/evil.example', '/r/anna?to=/../x', '/r/none?to=.evil.example', '/r/none?to=@evil.example',
                 '/r/none/.evil.example', '/r/none/@evil.example', '/r/none?to=:80@evil.example', '/r/anna?a=%0d%0aX: y'):
        with one.raw(f'GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'.encode()) as connection:
            answer = b''
            while data := connection.recv(65536):
                answer += data
        place = re.search(rb'^Location: (.*?)\r$', answer, re.M)
        assert b'X-Evil' not in re.sub(rb'^Location: .*$', b'', answer, flags=re.M), answer
        if place is not None:
            to = urllib.parse.urlsplit(place.group(1).decode())
            assert (to.scheme, to.netloc) == ('https', 'www.example.com') and '\\' not in to.path, (path, place.group(1))
            assert not to.path.startswith('//'), (path, to)


def test_unsubscribe(relay):
    """Asking changes nothing; only what is posted does."""
    one = put_up(relay)
    path = '/u/' + token('u')
    status, answer = one.ask('GET', path, headers={'Accept-Language': 'de'})
    assert status == 200 and f'Abmelden? {path}||{{{{x}}}}'.encode() in answer, answer
    assert_strict(one.headers)
    assert "script-src" not in one.headers['Content-Security-Policy']
    assert one.ask('HEAD', path) == (200, b'') and one.ask('GET', path + '?List-Unsubscribe=One-Click')[0] == 200
    assert one.ask('PUT', path, b'x')[0] == 405 and one.ask('DELETE', path)[0] == 405
    assert not one.deliveries(), 'asking has unsubscribed somebody'
    status, answer = one.ask('POST', path, 'List-Unsubscribe=One-Click', FORM)
    assert status == 200 and b'Gone' in answer
    (_, head, body), = one.deliveries()
    assert f'request: POST {path}\n' in head and body == b'List-Unsubscribe=One-Click'
    for wrong in '/u/' + token('l', SITE), '/u/' + token('u', key=b'x' * 32), '/u/', '/u/x', path + 'A', path + '/':
        assert one.ask('GET', wrong)[0] == one.ask('POST', wrong, b'x')[0] == 404, wrong
    assert len(one.deliveries()) == 1 and metric(one, 'unsubscribes_total') == 1


def test_confirm(relay):
    """Where no page was put up, a plain one."""
    one = put_up(relay)
    path = '/c/' + token('c')
    status, answer = one.ask('GET', path)
    assert status == 200 and f'<form method="post" action="{path}">'.encode() in answer and b'<h1>' in answer
    style = re.search(rb'<style>(.*?)</style>', answer, re.S).group(1)
    listed = base64.b64encode(hashlib.sha256(style).digest()).decode()
    assert f"style-src 'sha256-{listed}'" in one.headers['Content-Security-Policy']
    assert not one.deliveries()
    assert one.ask('POST', path, b'', FORM)[0] == 200
    assert [head.splitlines()[3] for _, head, _ in one.deliveries()] == [f'request: POST {path}']


def test_built_in_pages(relay):
    """A relay to which nothing was put up yet answers, too."""
    one = put_up(relay, pages=[])
    for path, words in (('/u/' + token('u'), b'name="List-Unsubscribe" value="One-Click"'), ('/u/x', b'nothing here'),
                        ('/p/offer', b'nothing here')):
        answer = one.ask('GET', path)[1]
        assert words in answer and b'<html lang="en">' in answer and b'{{' not in answer, answer
    assert b'<h1>' in one.ask('GET', '/', headers={'Accept': 'text/html'})[1]
    assert json.loads(one.ask('GET', '/')[1])['error']


def test_source(relay):
    one = put_up(relay)
    status, _ = one.ask('GET', '/r/anna', headers={'User-Agent': BROWSER})
    assert status == 303 and one.headers['Location'] == SITE + '/shop?from=anna'
    cookie = one.headers['Set-Cookie']
    assert all(word in cookie for word in ('HttpOnly', 'SameSite=Lax', 'Max-Age=2592000', 'Path=/')), cookie
    for path, place in (('/r/anna/red/shoes', '/shop/red/shoes?from=anna'), ('/r/anna?to=/prices', '/prices?from=anna'),
                        ('/r/anna?utm_source=x%20y&to=/p', '/p?from=anna&utm_source=x%20y'), ('/r/anna/', '/shop?from=anna')):
        assert one.ask('GET', path)[0] == 303 and one.headers['Location'] == SITE + place, (path, one.headers['Location'])
    before = len(one.deliveries())
    assert one.ask('HEAD', '/r/anna')[0] == 303 and one.headers['Set-Cookie'] is None
    assert one.ask('GET', '/r/none')[0] == 303 and one.headers['Set-Cookie'] is None
    for header_name in 'DNT', 'Sec-GPC':
        assert one.ask('GET', '/r/anna', headers={header_name: '1'})[0] == 303 and one.headers['Set-Cookie'] is None
    assert len(one.deliveries()) == before + 3
    assert one.ask('GET', '/r/other')[0] == one.ask('GET', '/r/')[0] == one.ask('GET', '/r/ANNA')[0] == 404
    assert one.ask('POST', '/r/anna')[0] == 405


def test_touches(relay):
    """What the browser remembers comes with the form; what somebody made up does not."""
    one = put_up(relay)
    def visit(code, cookie=None):
        one.ask('GET', '/r/' + code, headers={'Cookie': cookie} if cookie else {})
        return one.headers['Set-Cookie'].split(';')[0]
    cookie = visit('anna')
    time.sleep(0.01)
    cookie = visit('first', 'other=1; ' + cookie)
    time.sleep(0.01)
    again = visit('anna', cookie)
    def touch(value):
        told = form_token(one)['token']
        assert send(one, body=fields(rungs_token=told), headers={'Cookie': value, 'Rungs-Touch': 'evil;1;1'})[0] == 200
        return header(one.deliveries()[-1][1], 'Rungs-Touch')
    (first, begun, _), (last, anna_first, anna_last) = [part.split(';') for part in touch('x=y;' + again).split('; ')]
    assert (first, last) == ('first', 'anna') and int(anna_first) < int(begun) < int(anna_last)
    name, _, value = again.partition('=')
    data = bytearray(base64.urlsafe_b64decode(value + '=' * (-len(value) % 4)))
    data[-1] ^= 1
    for wrong in ('', 'x', letters(bytes(data)), value[:-2], 'A' * 3000, letters(b'\0' * 16 + b'evil;1;2')):
        assert touch(f'{name}={wrong}') is None, wrong
    assert one.desk('PUT', 'published', json.dumps({**DOCUMENT, 'sources': []}))[0] == 204
    assert touch(again) is None, 'a source that was taken down'


def visits_of(one, count):
    """Waits for what is added up."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        found = [body for _, head, body in one.deliveries() if 'request: POST /v\n' in head]
        counts = {(c['path'], c['variant'], c['code'], c['machine']): c['n'] for b in found for c in json.loads(b)['counts']}
        if sum(c['n'] for b in found for c in json.loads(b)['counts']) >= count:
            assert all(json.loads(b)['from'] <= json.loads(b)['to'] for b in found)
            return counts
        time.sleep(0.2)
    raise AssertionError('no visits')


def test_landing_page(relay):
    one = put_up(relay)
    person = {'User-Agent': BROWSER}
    assert b'for ads' in one.ask('GET', '/p/offer', headers=person)[1]
    assert_strict(one.headers)
    assert b'for mail' in one.ask('GET', '/p/offer?v=email&r=anna', headers=person)[1]
    assert b'for mail' in one.ask('GET', '/p/offer?v=email&r=evil', headers=person)[1]
    assert b'for mail' in one.ask('GET', '/p/offer?v=email&r=anna', headers={**person, 'Sec-GPC': '1'})[1]
    one.ask('GET', '/r/anna')
    cookie = one.headers['Set-Cookie'].split(';')[0]
    assert one.ask('GET', '/p/offer', headers={**person, 'Cookie': cookie})[0] == 200
    assert one.ask('GET', '/p/offer', headers={'User-Agent': 'Googlebot/2.1'})[0] == 200
    assert one.ask('HEAD', '/p/offer', headers=person) == (200, b'')
    assert one.ask('GET', '/p/other')[0] == one.ask('GET', '/p/')[0] == 404
    assert one.ask('POST', '/p/offer', b'x')[0] == 405
    assert visits_of(one, 6) == {
        ('/p/offer', 'ppc', '', False): 1, ('/p/offer', 'email', 'anna', False): 1, ('/p/offer', 'email', '', False): 2,
        ('/p/offer', 'ppc', 'anna', False): 1, ('/p/offer', 'ppc', '', True): 1}


def test_visits_of_the_site(relay):
    one = put_up(relay)
    person = {'User-Agent': BROWSER, 'Origin': SITE, 'Content-Type': 'text/plain;charset=UTF-8'}
    for body in 'p=%2Fprices', 'p=%2Fprices&r=anna', 'p=%2Fprices&r=evil', 'p=%2F':
        assert one.ask('POST', '/v', body, person)[0] == 204, body
    for more in {'DNT': '1'}, {'Sec-GPC': '1'}:
        assert one.ask('POST', '/v', 'p=%2Fprivate', {**person, **more})[0] == 204
    for body in b'', b'x', b'p=x', b'p=', b'p=/a%0ab', b'p=/a?b', b'p=/' + b'x' * 300, b'p=/\xff' + b'x' * 3000:
        assert one.ask('POST', '/v', body, person)[0] == 400, body[:20]
    for origin in 'null', '', 'https://', 'https://a b', 'https://a/b', 'https://' + 'a' * 300:
        assert one.ask('POST', '/v', 'p=%2F', {**person, 'Origin': origin})[0] == 400, origin
    assert one.ask('GET', '/v')[0] == 405 and one.ask('POST', '/v/x', 'p=%2F', person)[0] == 404
    assert visits_of(one, 4) == {('www.example.com/prices', '', '', False): 2,
                                 ('www.example.com/prices', '', 'anna', False): 1, ('www.example.com/', '', '', False): 1}
    assert one.ask('POST', '/v', 'p=%2Flast', person)[0] == 204
    one.kill(15)
    one.start()
    assert visits_of(one, 5)[('www.example.com/last', '', '', False)] == 1, 'lost at the end'


def test_scripts(relay):
    one = relay().start()
    status, script = one.ask('GET', '/v.js')
    assert status == 200 and len(script) < 2048 and 'javascript' in one.headers['Content-Type']
    assert 'max-age' in one.headers['Cache-Control'] and b'doNotTrack' in script and b'globalPrivacyControl' in script
    assert one.headers['Set-Cookie'] is None
    status, script = one.ask('GET', '/f.js')
    assert status == 200 and len(script) < 8192
    assert one.ask('GET', '/f.js/x')[0] == 404 and one.ask('POST', '/f.js', b'x')[0] == 405


def test_addresses_that_a_line_cannot_hold(relay):
    """Whatever stands in an address, the desktop can read what is kept."""
    one = put_up(relay)
    click = token('l', SITE + '/')
    for tail in (b'%0aheader:%20Rungs-Proof:%20work', b'?%0a', b'?\xff\xfe', b'?a\tb', b'?' + b'x' * 40000, b'?\xc3\xa4', b'?%00'):
        for start in b'POST /in/' + PATH.encode(), b'GET /r/anna/x', b'GET /l/' + click.encode():
            with one.raw(start + tail + b' HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n') as connection:
                while connection.recv(65536):
                    pass
    for _, head, body in one.deliveries():
        lines = head.split('\n')
        assert lines[0] == 'rungs-delivery 1' and lines[3].startswith('request: ') and body == b'', head
        assert len(lines[3]) < 32768 and lines[3].isascii() and all(' ' <= c for c in lines[3]), lines[3][:99]
        assert all(re.match(r'header: (Host|Content-Length|Connection): |body: ', line) for line in lines[4:]), head
    assert one.post(b'x') == 200


def test_too_often(relay):
    """All public addresses count together."""
    one = put_up(relay, '--rate', '5')
    answers = [one.ask('GET', path)[0] for _ in range(12) for path in
               ('/f/news', '/u/' + token('u'), '/l/x', '/r/none', '/p/offer', '/v.js')]
    assert 429 in answers[45:] and 429 not in answers[:40], answers


def test_full(relay):
    """Where nothing can be kept, who follows a link is led on, and who posts is told."""
    one = put_up(relay, '--room', '1')
    told = form_token(one)
    assert one.post(b'x' * 1024 * 1024) == 200
    assert one.ask('GET', '/l/' + token('l', SITE + '/'))[0] == 303
    assert one.ask('GET', '/r/anna')[0] == 303
    assert one.ask('POST', '/u/' + token('u'), b'')[0] == 503 and int(one.headers['Retry-After']) > 0
    assert one.ask('POST', '/c/' + token('c'), b'')[0] == 503
    status, answer = send(one, body=fields(rungs_token=told['token']), headers={'Accept': 'text/html'})
    assert status == 503 and b'<h1>' in answer and one.headers['Location'] is None
    assert len(one.deliveries()) == 1


def test_logs_nothing_of_people(relay):
    one = put_up(relay)
    told = form_token(one)['token']
    send(one, body=fields(email='secret@mail.example', rungs_token=told))
    one.ask('GET', '/l/' + token('l', SITE + '/secret'))
    one.ask('GET', '/u/secret?secret=1', headers={'User-Agent': 'secret'})
    one.ask('POST', '/f/news', b'{', {'Content-Type': 'application/json'})
    one.kill(15)
    log = one.log()
    assert 'secret' not in log and '127.0.0.1' not in log and told not in log, log


if __name__ == '__main__':
    main(globals())
