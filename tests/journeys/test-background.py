"""The window is closed, and messages leave all the same: what was done is told, the window comes back, and quitting
ends it.

usage: test-background.py RUNGSCTL SOURCE_ROOT RUNGS PICTURES DROP_SOURCE, on a display and a session bus
"""

import functools
import json
import os
import re
import signal
import subprocess

from gi.repository import Gio, GLib

from journey import DEMO, RUNGS, run_demo
from shop import main
from window import until, xdo

MESSAGE = 'Subject: Hello\nPurpose: say hello\nValue: a smile\nKind: transactional\n\nHello.\n'
SEQUENCE = {'name': 'Hello', 'start': 'one', 'steps': {'one': {'kind': 'message', 'message': 'Hello'}}}
NOTIFICATIONS = '''<node><interface name="org.freedesktop.Notifications">
  <method name="GetCapabilities"><arg type="as" direction="out"/></method>
  <method name="CloseNotification"><arg type="u" direction="in"/></method>
  <method name="GetServerInformation">
    <arg type="s" direction="out"/><arg type="s" direction="out"/><arg type="s" direction="out"/>
    <arg type="s" direction="out"/></method>
  <method name="Notify"><arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/>
    <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="as" direction="in"/>
    <arg type="a{sv}" direction="in"/><arg type="i" direction="in"/><arg type="u" direction="out"/></method>
</interface></node>'''


class Listener:
    """What the desktop would show."""

    def __init__(self):
        self.notices = []
        self.connection = Gio.bus_get_sync(Gio.BusType.SESSION)
        interface = Gio.DBusNodeInfo.new_for_xml(NOTIFICATIONS).interfaces[0]
        self.connection.register_object('/org/freedesktop/Notifications', interface, self.called, None, None)
        Gio.bus_own_name_on_connection(self.connection, 'org.freedesktop.Notifications', Gio.BusNameOwnerFlags.NONE,
                                       None, None)

    def called(self, connection, sender, path, interface, method, arguments, invocation):
        if method == 'Notify':
            self.notices.append(arguments.unpack()[3:5])
        answers = {'Notify': GLib.Variant('(u)', (len(self.notices),)),
                   'GetCapabilities': GLib.Variant('(as)', (['body', 'actions'],)),
                   'GetServerInformation': GLib.Variant('(ssss)', ('test', 'test', '1', '1.2'))}
        invocation.return_value(answers.get(method))

    def heard(self):
        while GLib.MainContext.default().iteration(False):
            pass
        return self.notices


@functools.cache
def the_listener():
    return Listener()


def listen():
    """What is heard from now on."""
    listener = the_listener()
    listener.heard()
    listener.notices = []
    return listener


def greet(shop, address):
    """Somebody gets the message that is due now."""
    shop.run('leads', 'add', address, '--consent', 'Yes')
    shop.run('sequence', 'enrol', SEQUENCE['name'], address)


def was_sent(shop, address):
    rows = shop.json('outbox', 'list', address)
    return bool(rows) and rows[0]['state'] == 'sent'


def arrive(shop, address, path):
    """A lead comes by a form."""
    body = json.dumps({'email': address, 'event_id': address})
    shop.write('form', f'rungs-delivery 1\nreceived-at: 1772445600000\nrequest: POST {path}\nbody: {len(body)}\n\n{body}\n')
    shop.run('delivery', 'take', 'form')


def prepare(shop):
    """The demo business, with a sequence that says hello, and a desktop that tells of it after a second."""
    shop.run('init', '--demo', now=False)
    shop.now = None
    shop.run('message', 'add', 'Hello', shop.write('hello.md', MESSAGE))
    shop.run('sequence', 'add', shop.write('hello.json', json.dumps(SEQUENCE)))
    shop.run('sequence', 'start', SEQUENCE['name'])
    settings = shop.folder / 'config' / 'glib-2.0' / 'settings' / 'keyfile'
    settings.parent.mkdir(parents=True)
    settings.write_text('[app/rungs/Rungs]\nbackground-notice=uint32 1\n')


