"""Files of leads in and out of the window: a spreadsheet is dropped on it, what came of it is exported to where
the window for files says.

usage: test-files.py RUNGSCTL SOURCE_ROOT RUNGS PICTURES DROP_SOURCE, on a display and a session bus
"""

import csv
import re
import subprocess
import sys

from journey import DEMO, ROOT, row_of, run_demo, write_file_name
from shop import main
from window import drag_between, until, xdo

SPREADSHEET = ROOT / 'tests' / 'core' / 'tables' / 'files' / 'people.xlsx'
DROP_SOURCE = sys.argv[5]
PEOPLE = ('grete@example.de', 'dvora@example.co.il', 'same@example.com')


def window_of(title):
    """Where a window of another program is: the middle, on the screen."""
    number = until(lambda: subprocess.run(['xdotool', 'search', '--onlyvisible', '--name', f'^{title}$'],
                                          capture_output=True, text=True).stdout.split(), f'the window {title}')[-1]
    shell = xdo('getwindowgeometry', '--shell', number)
    x, y, width, height = (int(value) for value in re.findall(r'(?:X|Y|WIDTH|HEIGHT)=(-?\d+)', shell))
    return x + width // 2, y + height // 2


def drop(program, path, target):
    """Out of a window beside, as out of a file manager."""
    there = program.on_screen(target)
    source = subprocess.Popen([DROP_SOURCE, path])
    try:
        here = window_of('Files')
        program.picture('01-before')
        drag_between(here, lambda: there)
        program.window('Import Leads')
    finally:
        source.kill()
        source.wait()


def test_spreadsheet_dropped_and_exported(shop):
    """Three of its people come in, with names from right to left; exactly these go out again."""
    shop.run('init', '--demo', now=False)
    with run_demo(shop) as program:
        program.page('Today')
        drop(program, SPREADSHEET, row_of(program, 'Settings'))
        program.find('label', SPREADSHEET.name)
        program.picture('02-import')
        program.press('Import')
        program.find('label', '3 Leads Imported')
        program.press('Show Them')
        program.window(DEMO)
        leads = program.page('Leads')
        program.find('label', '3 leads found', within=leads)
        program.picture('03-imported')
        program.press('Main Menu', within=leads)
        program.click_in_list('menu item', 'Export These Leads…')
        dialog = program.window('Export Leads')
        program.picture('04-export')
        program.press('Export…', within=dialog)
        path = shop.folder / 'three people.csv'
        write_file_name(program, 'Export Leads', path, path.is_file)
        program.window(DEMO)
        program.find('label', re.compile('^3 leads '), within=leads)
        program.picture('05-exported')
    with path.open(encoding='utf-8-sig', newline='') as table:
        rows = list(csv.DictReader(table))
    assert sorted(row['E-mail'] for row in rows) == sorted(PEOPLE), rows
    names = [f'{row["First name"]} {row["Last name"]}'.strip() for row in rows]
    assert 'דבורה 🐝 كريم' in names, names


main(globals())
