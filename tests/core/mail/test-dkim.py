"""What others sign still verifies after we have handed it over, and what we hand over still verifies after a real mail
server has signed it and handed it on. Judged by python3-dkim.

usage: test-dkim.py COMPOSER CASES.json HAND-OVER SOURCE_ROOT BUILD_ROOT [--spoil]

--spoil changes a byte of each message on its way, which must be seen.
"""

import base64
import json
import pathlib
import subprocess
import sys
import tempfile
import time

import dkim

COMPOSER, CASES, HAND_OVER, ROOT, BUILD = sys.argv[1:6]
ROOT = pathlib.Path(ROOT)
BUILD = pathlib.Path(BUILD)
SPOIL = '--spoil' in sys.argv

# What no composer of ours makes, but a transport must leave alone.
HEAD = (b'From: Shop <shop@example.com>\r\nTo: lead@example.com\r\nSubject: Raw\r\nDate: Sat, 21 Nov 2026 09:30:00 +0000'
        b'\r\nMessage-ID: <1@example.com>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n'
        b'Content-Transfer-Encoding: 8bit\r\n\r\n')
RAW = {
    'dots at the beginning': '.\r\n..\r\n.a\r\n\r\n.\r\n',
    'eight bits': 'Grüße, 日本語\r\n',
    'a line of 5,000': 'x' * 5000 + '\r\n',
    'blanks at the end': 'a  \r\nb\t\r\n \r\n\r\n\r\n',
    'only a dot': '.\r\n',
    'nothing': '',
    '300,000 bytes': '.of many lines\r\n' * 20000,
}


class Report:
    number = 0

    def say(self, name, problems):
        self.number += 1
        for problem in problems:
            print(f'# {problem}')
        print(f'{"not ok" if problems else "ok"} {self.number} /dkim/{name}', flush=True)


class Server:
    """A script of ours that says "ready PORT…", and ends when its standard input does."""

    def __init__(self, *words):
        self.process = subprocess.Popen([str(word) for word in words], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        text=True)
        ready = self.process.stdout.readline().split()
        assert ready and ready[0] == 'ready', ready
        self.port = ready[1]

    def __enter__(self):
        return self

    def __exit__(self, *what):
        self.process.communicate()


def sink(kept, *more):
    kept.mkdir()
    return Server('node', ROOT / 'tests' / 'faults' / 'smtp-chunks.js', '--log', kept / 'log', '--keep', kept, *more)


def make_key(folder):
    """The private key, and what DNS would say."""
    key = folder / 'key.pem'
    subprocess.run(['openssl', 'genrsa', '-out', key, '2048'], check=True, stderr=subprocess.DEVNULL)
    public = subprocess.run(['openssl', 'rsa', '-in', key, '-pubout', '-outform', 'DER'], check=True,
                            capture_output=True).stdout
    return key.read_bytes(), b'v=DKIM1; k=rsa; p=' + base64.b64encode(public)


def read_public(path):
    lines = [line for line in path.read_text(encoding='ascii').splitlines() if not line.startswith('-')]
    return b'v=DKIM1; k=rsa; p=' + ''.join(lines).encode()


def composed():
    """(name, message) of each case that is not to be refused."""
    cases = json.loads(pathlib.Path(CASES).read_text(encoding='utf-8'))
    messages = json.loads(subprocess.run([COMPOSER, CASES], check=True, capture_output=True).stdout)
    return [(case['name'], base64.b64decode(message)) for case, message in zip(cases, messages) if message]


def sign(message, key, canonicalize):
    return dkim.sign(message, b'test', b'shop.example', key, canonicalize=(canonicalize, canonicalize)) + message


def judge(message, record):
    """Sentences about what is wrong with its one signature."""
    if SPOIL:
        message = message[:-3] + bytes([message[-3] ^ 1]) + message[-2:]
    if message.lower().count(b'dkim-signature:') != 1:
        return ['it has not one signature']
    return [] if dkim.verify(message, dnsfunc=lambda *_, **__: record) else ['the signature does not verify']


def hand_over(folder, port, ca_file, messages):
    files = []
    for number, message in enumerate(messages, 1):
        files.append(folder / f'out-{number}')
        files[-1].write_bytes(message)
    subprocess.run([HAND_OVER, port, ca_file, *files], check=True)


def check_hand_over(report, folder, messages, way, options):
    """Signed by others, handed over by us: byte for byte, so that a signature that bears no change verifies, too."""
    key, record = make_key(folder)
    for canonicalize in (b'simple', b'relaxed'):
        kept = folder / f'{way}-{canonicalize.decode()}'
        signed = [sign(message, key, canonicalize) for _, message in messages]
        with sink(kept, *options) as server:
            hand_over(kept, server.port, '-', signed)
        for number, (name, _) in enumerate(messages):
            came = (kept / f'{number + 1}.eml').read_bytes()
            problems = judge(came, record)
            if came != signed[number]:
                problems.append('it is not what was handed over')
            report.say(f'{way}/{canonicalize.decode()}/{name}', problems)


def check_exim(report, folder, messages):
    """Made and handed over by us, signed and handed on by exim, which may change their order."""
    kept = folder / 'kept'
    exim = folder / 'exim'
    with sink(kept) as on, Server(ROOT / 'tests' / 'journeys' / 'exim.sh', BUILD / 'tests' / 'exim', exim, '--relay',
                                  on.port) as server:
        hand_over(kept, server.port, exim / 'ca.pem', [message for _, message in messages])
        for _ in range(400):
            arrived = list(kept.glob('*.eml'))
            if len(arrived) == len(messages):
                break
            time.sleep(0.05)
    record = read_public(exim / 'dkim.pub')
    report.say('exim/all', [] if len(arrived) == len(messages) else [f'{len(arrived)} of {len(messages)} arrived'])
    for path in arrived:
        report.say(f'exim/{path.stem}', judge(path.read_bytes(), record))


def main():
    report = Report()
    ours = composed()
    raw = [(name, HEAD + body.encode()) for name, body in RAW.items()]
    with tempfile.TemporaryDirectory(prefix='rungs-dkim-') as folder:
        folder = pathlib.Path(folder)
        folder.chmod(0o755)
        check_hand_over(report, folder, ours + raw, 'in-one-piece', ())
        check_hand_over(report, folder, ours + raw, 'by-DATA', ('--without', 'CHUNKING'))
        check_exim(report, folder, ours)
    print(f'1..{report.number}')


main()
