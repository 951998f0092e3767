"""The private pages of partners at the relay: who has the address reads them, and nobody else learns of them.

usage: test-relay-partners.py RUNGS_RELAY"""

import hashlib
import json
import re
import subprocess

from relay import PROGRAM, main

TOKEN = 'Zk3' + 'x' * 29
STYLE = 'sha256-' + 'A' * 43 + '='
HTML = '<!DOCTYPE html><title>{{action}}</title>Yours {{hidden}}'


def key_of(token):
    return hashlib.sha256(token.encode()).hexdigest()


def document(*tokens, stamp='one', **more):
    return json.dumps({'stamp': stamp, 'pages': [{'key': key_of(token), 'html': HTML, 'styles': [STYLE], **more}
                                                 for token in tokens]})


def put_up(relay, *tokens):
    one = relay().start().pair()
    assert one.health()['partners'] == ''
    assert one.desk('PUT', 'partners', document(*tokens))[0] == 204
    assert one.health()['partners'] == 'one'
    return one


def test_page(relay):
    one = put_up(relay, TOKEN)
    status, body = one.ask('GET', '/partner/' + TOKEN)
    assert (status, body.decode()) == (200, HTML), 'nothing is filled in'
    told = one.headers
    assert told['Content-Type'] == 'text/html; charset=utf-8'
    assert told['Cache-Control'] == 'no-store' and told['Referrer-Policy'] == 'no-referrer'
    assert told['X-Robots-Tag'] == 'noindex, nofollow' and told['X-Frame-Options'] == 'DENY'
    assert told['X-Content-Type-Options'] == 'nosniff' and told['Set-Cookie'] is None
    assert told['Content-Security-Policy'] == "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; " \
                                              f"form-action 'none'; style-src '{STYLE}'"
    assert one.ask('HEAD', '/partner/' + TOKEN) == (200, b'')
    assert one.deliveries() == [], 'who reads it is not told of'


def test_others(relay):
    one = put_up(relay, TOKEN)
    for path in ('/partner/', '/partner', '/partner/' + TOKEN[:-1], '/partner/' + TOKEN + '/', '/partner/' + TOKEN.lower(),
                 '/partner/' + key_of(TOKEN), '/p/' + TOKEN):
        status, body = one.ask('GET', path)
        assert status == 404 and b'Yours' not in body, (path, status, body)
    assert one.ask('GET', '/partner/' + 'y' * 32)[0] == 404
    assert one.headers['X-Robots-Tag'] == 'noindex, nofollow'
    assert one.ask('GET', '/partner/' + TOKEN + '?lang=de')[0] == 200
    for method in 'POST', 'PUT', 'DELETE':
        assert one.ask(method, '/partner/' + TOKEN, 'x')[0] == 405, method
        assert one.headers['Allow'] == 'GET, HEAD'
    assert one.ask('PUT', '/relay/1/partners', document('other'))[0] == 401
    assert one.ask('GET', '/partner/' + TOKEN)[0] == 200


def test_taken_down(relay):
    one = put_up(relay, TOKEN, 'other' * 6)
    assert one.desk('PUT', 'partners', document('other' * 6, stamp='two'))[0] == 204
    assert one.ask('GET', '/partner/' + TOKEN)[0] == 404
    assert one.ask('GET', '/partner/' + 'other' * 6)[0] == 200
    assert one.desk('PUT', 'partners', document(stamp=''))[0] == 204
    assert one.ask('GET', '/partner/' + 'other' * 6)[0] == 404 and one.health()['partners'] == ''


def test_kept(relay):
    """A relay that is killed has them when it starts anew; what stands in its file is no address."""
    one = put_up(relay, TOKEN)
    one.kill()
    one.start()
    assert one.ask('GET', '/partner/' + TOKEN)[0] == 200 and one.health()['partners'] == 'one'
    assert one.desk('PUT', 'partners', document(stamp=''))[0] == 204
    one.kill()
    for path in one.folder.glob('relay.db*'):
        assert TOKEN.encode() not in path.read_bytes()
    one.start()
    assert one.ask('GET', '/partner/' + TOKEN)[0] == 404


def test_another_desktop(relay):
    """Whoever pairs the relay anew has not put them up."""
    one = put_up(relay, TOKEN)
    shown = subprocess.run([PROGRAM, '--folder', one.folder, '--pair'], capture_output=True, text=True, check=True).stdout
    one.code = re.search(r'\S{4}-\S{4}', shown).group()
    one.pair()
    assert one.ask('GET', '/partner/' + TOKEN)[0] == 404 and one.health()['partners'] == ''
    one.kill()
    one.start()
    assert one.ask('GET', '/partner/' + TOKEN)[0] == 404


def test_refused(relay):
    one = put_up(relay, TOKEN)
    for body in ('', '[]', '{}', '{"stamp": "x"}', '{"pages": []}', '{"stamp": "x", "pages": [1]}', '{"stamp": "x", "pages": {}}',
                 document('a').replace(key_of('a'), 'A' * 64), document('a').replace(key_of('a'), 'a' * 63),
                 document('a', html=''), document('a', html=7), document('a', styles=["unsafe-inline'"]), document('a')[:-1]):
        assert one.desk('PUT', 'partners', body)[0] == 400, body
        assert one.health()['partners'] == 'one'
    assert one.desk('PUT', 'partners', 'x' * (16 * 1024 * 1024 + 1))[0] == 413
    assert one.ask('GET', '/partner/' + TOKEN)[0] == 200, 'all or nothing'


if __name__ == '__main__':
    main(globals())
