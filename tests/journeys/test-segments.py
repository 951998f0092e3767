"""Segments and merging, once with the mouse and once with the keys alone: a rule of three levels is built and saved,
leads go into a fixed segment, two leads become one and two again. Then the file is asked.

usage: test-segments.py RUNGSCTL SOURCE_ROOT RUNGS PICTURES DROP_SOURCE, on a display and a session bus
"""

import re
import sqlite3

from journey import DEMO, nameless, row_of, run_demo
from shop import main
from window import BUTTONS, CHOICES, ENTRIES, ROWS, Widget, until, xdo

UNSET = 'Field: Choose what to ask…'
# What belongs to leads; that they were one and two again stays in the timeline and in the list of merges.
OF_LEADS = ('lead', 'lead_tag', 'lead_value', 'touch', 'consent', 'segment_member', 'sales_order', 'enrolment', 'outbox')
ONE, OTHER = 'siobhan.marlowe@post.example', 'Siobhan.Marlowe+shop@post.example'


def begin(shop):
    """The demo business without fixed segments, and two leads that are one person."""
    shop.run('init', '--demo', now=False)
    for segment in shop.json('segment', 'list'):
        if segment['kind'] == 'fixed':
            shop.run('segment', 'delete', segment['key'])
    shop.run('leads', 'add', ONE, '--first-name', 'Siobhan', '--last-name', 'Marlowe',
             '--country', 'IE', '--tag', 'wheel')
    shop.run('leads', 'add', OTHER, '--first-name', 'Siobhán', '--last-name', 'Marlowe',
             '--phone', '+353 1 555 0147')


def open_page(program, title):
    row_of(program, title).click()
    return program.page(title)


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


def rows_of_leads(shop):
    with sqlite3.connect(f'file:{shop.file}?mode=ro', uri=True) as db:
        return {table: db.execute(f'SELECT * FROM {table} ORDER BY 1, 2').fetchall() for table in OF_LEADS}


def check_rule(shop):
    """What was built is what is stored, and it finds whom it was said to find."""
    rule = shop.json('segment', 'show', 'Three levels')['rule']
    country, group = rule['all']
    tag, inner = group['any']
    assert (country['field'], country['value']) == ('country', 'IE'), rule
    assert (tag['field'], tag['value']) == ('tag', 'wheel'), rule
    assert [line['value'] for line in inner['all']] == ['gift'], rule
    assert shop.json('segment', 'count', 'Three levels')['leads'] == 678


def check_members(shop):
    members = shop.json('segment', 'members', 'By hand')
    assert sorted(lead['email'] for lead in members) == sorted((ONE, OTHER)), members


def check_merged(shop):
    """One lead, with the spelling that was chosen, in the place of two."""
    until(lambda: shop.json('leads', 'merges'), 'a merge')
    lead, = shop.json('leads', 'search', 'marlowe')
    assert (lead['email'], lead['first_name']) == (ONE, 'Siobhán'), lead


def check_parted(shop, before):
    until(lambda: not shop.json('leads', 'merges'), 'no merge')
    after = rows_of_leads(shop)
    assert after == before, [table for table in OF_LEADS if after[table] != before[table]]


def merge_duplicates(shop, program, leads):
    """Found by the program, side by side, one field chosen, merged, taken back."""
    before = rows_of_leads(shop)
    program.press('Main Menu', within=leads)
    program.click_in_list('menu item', 'Find Duplicates…')
    dialog = program.window('Duplicates')
    program.find('label', re.compile('^Siobh.n Marlowe · '), within=dialog, tables=True).click()
    program.find(CHOICES, 'First name: Siobhán', within=dialog).click()
    program.picture('04-side-by-side')
    program.press('Merge', within=dialog)
    program.find('label', 'Merged', within=dialog)
    program.picture('05-merged')
    check_merged(shop)
    program.press('Undo', within=dialog)
    check_parted(shop, before)
    program.find('label', re.compile('^Siobh.n Marlowe · '), within=dialog, tables=True)
    program.close_with_mouse(dialog)
    program.window(DEMO)


