"""The relay's scripts in a real browser: on its own page, on another site, and without any.

usage: test-relay-browser.py RUNGS_RELAY"""

import contextlib
import http.server
import json
import threading
import time
import urllib.parse

from browser import Browser
from relay import main

PERSON = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36'
HEAD = '<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Form</title><script src="/f.js" defer></script>' \
       '<main><form method="post" action="{{action}}" data-rungs>{{hidden}}'
TAIL = '<input type="hidden" name="rungs-token" value="{{token}}"><button>Send</button></form></main></html>'
THANKS = '<!DOCTYPE html><html lang="en"><title>Thanks</title><main><h1 id="thanks">Thank you</h1>' \
         '<script>document.title = "evil"</script></main></html>'
FIELDS = [{'key': 'email', 'html': '<label>Mail <input name="email" type="email"></label>'}]


def put_up(relay, **more):
    one = relay().start().pair()
    form = {'slug': 'news', 'least_seconds': 1, 'bits': 12, 'per_hour': 0, 'trap': 'company', 'always': ['email'],
            'languages': [{'language': 'en', 'head': HEAD, 'fields': FIELDS, 'tail': TAIL, 'thanks': THANKS}], **more}
    assert one.desk('PUT', 'published', json.dumps({'stamp': '1', 'endpoints': [], 'forms': [form]}))[0] == 204
    one.root = f'http://127.0.0.1:{one.port}'
    return one


@contextlib.contextmanager
def site(body):
    """A site of the owner's, on another origin."""
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):  # pylint: disable=invalid-name
            self.send_response(200)
            self.send_header('Content-Type', 'text/html; charset=utf-8')
            self.end_headers()
            self.wfile.write(f'<!DOCTYPE html><html lang="en"><title>Site</title>{body}</html>'.encode())

        def log_message(self, *_):  # pylint: disable=arguments-differ
            pass
    server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f'http://localhost:{server.server_port}'
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def snippet(one, script=True):
    return f'<form method="post" action="{one.root}/f/news" data-rungs data-rungs-failed="Leider nicht"><input name="email">' \
           '<input type="hidden" name="tag" value="a"><input type="hidden" name="tag" value="b"><button>Send</button></form>' \
           + (f'<script src="{one.root}/f.js" defer></script>' if script else '')


def only(one):
    """The head and the fields of the one form that was sent."""
    (_, head, body), = [d for d in one.deliveries() if 'request: POST /f/' in d[1]]
    lines = dict(line.split(': ', 2)[1:] for line in head.split('\n') if line.startswith('header: '))
    return lines, urllib.parse.parse_qs(body.decode())


def test_own_page(relay):
    one = put_up(relay)
    with Browser() as browser:
        browser.open(one.root + '/f/news', width=320, agent=PERSON)
        browser.fill('email', 'zoe@mail.example')
        browser.press('button')
        assert browser.wait_for('document.title === "Thanks" && document.querySelector("#thanks").textContent')
    head, fields = only(one)
    assert head['Rungs-Proof'] == 'work' and fields['email'] == ['zoe@mail.example'], (head, fields)


def test_own_page_without_script(relay):
    one = put_up(relay, least_seconds=0)
    with Browser() as browser:
        browser.open(one.root + '/f/news', script=False)
        browser.fill('email', 'a@mail.example')
        browser.press('button')
        browser.wait_for('!!document.querySelector("#thanks")')
    assert only(one)[0]['Rungs-Proof'] == 'time'


