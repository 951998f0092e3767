"""What the tests of the relay share: one that runs, a desktop that asks it, and raw connections.

usage of each test: test-X.py RUNGS_RELAY [ARGUMENTS]; prints TAP."""

import contextlib
import http.client
import json
import pathlib
import re
import select
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import traceback

PROGRAM = next(word for word in sys.argv[1:] if pathlib.Path(word).name == 'rungs-relay')
PATH = 'form-0123456789abcdef'


class Relay:
    def __init__(self, folder, *arguments):
        self.folder = pathlib.Path(folder)
        self.arguments = arguments
        self.port = 0
        self.code = None
        self.key = None
        self.process = None

    def start(self):
        """On the port it had before, where it had one."""
        command = [PROGRAM, '--folder', self.folder, '--listen', f'127.0.0.1:{self.port}', *self.arguments]
        with open(self.folder / 'log', 'ab') as log:
            self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True)
        line = self.process.stdout.readline()
        match = re.search(r'port (\d+)$', line)
        assert match, (line, self.log())
        self.port = int(match.group(1))
        if self.key is None:
            self.code = re.search(r'\S{4}-\S{4}', self.process.stdout.readline()).group()
        return self

    def log(self):
        return (self.folder / 'log').read_text(encoding='utf-8')

    def kill(self, number=signal.SIGKILL):
        """Returns how it ended."""
        if self.process is None:
            return None
        self.process.send_signal(number)
        ended = self.process.wait(timeout=20)
        self.process.stdout.close()
        self.process = None
        return ended

    def pair(self):
        status, body = self.ask('POST', '/relay/1/pair', json.dumps({'code': self.code}))
        assert status == 200, (status, body)
        self.key = json.loads(body)['key']
        return self

    def publish(self, *paths, **more):
        status, body = self.desk('PUT', 'published', json.dumps(
            {'stamp': 'one', 'endpoints': [{'path': path, **more} for path in paths]}))
        assert status == 204, (status, body)
        return self

    def connect(self):
        if '--certificate' in self.arguments:
            trusting = ssl.create_default_context(cafile=self.arguments[self.arguments.index('--certificate') + 1])
            return http.client.HTTPSConnection('localhost', self.port, timeout=40, context=trusting)
        return http.client.HTTPConnection('127.0.0.1', self.port, timeout=40)

    def ask(self, method, path, body=None, headers=None):
        with contextlib.closing(self.connect()) as connection:
            connection.request(method, path, body, headers or {})
            answer = connection.getresponse()
            self.headers = answer.headers
            return answer.status, answer.read()

    def desk(self, method, what, body=None):
        return self.ask(method, '/relay/1/' + what, body, {'Authorization': f'Bearer {self.key}'})

    def post(self, body, path=PATH, headers=None):
        return self.ask('POST', '/in/' + path, body, headers or {'Content-Type': 'application/json'})[0]

    def deliveries(self, after=0, wait=0):
        """[(id, head, body)] that wait after that one."""
        status, answer = self.desk('GET', f'deliveries?after={after}&wait={wait}')
        if status == 503:
            raise ConnectionError('the relay is closing')
        assert status == 200, (status, answer)
        found = []
        while answer:
            frame, _, rest = answer.partition(b'\n')
            number, length = map(int, frame.split())
            raw, answer = rest[:length], rest[length:]
            head, _, body = raw.partition(b'\n\n')
            found.append((number, head.decode(), body[:-1]))
        return found

    def health(self):
        return json.loads(self.desk('GET', 'health')[1])

    def raw(self, data=b''):
        connection = socket.create_connection(('127.0.0.1', self.port), timeout=40)
        connection.sendall(data)
        return connection

    def memory(self):
        """In KiB, of all that is resident."""
        status = pathlib.Path(f'/proc/{self.process.pid}/status').read_text(encoding='ascii')
        return int(re.search(r'VmRSS:\s+(\d+)', status).group(1))


def ends_within(connection, seconds):
    """Whether the other side closes the connection."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if select.select([connection], [], [], max(0, end - time.monotonic()))[0]:
            try:
                if not connection.recv(65536):
                    return True
            except ConnectionError:
                return True
    return False


def main(names):
    tests = [(name[5:].replace('_', '-'), test) for name, test in names.items() if name.startswith('test_')]
    failed = 0
    print(f'1..{len(tests)}')
    for number, (name, test) in enumerate(tests, 1):
        relays = []
        try:
            with tempfile.TemporaryDirectory(prefix='rungs-relay-') as folder:
                def relay(*arguments, where=folder):
                    relays.append(Relay(where, *arguments))
                    return relays[-1]
                try:
                    test(relay)
                finally:
                    for one in relays:
                        one.kill()
            print(f'ok {number} /relay/{name}', flush=True)
        except Exception:  # pylint: disable=broad-except
            failed += 1
            for line in traceback.format_exc().splitlines():
                print(f'# {line}')
            print(f'not ok {number} /relay/{name}', flush=True)
    sys.exit(1 if failed else 0)
