"""The window driven as a person would, with real mouse and keys; pictures of what was seen stay behind.

usage: test-window.py RUNGSCTL SOURCE_ROOT RUNGS PICTURES DROP_SOURCE, on a display and a session bus
"""

import json
import re

from journey import ROOT, choose_file, nameless, row_of, run
from shop import main
from window import BUTTONS, ENTRIES, Widget, until

EXPORT = ROOT / 'tests' / 'data' / 'exports' / 'mailchimp-subscribed.csv'
MESSAGE = ('Subject: The book, {{ lead.first_name | default: "dear reader" }}\nPurpose: sell the book\nValue: a chapter\n\n'
           'Read **chapter one** of [the book](https://studio.example/book).\n')
SEQUENCE = {'name': 'Sell the book', 'sells': 'BOOK', 'start': 'one',
            'steps': {'one': {'kind': 'message', 'message': 'Book 1', 'next': 'pause'},
                      'pause': {'kind': 'wait', 'days': 2, 'next': 'two'},
                      'two': {'kind': 'message', 'message': 'Book 1'}}}

GROUPS = ('group', 'panel')
TABLE_ROWS = ('row', 'table row')
TABS = ('tab', 'page tab', 'radio button', 'toggle button')


def pages_of(program):
    """The titles of the pages, in the order of the navigation."""
    return [row.name.split(',')[0] for row in program.find('list', 'Pages').walk() if row.role == 'list item']


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
    choose(program, 'Time Zone', 'Berl', 'Berlin, Germany (Europe)')
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


def sell_something(shop):
    """What is made on the command line while the window is open: two rungs and what sells the first."""
    shop.run('business', 'set', '--address', 'Market Square 1\n10115 Berlin')
    shop.run('product', 'add', 'BOOK', '--name', 'The Book', '--price', '29.00GBP')
    shop.run('product', 'add', 'COURSE', '--name', 'The Course', '--price', '240GBP')
    shop.run('offer', 'add', 'BOOK', 'COURSE', '--kind', 'next', '--after-days', '0')
    shop.run('message', 'add', 'Book 1', shop.write('book.md', MESSAGE))
    shop.run('sequence', 'add', shop.write('sequence.json', json.dumps(SEQUENCE)))
    shop.run('sequence', 'start', SEQUENCE['name'])


def import_leads(program):
    """The file of another program, its columns, the words of the consent, and what came of it."""
    program.press('Import…')
    choose_file(program, EXPORT)
    goes = program.find('combo box', re.compile('Where the column Email Address goes'))
    program.find('label', 'E-mail', within=goes)
    program.picture('20-import')
    consent = program.find(ENTRIES, 'What they agreed to', where=Widget.is_laid_out)
    program.roll_to(consent).type('Yes, write to me')
    program.picture('21-import-consent')
    program.press('Import')


def test_own_business(shop):
    """The main job: own leads come in, one is put into a sequence and buys."""
    with run(shop) as program:
        begin_own_business(program)
        shop.file = shop.folder / 'data' / 'rungs' / 'rungs.db'
        sell_something(shop)
        program.key('ctrl+2')
        program.page('Leads')
        program.picture('19-own-leads')
        import_leads(program)
        program.find('label', '4 Leads Imported')
        program.picture('22-imported')
        program.press('Undo Import')
        program.find('label', 'The Import Was Taken Back')
        program.picture('23-undone')
        program.press('Close')
        leads = program.page('Leads')
        program.find('label', 'No Leads Yet')
        import_leads(program)
        program.press('Show Them')
        program.window('Idas Studio – Rungs')
        find_lead(program, leads, 'brow', 'Ann Brown')
        program.picture('24-lead')
        add_to_sequence(program, leads)
        order(program, leads)
        see_messages(program)
        program.key('ctrl+1')
        today = program.page('Today')
        for figure in ('Messages Sent: 1,', 'Orders: 1,', 'Revenue: £29.00,'):
            program.find(GROUPS, re.compile(figure), within=today, where=Widget.is_laid_out)
        program.picture('32-today')


