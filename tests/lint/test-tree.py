#!/usr/bin/env python3
"""Holds what the compiler does not see: who may include whom, where SQL may stand, how long files
and lines may grow, that migrations stay as they landed, and that no words for users miss the
translators.

usage: test-tree.py SOURCE_ROOT; prints TAP. """

import hashlib
import itertools
import pathlib
import re
import sys

ORDER = ['base', 'db', 'wire', 'smtp', 'tables', 'leads', 'segments', 'ladder', 'mail', 'sequences', 'partners',
         'web', 'process', 'insights', 'engine']
LONGEST = 800
WIDEST = 100
INCLUDE = re.compile(r'^\s*#\s*include\s+[<"]([^>"]+)[>"]', re.M)
COMMENT = re.compile(r'/\*.*?\*/', re.S)
STRING = re.compile(r'"((?:[^"\\\n]|\\.)*)"')
# A statement of SQL as the house writes it: the verb in capitals, followed by what it needs.
SQL = re.compile(r'^\s*(SELECT\s|INSERT\s+(OR\s+\w+\s+)?INTO\s|UPDATE\s+(OR\s+\w+\s+)?\w+\s+SET|'
                 r'UPDATE\s+\w+\s*$|DELETE\s+FROM\s|REPLACE\s+INTO\s|'
                 r'WITH\s+(RECURSIVE\s+)?\w+\s*(\(|AS\b)|PRAGMA\s+\w|'
                 r'(CREATE|DROP|ALTER)\s+(TEMP\w*\s+)?(TABLE|INDEX|VIEW|TRIGGER|VIRTUAL)\b)')
WRITTEN = ['.c', '.h', '.py', '.js', '.ui', '.css', '.sql', '.build', '.xml']
UNFINISHED = re.compile(r'\b(TODO|FIXME|XXX|HACK)\b')
GETTEXT = re.compile(r'(?<![\w])(_|N_|C_|NC_|ngettext|gettext|dngettext)\s*\(\s*"')


# The head of a function: its name at the beginning of a line, and its parameters.
HEAD = re.compile(r'^([a-z_]\w*) \(([^(){};]*)\)\n\{', re.M)


class Tree:
    def __init__(self, root):
        self.root = root

    def files(self, folder, *suffixes):
        found = (p for p in (self.root / folder).rglob('*') if p.suffix in suffixes and p.is_file())
        return sorted(p for p in found if 'node_modules' not in p.parts)

    def name(self, path):
        return path.relative_to(self.root).as_posix()


def includes_of(path):
    return INCLUDE.findall(path.read_text(encoding='utf-8'))


def check_core_order(tree):
    for path in tree.files('src/core', '.c', '.h'):
        own = path.relative_to(tree.root / 'src/core').parts[0]
        if own not in ORDER:
            yield f'{tree.name(path)}: {own} has no place in the order of core'
            continue
        for include in includes_of(path):
            other = include.split('/')[0]
            if '/' in include and other in ORDER and ORDER.index(other) > ORDER.index(own):
                yield f'{tree.name(path)}: {own} may not include {include}'


def check_core_has_no_window(tree):
    for path in tree.files('src/core', '.c', '.h'):
        for include in includes_of(path):
            if path.name.endswith('-pdf.c') and re.match(r'(pango|cairo)\b', include):
                continue
            if re.match(r'(gtk|gdk(?!-pixbuf)|gsk|adwaita|pango|cairo)\b', include):
                yield f'{tree.name(path)}: core may not include {include}'


def check_programs_apart(tree):
    for own, other in itertools.permutations(('app', 'cli', 'relay'), 2):
        theirs = {p.name for p in tree.files(f'src/{other}', '.h')}
        for path in tree.files(f'src/{own}', '.c', '.h'):
            mine = {p.name for p in tree.files(f'src/{own}', '.h')}
            for include in includes_of(path):
                file_name = include.split('/')[-1]
                if f'{other}/' in include or (file_name in theirs and file_name not in mine
                                              and not (tree.root / 'src/core' / include).exists()):
                    yield f'{tree.name(path)}: {own} may not include {include}'


def check_relay_knows_no_leads(tree):
    for path in tree.files('src/relay', '.c', '.h'):
        for include in includes_of(path):
            if (tree.root / 'src/core' / include).exists() and include.split('/')[0] not in ('base', 'db', 'wire', 'smtp'):
                yield f'{tree.name(path)}: the relay may not include {include}'


def check_sql_place(tree):
    for path in tree.files('src', '.c', '.h'):
        if path.name.endswith('-store.c') or path.is_relative_to(tree.root / 'src/core/db'):
            continue
        code = COMMENT.sub(lambda m: '\n' * m.group().count('\n'), path.read_text(encoding='utf-8'))
        for number, line in enumerate(code.splitlines(), 1):
            if any(SQL.match(text) for text in STRING.findall(line)):
                yield f'{tree.name(path)}:{number}: SQL stands in -store.c files'


