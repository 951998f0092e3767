"""Names that nobody has, and files bring: of 10,000 letters, from right to left, of pictures and marks, with signs
that are none. They are shown whole or shortened, the window stays as wide as it was, and the program small.

usage: test-strange.py RUNGSCTL SOURCE_ROOT RUNGS PICTURES DROP_SOURCE, on a display and a session bus
"""

import csv
import json
import re

from journey import run
from shop import main
from window import Widget

LONG = ('Wolfeschlegelsteinhausen' * 417)[:10_000]
WORDS = 'lots of words ' * 700
TITLE = 'Strange – Rungs'
ROWS = [
    ['long@example.com', LONG, LONG, LONG, '+49 30 1234', LONG + '\n' + WORDS, 't' * 10_000, LONG],
    ['long+shop@example.com', LONG, LONG[::-1], '', '', '', '', ''],
    ['words@example.com', WORDS, 'Ärger ' * 1600, 'Firma ' * 1600, '', WORDS, 'two words', ''],
    ['rtl@example.com', 'דבורה', 'كريم عبد العزيز', 'شركة الاختبار', '+972 3 123 4567',
     'هذه ملاحظة مع English في الوسط', 'vip', 'חיפה'],
    ['emoji@example.com', '👩‍👩‍👧‍👦 Zoë', '🇮🇪 O’Neill', '🐝 & Söhne <b>', '', '👍🏽' * 300, '🎁', '🍀'],
    ['control@example.com', 'A\x01B\x07C\x1b[31m', 'D\u202eevil\u202c', '\u2066iso\u2069 \ufeff', '', 'a\r\nb\tc\x0b\x0c', '', '\x85nel'],
    ['markup@example.com', '<b>Bold</b> & "q"', '%s %n %d', '&amp; &lt;', '', '<script>alert(1)</script>', '<i>',
     "'; DROP TABLE lead; --"],
    ['marks@example.com', 'Z' + '\u0301\u0316\u0323\u034f' * 500 + 'a', 'e', '', '', '', '', ''],
    ['a' * 60 + '@' + 'b' * 60 + '.' + 'c' * 60 + '.example', 'Long', 'Address', '', '', '', '', ''],
]
# What it takes with the demo business is less than half of that.
MEMORY_KB = 600_000


def begin(shop):
    shop.now = None
    shop.run('init', '--name', 'Strange', '--zone', 'Europe/Berlin')
    path = shop.folder / 'names.csv'
    with path.open('w', newline='', encoding='utf-8') as out:
        csv.writer(out).writerows([['Email', 'First name', 'Last name', 'Company', 'Phone', 'Notes', 'Tags', 'City'], *ROWS])
    done = shop.json('leads', 'import', path)
    assert done['leads_created'] == len(ROWS), done
    rule = {'any': [{'field': 'first_name', 'op': 'contains', 'value': 'Wolfe'},
                    {'all': [{'field': 'company', 'op': 'is', 'value': LONG}, {'field': 'tag', 'op': 'has', 'value': '<i>'}]}]}
    shop.run('segment', 'add', LONG[:200] + ' ' + WORDS[:2000], '--rule', json.dumps(rule))


def memory_of(program):
    text = open(f'/proc/{program.process.pid}/status', encoding='ascii').read()
    return int(re.search(r'VmHWM:\s+(\d+) kB', text).group(1))


def see(program, name):
    """The picture, when the window is as large as it was: nothing in it asks for more."""
    assert program.active().place()[2] <= 1280, program.active().place()
    program.picture(name)


def see_leads(program):
    """One after the other, with the details beside the list."""
    program.key('ctrl+2', 'ctrl+f')
    program.focus_comes_to('search box', 'Search leads')
    leads = program.page('Leads')
    program.find('label', f'{len(ROWS)} leads', within=leads)
    for number in range(len(ROWS)):
        program.key('Down')
        program.find('label', 'What Happened', within=leads, where=Widget.is_laid_out)
        see(program, f'01-lead-{number}')


def test_names(shop):
    begin(shop)
    with run(shop, '--file', shop.file) as program:
        program.window(TITLE)
        see_leads(program)
        program.key('Return')
        program.window('Edit Lead')
        see(program, '02-edit')
        program.key('Escape')
        program.window(TITLE)
        program.key('ctrl+3')
        segments = program.page('Segments')
        program.find('label', 'Rule', within=segments, where=Widget.is_laid_out).click()
        program.find('label', re.compile('^It holds for'), within=segments, where=Widget.is_laid_out)
        see(program, '03-rule')
        program.key('ctrl+2')
        leads = program.page('Leads')
        program.press('Main Menu', within=leads)
        program.click_in_list('menu item', 'Find Duplicates…')
        dialog = program.window('Duplicates')
        program.find('label', 'First name', within=dialog)
        see(program, '04-duplicates')
        assert memory_of(program) < MEMORY_KB, memory_of(program)


main(globals())
