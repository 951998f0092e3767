#!/usr/bin/env python3
"""The man page and --help tell of the same commands and options, and groff has nothing against it.

usage: test-man.py RUNGSCTL PAGE; prints TAP.
"""

import os
import pathlib
import re
import subprocess
import sys

ENVIRONMENT = {**os.environ, 'LC_ALL': 'C.UTF-8', 'LANGUAGE': ''}


def help_of(rungsctl, *words):
    return subprocess.run([rungsctl, *words, '--help'], capture_output=True, text=True, check=True,
                          env=ENVIRONMENT).stdout


def commands_of(text):
    """The command names of --help: lines of two columns, indented by two."""
    names = re.findall(r'^  ([a-z][a-z -]*?)(?:  +\S.*)?$', text, re.M)
    return {name for name in names if not name.startswith('rungsctl')}


def options_of(text):
    own = text.split('Options of every command:')[0]
    return set(re.findall(r'^  --([a-z-]+)', own, re.M))


def manual_of(path):
    """What the man page says: command -> its options."""
    found, command = {}, None
    for line in path.read_text(encoding='utf-8').splitlines():
        line = line.replace('\\-', '-')
        item = re.match(r'\.It Cm ([a-z -]+?)(?= Ar|$)', line)
        if item:
            command = item.group(1)
            found.setdefault(command, set())
        elif line.startswith('.Sh '):
            command = None
        if command:
            found[command] |= set(re.findall(r'It Fl -([a-z-]+)', line))
    return found


def differences(rungsctl, page):
    manual = manual_of(page)
    helped = {name: options_of(help_of(rungsctl, *name.split()))
              for name in commands_of(help_of(rungsctl))}
    yield from (f'the page lacks “{name}”' for name in sorted(helped.keys() - manual.keys()))
    yield from (f'--help lacks “{name}”' for name in sorted(manual.keys() - helped.keys()))
    for name in sorted(manual.keys() & helped.keys()):
        yield from (f'the page lacks “{name} --{option}”'
                    for option in sorted(helped[name] - manual[name]))
        yield from (f'“{name} --help” lacks --{option}'
                    for option in sorted(manual[name] - helped[name]))
    if len(helped) < 5:
        yield 'rungsctl --help lists no commands'


def warnings(page):
    return subprocess.run(['groff', '-mandoc', '-Tutf8', '-Kutf8', '-ww', '-z', page], check=False,
                          capture_output=True, text=True, env=ENVIRONMENT).stderr.splitlines()


def main(rungsctl, page):
    checks = [('commands', list(differences(rungsctl, pathlib.Path(page)))),
              ('groff', warnings(page))]
    print(f'1..{len(checks)}')
    for number, (name, complaints) in enumerate(checks, 1):
        for complaint in complaints:
            print(f'# {complaint}')
        print(f'{"not ok" if complaints else "ok"} {number} /man/{name}')
    return any(complaints for _, complaints in checks)


if __name__ == '__main__':
    sys.exit(main(sys.argv[1], sys.argv[2]))
