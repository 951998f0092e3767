"""Drives the window as a person does: real mouse and keys by xdotool, and what stands where from the
accessibility bus, as a screen reader has it. Needs a display, a session bus and GTK_A11Y=atspi.

A widget counts as found when the point in its middle belongs to it: what lies on a hidden page, outside
of a scrolled area or under something else is not there, as it is not there for a person. A row of a large
table is a widget too, but tables are only looked into where that is asked for: they are long.

GTK has its own ways, which this file evens out: it knows no places on the screen, only in the window; it
calls a “_Send” button “_Send Send” (4.8) or “Send” (4.18); and a widget without a name is called by
its type, “GtkButton” (4.8), or not at all (4.18).
"""

import re
import subprocess
import time

from gi.repository import Gio, GLib

ROOT_PATH = '/org/a11y/atspi/accessible/root'
NOTHING = '/org/a11y/atspi/null'
IN_WINDOW = 1
# Narrower than that the navigation never is, and all pages stand right of it.
NAVIGATION = 40
TABLES = {'table', 'tree table', 'tree grid'}
BUTTONS = ('push button', 'button', 'toggle button', 'menu button')
ENTRIES = ('text', 'text box', 'entry', 'search box', 'password text')
ROWS = ('list item', 'table row')
CHOICES = ('check box', 'checkbox', 'radio button')
STATES = {1: 'active', 4: 'checked', 8: 'enabled', 11: 'focusable', 12: 'focused', 23: 'selected', 24: 'sensitive'}


def until(ask, what, timeout=15):
    """Asks until the answer is true, and gives it. One answer can take as long as all the time there is, where a window
    goes away that is being asked; so it is given up only when a question of after that time was answered, too."""
    end = time.monotonic() + timeout
    while True:
        begun = time.monotonic()
        answer = ask()
        if answer:
            return answer
        if begun > end:
            raise AssertionError(f'in {timeout} s not seen: {what() if callable(what) else what}')
        time.sleep(0.03)


def xdo(*words):
    return subprocess.run(['xdotool', *map(str, words)], check=True, capture_output=True, text=True).stdout


