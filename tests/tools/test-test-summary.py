#!/usr/bin/env python3
"""tools/test-summary counts what meson's logs say, and is not taken in.

usage: test-test-summary.py TEST_SUMMARY; prints TAP.
"""

import json
import subprocess
import sys
import tempfile

CASES = [
    ('good', [[('a', 'OK', 'ok 1 /x\nok 2 /y\n')]], '2 passed, 0 failed', 0),
    ('bad', [[('a', 'FAIL', 'ok 1 /x\nnot ok 2 /y\n')]], '1 passed, 1 failed', 1),
    ('crashed', [[('a', 'ERROR', 'ok 1 /x\n')]], '1 passed, 1 failed', 1),
    ('timed-out', [[('a', 'TIMEOUT', '')]], '0 passed, 1 failed', 1),
    ('skipped', [[('a', 'OK', 'ok 1 /x # SKIP no display\n')]], '0 passed, 1 failed', 1),
    ('no-tap', [[('a', 'OK', 'all is well\n')]], '1 passed, 0 failed', 0),
    ('must-fail', [[('a', 'EXPECTEDFAIL', 'not ok 1 /x\n')]], '1 passed, 0 failed', 0),
    ('twice', [[('a', 'OK', 'ok 1 /x\n')], [('a', 'OK', 'ok 1 /x\n')]], '1 passed, 0 failed', 0),
    ('once-bad', [[('a', 'OK', 'ok 1 /x\n')], [('a', 'FAIL', 'not ok 1 /x\n')]],
     '0 passed, 1 failed', 1),
    ('nothing', [[]], '0 passed, 0 failed', 1),
]


def summary(tool, folder, logs):
    paths = []
    for number, tests in enumerate(logs):
        paths.append(f'{folder}/{number}.json')
        with open(paths[-1], 'w', encoding='utf-8') as log:
            for name, result, stdout in tests:
                log.write(json.dumps({'name': name, 'result': result, 'stdout': stdout}) + '\n')
    return subprocess.run([tool, *paths], capture_output=True, text=True, check=False)


def main(tool):
    bad = False
    print(f'1..{len(CASES) + 1}')
    for number, (name, logs, last_line, status) in enumerate(CASES, 1):
        with tempfile.TemporaryDirectory() as folder:
            done = summary(tool, folder, logs)
        good = done.stdout.splitlines()[-1] == last_line and done.returncode == status
        bad = bad or not good
        print(f'{"ok" if good else "not ok"} {number} /test-summary/{name}')
    done = subprocess.run([tool, '/nonexistent/log'], capture_output=True, text=True, check=False)
    good = done.returncode == 1 and done.stdout.endswith('0 passed, 1 failed\n')
    print(f'{"ok" if good else "not ok"} {len(CASES) + 1} /test-summary/no-log')
    return bad or not good


if __name__ == '__main__':
    sys.exit(main(sys.argv[1]))
