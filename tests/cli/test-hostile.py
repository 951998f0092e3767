"""Whatever is typed: no command crashes, hangs or harms the file, and each says what is wrong."""

import json
import os
import random
import re
import subprocess

from shop import check_words, main

VALUES = [b'', b' ', b'-', b'--', b'0', b'-1', b'1', b'9223372036854775807', b'9223372036854775808', b'1e400', b'%s%n%d',
          b'\xff\xfe\x80', 'é\u202e\u2028日本'.encode(), b'\x1b[2J\x07', b'a\nb\r\nc', b"'; DROP TABLE lead; --", b'x' * 70000,
          b'../../etc/passwd', b'/dev/null', b'0001-01-01', b'9999-12-31 23:59', b'2026-02-30', b'ann@example.com', b'KIT',
          b'99999999999999999999.99EUR', b'-0.01EUR', b'{"a":', b'[' * 5000, b'{{ lead.first_name', b'a=b', b'seo:x',
          b'next', b'none', b'Practice', b'Hello', b'To the kit']
# What would wait, or write where the test does not look.
LEFT_OUT = {'run', 'export', 'leads export', 'backup', 'restore', 'account test', 'account password',
            'mailbox read', 'mailbox password', 'init'}

# What a sanitizer sees it sees of the first value; the others take as long again.
SANITIZED = 'ASAN_OPTIONS' in os.environ
TRIES = 1 if SANITIZED else 3

# Twice what it takes to import a file that is in order; a sanitizer takes more.
MEMORY_KB = 64 * 1024 * (8 if SANITIZED else 1)


def commands(shop):
    """Each command with how many arguments it takes at most (3 for many) and its options: (name, has a value)."""
    for line in shop.run('--help', now=False).lines:
        if not line.startswith('  ') or line.startswith(('  --', '  rungsctl')):
            continue
        words = line.split('  ')[1]
        text = shop.run(*words.split(), '--help', now=False).out
        usage = re.search(rf'rungsctl {words}(.*)', text).group(1).replace('[OPTION…]', '').split()
        options = re.findall(r'^  --([a-z-]+)( \S+)?', text, re.M)
        own = [(name, bool(value)) for name, value in options if name not in ('file', 'help', 'version')]
        yield words, len(usage) + 2 * ('…' in ''.join(usage)), own


def with_a_little(shop):
    shop.init()
    shop.run('leads', 'add', 'ann@example.com', '--consent', 'Yes')
    shop.run('product', 'add', 'KIT', '--name', 'Kit', '--price', '5')
    shop.run('message', 'add', 'Hello', '-', stdin=b'Subject: s\nPurpose: p\nValue: v\n\nText\n')
    graph = {'name': 'To the kit', 'sells': 'KIT', 'start': 'a', 'steps': {'a': {'kind': 'message', 'message': 'Hello'}}}
    shop.run('sequence', 'add', '-', stdin=json.dumps(graph).encode())
    return shop


def attempt(shop, words):
    head = [part.encode() if isinstance(part, str) else part for part in shop.words(*[], now=False)]
    process = subprocess.run(head + words, input=b'', capture_output=True, env=shop.env, cwd=shop.folder, timeout=60,
                             check=False)
    typed = b' '.join(words)[:300]
    assert process.returncode in (0, 1, 2), (process.returncode, typed, process.stderr[-2000:])
    if process.returncode != 0:
        said = process.stderr.decode('utf-8')  # strictly: what is said is text
        assert said.startswith('rungsctl: '), (typed, said)
        check_words(said.replace("'; DROP TABLE lead; --", ''))
        assert not set(said) & set('\x1b\x07\u202e'), (typed, said)
    elif b'--json' in words and process.stdout:
        json.loads(process.stdout)


def test_each_option_and_argument(shop):
    """Every option and every place of every command, each with a few hostile values."""
    with_a_little(shop)
    chance = random.Random(7)
    for words, places, options in commands(shop):
        if words in LEFT_OUT:
            continue
        for name, has_value in options:
            values = chance.sample(VALUES, TRIES) if has_value else [None]
            for value in values:
                arguments = chance.choices(VALUES, k=min(places, 2))
                option = [f'--{name}'.encode()] + ([] if value is None else [value])
                attempt(shop, words.encode().split() + option + [b'--'] + arguments)
        for _ in range(TRIES + 1):
            arguments = chance.choices(VALUES, k=chance.randint(0, places))
            attempt(shop, words.encode().split() + [b'--json', b'--'] + arguments)
    shop.run('check')


