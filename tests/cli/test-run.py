"""Sequences, tasks, and the engine that runs them, from a lead to a customer on the next rung."""

import contextlib
import email
import email.policy
import json
import os
import pathlib
import pty
import re
import select
import signal
import sqlite3
import subprocess
import sys
import time

from shop import main, misused, refused

ANN, BOB = 'ann@example.com', 'bob@example.com'


def message(subject):
    return (f'Subject: {subject}, {{{{ lead.first_name }}}}\nPurpose: sell\nValue: news\n\n'
            f'Dear {{{{ lead.first_name }}}}, {subject}.\n').encode()


GRAPH = {
    'name': 'To the kit', 'sells': 'KIT', 'start': 'hello',
    'steps': {
        'hello': {'kind': 'message', 'message': 'Hello', 'next': 'wait'},
        'wait': {'kind': 'wait', 'days': 2, 'next': 'again'},
        'again': {'kind': 'message', 'message': 'Again', 'next': 'call'},
        'call': {'kind': 'action', 'task': {'title': 'Call', 'days': 1}},
    },
}


def with_sequence(shop, start=True):
    shop.init()
    shop.run('product', 'add', 'KIT', '--name', 'Kit', '--price', '49')
    for name in ('Hello', 'Again'):
        shop.run('message', 'add', name, '-', stdin=message(name))
    for address in (ANN, BOB):
        shop.run('leads', 'add', address, '--first-name', address[:3].title(), '--consent', 'Yes', '--tag', 'new')
    shop.run('sequence', 'add', '-', stdin=json.dumps(GRAPH).encode())
    if start:
        shop.run('sequence', 'start', 'To the kit')
    return shop


def practice(shop):
    """The mails in the practice folder: (to, subject)."""
    mails = []
    for path in shop.folder.glob('shop.db-practice/*.eml'):
        mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        mails.append((mail['To'].addresses[0].addr_spec, mail['Subject']))
    return sorted(mails)


def test_sequences(shop):
    with_sequence(shop, start=False)
    row, = shop.json('sequence', 'list')
    assert (row['name'], row['state'], row['sells'], row['number']) == ('To the kit', 'draft', 'KIT', 1)
    shown = shop.json('sequence', 'show', 'To the kit')
    assert [s['step'] for s in shown['steps']] == ['hello', 'wait', 'again', 'call']
    assert shown['steps'][0]['message'] == 'Hello' and shown['steps'][0]['leads_to'] == ['wait']
    shop.run('sequence', 'start', 'To the kit')
    refused(shop, 'sequence', 'enrol', 'Nothing', ANN)
    misused(shop, 'sequence', 'enrol', 'Nothing', says='EMAIL')
    shop.run('sequence', 'pause', 'To the kit')
    assert shop.json('sequence', 'list')[0]['state'] == 'paused'
    second = shop.write('second.json', json.dumps(GRAPH | {'entry': {'reentry': 'after_end'}}))
    assert shop.json('sequence', 'add', second)['number'] == 2
    versions = shop.json('sequence', 'versions', 'To the kit')
    assert [(v['number'], v['in_use']) for v in versions] == [(2, True), (1, False)]
    assert 'again' in shop.run('sequence', 'show', 'To the kit').out
    refused(shop, 'sequence', 'show', 'Nothing')
    refused(shop, 'sequence', 'start', 'Nothing')


def test_bad_sequences(shop):
    with_sequence(shop)
    for bad, word in (('no JSON', ''), ('{}', 'name'), (json.dumps(GRAPH | {'start': 'nowhere'}), 'nowhere'),
                      (json.dumps(GRAPH | {'sells': 'NONE'}), 'NONE'), (json.dumps(GRAPH | {'colour': 1}), 'colour')):
        refused(shop, 'sequence', 'add', '-', stdin=bad.encode(), says=word)
    refused(shop, 'sequence', 'add', 'nowhere.json', says='nowhere.json')
    assert shop.json('sequence', 'versions', 'To the kit')[0]['number'] == 1