def close_with_a_changed_rule(shop, program):
    """It is asked about; Escape goes back to it, and the other answer leaves the rule as it was."""
    segments = open_page(program, 'Segments')
    program.find('list item', re.compile('^Three levels, live'), within=segments).click()
    program.find(('tab', 'page tab'), 'Rule', within=segments).click()
    program.press('Add Line', within=segments)
    program.find('label', re.compile('^Not saved yet'), within=segments)
    row_of(program, 'Leads').click()
    program.page('Leads')
    program.key('ctrl+w')
    until(lambda: len(program.frames()) == 2, 'a question')
    program.picture('06-question')
    program.key('Escape')
    program.window(DEMO)
    program.find('label', re.compile('^Not saved yet'), within=segments)
    program.key('ctrl+w')
    until(lambda: len(program.frames()) == 2, 'a question')
    program.press('Close Without Saving')
    program.process.wait(timeout=15)
    check_rule(shop)


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
        check_rule(shop)
        check_members(shop)
        merge_duplicates(shop, program, open_page(program, 'Leads'))
        close_with_a_changed_rule(shop, program)


def say_with_keys(program, field, value):
    """Picks the field of the line that has the keys, and its value, by the beginnings of their names."""
    for what, tabs in ((field, 0), (value, 2)):
        for _ in range(tabs):
            program.key('Tab')
        program.key('space')
        program.focus_comes_to('search box')
        program.type_keys(what)
        program.key('Return')
        program.focus_comes_to(BUTTONS, re.compile(f': {what}'))


def tab_to(program, role, name):
    """Goes on with Tab to the first such thing, which must be near."""
    for _ in range(12):
        widget = program.focus()
        if widget and widget.role in role and widget.is_called(name):
            return
        program.key('Tab')
        until(lambda: widget is None or (program.focus() or widget).path != widget.path, 'the focus further on')
    raise AssertionError(f'{role} “{name}” is not near, the focus is on {program.focus()}')


def rule_with_keys(program):
    """Lines and groups are added, moved and moved back."""
    program.key('ctrl+n')
    program.window('New Segment')
    program.type_keys('Three levels')
    program.key('Return')
    program.window(DEMO)
    segments = program.page('Segments')
    program.find('label', re.compile('^It holds for'), within=segments, where=Widget.is_laid_out)
    program.key('Insert')
    program.focus_comes_to(BUTTONS, re.compile('^Field'))
    say_with_keys(program, 'Country', 'IE')
    program.key('Insert')
    program.focus_comes_to(BUTTONS, UNSET)
    say_with_keys(program, 'Tags', 'wheel')
    program.key('alt+Right', 'Insert')
    program.focus_comes_to(BUTTONS, UNSET)
    say_with_keys(program, 'Tags', 'gift')
    program.key('alt+Right', 'alt+Left', 'ctrl+z')
    program.picture('11-rule')
    assert not list(nameless(segments)), list(nameless(segments))
    program.key('ctrl+s')
    program.find('label', 'Rule saved')


def fixed_segment_with_keys(program):
    """Both leads of the search go into a new segment, by way of the menu of the selection."""
    program.key('ctrl+2', 'ctrl+f')
    program.focus_comes_to('search box', 'Search leads')
    program.type_keys('marlowe')
    leads = program.page('Leads')
    program.find('label', '2 leads found', within=leads)
    program.key('Down', 'shift+Down')
    program.find('label', '2 selected', within=leads)
    program.key('shift+F10')
    program.find('menu item', 'Add to Segment…', where=Widget.is_laid_out)
    program.picture('12-menu')
    program.key('g')
    dialog = program.window('Add to Segment')
    program.find(ENTRIES, 'Name of the new segment', within=dialog)
    program.type_keys('By hand')
    program.picture('13-add')
    program.key('Return')
    program.window(DEMO)
    program.find('label', '2 leads put into the segment', within=leads)


def merge_with_keys(shop, program):
    before = rows_of_leads(shop)
    program.key('shift+F10')
    program.find('menu item', 'Merge…', where=Widget.is_laid_out)
    program.key('m')
    dialog = program.window('Merge Leads')
    program.find('label', 'First name', within=dialog)
    tab_to(program, CHOICES, re.compile('^E-mail: '))
    program.key('Right', 'space')
    program.focus_comes_to(CHOICES, f'E-mail: {ONE}')
    until(lambda: program.focus().is_('checked'), 'the address chosen')
    program.picture('14-merge')
    program.key('alt+m')
    program.window(DEMO)
    leads = program.page('Leads')
    program.find('label', 'Leads merged', within=leads)
    check_merged(shop)
    program.picture('15-merged')
    program.key('ctrl+z')
    check_parted(shop, before)
    program.find('label', 'The merge was undone', within=leads)


def test_with_keys(shop):
    begin(shop)
    with run_demo(shop) as program:
        program.key('ctrl+3')
        rule_with_keys(program)
        fixed_segment_with_keys(program)
        check_rule(shop)
        check_members(shop)
        merge_with_keys(shop, program)


main(globals())