def find_lead(program, leads, typed, name):
    """By search as one types; the details follow the selection."""
    program.key('ctrl+f')
    program.focus_comes_to('search box')
    program.type_keys(typed)
    program.find('label', '1 lead found', within=leads)
    program.key('Down')
    program.find('label', name, within=leads)
    program.find('label', 'Owns', within=leads)


def press_in_section(program, page, heading, button):
    """Sections of the details have their button beside their heading."""
    program.press(button, within=program.find('label', heading, within=page).parent)


def add_to_sequence(program, leads):
    press_in_section(program, leads, 'Sequences', 'Add…')
    dialog = program.window('Add to Sequence')
    program.find('label', SEQUENCE['name'], within=dialog, where=Widget.is_laid_out)
    program.picture('25-add-to-sequence')
    program.press('Add', within=dialog)
    program.window('Idas Studio – Rungs')
    program.find('label', re.compile('in it since'), within=leads)
    program.picture('26-in-sequence')


def order(program, leads):
    """What was bought ends what sells it, at once, and the next rung is offered, with the reasons."""
    program.press('New Order…', within=leads)
    dialog = program.window('New Order')
    program.find('label', re.compile('The Book'), within=dialog, where=Widget.is_laid_out)
    program.picture('27-order')
    program.press('Store', within=dialog)
    program.window('Idas Studio – Rungs')
    program.find('label', re.compile('Offer The Course next'), within=leads)
    owns = program.find('label', 'Owns', within=leads).parent.parent
    program.find('label', 'The Book', within=owns)
    program.find('label', re.compile('bought'), within=leads)
    open_why(program, owns, leads, re.compile('^The Course: owns The Book since'))
    program.picture('28-bought')
    program.key('Escape')


def open_why(program, section, page, reason):
    """What opens is closed again by a window that goes only now and gives the keys back: then once more."""
    def ask():
        try:
            program.press('Why?', within=section)
            return program.find('label', reason, within=page, where=Widget.is_laid_out, timeout=3)
        except AssertionError:
            return None
    until(ask, f'the reason {reason}')


def see_messages(program):
    """What left, in the outbox and as it was written into the practice folder."""
    program.key('ctrl+6')
    messages = program.page('Messages')
    program.find('label', 'Ann Brown', within=messages, tables=True)
    program.find('label', 'Sent', within=messages, tables=True)
    program.picture('30-outbox')
    program.find(TABS, 'Practice Folder', within=messages).click()
    program.find('label', re.compile('^The book, Ann'), within=messages, tables=True).click()
    mail = program.find(ENTRIES, 'Text', within=messages)
    until(lambda: 'chapter one' in mail.text() and 'Market Square 1' in mail.text(), lambda: f'the mail: {mail.text()}')
    program.picture('31-practice')


def pages_by_key(program):
    """Goes through the pages by key, and gives each with its title while it is seen."""
    for number, title in enumerate(pages_of(program), 1):
        program.key('ctrl+comma' if title == 'Settings' else f'ctrl+{number}')
        page = program.page(title)
        until(lambda: 'selected' in row_of(program, title).states, f'{title} selected')
        yield title, page


def walk_navigation(program):
    """The key of a page leads into what it shows. In the navigation the arrows show one page after the other, and
    Tab goes on into the page, as Enter does."""
    program.key('ctrl+2')
    leads = program.page('Leads')
    first = program.focus_comes_to(TABLE_ROWS, tables=True)
    program.key('Down')
    until(lambda: program.focus_comes_to(TABLE_ROWS, tables=True).path != first.path, 'the keys on the second lead')
    program.key('ctrl+1')
    program.page('Today')
    stop = program.focus_comes_to(('list item', *BUTTONS))
    for _ in range(3):
        program.key('shift+Tab')
        stop = until(lambda: (focus := program.focus()) and focus.path != stop.path and focus, f'the stop before {stop}')
    program.focus_comes_to('list item', re.compile('^Today'))
    program.key('Down')
    program.page('Leads')
    program.focus_comes_to('list item', re.compile('^Leads'))
    program.key('Tab')
    program.focus_comes_to(BUTTONS, 'Import…')
    program.key('shift+Tab')
    program.focus_comes_to('list item', re.compile('^Leads'))
    program.key('Return')
    program.focus_comes_to(TABLE_ROWS, tables=True)
    return leads


