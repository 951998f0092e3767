#!/usr/bin/env python3
"""The tour of the command line in README.md does what it says: every command of it ends well, and
what it prints is not nothing.

usage: test-readme.py RUNGSCTL SOURCE_ROOT; prints TAP.
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile


def commands_of(readme):
    """The indented lines under the heading of the tour; a line that ends in \\ goes on."""
    tour = readme.split('## Five minutes on the command line')[1].split('\n## ')[0]
    block = '\n'.join(re.findall(r'^    (.*)$', tour, re.M)).replace('\\\n', ' ')
    return [line for line in block.splitlines() if line.strip()]


def main(rungsctl, root):
    root = pathlib.Path(root).resolve()
    commands = commands_of((root / 'README.md').read_text(encoding='utf-8'))
    bad = 0
    print(f'1..{len(commands)}')
    with tempfile.TemporaryDirectory() as folder:
        os.symlink(root / 'data', f'{folder}/data')
        environment = {**os.environ, 'HOME': folder, 'XDG_DATA_HOME': f'{folder}/.data',
                       'PATH': f'{pathlib.Path(rungsctl).resolve().parent}:{os.environ["PATH"]}'}
        for number, command in enumerate(commands, 1):
            done = subprocess.run(command, shell=True, cwd=folder, env=environment, text=True,
                                  capture_output=True, check=False)
            good = done.returncode == 0 and (done.stdout or '>' in command)
            bad += not good
            if not good:
                print(f'# {command}: {done.returncode}\n# {done.stderr.strip()}')
            print(f'{"ok" if good else "not ok"} {number} /readme/{number}')
    return bool(bad)


if __name__ == '__main__':
    sys.exit(main(sys.argv[1], sys.argv[2]))