def test_enrol(shop):
    with_sequence(shop)
    misused(shop, 'sequence', 'enrol', 'To the kit', says='EMAIL')
    assert shop.json('sequence', 'enrol', 'To the kit', ANN) == {'entered': 1, 'refused': []}
    again = shop.run('sequence', 'enrol', 'To the kit', ANN, BOB, '--json', status=1)
    assert again.json == {'entered': 1, 'refused': [{'lead': 1, 'answer': 'active'}]}
    shop.run('leads', 'add', 'no@example.com', '--tag', 'new')
    chosen = shop.json('sequence', 'enrol', 'To the kit', '--tag', 'new')
    assert chosen['entered'] == 0 and {r['answer'] for r in chosen['refused']} == {'active', 'no-consent'}
    assert '0 leads entered' in shop.run('sequence', 'enrol', 'To the kit', '--tag', 'new').out
    refused(shop, 'sequence', 'enrol', 'To the kit', 'x@example.com', says='no lead')
    refused(shop, 'sequence', 'enrol', 'To the kit', '--tag', 'none', says='no tag')
    walk, = shop.json('sequence', 'walks', ANN)
    assert walk['sequence'] == 'To the kit' and walk['outcome'] is None and walk['why'] == 'by hand'
    assert len(shop.json('leads', 'list', '--sequence', 'To the kit')) == 2
    assert shop.json('sequence', 'stop', ANN)['stopped'] == 1
    assert shop.json('sequence', 'stop', BOB, 'To the kit')['stopped'] == 1
    assert shop.json('sequence', 'stop', BOB)['stopped'] == 0
    assert shop.json('sequence', 'walks', ANN)[0]['outcome'] == 'stopped'
    refused(shop, 'sequence', 'stop', BOB, 'Nothing')


def test_from_lead_to_customer(shop):
    """The main way: two leads enter, one buys, and gets nothing more of what sells."""
    with_sequence(shop)
    shop.run('sequence', 'enrol', 'To the kit', ANN, BOB)
    done = shop.json('run', '--once')
    assert (done['sent'], done['steps']) == (2, 2) and done['trouble'] is None
    assert practice(shop) == [(ANN, 'Hello, Ann'), (BOB, 'Hello, Bob')]
    assert shop.json('run', '--once')['sent'] == 0
    shop.run('order', 'add', ANN, 'KIT')
    assert shop.json('sequence', 'walks', ANN)[0]['outcome'] == 'bought'
    assert shop.json('run', '--until', '2026-03-05')['sent'] == 1
    assert practice(shop) == [(ANN, 'Hello, Ann'), (BOB, 'Again, Bob'), (BOB, 'Hello, Bob')]
    shop.now = '2026-03-04T10:00:00Z'
    assert shop.json('sequence', 'walks', BOB)[0]['outcome'] == 'finished'
    task, = shop.json('task', 'list')
    assert task['title'] == 'Call' and task['lead_name'] == 'Bob'
    sent = shop.json('outbox', 'list', BOB)
    assert all(row['state'] == 'sent' for row in sent)
    assert shop.json('outbox', 'show', sent[0]['id'])['practice_file'].endswith('.eml')
    assert shop.json('today')['messages'] == 1
    shop.run('check')


def test_suppressed_meanwhile(shop):
    with_sequence(shop)
    shop.run('sequence', 'enrol', 'To the kit', ANN, BOB)
    shop.run('suppress', 'add', ANN)
    done = shop.json('run', '--once')
    assert done['sent'] == 1 and practice(shop) == [(BOB, 'Hello, Bob')]


def test_run_wrongly(shop):
    with_sequence(shop)
    misused(shop, 'run', '--once', '--until', '2026-04-01', says='--once')
    misused(shop, 'run', '--until', 'soon', says='time')
    misused(shop, 'run', 'more')
    refused(shop, 'run', '--once', '--file', 'nowhere.db', says='init')


def wait_for(condition, seconds=20):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, 'it never came true'
        time.sleep(0.05)


