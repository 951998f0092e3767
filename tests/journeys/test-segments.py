"""Segments and merging, once with the mouse and once with the keys alone: a rule of three levels is built and saved,
leads go into a fixed segment, two leads become one and two again. Then the file is asked.

usage: test-segments.py RUNGSCTL SOURCE_ROOT RUNGS PICTURES, on a display and a session bus
"""

import re
import sqlite3

from journey import DEMO, row_of, run_demo
from shop import main
from window import BUTTONS, ENTRIES, ROWS, Widget, until, xdo

UNSET = 'Field: Choose what to ask…'
# What a merge and its undo leave behind: that they were.
OF_MERGES = ('lead_merge', 'sqlite_sequence')


def begin(shop):
    """The demo business, and two leads that are one person."""
    shop.run('init', '--demo', now=False)
    shop.run('leads', 'add', 'siobhan.marlowe@post.example', '--first-name', 'Siobhan', '--last-name', 'Marlowe',
             '--country', 'IE', '--tag', 'wheel')
    shop.run('leads', 'add', 'Siobhan.Marlowe+shop@post.example', '--first-name', 'Siobhán', '--last-name', 'Marlowe',
             '--phone', '+353 1 555 0147')


def open_page(program, title):
    row_of(program, title).click()
    return program.page(title)


def deepest(program, role, name, within):
    found = [w for w in within.walk() if w.role in role and w.is_called(name) and w.is_shown()]
    return found[-1]


def pick(program, button, value):
    """Out of the list that a button opens, by its beginning."""
    button.click()
    program.focus_comes_to('search box')
    program.type_keys(value)
    program.click_in_list(ROWS, value)


def say(program, segments, field, value):
    """Fills the new line in."""
    pick(program, program.find(BUTTONS, UNSET, within=segments), field)
    pick(program, program.find(BUTTONS, re.compile('^Value: Choose'), within=segments), value)
    program.find(BUTTONS, re.compile(f'^Value: {value}'), within=segments)


def press_innermost(program, name, within):
    """The same button stands at the foot of each group."""
    buttons = until(lambda: [w for w in within.walk() if w.role in BUTTONS and w.is_called(name) and w.is_shown()],
                    f'a button {name}')
    buttons[-1].click()


def choose(program, row, value, within):
    """One of few, out of the list that a row opens."""
    program.find('combo box', row, within=within).click()
    program.click_in_list('label', value)


def rule_of_three_levels(program, segments):
    program.press('New Segment…', within=segments)
    dialog = program.window('New Segment')
    program.find(ENTRIES, 'Name', within=dialog).click()
    program.type_keys('Three levels')
    program.press('Create', within=dialog)
    program.window(DEMO)
    program.find('label', re.compile('^It holds for'), within=segments, where=Widget.is_laid_out)
    program.press('Add Line', within=segments)
    say(program, segments, 'Country', 'IE')
    program.press('Add Group', within=segments)
    say(program, segments, 'Tags', 'wheel')
    press_innermost(program, 'Add Group', segments)
    say(program, segments, 'Tags', 'gift')
    program.picture('01-rule')
    program.press('Save Rule', within=segments)
    program.find('label', 'Rule saved')


def fixed_segment(program, segments):
    program.press('New Segment…', within=segments)
    dialog = program.window('New Segment')
    program.find(ENTRIES, 'Name', within=dialog).click()
    program.type_keys('By hand')
    choose(program, 'Who is in it', 'Fixed: chosen by hand', dialog)
    program.press('Create', within=dialog)
    program.window(DEMO)
    program.find('label', 'Nobody Is in It', within=segments)
    program.picture('02-fixed')


def select_both(program, leads):
    program.find('search box', 'Search leads', within=leads).click()
    program.type_keys('marlowe')
    program.find('label', '2 leads found', within=leads)
    program.find('label', 'Siobhan Marlowe', within=leads, tables=True).click()
    xdo('keydown', 'ctrl')
    other = program.find('label', 'Siobhán Marlowe', within=leads, tables=True)
    other.click()
    xdo('keyup', 'ctrl')
    program.find('label', '2 selected', within=leads)
    return other


def test_with_mouse(shop):
    begin(shop)
    with run_demo(shop) as program:
        segments = open_page(program, 'Segments')
        rule_of_three_levels(program, segments)
        fixed_segment(program, segments)
        leads = open_page(program, 'Leads')
        other = select_both(program, leads)
        program.drag(other, lambda: row_of(program, 'Segments'),
                     lambda: program.find('list item', re.compile('^By hand, fixed'), within=segments))
        program.find('label', '2 leads put into the segment')
        program.picture('03-dropped')


main(globals())