def environment(shop):
    return os.environ | shop.env | {'XDG_CONFIG_HOME': str(shop.folder / 'config'), 'GSETTINGS_BACKEND': 'keyfile',
                                    'GTK_A11Y': 'atspi'}


def switch_on(program):
    """In the settings; a file then starts the program with the session."""
    program.key('ctrl+comma')
    settings = program.page('Settings')
    program.find(('tab', 'page tab', 'radio button', 'toggle button'), 'Mail', within=settings).click()
    row = program.find('label', 'Go On in the Background', within=settings, where=lambda label: label.is_laid_out())
    program.roll_to(row)
    program.point_at(row.window())
    xdo('click', '--repeat', 12, '--delay', 10, 5)  # to the end: a row that is only begun cannot be clicked
    program.picture('01-settings')
    row.click()


def test_closed_window(shop):
    """Off, the program ends with its window; on, it goes on, tells what it did, shows its window again, and quits."""
    prepare(shop)
    listener = listen()
    with run_demo(shop) as program:
        autostart = shop.folder / 'config' / 'autostart' / 'app.rungs.Rungs.desktop'
        assert not autostart.exists()
        switch_on(program)
        until(autostart.exists, 'a file that starts it with the session')
        assert re.search('^Exec=rungs --background$', autostart.read_text(), re.M)
        program.key('ctrl+w')
        until(lambda: not program.frames(), 'the window gone')
        greet(shop, 'one@example.com')
        until(lambda: was_sent(shop, 'one@example.com'), 'what left without a window')
        until(listener.heard, 'a notice')
        title, body = listener.notices[0]
        assert title == 'Rungs Went On in the Background' and re.match(r'\d+ messages? (was|were) sent\.', body), body
        assert program.process.poll() is None

        subprocess.run([RUNGS, '--file', shop.file], env=environment(shop), check=True, timeout=30)
        program.window(DEMO)
        greet(shop, 'two@example.com')
        until(lambda: was_sent(shop, 'two@example.com'), 'what left with the window open again')
        program.key('ctrl+q')
        assert program.process.wait(30) == 0


def test_new_leads(shop):
    """With a window and without one each is told once, and what was not looked at is put together."""
    prepare(shop)
    path = shop.json('endpoint', 'add', 'Site', '--provider', 'generic', '--source', 'seo:Site')['path']
    shop.run('notices', 'set', '--mail', 'mia@example.com')
    listener = listen()
    process = subprocess.Popen([RUNGS, '--background', '--file', shop.file], env=environment(shop))
    try:
        arrive(shop, 'ann@example.com', path)
        until(lambda: ('New lead: ann@example.com', 'Site') in listener.heard(), 'a notice without a window', timeout=30)
        arrive(shop, 'bob@example.com', path)
        until(lambda: ('2 new leads', 'bob@example.com, ann@example.com') in listener.heard(), 'both in one')
        until(lambda: shop.json('notices', 'mail')[0]['sent_at'], 'a mail to staff', timeout=30)
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
    finally:
        process.kill()
    before = len(listener.heard())
    with run_demo(shop) as program:
        today = program.page('Today')
        program.find('label', '2 new leads were not looked at yet', within=today)
        arrive(shop, 'cid@example.com', path)
        until(lambda: len(listener.heard()) > before, 'a notice with a window')
        assert listener.notices[-1][0] == '3 new leads', listener.notices[-1]
        program.find('label', '3 new leads were not looked at yet', within=today)
        program.picture('02-new-leads')
    assert len(listener.heard()) == before + 1, listener.notices
    shop.run('check')


def test_without_window(shop):
    """As the session starts it: it sends, and ends well with the session."""
    prepare(shop)
    process = subprocess.Popen([RUNGS, '--background', '--file', shop.file], env=environment(shop))
    try:
        greet(shop, 'three@example.com')
        until(lambda: was_sent(shop, 'three@example.com'), 'what left without a window', timeout=30)
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
    finally:
        process.kill()
    shop.run('check')


main(globals())