def holder(shop):
    """Who runs the engine of the file, by the name it took when it began; None: nobody."""
    with contextlib.closing(sqlite3.connect(f'file:{shop.file}?mode=ro', uri=True)) as db:
        return next(iter(db.execute('SELECT holder FROM lease')), None)


def start_running(shop):
    before = holder(shop)
    process = shop.start('run')
    wait_for(lambda: holder(shop) not in (None, before))
    return process


def stop(process, number=signal.SIGTERM):
    process.send_signal(number)
    out, err = process.communicate(timeout=30)
    assert process.returncode == 0, (process.returncode, out, err)
    return out.decode()


def test_run_until_stopped(shop):
    """It waits for what others write, sends it, and ends well on both signals."""
    shop.now = None
    with_sequence(shop)
    for number, address in ((signal.SIGTERM, ANN), (signal.SIGINT, BOB)):
        process = shop.start('run', '--json')
        time.sleep(0.5)
        shop.run('sequence', 'enrol', 'To the kit', address)
        wait_for(lambda a=address: any(to == a for to, _ in practice(shop)))
        wait_for(lambda a=address: shop.json('outbox', 'list', a)[0]['state'] == 'sent')
        assert json.loads(stop(process, number))['sent'] == 1
    shop.run('check')


def test_only_one_runs(shop):
    """Another is refused; with --wait it has its turn when the first has ended."""
    shop.now = None
    with_sequence(shop)
    first = start_running(shop)
    result = refused(shop, 'run', '--once', says='rungsctl')
    assert 'run' in result.err
    shop.run('leads', 'add', 'others@example.com')
    second = shop.start('run', '--wait', '--json')
    shop.run('sequence', 'enrol', 'To the kit', ANN)
    wait_for(lambda: len(practice(shop)) == 1)
    name = holder(shop)
    stop(first)
    wait_for(lambda: holder(shop) not in (None, name))
    shop.run('sequence', 'enrol', 'To the kit', BOB)
    wait_for(lambda: len(practice(shop)) == 2)
    assert json.loads(stop(second))['sent'] == 1
    shop.run('run', '--once')


def test_service(shop):
    """What the service of the session starts is understood."""
    unit = pathlib.Path(sys.argv[1]).parents[2] / 'data' / 'systemd' / 'rungs.service'
    program, *words = re.search('^ExecStart=(.*)$', unit.read_text(), re.M)[1].split()
    assert program.endswith('/bin/rungsctl')
    with_sequence(shop)
    shop.run('sequence', 'enrol', 'To the kit', ANN)
    shop.run(*words, '--once')
    assert [to for to, _subject in practice(shop)] == [ANN]


def test_killed_runner_leaves_the_engine_free(shop):
    shop.now = None
    with_sequence(shop)
    first = start_running(shop)
    first.kill()
    first.communicate()
    shop.run('run', '--once')
    shop.run('check')


def test_trouble_is_told(shop):
    with_sequence(shop)
    shop.run('account', 'add', 'smtp', '--host', 'mail.invalid', '--from-email', 'x@example.com', '--username', 'u',
             '--default', DBUS_SESSION_BUS_ADDRESS='unix:path=/nonexistent')
    shop.run('sequence', 'enrol', 'To the kit', ANN)
    result = shop.run('run', '--once', '--json', status=1, DBUS_SESSION_BUS_ADDRESS='unix:path=/nonexistent')
    assert result.json['sent'] == 0 and result.json['trouble'] and 'stopped' in result.err
    assert shop.json('today')['account_trouble']
    assert shop.json('account', 'show', 'mail.invalid')['paused_at']


def test_account_test(shop):
    shop.init()
    shop.run('account', 'test', 'Practice', ANN)
    assert [to for to, _ in practice(shop)] == [ANN]
    refused(shop, 'account', 'test', 'Nothing', ANN)
    refused(shop, 'account', 'test', 'Practice', 'nonsense')
    shop.run('account', 'add', 'smtp', '--host', '127.0.0.1', '--port', '1', '--security', 'none', '--auth', 'none',
             '--from-email', 'x@example.com', '--name', 'Dead')
    refused(shop, 'account', 'test', 'Dead', ANN)