def test_keys_alone(shop):
    """The pages, the search, the list, a form and the navigation without a mouse."""
    shop.run('init', '--demo', now=False)
    with run(shop, '--file', shop.file) as program:
        program.window('Quay Lane Pottery – Rungs')
        for number, (title, _page) in enumerate(pages_by_key(program), 10):
            program.picture(f'{number}-{title.lower()}')

        leads = walk_navigation(program)
        program.key('ctrl+f')
        program.focus_comes_to('search box', 'Search leads')
        program.type_keys('doherty')
        program.find('label', re.compile('leads found$'), within=leads)
        program.key('Down')
        program.find('label', 'Owns', within=leads)
        first = program.find('label', re.compile(' Doherty$'), within=leads).name
        program.key('Down')
        program.find('label', re.compile(f'^(?!{re.escape(first)}$).* Doherty$'), within=leads)
        program.picture('17-search')
        program.key('Tab')
        program.focus_comes_to(BUTTONS, 'Copy the E-mail Address')
        program.key('shift+Tab', 'shift+Down')
        program.find('label', '2 selected', within=leads)
        program.key('Tab')
        program.focus_comes_to(BUTTONS, 'Tag…')
        program.key('shift+Tab', 'Escape')
        program.gone('label', '2 selected', within=leads)
        program.key('ctrl+l')
        program.find(BUTTONS, 'Sort by “Name”', where=Widget.is_laid_out)
        program.key('Tab')
        program.focus_comes_to(BUTTONS, 'Sort by “Name”')
        program.key('space')
        program.focus_comes_to(BUTTONS, 'Sorted by “Name”, from the first to the last')
        program.key('Escape')
        # a list that closes gives the keys back to its button, a moment later
        program.focus_comes_to(BUTTONS, 'Columns')
        program.key('ctrl+f')
        program.focus_comes_to('search box', 'Search leads')
        program.key('Down')
        program.find('label', 'Owns', within=leads)
        program.key('Return')
        program.window('Edit Lead')
        # The inside of a row that can be written into is not known to the bus, the button Cancel would be.
        until(lambda: not program.focus() or program.focus().role not in BUTTONS, 'a form that begins with a field')
        program.key('Escape')
        program.window('Quay Lane Pottery – Rungs')
        program.key('F9')
        program.gone('label', 'Quay Lane Pottery')
        program.picture('18-folded')
        program.key('F9')
        program.find('label', 'Quay Lane Pottery')


def test_every_thing_has_a_name(shop):
    """What a screen reader has to say of the pages, and of the windows that their main actions open."""
    shop.run('init', '--demo', now=False)
    with run(shop, '--file', shop.file) as program:
        main_window = program.window('Quay Lane Pottery – Rungs').name
        flaws = [f'navigation: {flaw}' for flaw in nameless(program.find('list', 'Pages'))]
        for title, page in pages_by_key(program):
            flaws += [f'{title}: {flaw}' for flaw in nameless(page)]
        program.key('ctrl+4', 'ctrl+n')
        ladder = program.page('Ladder')
        program.find('label', 'Left of the price', within=ladder)
        flaws += [f'a product beside the map: {flaw}' for flaw in nameless(ladder)]
        for keys, title in {'ctrl+1 ctrl+n': 'Add Lead', 'F1': 'Words and Help',
                            'ctrl+question': 'Keyboard Shortcuts'}.items():
            program.key(*keys.split())
            flaws += [f'{title}: {flaw}' for flaw in nameless(program.window(title))]
            program.key('Escape')
            program.window(main_window)
        assert not flaws, 'without a name:\n' + '\n'.join(flaws)


main(globals())
