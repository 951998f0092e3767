"""What the tests of failing disks and memory share: a shop, commands that are tried on copies of it,
and whether what they are for was done, held against what they said."""

import contextlib
import json
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / 'cli'))
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