def test_words_by_chance(shop):
    """No order of words is too strange."""
    with_a_little(shop)
    chance = random.Random(11)
    known = [w for words, _, _ in commands(shop) if words not in LEFT_OUT for w in words.encode().split()]
    options = [b'--json', b'--now', b'--file', b'--help', b'-h', b'-x', b'--', b'-', b'--limit', b'--=', b'--json=x', b'--file=']
    for _ in range(250):
        words = chance.choices(known + options + VALUES, k=chance.randint(0, 6))
        if any(w in (b'run', b'init', b'restore', b'backup', b'export', b'test', b'password') for w in words):
            continue
        attempt(shop, words)
    shop.run('check')


def test_files_that_are_none(shop):
    """Folders, pipes without end, devices and secrets as files."""
    with_a_little(shop)
    shop.write('locked', 'x').chmod(0)
    for path in (b'.', b'/dev/null', b'locked', b'/proc/self/mem', b'no/where', b'shop.db', b''):
        for words in ([b'leads', b'import', path], [b'message', b'add', b'X', path], [b'sequence', b'add', path],
                      [b'business', b'show', b'--file', path], [b'check', b'--file', path],
                      [b'restore', path], [b'export', path + b'/x']):
            attempt(shop, words)
    shop.run('check')


def import_in_bounds(shop, path, status=0):
    """Imports the file, in little memory whatever it holds; gives what is said. (What this program has itself is
    counted too, where it is more: it is what the other begins with.)"""
    with open(shop.folder / 'said', 'w+b') as said:
        process = subprocess.Popen(shop.words('leads', 'import', path), stdin=subprocess.DEVNULL, stdout=said,
                                   stderr=subprocess.STDOUT, env=shop.env, cwd=shop.folder)
        _pid, ended, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(ended)
        said.seek(0)
        text = said.read().decode('utf-8')
    assert process.returncode == status, (path, process.returncode, text[:500])
    assert used.ru_maxrss < MEMORY_KB, (path, used.ru_maxrss)
    return text


def test_tables_that_are_none(shop):
    """A clear refusal, of the file or of the row, or a right result; and never more memory."""
    shop.init()
    line = shop.write('zeros.csv', 'Email\nann@example.com\n')
    with line.open('r+b') as file:
        file.truncate(1 << 30)
    assert 'does not look like a text file' in import_in_bounds(shop, line, status=1)
    with shop.write('line.csv', 'Email,Name\nbob@example.com,"').open('ab') as file:
        for _ in range(256):
            file.write(b'b' * (1 << 20))
    assert 'the line is longer than 1 MB' in import_in_bounds(shop, 'line.csv')
    with shop.write('columns.csv', 'Email').open('a') as file:
        file.writelines(f',c{i}' for i in range(1_000_000))
    said = import_in_bounds(shop, 'columns.csv', status=1)
    assert 'longer than 1 MB' in said, said
    said = import_in_bounds(shop, shop.write('nul.csv', b'Email,Name\nnul\0@example.com,N\0\nok@example.com,Ok\n'))
    assert 'zero byte' in said, said
    rows = ''.join(f'p{i}@example.com,Jürgen\n' for i in range(100)).encode()
    said = import_in_bounds(shop, shop.write('utf8.csv', b'Email,Name\n' + rows + b'bad@example.com,J\xff\xc3(\xed\xa0\x80\n'))
    assert re.search(r'Bytes not understood +5', said), said
    leads = {lead['email']: lead['first_name'] for lead in shop.json('leads', 'list', '--limit', '200')}
    assert leads['ok@example.com'] == 'Ok' and leads['p7@example.com'] == 'Jürgen'
    assert leads['bad@example.com'].startswith('J') and len(leads) == 102, len(leads)
    shop.run('check')


if __name__ == '__main__':
    main(globals())