def test_message_preview(shop):
    with_sequence(shop)
    assert shop.json('message', 'preview', 'Hello', ANN)['subject'] == 'Hello, Ann'
    assert 'Dear Bob, Hello.' in shop.run('message', 'preview', 'Hello', BOB, '--sells', 'KIT').out
    assert '<p' in shop.run('message', 'preview', 'Hello', '--html').out
    refused(shop, 'message', 'preview', 'Nothing')
    refused(shop, 'message', 'preview', 'Hello', 'x@example.com', says='no lead')
    refused(shop, 'message', 'preview', 'Hello', ANN, '--sells', 'NONE')


def test_tasks(shop):
    shop.init()
    shop.run('leads', 'add', ANN, '--first-name', 'Ann')
    first = shop.json('task', 'add', ANN, 'Call back', '--due', '2026-03-05 10:00')
    shop.run('task', 'add', ANN, 'Write')
    assert [t['title'] for t in shop.json('task', 'list')] == ['Write', 'Call back']
    assert [t['title'] for t in shop.json('task', 'list', '--until', '2026-03-03')] == ['Write']
    shop.run('task', 'done', first['id'])
    shop.run('task', 'reopen', first['id'])
    assert len(shop.json('task', 'list')) == 2
    shop.run('task', 'done', first['id'])
    assert len(shop.json('task', 'list')) == 1 and len(shop.json('task', 'list', ANN)) == 2
    assert 'Write' in shop.run('task', 'list').out
    refused(shop, 'task', 'done', 99)
    refused(shop, 'task', 'add', ANN, ' ')
    refused(shop, 'task', 'add', 'x@example.com', 'X', says='no lead')
    misused(shop, 'task', 'list', '--until', 'then')


def test_today(shop):
    with_sequence(shop)
    shop.run('order', 'add', ANN, 'KIT')
    day = shop.json('today')
    assert day['day'] == '2026-03-02' and day['leads'] == 2 and day['orders'] == 1
    assert day['revenue'] == [{'minor': 4900, 'currency': 'EUR'}]
    shop.now = '2026-03-02T23:30:00Z'
    assert shop.json('today')['day'] == '2026-03-03' and shop.json('today')['orders'] == 0
    assert 'Tasks due' in shop.run('today').out


def test_progress_at_a_terminal(shop):
    """How many have left is shown while sending goes on."""
    with_sequence(shop)
    rows = ''.join(f'lead{n}@example.com,Lead{n}\n' for n in range(200))
    shop.write('many.csv', 'Email,First name\n' + rows)
    shop.run('leads', 'import', 'many.csv', '--tag', 'many', '--consent', 'Yes')
    shop.run('account', 'add', 'practice', '--name', 'Slow', '--from-email', 'x@example.com', '--per-second', '60',
             '--default')
    shop.run('sequence', 'enrol', 'To the kit', '--tag', 'many')
    shop.now = None
    ours, theirs = pty.openpty()
    process = subprocess.Popen(shop.words('run'), env=shop.env, stdout=subprocess.PIPE, stderr=theirs)
    os.close(theirs)
    shown = b''
    while b'messages sent' not in shown:
        assert select.select([ours], [], [], 20)[0], shown
        shown += os.read(ours, 4096)
    stop(process)
    os.close(ours)


def test_the_demo_runs(shop):
    shop.now = '2026-03-02T12:00:00Z'
    shop.begin('--demo')
    done = shop.json('run', '--until', '2026-03-16')
    assert done['sent'] > 100 and done['doubtful'] == 0, done
    assert shop.json('outbox', 'list', '--state', 'claimed') == []
    shop.run('check')
    twice = subprocess.run(['sqlite3', shop.file, 'SELECT count (*) - count (DISTINCT message_id) FROM outbox'],
                           capture_output=True, check=True).stdout
    assert twice == b'0\n'


if __name__ == '__main__':
    main(globals())
