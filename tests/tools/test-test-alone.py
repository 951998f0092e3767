#!/usr/bin/env python3
"""tools/test-alone runs tests of the window again, and nothing else.

usage: test-test-alone.py TEST_ALONE; prints TAP. Its meson is a script that gives the answer of the case.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

MESON = '''#!/bin/sh
for name; do :; done
echo "$name" >>"$FOLDER/run"
echo '{"name": "rungs:app / '"$name"'", "result": "'"$ANSWER"'", "stdout": "alone"}' \\
  >"$FOLDER/meson-logs/alone.json"
'''

WINDOW, JOURNEY, CORE = 'rungs:app+leads / app/leads/list', 'rungs:journeys / journeys/links', 'rungs:core / db/db'
CASES = [  # name, log, what alone says; what was run, status
    ('all-well', [(WINDOW, 'OK')], 'OK', [], 1),
    ('passes-alone', [(CORE, 'OK'), (WINDOW, 'FAIL')], 'OK', ['app/leads/list'], 0),
    ('two', [(JOURNEY, 'TIMEOUT'), (WINDOW, 'FAIL')], 'OK', ['journeys/links', 'app/leads/list'], 0),
    ('fails-alone', [(WINDOW, 'ERROR')], 'ERROR', ['app/leads/list'], 1),
    ('not-of-the-window', [(CORE, 'FAIL'), (WINDOW, 'FAIL')], 'OK', [], 1),
    ('too-many', [(f'{WINDOW}-{i}', 'FAIL') for i in range(6)], 'OK', [], 1),
]


def holds(tool, folder, log, answer, wanted, status):
    logs = folder / 'meson-logs'
    logs.mkdir()
    (folder / 'meson').write_text(MESON, encoding='utf-8')
    (folder / 'meson').chmod(0o755)
    path = logs / 'testlog.json'
    path.write_text(''.join(json.dumps({'name': name, 'result': result, 'stdout': 'first'}) + '\n'
                            for name, result in log), encoding='utf-8')
    env = dict(os.environ, FOLDER=str(folder), ANSWER=answer, PATH=f'{folder}:{os.environ["PATH"]}')
    done = subprocess.run([tool, folder, path], env=env, capture_output=True, check=False)
    run = (folder / 'run').read_text(encoding='utf-8').split() if wanted else []
    after = [json.loads(line) for line in path.read_text(encoding='utf-8').splitlines()]
    alone = [test['name'].partition(' / ')[2] for test in after if test.get('alone')]
    return (done.returncode == status and (folder / 'run').exists() == bool(wanted) and run == wanted == alone
            and len(after) == len(log)
            and all(test['stdout'] == ('alone' if test.get('alone') else 'first') for test in after))


def main(tool):
    bad = False
    print(f'1..{len(CASES)}')
    for number, (name, *case) in enumerate(CASES, 1):
        with tempfile.TemporaryDirectory() as folder:
            good = holds(tool, pathlib.Path(folder), *case)
        bad = bad or not good
        print(f'{"ok" if good else "not ok"} {number} /test-alone/{name}')
    return bad


if __name__ == '__main__':
    sys.exit(main(sys.argv[1]))
