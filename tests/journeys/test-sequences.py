"""A sequence is made with a real mouse, and with the keys alone: steps from the palette onto the arrows, a branch moved
with what stands on it, deleted, and all of it undone and done again. The file is asked after each.

usage: test-sequences.py RUNGSCTL SOURCE_ROOT RUNGS PICTURES DROP_SOURCE, on a display and a session bus
"""

import json
import sqlite3

from journey import row_of, run_demo
from shop import main
from window import BUTTONS, Widget, drag_between, until, xdo


def flow(graph, step, end=None):
    """The kinds of the steps from there on, with the ways of a condition in brackets, up to where they join."""
    kinds = []
    while step and step != end:
        node = graph['steps'][step]
        if node['kind'] == 'condition':
            yes, no = (way(graph, node.get(name)) for name in ('yes', 'no'))
            join = next((one for one in yes if one in no), None)
            kinds.append(['condition', flow(graph, node.get('yes'), join), flow(graph, node.get('no'), join)])
            step = join
        else:
            kinds.append(node['kind'])
            step = node.get('next')
    return kinds


def way(graph, step):
    """The steps from there on; of a condition those of its first way."""
    ids = []
    while step:
        ids.append(step)
        step = graph['steps'][step].get('next', graph['steps'][step].get('yes'))
    return ids


def state(shop):
    """What stands in the draft of the newest sequence."""
    with sqlite3.connect(f'file:{shop.file}?mode=ro', uri=True) as db:
        row = db.execute('SELECT graph FROM sequence_draft ORDER BY sequence DESC LIMIT 1').fetchone()
    graph = json.loads(row[0]) if row else {'steps': {}}
    return flow(graph, graph.get('start'))


def comes(shop, wanted):
    until(lambda: state(shop) == wanted, lambda: f'{wanted} in the file, but {state(shop)}')


class Editor:
    """The drawing and the palette beside it."""

    def __init__(self, program, name):
        self.program = program
        program.key('ctrl+n')
        program.window('New Sequence')
        program.type_keys(name)
        program.key('Return')
        self.canvas = program.find('list item', 'Way in: Leads enter by hand.', where=Widget.is_laid_out).parent
        self.rest()

    def node(self, name):
        return self.program.find('list item', name, within=self.canvas, where=Widget.is_laid_out)

    def plus(self, name):
        return self.program.find(BUTTONS, name, within=self.canvas, where=Widget.is_laid_out)

    def rest(self):
        """Until all has come to where it stays."""
        def still():
            before = [widget.place() for widget in self.canvas.children()]
            xdo('sleep', 0.3)
            return before == [widget.place() for widget in self.canvas.children()]
        until(still, 'the drawing at rest')

    def drop(self, item, place):
        """From the palette onto the + of that name."""
        start = self.program.find('list item', item, where=Widget.is_laid_out)
        drag_between(self.program.on_screen(start), lambda: self.program.on_screen(self.plus(place)))
        self.rest()

    def carry(self, name, place):
        node = self.node(name)
        _x, _y, width, height = node.place()
        x, y = self.program.on_screen(node)
        drag_between((x - width // 2 + 14, y - height // 2 + 12), lambda: self.program.on_screen(self.plus(place)))
        self.rest()

    def choose(self, *names):
        """From the lists that Insert and M show, one after the other."""
        for name in names:
            self.program.find('list item', name, where=lambda widget: 'focused' in widget.states or True)
            for _ in range(40):
                focus = self.program.focus()
                if focus and focus.name == name:
                    break
                self.program.key('Down')
                xdo('sleep', 0.05)
            else:
                raise AssertionError(f'{name} is not in the list, but {self.program.focus()}')
            self.program.key('Return')
            xdo('sleep', 0.3)
        self.rest()


def undo_and_redo(program, shop, states):
    for key, wanted in [('ctrl+z', one) for one in states[-2::-1]] + [('ctrl+shift+z', one) for one in states[1:]]:
        program.key(key)
        comes(shop, wanted)


STATES = [[], ['wait'], ['wait', ['condition', [], []]], ['wait', ['condition', ['message'], []]],
          [['condition', ['message'], []], 'wait'], ['message', 'wait']]


def test_mouse(shop):
    shop.run('init', '--demo', now=False)
    with run_demo(shop) as program:
        row_of(program, 'Sequences').click()
        editor = Editor(program, 'By mouse')
        program.picture('01-empty')
        editor.drop('Wait', 'At the beginning')
        comes(shop, STATES[1])
        editor.drop('Condition', 'After Wait: 1 day')
        comes(shop, STATES[2])
        editor.drop('Message', 'After Condition: …, yes')
        comes(shop, STATES[3])
        program.picture('02-branches')
        editor.carry('Condition: …', 'At the beginning')
        comes(shop, STATES[4])
        program.picture('03-moved')
        editor.node('Condition: …').click()
        program.key('Delete')
        comes(shop, STATES[5])
        undo_and_redo(program, shop, STATES)
        program.picture('04-done-again')


def test_keys(shop):
    """Insert asks what and where; Alt and an arrow moves; Enter leads to what is said of the step."""
    shop.run('init', '--demo', now=False)
    with run_demo(shop) as program:
        program.key('ctrl+5')
        editor = Editor(program, 'By keys')
        program.key('Insert')
        editor.choose('Wait', 'At the beginning')
        comes(shop, STATES[1])
        program.key('Insert')
        editor.choose('Condition', 'After Wait: 1 day')
        comes(shop, STATES[2])
        program.key('Insert')
        editor.choose('Message', 'After Condition: …, yes')
        comes(shop, STATES[3])
        program.key('Up')
        until(lambda: program.focus() and program.focus().name == 'Condition: …', 'the keys on the condition')
        program.key('alt+Up')
        comes(shop, STATES[4])
        editor.rest()
        program.key('Delete')
        comes(shop, STATES[5])
        undo_and_redo(program, shop, STATES)
        program.picture('05-by-keys')


main(globals())
