"""How many forms a second the relay makes durable, beside a handler of libsoup that stores nothing, and beside plain
SQLite that makes as many inserts durable in a transaction as the relay did. wrk asks; all on loopback.

usage: bench-relay.py RUNGS_RELAY YARDSTICKS SOURCE_ROOT [SECONDS]"""

import contextlib
import json
import pathlib
import re
import subprocess
import sys
import tempfile

RELAY, YARDSTICKS, ROOT = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3]).resolve()
sys.path.insert(0, str(ROOT / 'tests' / 'relay'))
from relay import PATH, Relay  # noqa: E402  pylint: disable=wrong-import-position

SECONDS = float(sys.argv[4]) if len(sys.argv) > 4 else 6
CONNECTIONS = (1, 16, 64, 256)


def ask(port, connections, seconds):
    """What wrk measured."""
    told = subprocess.run(['wrk', '-t1', f'-c{connections}', f'-d{max(1, round(seconds))}s', '--timeout',
                           '10s', '-s', ROOT / 'tests/bench/wrk-form.lua', f'http://127.0.0.1:{port}/in/{PATH}'],
                          capture_output=True, text=True, check=True).stdout
    found = json.loads(told.splitlines()[-1])
    assert found['failed'] == 0, told
    found['rate'] = found['requests'] / found['seconds']
    return found


@contextlib.contextmanager
def bare_server():
    with subprocess.Popen([YARDSTICKS, 'serve'], stdout=subprocess.PIPE, text=True) as process:
        try:
            yield int(process.stdout.readline().split()[1])
        finally:
            process.kill()


def figure(relay, name):
    return int(re.search(rf'^rungs_relay_{name} (\d+)$', relay.ask('GET', '/metrics')[1].decode(), re.M).group(1))


def ask_relay(connections):
    """wrk's figures, deliveries a transaction, bytes of one."""
    with tempfile.TemporaryDirectory(prefix='rungs-bench-') as folder:
        relay = Relay(folder, '--rate', '0', '--room', '16384').start().pair().publish(PATH)
        try:
            ask(relay.port, connections, 1)
            before = [figure(relay, name) for name in ('stored_total', 'batches_total')]
            found = ask(relay.port, connections, SECONDS)
            stored, batches = (figure(relay, name) - count
                               for name, count in zip(('stored_total', 'batches_total'), before))
            assert stored >= found['requests'], 'an answer came for what is not stored'
            size = relay.health()['bytes'] // relay.health()['waiting']
            return found, stored / batches, size, relay.memory() / 1024
        finally:
            relay.kill()


def insert(group, size):
    with tempfile.TemporaryDirectory(prefix='rungs-bench-') as folder:
        told = subprocess.run([YARDSTICKS, 'insert', pathlib.Path(folder) / 'plain.db', str(max(1, round(group))),
                               str(size), str(SECONDS)], capture_output=True, text=True, check=True).stdout
    return float(told)


def main():
    for connections in CONNECTIONS:
        with bare_server() as port:
            bare = ask(port, connections, SECONDS)
        own, group, size, memory = ask_relay(connections)
        plain = insert(group, size)
        print(f'{connections:3d} connections: {own["rate"]:6.0f} durable deliveries/s, p50 {own["p50"]:.1f} ms,'
              f' p99 {own["p99"]:.1f} ms, {memory:.0f} MiB; plain SQLite, {group:.0f} a transaction: {plain:.0f}/s,'
              f' {own["rate"] / plain:.2f} of it; libsoup alone: {bare["rate"]:.0f}/s, p99 {bare["p99"]:.1f} ms,'
              f' {own["rate"] / bare["rate"]:.2f} of it', flush=True)


main()
