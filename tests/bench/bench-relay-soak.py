"""What harms a relay, and whether it does: how long a good sender waits while slow ones hold hundreds of connections
and others send bodies without end; and what the relay has in memory over so many requests as an hour may bring.

usage: bench-relay-soak.py RUNGS_RELAY SOURCE_ROOT [REQUESTS]"""

import contextlib
import http.client
import json
import pathlib
import subprocess
import sys
import tempfile
import threading
import time

RELAY, ROOT = sys.argv[1], pathlib.Path(sys.argv[2]).resolve()
sys.path.insert(0, str(ROOT / 'tests' / 'relay'))
from relay import PATH, Relay  # noqa: E402  pylint: disable=wrong-import-position

REQUESTS = int(sys.argv[3]) if len(sys.argv) > 3 else 3000000
SLOW = 400
ENDLESS = 4
HEAD = f'POST /in/{PATH} HTTP/1.1\r\nHost: x\r\n'.encode()


def wrk(relay, connections, seconds):
    asked = subprocess.run(['wrk', '-t1', f'-c{connections}', f'-d{seconds}s', '--timeout', '10s', '-s',
                            ROOT / 'tests/bench/wrk-form.lua', f'http://127.0.0.1:{relay.port}/in/{PATH}'],
                           capture_output=True, text=True, check=False)
    assert asked.returncode == 0, (asked, relay.process.poll(), relay.log())
    return json.loads(asked.stdout.splitlines()[-1])


@contextlib.contextmanager
def in_background(work, count=1):
    """`work (until)` in so many threads."""
    until = threading.Event()
    threads = [threading.Thread(target=work, args=[until]) for _ in range(count)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        until.set()
        for thread in threads:
            thread.join()


def be_slow(relay):
    """A byte a second in each of many connections; whoever is put out comes again."""
    def work(until):
        connections = []
        while not until.wait(1):
            for connection in connections[:]:
                try:
                    connection.sendall(b'x')
                except OSError:
                    connection.close()
                    connections.remove(connection)
            while len(connections) < SLOW:
                connections.append(relay.raw(HEAD + b'X-Slow: '))
        for connection in connections:
            connection.close()
    return work


def be_endless(relay):
    chunk = b'100000\r\n' + b'x' * 1048576 + b'\r\n'

    def work(until):
        while not until.is_set():
            with relay.raw(HEAD + b'Transfer-Encoding: chunked\r\n\r\n') as connection:
                try:
                    while not until.is_set():
                        connection.sendall(chunk)
                except OSError:
                    pass
    return work


def take(relay):
    """As a desktop does."""
    def work(until):
        after = 0
        while not until.is_set():
            try:
                found = relay.deliveries(after, wait=1)
            except (OSError, http.client.HTTPException):
                continue
            if found:
                after = found[-1][0]
                relay.desk('POST', f'taken?through={after}')
    return work


def say(what, found, relay):
    print(f'{what}: {found["requests"] / found["seconds"]:.0f}/s, p50 {found["p50"]:.1f} ms, p99 {found["p99"]:.1f} ms,'
          f' {found["failed"]} failed, {relay.memory() / 1024:.0f} MiB', flush=True)


def measure_harm(relay):
    say('alone, 8 connections', wrk(relay, 8, 5), relay)
    with in_background(be_slow(relay)):
        time.sleep(3)
        say(f'beside {SLOW} that send a byte a second', wrk(relay, 8, 25), relay)
    with in_background(be_endless(relay), ENDLESS):
        time.sleep(1)
        say(f'beside {ENDLESS} bodies without end', wrk(relay, 8, 10), relay)
    with in_background(be_slow(relay)), in_background(be_endless(relay), ENDLESS):
        time.sleep(3)
        say('beside both', wrk(relay, 8, 10), relay)


def measure_memory(relay):
    samples, done, began = [], 0, time.monotonic()
    with in_background(take(relay)):
        while done < REQUESTS:
            found = wrk(relay, 64, 10)
            assert found['failed'] == 0, found
            done += found['requests']
            samples.append(relay.memory() / 1024)
    size = (relay.folder / 'relay.db').stat().st_size / 1048576
    print(f'{done} requests in {time.monotonic() - began:.0f} s, taken by a desktop meanwhile: MiB resident every 10 s: '
          + ' '.join(f'{sample:.0f}' for sample in samples) + f'; the file: {size:.0f} MiB', flush=True)


def main():
    with tempfile.TemporaryDirectory(prefix='rungs-bench-') as folder:
        relay = Relay(folder, '--rate', '0', '--room', '16384').start().pair().publish(PATH)
        try:
            measure_harm(relay)
        finally:
            relay.kill()
    with tempfile.TemporaryDirectory(prefix='rungs-bench-') as folder:
        relay = Relay(folder, '--rate', '0', '--room', '16384').start().pair().publish(PATH)
        try:
            measure_memory(relay)
        finally:
            relay.kill()


main()
