"""Which account sends what, with a real mouse and with the keys: rules are moved, added and taken back.

usage: test-accounts.py RUNGSCTL SOURCE_ROOT RUNGS PICTURES DROP_SOURCE, on a display and a session bus
"""

import re

from journey import run_demo
from shop import main
from window import ENTRIES, drag_between, until

TABS = ('tab', 'page tab', 'radio button', 'toggle button')


def begin(shop):
    """Two accounts beside the default one, and three rules."""
    shop.run('init', '--demo', now=False)
    for name in ('News', 'Receipts'):
        shop.run('account', 'add', 'practice', '--name', name, '--from-email', f'{name.lower()}@business.example')
    shop.run('account', 'add-rule', 'News', '--broadcasts')
    shop.run('account', 'add-rule', 'News', '--sequences')
    shop.run('account', 'add-rule', 'Receipts', '--kind', 'transactional')


def rules(shop):
    return [rule['words'] for rule in shop.json('account', 'rules')]


def row_of_rule(program, settings, title):
    return program.find('list item', re.compile(f'^{title}'), within=settings, where=lambda row: row.is_laid_out())


def open_mail(program):
    program.key('ctrl+comma')
    settings = program.page('Settings')
    program.find(TABS, 'Mail', within=settings).click()
    program.roll_to(row_of_rule(program, settings, 'Everything else'))
    return settings


def drag_below(program, settings, title, other):
    """By its handle, which is at the left, over the lower half of another."""
    row = row_of_rule(program, settings, title)
    x, y = program.on_screen(row)
    handle = x - row.place()[2] // 2 + 24, y

    def below():
        target = row_of_rule(program, settings, other)
        target_x, target_y = program.on_screen(target)
        return target_x, target_y + target.place()[3] // 4
    drag_between(handle, below)


def test_with_mouse(shop):
    begin(shop)
    with run_demo(shop) as program:
        settings = open_mail(program)
        program.picture('01-rules')
        drag_below(program, settings, 'Broadcasts', 'Not marketing')
        until(lambda: rules(shop) == ['sequences', 'not marketing', 'broadcasts'], lambda: f'it moved: {rules(shop)}')
        program.press('Undo')
        until(lambda: rules(shop) == ['broadcasts', 'sequences', 'not marketing'], 'it is back')
        program.press('Add Rule…', within=settings)
        form = program.window('New Rule')
        program.picture('02-rule')
        program.find(ENTRIES, 'To Addresses of These Domains', within=form).type('gmx.de')
        program.press('Save', within=form)
        until(lambda: rules(shop)[-1] == 'to gmx.de', lambda: f'it is there: {rules(shop)}')


def tab_to_rules(program):
    """Goes on with Tab to the first rule."""
    for _ in range(30):
        widget = program.focus()
        if widget and widget.role == 'list item' and widget.is_called(re.compile('^Broadcasts')):
            return
        program.key('Tab')
        until(lambda: widget is None or (program.focus() or widget).path != widget.path, 'the focus further on')
    raise AssertionError(f'no rule is near, the focus is on {program.focus()}')


def test_with_keys(shop):
    begin(shop)
    with run_demo(shop) as program:
        open_mail(program)
        tab_to_rules(program)
        program.key('Down', 'Down')
        program.focus_comes_to('list item', re.compile('^Not marketing'))
        program.key('alt+Up')
        until(lambda: rules(shop) == ['broadcasts', 'not marketing', 'sequences'], 'it moved up')
        program.focus_comes_to('list item', re.compile('^Not marketing'))
        program.key('alt+Up')
        until(lambda: rules(shop) == ['not marketing', 'broadcasts', 'sequences'], 'it moved up again')
        program.key('ctrl+z')
        until(lambda: rules(shop) == ['broadcasts', 'not marketing', 'sequences'], 'it moved back')


if __name__ == '__main__':
    main(globals())
