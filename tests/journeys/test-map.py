"""The map of the ladder with real drags of the mouse, and with the keys alone: a product goes onto another rung, an
arrow is drawn between two and one from a source to a sales letter, all is undone and done again. The file is asked
after each.

usage: test-map.py RUNGSCTL SOURCE_ROOT RUNGS PICTURES DROP_SOURCE, on a display and a session bus
"""

import sqlite3

from journey import row_of, run_demo
from shop import main
from window import Widget, drag_between, until, xdo

GUIDE, KIT, WEEKEND, EVENING, MASTER = ('Ten Glazes That Never Fail', 'Home Starter Kit', 'Weekend at the Wheel',
                                        'Evening Studio', 'Master Class Year')


def ask(shop, sql):
    with sqlite3.connect(f'file:{shop.file}?mode=ro', uri=True) as db:
        return db.execute(sql).fetchall()


def state(shop):
    """Which product stands on which rung, what is offered after what, and who comes to which sales letter."""
    return (dict(ask(shop, 'SELECT name, rung FROM product WHERE retired_at IS NULL')),
            ask(shop, 'SELECT a.name, b.name FROM offer JOIN product AS a ON a.id = from_product'
                      ' JOIN product AS b ON b.id = to_product WHERE offer.retired_at IS NULL ORDER BY offer.id'),
            ask(shop, 'SELECT way_in.kind, product.name FROM way_in JOIN sales_letter ON sales_letter.id = letter'
                      ' JOIN product ON product.id = sales_letter.product ORDER BY way_in.id'))


def comes(shop, wanted):
    until(lambda: state(shop) == wanted, lambda: f'{wanted} in the file, but {state(shop)}')


class Map:
    """The drawing. GTK 4.8 says of what is drawn smaller where its upper left corner is, but not how large."""

    def __init__(self, program):
        self.program = program
        self.canvas = program.find('list item', KIT, where=Widget.is_laid_out).parent
        self.rest()

    def node(self, name):
        return self.program.find('list item', name, within=self.canvas, where=Widget.is_laid_out)

    def places(self):
        return [widget.place() for widget in self.canvas.children() if widget.name in (GUIDE, KIT, MASTER)]

    def rest(self):
        """Until all has come to where it stays."""
        def still():
            before = self.places()
            xdo('sleep', 0.4)
            return before == self.places()
        until(still, 'the map at rest')

    def see_all(self):
        """What tells of one thing closes with Escape, and there is room for the whole map."""
        self.rest()
        self.program.key('Escape')
        self.rest()
        self.program.key('ctrl+9')
        self.rest()

    def inside(self, node, right=14, down=14):
        """A place in it, on the screen; where none is said, near its corner."""
        x, y = self.program.on_screen(node)
        _x, _y, width, height = node.place()
        return x - width // 2 + right, y - height // 2 + down

    def seen_width(self, node):
        """How wide it is on the screen, found out by pointing above what stands in it: a button may answer for
        itself."""
        x, y, most, _height = node.place()
        least = 14
        list(node.walk())
        while most - least > 1:
            width = (least + most) // 2
            if node.holds(self.program.path_at(node.window(), x + width, y + 5)):
                least = width
            else:
                most = width
        return least

    def carry(self, name, place):
        """Takes a product to where another stands."""
        drag_between(self.inside(self.node(name)), lambda: self.inside(self.node(place)))

    def draw(self, start, end):
        """An arrow, from the middle of the right edge: there is the port, when the pointer is on the node."""
        node = self.node(start)
        _x, _y, width, height = node.place()
        seen = self.seen_width(node)
        xdo('mousemove', *self.inside(node), 'sleep', 0.2)
        drag_between(self.inside(node, seen, height * seen // width // 2), lambda: self.inside(self.node(end)))

    def walk_to(self, name):
        """With Tab, which goes along the arrows; or from one node to the next that an arrow can be drawn to."""
        for _ in range(70):
            focus = next((widget for widget in self.canvas.children() if 'focused' in widget.states), None)
            if focus and focus.name == name:
                return
            self.program.key('Tab')
            xdo('sleep', 0.05)
        raise AssertionError(f'the keys do not come to {name}, but to {self.program.focus()}')

    def draw_with_keys(self, start, end):
        self.rest()
        self.walk_to(start)
        self.program.key('c')
        self.walk_to(end)
        self.program.key('Return')

    def undo_and_redo(self, shop, states):
        """All of it, from the last state back to the first and up again."""
        self.rest()
        for key, wanted in [('ctrl+z', w) for w in states[-2::-1]] + [('ctrl+shift+z', w) for w in states[1:]]:
            self.program.key(key)
            comes(shop, wanted)
            self.rest()


def states_to_come(shop):
    """As it is; with the kit beside the evenings, which leaves no gap below; with another offer; with another way
    in."""
    rungs, offers, letters = state(shop)
    moved = {GUIDE: 1, WEEKEND: 2, KIT: 3, EVENING: 3, MASTER: 4}
    return [(rungs, offers, letters),
            (moved, offers, letters),
            (moved, [*offers, (GUIDE, MASTER)], letters),
            (moved, [*offers, (GUIDE, MASTER)], [*letters, ('jv', KIT)])]


def test_mouse(shop):
    shop.run('init', '--demo', now=False)
    with run_demo(shop) as program:
        row_of(program, 'Ladder').click()
        drawing = Map(program)
        states = states_to_come(shop)
        program.picture('01-map')
        drawing.carry(KIT, EVENING)
        comes(shop, states[1])
        program.picture('02-moved')
        drawing.see_all()
        drawing.draw(GUIDE, MASTER)
        comes(shop, states[2])
        program.picture('03-offered')
        drawing.see_all()
        drawing.draw('Joint ventures', KIT)
        comes(shop, states[3])
        program.picture('04-way-in')
        drawing.undo_and_redo(shop, states)
        program.picture('05-done-again')


def test_keys(shop):
    """In the order in which Tab comes to them; the key of the page leads onto the map."""
    shop.run('init', '--demo', now=False)
    with run_demo(shop) as program:
        program.key('ctrl+4')
        drawing = Map(program)
        rungs, offers, letters = state(shop)
        letters_then = [*letters, ('jv', KIT)]
        rungs_then = {GUIDE: 1, KIT: 2, WEEKEND: 2, EVENING: 3, MASTER: 4}
        states = [(rungs, offers, letters), (rungs, offers, letters_then), (rungs_then, offers, letters_then),
                  (rungs_then, [*offers, (KIT, MASTER)], letters_then)]
        drawing.draw_with_keys('Joint ventures', KIT)
        comes(shop, states[1])
        drawing.rest()
        drawing.walk_to(KIT)
        program.key('alt+Up')
        comes(shop, states[2])
        drawing.draw_with_keys(KIT, MASTER)
        comes(shop, states[3])
        program.picture('06-by-keys')
        # faster than the file is written
        program.key(*['ctrl+z'] * 3)
        comes(shop, states[0])
        program.key(*['ctrl+shift+z'] * 3)
        comes(shop, states[3])


main(globals())
