"""The frame of the command line: help, options, exit statuses, words of errors, output."""

import csv
import json
import os
import subprocess
import time

from shop import ROOT, RUNGSCTL, main, misused, refused


def commands(shop):
    """The words of every command, as --help lists them."""
    lines = shop.run('--help', file=False, now=False).lines
    return [line.split('  ')[1] for line in lines
            if line.startswith('  ') and not line.startswith('  --') and not line.startswith('  rungsctl')]


def test_help(shop):
    words = commands(shop)
    assert 'init' in words and 'business show' in words
    for command in words:
        text = shop.run(*command.split(), '--help').out
        assert text.startswith(f'Usage:\n  rungsctl {command}'), text
        assert '--json' in text
        assert all(len(line) <= 120 for line in text.splitlines()), text
    for group in {c.split()[0] for c in words if ' ' in c}:
        text = shop.run(group, '--help').out
        assert all(c in text for c in words if c.startswith(group + ' ')), text


def test_every_command_is_tested(shop):
    paths = [path for folder in ('cli', 'relay') for path in sorted((ROOT / 'tests' / folder).glob('test-*.py'))]
    tests = ''.join(path.read_text(encoding='utf-8') for path in paths)
    for command in commands(shop):
        words = ', '.join(f"'{word}'" for word in command.split())
        assert words in tests or words.replace("'leads'", "'lead'") in tests, f'no test of {command}'


def test_help_needs_nothing(shop):
    assert shop.run('backup', '-h').out == shop.run('backup', '--help', '--nonsense').out
    assert not shop.file.exists()


def test_help_as_a_word(shop):
    assert shop.run('help').out == shop.run('--help').out
    assert shop.run('help', 'business', 'show').out == shop.run('business', 'show', '--help').out
    misused(shop, 'help', 'nonsense', says='no command')


def test_version(shop):
    assert shop.run('--version').out.startswith('rungsctl ')
    assert shop.run('--version', '--help').out.startswith('Usage:')


def test_wrong_use(shop):
    shop.init()
    misused(shop, says='command is missing')
    misused(shop, 'bakup', says='did you mean “backup”')
    misused(shop, 'business', says='further word')
    misused(shop, 'business', 'shw', says='did you mean “business show”')
    misused(shop, 'nonsense', says='no command “nonsense”')
    misused(shop, '--nonsense', 'business', 'show', says='must stand after')
    misused(shop, 'business', 'set', '--nam', 'X', says='did you mean --name')
    misused(shop, 'business', 'set', '--name', says='--name')
    misused(shop, 'business', 'show', 'more', says='does not take “more”')
    misused(shop, 'backup', says='needs FILE')
    misused(shop, 'business', 'show', '--now', 'soon', says='takes a time')
    misused(shop, 'business', 'show', '-x', says='-x')


def test_options_stand_anywhere(shop):
    shop.init()
    shop.run('backup', '--force', 'a.db')
    shop.run('backup', 'b.db', '--force')
    shop.run('--json', 'backup', 'b.db', '--force')
    shop.run('backup', '--force', '--', '--odd')
    assert all((shop.folder / name).exists() for name in ('a.db', 'b.db', '--odd'))


def test_no_file(shop):
    refused(shop, 'business', 'show', says='rungsctl init')
    assert not shop.file.exists()


def test_init(shop):
    shop.run('init')
    before = shop.file.read_bytes()
    refused(shop, 'init', says='already')
    assert shop.file.read_bytes() == before
    assert shop.file.stat().st_mode & 0o777 == 0o600


def test_init_refuses(shop):
    misused(shop, 'init', '--zone', 'Mars/Olympus', says='zone')
    assert not shop.file.exists(), 'a refused init leaves no file'
    misused(shop, 'init', '--currency', 'euro', says='currency')
    assert not shop.file.exists()
    shop.run('init')


def test_init_demo(shop):
    shop.run('init', '--demo')
    assert shop.json('business', 'show')['demo']
    assert len(shop.json('tag', 'list')) > 5
    shop.run('check')


def test_default_file(shop):
    shop.run('init', file=False)
    folder = shop.folder / 'data/rungs'
    assert (folder / 'rungs.db').stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700
    assert shop.json('business', 'show', file=False)['file'] == str(folder / 'rungs.db')


def test_business(shop):
    shop.init()
    shown = shop.json('business', 'show')
    assert shown['zone'] == 'Europe/Berlin' and shown['currency'] == 'EUR' and shown['name'] == 'Test'
    assert shown['created_at'] == '2026-03-02T09:00:00Z'
    shop.run('business', 'set', '--cap', '3/7', '--window', '9:00-18:30', '--name', 'Café 日本')
    shown = shop.json('business', 'show')
    assert (shown['cap_messages'], shown['cap_days']) == (3, 7)
    assert (shown['window_from'], shown['window_to']) == ('09:00', '18:30')
    assert shown['name'] == 'Café 日本'
    shop.run('business', 'set', '--cap', 'none', '--window', 'none')
    shown = shop.json('business', 'show')
    assert shown['cap_messages'] is None and shown['window_from'] is None
    for bad in (['--cap', '3'], ['--cap', '0/7'], ['--window', '9-18'], ['--window', '25:00-26:00']):
        misused(shop, 'business', 'set', *bad, says=bad[0])
    refused(shop, 'business', 'set', '--zone', 'Nowhere', says='Nowhere')
    misused(shop, 'business', 'set', '--currency', 'EURO', says='currency')
    assert shop.json('business', 'show') == shown


def test_pretended_clock_is_local(shop):
    shop.now = None
    shop.run('init', '--zone', 'Europe/Berlin', '--now', '2026-07-01 12:00Z')
    assert '2026-07-01 14:00' in shop.run('business', 'show').out


