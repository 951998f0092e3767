"""The window driven as a person would, with real mouse and keys; pictures of what was seen stay behind.

usage: test-window.py RUNGSCTL SOURCE_ROOT RUNGS PICTURES, on a display and a session bus
"""

import os
import pathlib
import re
import sys

ROOT = pathlib.Path(sys.argv[2]).resolve()
RUNGS = pathlib.Path(sys.argv[3]).resolve()
PICTURES = pathlib.Path(sys.argv[4]).resolve()
PICTURES.mkdir(exist_ok=True)
sys.path.insert(0, str(ROOT / 'tests' / 'cli'))
from shop import main  # noqa: E402  pylint: disable=wrong-import-position
from window import BUTTONS, ENTRIES, Program, until  # noqa: E402  pylint: disable=wrong-import-position

# What a person can point at, type into or be led to by Tab; a scroll bar needs no name, nor does a part of a
# thing that has one.
INTERACTIVE = (*BUTTONS, *ENTRIES, 'check box', 'switch', 'combo box', 'list', 'list item', 'list box', 'spin button',
               'table', 'tree table', 'slider', 'radio button', 'page tab', 'link', 'menu item')


def run(shop, *words):
    """The program in a home of its own."""
    settings = shop.folder / 'config' / 'gtk-4.0'
    settings.mkdir(parents=True, exist_ok=True)
    (settings / 'settings.ini').write_text('[Settings]\ngtk-font-name=Cantarell 11\ngtk-enable-animations=false\n')
    env = os.environ | shop.env | {
        'GTK_A11Y': 'atspi', 'XDG_CONFIG_HOME': str(shop.folder / 'config'), 'GSETTINGS_BACKEND': 'keyfile',
        'XDG_DATA_DIRS': f'{ROOT / "data"}:{os.environ.get("XDG_DATA_DIRS", "/usr/local/share:/usr/share")}'}
    return Program([RUNGS, *words], env, PICTURES)


def pages_of(program):
    """The titles of the pages, in the order of the navigation."""
    return [row.name.split(',')[0] for row in program.find('list', 'Pages').walk() if row.role == 'list item']


def row_of(program, title):
    return program.find('list item', re.compile(f'^{title}(,|$)'))


def test_first_start_and_demo(shop):
    """Nobody has been here: the program says welcome, and the demo business opens."""
    with run(shop) as program:
        program.find('label', 'Welcome to Rungs')
        program.picture('01-welcome')
        program.press('Look Around in a Demo Business')
        program.window('Quay Lane Pottery – Rungs', timeout=30)
        program.page('Today')
        program.picture('02-today')


def begin_own_business(program):
    """From the welcome to the empty window of one's own business."""
    program.press('Start with My Own Leads')
    program.find('label', 'Your Business')
    name = program.find(ENTRIES, 'Name')
    name.type('Idas Studio')
    choose(program, 'Currency', 'GBP', 'GBP')
    choose(program, 'Time Zone', 'Berl', 'Berlin (Europe)')
    program.picture('03-own-business')
    program.press('Create')
    program.window('Idas Studio – Rungs')


def choose(program, row, typed, value):
    """Opens the list of a row, types the beginning of what is wanted and takes it with the keys."""
    program.find('list item', row).click()
    program.focus_comes_to('search box')
    program.type_keys(typed)
    program.key('Down')
    program.focus_comes_to('list item')
    program.key('Return')
    program.focus_comes_to(BUTTONS)
    program.find('label', value)


def test_own_business(shop):
    with run(shop) as program:
        begin_own_business(program)
        program.page('Today')
        program.picture('04-own-today')


def test_keys_alone(shop):
    """The pages, the search, the lists and the navigation without a mouse."""
    shop.run('init', '--demo', now=False)
    with run(shop, '--file', shop.file) as program:
        program.window('Quay Lane Pottery – Rungs')
        titles = pages_of(program)
        for number, title in enumerate(titles, 1):
            program.key(f'ctrl+{number}' if title != 'Settings' else 'ctrl+comma')
            program.page(title)
            until(lambda: 'selected' in row_of(program, title).states, f'{title} selected')
            program.picture(f'10-{number}-{title.lower()}')


main(globals())