def check_lengths(tree):
    for folder in ('src', 'tests', 'tools', 'ui', 'data/samples'):
        for path in tree.files(folder, '.c', '.h', '.py', '.js', '.ui', '.css'):
            lines = path.read_text(encoding='utf-8').count('\n')
            if lines > LONGEST:
                yield f'{tree.name(path)}: {lines} lines, more than {LONGEST}'


def check_widths(tree):
    for folder in ('src', 'tests', 'tools'):
        for path in tree.files(folder, '.c', '.h'):
            for number, line in enumerate(path.read_text(encoding='utf-8').splitlines(), 1):
                if len(line) > WIDEST:
                    yield f'{tree.name(path)}:{number}: {len(line)} columns, more than {WIDEST}'


def check_parameters(tree):
    """Every parameter of a function stands on a line of its own."""
    for folder in ('src', 'tests'):
        for path in tree.files(folder, '.c'):
            for name, parameters in HEAD.findall(path.read_text(encoding='utf-8')):
                if any(',' in line.rstrip(',') for line in parameters.split('\n')):
                    yield f'{tree.name(path)}: {name} () has two parameters on one line'


def check_finished(tree):
    for folder in ('src', 'tests', 'ui', 'data', 'tools'):
        for path in tree.files(folder, *WRITTEN):
            if path == pathlib.Path(__file__).resolve():
                continue
            for number, line in enumerate(path.read_text(encoding='utf-8').splitlines(), 1):
                if UNFINISHED.search(line):
                    yield f'{tree.name(path)}:{number}: {line.strip()}'


def check_heads(tree):
    for path in tree.files('src', '.c'):
        with path.open(encoding='utf-8') as f:
            first = f.readline()
        if not first.startswith(f'/* {path.name}: '):
            yield f'{tree.name(path)}: begins with "/* {path.name}: what it is. */"'


def check_first_headers(tree):
    """src/README.md names, for each folder of core that holds something, the header to begin with."""
    table = (tree.root / 'src/README.md').read_text(encoding='utf-8')
    named = dict(re.findall(r'^\| `(\w+)` \|[^|]*\| `([\w.-]+)` \|$', table, re.M))
    for folder in sorted(p.name for p in (tree.root / 'src/core').iterdir() if p.is_dir()):
        header = tree.root / 'src/core' / folder / named.get(folder, 'nothing')
        if not header.is_file():
            yield f'src/README.md does not say what to read first in {folder}'
        elif f'Read this first in {folder}/' not in ' '.join(
                header.read_text(encoding='utf-8').replace('\n *', ' ').split()):
            yield f'{tree.name(header)} does not say "Read this first in {folder}/"'


def check_no_goto(tree):
    for path in tree.files('src', '.c'):
        code = COMMENT.sub('', path.read_text(encoding='utf-8'))
        if re.search(r'^\s*goto\s+\w+;', code, re.M):
            yield f'{tree.name(path)}: no goto'


def check_migrations(tree):
    folder = tree.root / 'data/schema'
    landed = dict(reversed(line.split()) for line in
                  (folder / 'SHA256SUMS').read_text(encoding='utf-8').splitlines())
    present = {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.glob('*.sql')}
    for name in sorted(landed.keys() | present.keys()):
        if name not in present:
            yield f'data/schema/{name} has landed and is gone'
        elif name not in landed:
            yield f'data/schema/{name} is not in SHA256SUMS: add it when it lands'
        elif landed[name] != present[name]:
            yield f'data/schema/{name} has landed and may not change: write the next migration'


def check_potfiles(tree):
    text = (tree.root / 'po/POTFILES.in').read_text(encoding='utf-8')
    listed = [line for line in text.splitlines() if line and not line.startswith('#')]
    if listed != sorted(listed):
        yield 'po/POTFILES.in is not sorted'
    wanted = {tree.name(p) for p in tree.files('src', '.c', '.h')
              if GETTEXT.search(COMMENT.sub('', p.read_text(encoding='utf-8')))}
    wanted |= {tree.name(p) for p in tree.files('ui', '.ui')
               if 'translatable="' in p.read_text(encoding='utf-8')}
    wanted |= {tree.name(p) for p in (tree.root / 'data').glob('*.in')}
    for name in sorted(wanted - set(listed)):
        yield f'po/POTFILES.in does not list {name}'
    for name in sorted(set(listed) - wanted):
        yield f'po/POTFILES.in lists {name}, which has no words for users'


def main(root):
    tree = Tree(pathlib.Path(root).resolve())
    checks = [(name[6:].replace('_', '-'), check) for name, check in globals().items()
              if name.startswith('check_')]
    bad = 0
    print(f'1..{len(checks)}')
    for number, (name, check) in enumerate(checks, 1):
        complaints = list(check(tree))
        for complaint in complaints:
            print(f'# {complaint}')
        bad += bool(complaints)
        print(f'{"not ok" if complaints else "ok"} {number} /lint/{name}')
    return 1 if bad else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1]))
