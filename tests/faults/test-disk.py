"""A disk that fails: the n-th write, flush, cut or renaming, for every n, of an import, of an order
and of a step of the engine; once, from then on, and because the disk is full; and every third reading.

What was asked for is there whole or not at all, the file is in order, status and words said so, and
the same command, on a disk that works again, does what was meant.

usage: test-disk.py RUNGSCTL SOURCE_ROOT FAILING_DISK
"""

import collections
import concurrent.futures
import contextlib
import json
import os
import pathlib
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(sys.argv[2]).resolve()
FAILING_DISK = pathlib.Path(sys.argv[3]).resolve()
sys.path.insert(0, str(ROOT / 'tests' / 'cli'))
from shop import Shop, check_words, main  # noqa: E402  pylint: disable=wrong-import-position

DOUBT = 'may turn out to have been written'
ROWS = 30
WALKERS = 2
GRAPH = {'name': 'Letters', 'sells': 'BOOK', 'start': 'one', 'entry': {'triggers': [{'on': 'import'}]},
         'steps': {'one': {'kind': 'message', 'message': 'Letter', 'next': 'pause'},
                   'pause': {'kind': 'wait', 'days': 1, 'next': 'two'},
                   'two': {'kind': 'message', 'message': 'Letter'}}}
LETTER = 'Subject: Hello\nPurpose: greet\nValue: a smile\n\nHello {{ lead.first_name }}!\n'
IMPORT = ('leads', 'import', 'new.csv', '--consent', 'Yes', '--rejects', 'refused.csv')
ORDER = ('order', 'add', 'old0@mail.example', 'BOOK')
STEP = ('run', '--once')


def table(kind, rows):
    lines = ''.join(f'{kind}{i}@mail.example,Name{i}\n' for i in range(rows))
    return f'email,first name\n{lines}nobody,Nobody\n'


def fill(shop):
    """A shop in whose sequence two leads wait for their first letter."""
    shop.init()
    shop.run('product', 'add', 'BOOK', '--name', 'Book', '--price', '1EUR')
    shop.run('message', 'add', 'Letter', shop.write('letter.md', LETTER))
    shop.run('sequence', 'add', shop.write('graph.json', json.dumps(GRAPH)))
    shop.run('sequence', 'start', 'Letters')
    shop.run('leads', 'import', shop.write('old.csv', table('old', WALKERS)), '--consent', 'Yes')
    shop.write('new.csv', table('new', ROWS))


def ask(shop, question):
    with contextlib.closing(sqlite3.connect(shop.file)) as db:
        return db.execute(question).fetchone()[0]


def imported(shop):
    return ask(shop, "SELECT count (*) FROM lead WHERE email LIKE 'new%'") / ROWS


def ordered(shop):
    return ask(shop, 'SELECT ((SELECT count (*) FROM sales_order)'
                     "      + (SELECT count (*) FROM enrolment WHERE outcome = 'bought')) / 2.0")


def sent(shop):
    return ask(shop, "SELECT count (*) FROM outbox WHERE state = 'sent'") / WALKERS


class Trial:
    """A command on a copy of the shop; `more` is for the process."""

    def __init__(self, shop, words, env, **more):
        self.words = words
        self.shop = Shop(tempfile.mkdtemp(dir=shop.folder.parent))
        self.log = self.shop.folder.with_suffix('.log')
        shutil.copytree(shop.folder, self.shop.folder, dirs_exist_ok=True)
        env = self.shop.env | env | {'DISK_FOLDER': str(self.shop.folder), 'DISK_LOG': str(self.log),
                                     'TMPDIR': str(self.shop.folder)}
        process = subprocess.run(self.shop.words(*words), env=env, cwd=self.shop.folder, capture_output=True,
                                 text=True, timeout=60, **more)
        self.status, self.out, self.err = process.returncode, process.stdout, process.stderr

    def failed(self):
        """What failed; None where the command came to its end before."""
        return self.log.read_text(encoding='utf-8').strip() if self.log.exists() else None

    def end(self):
        shutil.rmtree(self.shop.folder)
        self.log.unlink(missing_ok=True)

    def check(self, measure):
        """Holds what is there against what was said. Returns: the part that was done."""
        assert self.status in (0, 1), self.status
        assert (self.status == 0) == (self.err == ''), 'the words do not agree with the status'
        check_words(self.err)
        assert 'damaged' not in self.err and 'malformed' not in self.err, 'it is the disk, not the file'
        self.shop.run('check')
        done = measure(self.shop)
        assert self.status == 1 or done == 1, 'it said that it was done'
        return done

    def go_on(self, measure):
        if ask(self.shop, 'SELECT max (coalesce (paused_at, 0)) FROM account') > 0:
            self.shop.run('account', 'resume', 'Practice')
        self.shop.run(*self.words)
        assert measure(self.shop) == 1, 'it cannot be done once more'


