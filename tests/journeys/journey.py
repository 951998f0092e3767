"""What the ways through the window share: the program is started in a home of its own, and pictures stay behind.

usage of a test program: test-NAME.py RUNGSCTL SOURCE_ROOT RUNGS PICTURES DROP_SOURCE, on a display and a session bus
"""

import contextlib
import os
import pathlib
import re
import subprocess
import sys

from window import BUTTONS, CHOICES, ENTRIES, Program, until

ROOT = pathlib.Path(sys.argv[2]).resolve()
RUNGS = pathlib.Path(sys.argv[3]).resolve()
PICTURES = pathlib.Path(sys.argv[4]).resolve()
PICTURES.mkdir(parents=True, exist_ok=True)
for picture in PICTURES.glob('*.png'):
    picture.unlink()
sys.path.insert(0, str(ROOT / 'tests' / 'cli'))
DEMO = 'Quay Lane Pottery – Rungs'

# What a person can point at, type into or be led to by Tab; a scroll bar needs no name, nor does a part of a
# thing that has one.
TYPE_NAME = re.compile(r'^$|^(Gtk|Adw|Rungs)[A-Z]\w*$')
INTERACTIVE = (*BUTTONS, *ENTRIES, *CHOICES, 'switch', 'combo box', 'list', 'list item', 'list box', 'spin button',
               'table', 'tree table', 'slider', 'page tab', 'link', 'menu item')


def run(shop, *words):
    """The program in a home of its own, at the real time."""
    shop.now = None
    settings = shop.folder / 'config' / 'gtk-4.0'
    settings.mkdir(parents=True, exist_ok=True)
    (settings / 'settings.ini').write_text('[Settings]\ngtk-font-name=Cantarell 11\ngtk-enable-animations=false\n')
    env = os.environ | shop.env | {
        'GTK_A11Y': 'atspi', 'XDG_CONFIG_HOME': str(shop.folder / 'config'), 'GSETTINGS_BACKEND': 'keyfile',
        'XDG_DATA_DIRS': f'{ROOT / "data"}:{os.environ.get("XDG_DATA_DIRS", "/usr/local/share:/usr/share")}'}
    return Program([RUNGS, *words], env, PICTURES)


@contextlib.contextmanager
def keyring(shop):
    """An unlocked one, on the bus that the window is on; the command line asks it, too."""
    shop.env['DBUS_SESSION_BUS_ADDRESS'] = os.environ['DBUS_SESSION_BUS_ADDRESS']
    env = {k: v for k, v in shop.env.items() if k != 'G_DEBUG'}
    daemon = subprocess.Popen(['gnome-keyring-daemon', '--foreground', '--unlock', '--components=secrets'], env=env,
                              stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    daemon.stdin.write(b'x')
    daemon.stdin.close()
    try:
        yield
    finally:
        daemon.terminate()
        daemon.wait()


def run_demo(shop):
    """The same, with the window of the demo business open."""
    program = run(shop, '--file', shop.file)
    program.window(DEMO)
    return program


def row_of(program, title):
    """The page of that title in the navigation; it may say how much waits there."""
    return program.find('list item', re.compile(f'^{title}(,|$)'))


def write_file_name(program, window, path, done):
    """In GTK's own window for files, which changes to an entry with the first “/”, unless it is still about to list
    files; and which may be about to complete what was written when Return comes."""
    program.window(window)
    for _ in range(10):
        entry = program.focus()
        if entry and entry.role in ENTRIES:
            program.key('ctrl+a')
        program.type_keys(str(path))
        program.key('Return')
        try:
            return until(done, f'{path.name} chosen', timeout=1.5)
        except AssertionError:
            pass
    raise AssertionError(f'{path.name} cannot be chosen')


def choose_file(program, path):
    """A file of leads, until the window that shows it is there."""
    return write_file_name(program, 'Import Leads', path, lambda: program.look('label', path.name))


def nameless(widget):
    """The things below it that take mouse or keys and have no name, nor text in them; parts of a named choice are
    called by its name."""
    for thing in widget.walk():
        inside = list(thing.walk()) if thing.role in INTERACTIVE and TYPE_NAME.search(thing.name) else None
        if inside is not None and thing.is_laid_out() and thing.parent.role != 'combo box' \
                and all(TYPE_NAME.search(part.name) for part in inside):
            yield f'{thing!r} in {thing.parent!r} in {thing.parent.parent!r}'