def test_snippet(relay):
    """It is posted in place: the site stays, what thanks stands where the form stood, and has the focus."""
    one = put_up(relay)
    with site('<h1>Ours</h1>' + snippet(one)) as address, Browser() as browser:
        browser.open(address + '/page?utm_source=x#part', agent=PERSON)
        browser.fill('email', 'a@mail.example')
        browser.press('button')
        assert browser.wait_for('!!document.querySelector("#thanks")')
        assert browser.run('location.pathname') == '/page' and browser.run('document.title') == 'Site'
        assert browser.run('document.querySelector("h1").textContent') == 'Ours'
        assert browser.run('!document.querySelector("form")')
        assert browser.run('document.activeElement.getAttribute("role")') == 'status'
    head, fields = only(one)
    assert head['Rungs-Proof'] == 'work' and fields['tag'] == ['a', 'b'], (head, fields)
    assert fields['rungs-page'] == [address + '/page?utm_source=x'] and head['Origin'] == address


def test_snippet_leads_on(relay):
    with site('there') as after:
        one = put_up(relay, then=after + '/after')
        with site(snippet(one)) as address, Browser() as browser:
            browser.open(address)
            browser.press('button')
            assert browser.wait_for('location.pathname === "/after"')
            browser.open(one.root + '/f/news', script=False)
            time.sleep(1.1)
            browser.press('button')
            assert browser.wait_for('location.pathname === "/after"'), 'its policy does not let the page lead on'


def test_snippet_without_script(relay):
    """One step more, on the relay's page."""
    one = put_up(relay)
    with site(snippet(one, script=False)) as address, Browser() as browser:
        browser.open(address, script=False)
        browser.fill('email', 'a"<b>@mail.example')
        browser.press('button')
        browser.wait_for('document.title === "One more step"')
        assert not one.deliveries()
        time.sleep(1.1)
        browser.press('button')
        browser.wait_for('!!document.querySelector("#thanks")')
    head, fields = only(one)
    assert head['Rungs-Proof'] == 'step' and fields['email'] == ['a"<b>@mail.example'] and fields['tag'] == ['a', 'b']


def test_failure_is_told(relay):
    """The relay is away for a moment: the form says so, and works when it is back."""
    one = put_up(relay)
    with site(snippet(one)) as address, Browser() as browser:
        browser.open(address)
        browser.fill('email', 'a@mail.example')
        browser.press('button')
        browser.wait_for('!!document.querySelector("[name=rungs-token]") || document.querySelector("form").ariaBusy === "true"')
        one.kill()
        assert browser.wait_for('document.querySelector("[role=alert]")?.textContent') == 'Leider nicht'
        assert browser.run('document.querySelector("[name=email]").value') == 'a@mail.example'
        one.start()
        browser.press('button')
        assert browser.wait_for('!!document.querySelector("#thanks")')
    assert only(one)[1]['email'] == ['a@mail.example']


def visits(one):
    end = time.monotonic() + 20
    while time.monotonic() < end:
        found = [json.loads(body) for _, head, body in one.deliveries() if 'request: POST /v\n' in head]
        if found:
            return [count for one_of in found for count in one_of['counts']]
        time.sleep(0.2)
    raise AssertionError('no visit was counted')


def test_visits(relay):
    """Of those who do not want to be followed nothing is sent at all."""
    one = put_up(relay)
    script = f'<script src="{one.root}/v.js" defer></script><h1>Site</h1>'
    with site(script) as address, Browser() as browser:
        for unwanted in ('navigator, "doNotTrack", {value: "1"}', 'navigator, "globalPrivacyControl", {value: true}',
                         'navigator, "webdriver", {value: true}'):
            browser.open(address + '/unwanted', before=f'Object.defineProperty({unwanted})', agent=PERSON)
            browser.wait_for('document.readyState === "complete"')
        browser.open(address + '/a/b?c=d', agent=PERSON, before='Object.defineProperty(navigator, "webdriver", {value: false})')
        browser.wait_for('document.readyState === "complete"')
        assert visits(one) == [{'path': address.removeprefix('http://') + '/a/b', 'variant': '', 'code': '',
                                'machine': False, 'n': 1}]
        assert browser.run('document.cookie') == '' and browser.run('localStorage.length') == 0


if __name__ == '__main__':
    main(globals())
