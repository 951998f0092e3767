"""A disk that fails: the n-th write, flush, cut or renaming, for every n, of an import, of an order
and of a step of the engine; the same for good; a disk that is full from every second point on; and
every third reading.

What was asked for is there whole or not at all, the file is in order, status and words said so, and
the same command, on a disk that works again, does what was meant.

usage: test-disk.py RUNGSCTL SOURCE_ROOT FAILING_DISK
"""

import collections
import concurrent.futures
import os
import pathlib
import resource
import signal
import sys

sys.path.insert(0, str(pathlib.Path(sys.argv[2]).resolve() / 'tests' / 'faults'))
from trial import IMPORT, ORDER, STEP, Trial, check_step, check_whole  # noqa: E402
from trial import fill, imported, main, ordered  # noqa: E402

FAILING_DISK = pathlib.Path(sys.argv[3]).resolve()


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
    """That the disk is gone for good differs from one failure only where what was written is flushed,
    cut or named."""
    once = try_points(shop, words, check, 'once', range(1, 1000))
    full = try_points(shop, words, check, 'full', range(1, 1000, 2))
    unread = try_points(shop, words, check, 'unread', range(1, 1000, 3))
    later = [at for at, end in enumerate(once, 1) if end[2] != 'pwrite']
    gone = try_points(shop, words, check, 'gone', later)
    assert len(once) > 60 and len(full) > 20 and len(gone) > 5 and len(unread) > 15
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