def test_backup_and_check(shop):
    shop.init()
    shop.run('backup', 'copy.db')
    refused(shop, 'backup', 'copy.db', says='already')
    shop.write('plain', '')
    refused(shop, 'backup', 'plain/copy.db')
    refused(shop, 'backup', 'shop.db', '--force', says='itself')
    assert shop.run('check').out == 'The file is in order.\n'
    assert shop.json('check') == {'faults': []}
    assert shop.json('business', 'show', '--file', 'copy.db')['name'] == 'Test'


def test_restore(shop):
    shop.init()
    shop.run('backup', 'copy.db')
    shop.run('business', 'set', '--name', 'Changed')
    refused(shop, 'restore', 'nowhere.db', says='no copy')
    refused(shop, 'restore', shop.write('text', 'no copy at all'), says='no copy')
    assert shop.json('business', 'show')['name'] == 'Changed'
    runner = shop.start('run', now=False)
    time.sleep(0.5)
    refused(shop, 'restore', 'copy.db')
    runner.terminate()
    runner.communicate()
    shop.run('restore', 'copy.db')
    assert shop.json('business', 'show')['name'] == 'Test'
    assert shop.json('business', 'show', '--file', 'shop.db.replaced')['name'] == 'Changed'
    shop.run('check')


def test_backups(shop):
    shop.init()
    assert shop.json('backups') == []
    shop.run('backup', shop.folder / 'backups/shop.db-2026-03-01.db')
    assert len(shop.json('backups')) <= 1 and 'copies' in shop.run('backups', '--file', 'x.db').out


def test_repair(shop):
    shop.init()
    shop.run('leads', 'add', 'ann@example.com', '--last-name', 'Findable')
    subprocess.run(['sqlite3', shop.file, "INSERT INTO lead_search (lead_search) VALUES ('delete-all')"], check=True)
    assert shop.json('leads', 'search', 'findable') == []
    assert 'search' in shop.run('check', status=1).out
    shop.run('check', '--repair')
    assert len(shop.json('leads', 'search', 'findable')) == 1
    shop.run('check')


def test_check_finds_faults(shop):
    shop.init()
    subprocess.run(['sqlite3', shop.file, 'PRAGMA foreign_keys = OFF; '
                    'INSERT INTO touch (lead, source, path, at) VALUES (7, 8, \'phone\', 0)'], check=True)
    result = shop.run('check', status=1)
    assert 'touch' in result.out and 'fault' in result.err
    assert len(shop.run('check', '--json', status=1).json['faults']) >= 2


def test_export(shop):
    shop.init()
    shop.run('business', 'set', '--name', '=1+1 "x"\n\x01;@y')
    tables = shop.json('export', 'out')
    assert {'table': 'business', 'rows': 1} in tables, tables
    row = json.loads((shop.folder / 'out/business.jsonl').read_text())
    assert row['name'] == '=1+1 "x"\n\x01;@y' and row['created_at'] == 1772442000000
    with open(shop.folder / 'out/business.csv', encoding='utf-8', newline='') as file:
        cells = next(csv.DictReader(file))
    assert cells['name'] == '\'=1+1 "x"\n\x01;\'@y' and cells['created_at'] == '2026-03-02T09:00:00Z'
    refused(shop, 'export', 'out', says='already')
    (shop.folder / 'empty').mkdir()
    shop.run('export', 'empty')
    subprocess.run(['sqlite3', ':memory:', '.read out/schema.sql'], cwd=shop.folder, check=True)


def test_not_ours(shop):
    shop.write('text.db', 'hello, this is no database at all\n' * 100)
    refused(shop, 'business', 'show', '--file', 'text.db', says='not a file of Rungs')
    refused(shop, 'business', 'show', '--file', str(shop.folder))
    subprocess.run(['sqlite3', shop.folder / 'other.db', 'CREATE TABLE t (x)'], check=True)
    refused(shop, 'init', '--file', 'other.db')
    refused(shop, 'business', 'show', '--file', 'other.db', says='another program')


def test_reader_goes_away(shop):
    shop.init()
    read, write = os.pipe()
    os.close(read)
    process = subprocess.run(shop.words('business', 'show'), stdout=write, stderr=subprocess.PIPE, env=shop.env,
                             check=False)
    os.close(write)
    assert process.returncode == 0 and process.stderr == b'', process


def test_full_disk_of_output(shop):
    shop.init()
    with open('/dev/full', 'wb') as full:
        process = subprocess.run(shop.words('business', 'show'), stdout=full, stderr=subprocess.PIPE, env=shop.env,
                                 check=False)
    assert process.returncode == 1 and b'could not be written' in process.stderr, process


def test_hostile_words(shop):
    shop.init()
    shop.run('business', 'set', '--name', '\x1b[31mred\x07 \u202edesrever\r\n{{ x }} <b>')
    shown = shop.run('business', 'show').out
    assert '\x1b' not in shown and '\u202e' not in shown and '\x07' not in shown
    assert shop.json('business', 'show')['name'].startswith('\x1b[31mred')
    process = subprocess.run([RUNGSCTL, '--file', shop.file, 'business', 'set', '--name', b'caf\xe9'], env=shop.env,
                             check=False, stdout=subprocess.PIPE)
    assert process.returncode == 0 and shop.json('business', 'show')['name']
    misused(shop, 'x' * 5000)


def test_waits_for_another_writer(shop):
    shop.init()
    holder = subprocess.Popen(['flock', f'{shop.file}-write', 'sleep', '2'])
    time.sleep(0.5)
    begun = time.monotonic()
    shop.run('business', 'set', '--name', 'Later')
    assert time.monotonic() - begun > 0.5
    holder.wait()
    assert shop.json('business', 'show')['name'] == 'Later'


if __name__ == '__main__':
    main(globals())
