"""What the tests of the command line share: a shop is a new business in a folder of its own, and
rungsctl to work on it. A test program calls main(); each function test_… gets a shop. Prints TAP.

usage of a test program: test-NAME.py RUNGSCTL SOURCE_ROOT
"""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import traceback

RUNGSCTL = pathlib.Path(sys.argv[1]).resolve()
ROOT = pathlib.Path(sys.argv[2]).resolve()
# A Monday.
NOW = '2026-03-02T09:00:00Z'
# What files hold that init made, by how it was asked: to make one takes seconds under the sanitizers.
MADE = {}


class Result:
    def __init__(self, process):
        self.status = process.returncode
        self.out = process.stdout.decode('utf-8')
        self.err = process.stderr.decode('utf-8')

    @property
    def json(self):
        return json.loads(self.out)

    @property
    def lines(self):
        return self.out.splitlines()


class Shop:
    """A business that works in EUR and Berlin, at NOW unless told otherwise."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.file = self.folder / 'shop.db'
        self.now = NOW
        self.env = {'PATH': os.environ['PATH'], 'HOME': folder, 'LC_ALL': 'C.UTF-8', 'TZ': 'UTC',
                    'XDG_DATA_HOME': str(self.folder / 'data'), 'XDG_RUNTIME_DIR': folder,
                    'G_DEBUG': 'fatal-warnings'}
        self.env |= {k: v for k, v in os.environ.items() if k.endswith('SAN_OPTIONS')}

    def words(self, *words, file=True, now=True):
        head = ['--file', str(self.file)] if file else []
        head += ['--now', self.now] if now and self.now else []
        return [str(RUNGSCTL), *head, *(str(w) for w in words)]

    def run(self, *words, status=0, stdin=b'', file=True, now=True, **env):
        """Runs rungsctl, which must end with that status and say why where it is not 0."""
        process = subprocess.run(self.words(*words, file=file, now=now), input=stdin, capture_output=True,
                                 env=self.env | env, cwd=self.folder, timeout=120)
        result = Result(process)
        assert result.status == status, f'{words}: {result.status}, not {status}: {result.err or result.out}'
        if status != 0:
            assert result.err.startswith('rungsctl: '), f'{words}: {result.err}'
            check_words(result.err)
        return result

    def json(self, *words, **more):
        return self.run(*words, '--json', **more).json

    def start(self, *words, now=True, **more):
        """Begins rungsctl and does not wait."""
        return subprocess.Popen(self.words(*words, now=now), env=self.env, cwd=self.folder,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, **more)

    def begin(self, *words, address=None):
        """A new business, as init makes it with these words: the first one that a test program asks for is made by
        rungsctl, and what is asked for in the same way after it, at the same time, is a copy of its file."""
        env = frozenset((name, value) for name, value in self.env.items() if str(self.folder) not in value)
        asked = (words, address, self.now, env)
        if asked in MADE and not self.file.exists():
            for name, held in MADE[asked].items():
                path = self.folder / name
                path.touch(0o600)
                path.write_bytes(held)
            return self
        self.run('init', *words)
        if address:
            self.run('business', 'set', '--address', address)
        MADE[asked] = {name: (self.folder / name).read_bytes() for name in ('shop.db', 'shop.db-wal')
                       if (self.folder / name).exists()}
        return self

    def init(self):
        return self.begin('--name', 'Test', '--zone', 'Europe/Berlin', address='Market Square 1\n10115 Berlin')

    def write(self, name, text):
        path = self.folder / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode('utf-8'))
        return path


def with_keyring(shop):
    """A session bus of the test's own, with an unlocked keyring; communicate() ends both."""
    script = ('gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1 <<< x; '
              'echo "$DBUS_SESSION_BUS_ADDRESS"; cat')
    env = {k: v for k, v in shop.env.items() if k != 'G_DEBUG'}  # it warns of much
    bus = subprocess.Popen(['dbus-run-session', '--', 'bash', '-c', script], env=env, stdin=subprocess.PIPE,
                           stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    shop.env['DBUS_SESSION_BUS_ADDRESS'] = bus.stdout.readline().decode().strip()
    return bus


def check_words(text):
    """What people read holds nothing of the machinery."""
    assert not re.search(r'sqlite|SQL|GLib|g-|quark|\(null\)|constraint|-error-|assert', text), text


def refused(shop, *words, says=None, status=1, **more):
    """A command that ends with `status` and tells so, without having put anything out."""
    result = shop.run(*words, status=status, **more)
    assert result.out == '', result.out
    if says:
        assert says.lower() in result.err.lower(), f'{words}: {result.err}'
    return result


def misused(shop, *words, says=None, **more):
    result = refused(shop, *words, says=says, status=2, **more)
    assert '--help”' in result.err, result.err
    return result


def main(names):
    tests = [(name[5:].replace('_', '-'), test) for name, test in names.items() if name.startswith('test_')]
    program = pathlib.Path(sys.argv[0]).stem.removeprefix('test-')
    failed = 0
    print(f'1..{len(tests)}')
    for number, (name, test) in enumerate(tests, 1):
        try:
            with tempfile.TemporaryDirectory(prefix='rungs-cli-') as folder:
                test(Shop(folder))
            print(f'ok {number} /cli/{program}/{name}', flush=True)
        except Exception:  # pylint: disable=broad-except
            failed += 1
            for line in traceback.format_exc().splitlines():
                print(f'# {line}')
            print(f'not ok {number} /cli/{program}/{name}', flush=True)
    sys.exit(1 if failed else 0)
