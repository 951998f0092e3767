"""Memory that SQLite does not get, at many points of an import, of an order and of a step of the
engine: done whole or not at all, and said.

usage: test-memory.py RUNGSCTL SOURCE_ROOT FAILING_MEMORY
"""

import collections
import concurrent.futures
import os
import pathlib
import random
import sys

sys.path.insert(0, str(pathlib.Path(sys.argv[2]).resolve() / 'tests' / 'faults'))
from trial import IMPORT, ORDER, STEP, Trial, check_step, check_whole  # noqa: E402
from trial import fill, imported, main, ordered  # noqa: E402

FAILING_MEMORY = {'LD_PRELOAD': str(pathlib.Path(sys.argv[3]).resolve())}
POINTS = 50


def count_pieces(shop, words):
    count = shop.folder / 'count'
    trial = Trial(shop, words, FAILING_MEMORY | {'MEMORY_COUNT': str(count)})
    assert trial.status == 0, trial.err
    trial.end()
    return int(count.read_text(encoding='ascii'))


def try_points(shop, words, check):
    pieces = count_pieces(shop, words)
    points = random.Random(7).sample(range(1, pieces), POINTS)

    def try_point(at):
        trial = Trial(shop, words, FAILING_MEMORY | {'MEMORY_AT': str(at)})
        try:
            check(trial, 'memory')
            return trial.status, 'out of memory' in trial.err
        except AssertionError as error:
            raise AssertionError(f'at {at}: {error}; it said: {trial.out}{trial.err}') from error
        finally:
            trial.end()

    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        ends = collections.Counter(pool.map(try_point, points))
    print(f'# {POINTS} of {pieces} pieces: {ends[0, False]} times done, {ends[1, True]} times refused')
    assert ends[1, True] > POINTS / 2 and ends[1, False] == 0, ends


def test_import(shop):
    fill(shop)
    try_points(shop, IMPORT, check_whole(imported))


def test_order(shop):
    fill(shop)
    shop.run(*STEP)
    try_points(shop, ORDER, check_whole(ordered))


def test_engine(shop):
    fill(shop)
    try_points(shop, STEP, check_step)


main(globals())