def check_whole(measure):
    """All or nothing; only of what is not there is it said that it is not."""
    def check(trial, fault):
        done = trial.check(measure)
        assert done in (0, 1), f'{done} of it is there'
        assert done == 0 or trial.status == 0 or DOUBT in trial.err, 'it said that it was not done'
        if done == 0 and fault == 'full':
            trial.go_on(measure)
        return done
    return check


def check_step(trial, _fault):
    """A step is several writes, each of them whole; nobody gets a letter twice, or none."""
    done = trial.check(sent)
    trial.go_on(sent)
    letters = list(trial.shop.folder.glob('shop.db-practice/*.eml'))
    assert len(letters) == WALKERS, letters
    assert ask(trial.shop, 'SELECT count (*) FROM outbox') == WALKERS
    return done


def try_point(shop, words, check, fault, at):
    """Returns: the status, what was done, and what failed; None where nothing did any more."""
    trial = Trial(shop, words, {'LD_PRELOAD': str(FAILING_DISK), 'DISK_FAULT': fault, 'DISK_AT': str(at)})
    try:
        return trial.failed() and (trial.status, check(trial, fault), trial.failed().split()[0])
    except AssertionError as error:
        raise AssertionError(f'{fault} at {at}, {trial.failed()}: {error}; it said: {trial.out}{trial.err}') from error
    finally:
        trial.end()


def try_points(shop, words, check, fault, points):
    """Returns: how each point ended, up to the first that there is not."""
    ends = []
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        while points and None not in ends:
            ends += pool.map(lambda at: try_point(shop, words, check, fault, at), points[:8])
            points = points[8:]
    ends = [end for end in ends if end is not None]
    counts = collections.Counter(end[:2] for end in ends)
    print(f'# {fault}: {len(ends)} points, {counts[0, 1]} done, {counts[1, 0]} not, {counts[1, 1]} done in doubt')
    return ends


def try_everywhere(shop, words, check):
    """Lets every point fail once, and the disk be full from it on. That it is gone from then on
    differs from the first only where what was written is flushed, cut or named."""
    once = try_points(shop, words, check, 'once', range(1, 1000))
    full = try_points(shop, words, check, 'full', range(1, 1000))
    unread = try_points(shop, words, check, 'unread', range(1, 1000, 3))
    later = [at for at, end in enumerate(once, 1) if end[2] != 'pwrite']
    gone = try_points(shop, words, check, 'gone', later)
    assert len(once) > 60 and len(full) > 40 and len(gone) > 5 and len(unread) > 15
    return once + full + unread


def test_import(shop):
    fill(shop)
    ends = try_everywhere(shop, IMPORT, check_whole(imported))
    assert all(end[:2] in ((0, 1), (1, 0)) for end in ends), 'more is in doubt than must be'


def test_order(shop):
    fill(shop)
    shop.run(*STEP)
    ends = try_everywhere(shop, ORDER, check_whole(ordered))
    assert all(end[:2] in ((0, 1), (1, 0)) for end in ends), 'more is in doubt than must be'


def test_engine(shop):
    fill(shop)
    try_everywhere(shop, STEP, check_step)


def test_limit_of_the_system(shop):
    """The kernel itself refuses that a file grows."""
    fill(shop)
    refused = 0
    for size in range(1, 80, 6):
        def limit(size=size):
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (size * 4096, size * 4096))
        trial = Trial(shop, IMPORT, {}, preexec_fn=limit)
        refused += check_whole(imported)(trial, 'full') == 0
        trial.end()
    assert 3 < refused < 14, refused


main(globals())