def drag_between(here, *ways):
    """From a place on the screen to what each of the ways gives, asked when the pointer has come to the one before."""
    xdo('mousemove', *here, 'sleep', 0.1, 'mousedown', 1, 'sleep', 0.1)
    for way in ways:
        there = way()
        for step in range(1, 11):
            xdo('mousemove', *(a + (b - a) * step // 10 for a, b in zip(here, there)), 'sleep', 0.02)
        here = there
    xdo('sleep', 0.1, 'mouseup', 1)


def states_of(answer):
    low, high = answer[0] if answer else (0, 0)
    return {word for bit, word in STATES.items() if (low | high << 32) >> bit & 1}


class Bus:
    """The accessibility bus; questions are sent in bunches, because there are many."""

    def __init__(self):
        session = Gio.bus_get_sync(Gio.BusType.SESSION)
        address = session.call_sync('org.a11y.Bus', '/org/a11y/bus', 'org.a11y.Bus', 'GetAddress', None, None,
                                    0, -1, None).unpack()[0]
        flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
        self.connection = Gio.DBusConnection.new_for_address_sync(address, flags, None, None)

    def ask(self, questions):
        """questions: (owner, path, interface, method, GVariant or None) each; None where there is no answer."""
        answers = [None] * len(questions)
        left = [len(questions)]

        def answered(connection, result, i):
            try:
                answers[i] = connection.call_finish(result).unpack()
            except GLib.Error:
                pass
            left[0] -= 1

        for i, (owner, path, interface, method, value) in enumerate(questions):
            self.connection.call(owner, path, interface, method, value, None, 0, 5000, None, answered, i)
        while left[0] > 0:
            GLib.MainContext.default().iteration(True)
        return answers


class Widget:
    """What the bus knows as an accessible object of the program."""

    def __init__(self, program, path, parent=None):
        self.program = program
        self.path = path
        self.parent = parent
        self.role = self.name = ''
        self.states = set()

    def __repr__(self):
        return f'{self.role} “{self.name}”'

    def ask(self, interface, method, value=None):
        return self.program.bus.ask([self.question(interface, method, value)])[0]

    def question(self, interface, method, value=None):
        return self.program.owner, self.path, f'org.a11y.atspi.{interface}', method, value

    def question_property(self, name):
        return (self.program.owner, self.path, 'org.freedesktop.DBus.Properties', 'Get',
                GLib.Variant('(ss)', ('org.a11y.atspi.Accessible', name)))

    def is_called(self, name):
        if isinstance(name, re.Pattern):
            return bool(name.search(self.name))
        return self.name in (name, f'{name} {name}') or '_' in self.name and self.name.endswith(f' {name}')

    def is_(self, state):
        """Asked now; `states` holds what they were when it was found."""
        return state in states_of(self.ask('Accessible', 'GetState'))

    def place(self):
        """x, y, width, height in its window, or None where it has none."""
        answer = self.ask('Component', 'GetExtents', GLib.Variant('(u)', (IN_WINDOW,)))
        return answer[0] if answer and answer[0][2] > 0 and answer[0][3] > 0 else None

    def is_laid_out(self):
        """Less than shown: it may be further down, or be the text of a thing that takes the pointer itself."""
        return self.place() is not None

    def window(self):
        widget = self
        while widget.parent and widget.parent.path != ROOT_PATH:
            widget = widget.parent
        return widget

    def middle(self):
        x, y, width, height = self.place()
        return x + width // 2, y + height // 2

    def is_shown(self):
        """Whether a person who points at its middle points at it. What is in it is known to the bus only when
        it was asked for; the inside of an entry never is: there its edges are asked. Of an entry for search not even
        these are known: it is held for shown where nothing else is there."""
        place = self.place()
        if place is None:
            return False
        list(self.walk())
        x, y, width, height = place
        points = [(x + width // 2, y + height // 2), (x + 3, y + height // 2), (x + width // 2, y + 3)]
        hits = [self.program.path_at(self.window(), *point) for point in points]
        if self.role == 'search box' and not any(hits):
            return True
        return self.holds(hits[0]) if hits[0] else any(self.holds(hit) for hit in hits[1:])

    def holds(self, path):
        while path and path != self.path:
            path = self.program.parent_of(path)
        return path is not None

    def children(self):
        """Its children, each with role and name."""
        return self.program.children([self])

    def walk(self, tables=False):
        """All below it, nearest first."""
        level = [self]
        while level:
            level = self.program.children([w for w in level if tables or w.role not in TABLES])
            yield from level

    def text(self):
        """What stands in an entry."""
        count = self.program.bus.ask([(self.program.owner, self.path, 'org.freedesktop.DBus.Properties', 'Get',
                                       GLib.Variant('(ss)', ('org.a11y.atspi.Text', 'CharacterCount')))])[0][0]
        return self.ask('Text', 'GetText', GLib.Variant('(ii)', (0, count)))[0]

    def click(self, button=1, times=1):
        until(self.is_shown, f'{self} to click')
        self.program.point_at(self)
        xdo('click', '--repeat', times, '--delay', 60, button)

    def type(self, text):
        """Replaces what stands in it."""
        self.click()
        self.program.key('ctrl+a')
        self.program.type_keys(text)


class Program:
    """A running `rungs`, which is ended on leaving the `with`."""

    def __init__(self, command, env, pictures):
        self.bus = Bus()
        self.pictures = pictures
        self.process = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.owner = until(self.find_owner, lambda: f'the program: {self.said()}')
        self.root = Widget(self, ROOT_PATH)
        self.pages = {}
        until(self.frames, 'a window')

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        if kind is not None:
            self.picture('failed')
        self.process.terminate()
        self.process.wait()

    def said(self):
        if self.process.poll() is None:
            return 'it runs, but is not on the bus'
        return self.process.stdout.read().decode()

    def find_owner(self):
        """Its name on the bus: the one that has its process."""
        if self.process.poll() is not None:
            raise AssertionError(self.said())
        registry = 'org.a11y.atspi.Registry'
        apps = self.bus.ask([(registry, ROOT_PATH, 'org.a11y.atspi.Accessible', 'GetChildren', None)])[0]
        for owner, _path in apps[0] if apps else []:
            pid = self.bus.ask([('org.freedesktop.DBus', '/', 'org.freedesktop.DBus', 'GetConnectionUnixProcessID',
                                 GLib.Variant('(s)', (owner,)))])[0]
            if pid and pid[0] == self.process.pid:
                return owner
        return None

    def path_at(self, window, x, y):
        answer = window.ask('Component', 'GetAccessibleAtPoint', GLib.Variant('(iiu)', (x, y, IN_WINDOW)))
        return answer[0][1] if answer and answer[0][1] != NOTHING else None

    def parent_of(self, path):
        answer = self.bus.ask([Widget(self, path).question_property('Parent')])[0]
        return answer[0][1] if answer and answer[0][1] not in (ROOT_PATH, NOTHING) else None

    def children(self, widgets):
        lists = self.bus.ask([w.question('Accessible', 'GetChildren') for w in widgets])
        found = [Widget(self, path, parent=widget) for widget, answer in zip(widgets, lists)
                 for _owner, path in (answer[0] if answer else [])]
        roles = self.bus.ask([w.question('Accessible', 'GetRoleName') for w in found])
        names = self.bus.ask([w.question_property('Name') for w in found])
        states = self.bus.ask([w.question('Accessible', 'GetState') for w in found])
        for widget, role, name, state in zip(found, roles, names, states):
            widget.role = role[0] if role else ''
            widget.name = name[0] if name else ''
            widget.states = states_of(state)
        return found

    def frames(self):
        return self.root.children()

    def active(self):
        """The window that takes the keys; the window manager knows it, where the bus does not."""
        def ask():
            shown = subprocess.run(['xdotool', 'getactivewindow', 'getwindowname'], capture_output=True, text=True)
            return next((f for f in reversed(self.frames()) if f.name == shown.stdout.strip()), None)
        return until(ask, lambda: f'a window that takes the keys, only {self.frames()}')

    def window(self, title, timeout=15):
        """Waits for the window of that title to take the keys."""
        return until(lambda: next((f for f in [self.active()] if f.is_called(title)), None),
                     lambda: f'the window {title}, only {self.frames()}', timeout)

    def page(self, title):
        """The page in the window that shows this title in its header: what is below the stack of pages, which
        is the largest thing beside the navigation."""
        if title not in self.pages:
            chain = [self.find('label', title, within=self.active(), where=is_in_header)]
            while (chain[-1].parent.place() or [0])[0] >= NAVIGATION:
                chain.append(chain[-1].parent)
            self.pages[title] = chain[-2]
        return self.pages[title]

    def look(self, role, name, within=None, tables=False, where=Widget.is_shown):
        """The widget of which that is true, or None."""
        roles = (role,) if isinstance(role, str) else role
        for widget in (within or self.active()).walk(tables):
            if widget.role in roles and widget.is_called(name) and where(widget):
                return widget
        return None

    def find(self, role, name, within=None, tables=False, where=Widget.is_shown, timeout=15):
        return until(lambda: self.look(role, name, within, tables, where), f'{role} “{name}”', timeout)

    def gone(self, role, name, within=None, tables=False, timeout=15):
        until(lambda: self.look(role, name, within, tables) is None, f'{role} “{name}” gone', timeout)

    def press(self, name, within=None, **more):
        """Clicks the button of that name, when it can be clicked."""
        button = self.find(BUTTONS, name, within, **more)
        until(lambda: button.is_('sensitive'), f'{button} to press')
        button.click()

    def roll_to(self, widget, over=None):
        """Turns the wheel until the widget is seen; the pointer stands where nothing else takes the wheel: over
        that widget, which is seen before, or the middle of the window."""
        window = widget.window()
        self.point_at(over or window)
        for _ in range(80):
            if widget.is_shown():
                return widget
            up = (widget.place() or (0, 0))[1] < window.middle()[1]
            xdo('click', '--repeat', 3, '--delay', 10, 4 if up else 5)
        raise AssertionError(f'{widget} is not seen, however far one scrolls')

    def on_screen(self, widget):
        """Where its middle is. GTK knows places in the window only; the window's border is the same on all sides."""
        shell = xdo('getactivewindow', 'getwindowgeometry', '--shell')
        outer = {key: int(value) for key, value in re.findall(r'(\w+)=(-?\d+)', shell)}
        frame_x, frame_y, width, height = widget.window().place()
        x, y = widget.middle()
        return (outer['X'] + (outer['WIDTH'] - width) // 2 + x - frame_x,
                outer['Y'] + (outer['HEIGHT'] - height) // 2 + y - frame_y)

    def point_at(self, widget):
        """As a hand does, the pointer moves, also where it stands there already: a tooltip over the widget goes."""
        x, y = self.on_screen(widget)
        xdo('mousemove', x - 2, y, 'sleep', 0.05, 'mousemove', x, y, 'sleep', 0.05)

    def popover_of(self, widget):
        """The nearest thing around it that stands in a window without a frame, as lists and menus that open do, with
        the place of that window: x, y. None where there is no such thing."""
        shown = {}
        for number in xdo('search', '--onlyvisible', '--maxdepth', 1, '.').split():
            shell = xdo('getwindowgeometry', '--shell', number)
            x, y, width, height = (int(value) for value in re.findall(r'(?:X|Y|WIDTH|HEIGHT)=(-?\d+)', shell))
            shown[width, height] = x, y
        around = widget
        while around.parent and (around.place() or (0, 0, 0, 0))[2:] not in shown:
            around = around.parent
        return (around, *shown[around.place()[2:]]) if around.parent else None

    def click_in_list(self, role, name):
        """What stands in a list or menu that is open, which the bus looks for in the window below. A list that follows
        what is typed is made anew meanwhile: what is clicked stood in one place twice."""
        points = [None]

        def stands():
            before, points[0] = points[0], self.point_in_list(self.look(role, name, where=Widget.is_laid_out))
            return points[0] is not None and points[0] == before
        until(stands, f'{role} “{name}” in a list')
        xdo('mousemove', *points[0], 'sleep', 0.05, 'click', 1)

    def point_in_list(self, widget):
        """The middle of what is in a list that is open, on the screen; None where it is no more, or not yet."""
        popover = widget and self.popover_of(widget)
        inner, outer = (widget.place(), popover[0].place()) if popover else (None, None)
        if inner is None or outer is None:
            return None
        return popover[1] + inner[0] + inner[2] // 2 - outer[0], popover[2] + inner[1] + inner[3] // 2 - outer[1]

    def close_with_mouse(self, window):
        """By the cross in its header, of which the bus says that something else is there."""
        self.point_at(self.find(BUTTONS, 'Close', within=window, where=Widget.is_laid_out))
        xdo('click', 1)

    def drag(self, widget, *ways):
        """Takes the widget with the mouse over what each of the ways gives, and lets go over the last; a way is
        asked when the pointer has come to the one before, which may have changed what is seen."""
        until(widget.is_shown, f'{widget} to drag')
        drag_between(self.on_screen(widget), *(lambda way=way: self.on_screen(way()) for way in ways))

    def key(self, *keys):
        for key in keys:
            xdo('key', '--clearmodifiers', key)

    def focus(self, tables=False):
        """The widget that has the keys."""
        return next((w for w in self.active().walk(tables) if 'focused' in w.states), None)

    def focus_comes_to(self, role, name=re.compile(''), tables=False):
        roles = (role,) if isinstance(role, str) else role

        def ask():
            widget = self.focus(tables)
            return widget if widget and widget.role in roles and widget.is_called(name) else None
        return until(ask, lambda: f'the focus on {role} {name}, but on {self.focus()}')

    def type_keys(self, text):
        xdo('type', '--delay', 5, text)

    def picture(self, name):
        subprocess.run(['import', '-window', 'root', self.pictures / f'{name}.png'], check=True)


def is_in_header(widget):
    return widget.is_shown() and widget.middle()[1] < 60
