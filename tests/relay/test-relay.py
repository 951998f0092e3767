"""The relay as forms, shops, strangers and its desktop meet it."""

import json
import os
import signal
import socket
import struct
import subprocess
import threading
import time

from relay import PATH, PROGRAM, ends_within, main

MIB = 1024 * 1024


def test_delivery(relay):
    """It comes to the desktop as it came in, and is forgotten when the desktop says so, not before."""
    one = relay().start().pair().publish(PATH)
    body = b'{"name": "J\xc3\xb6rg"}\n\n\x00\xff'
    assert one.ask('POST', f'/in/{PATH}?a=b%20c', body, {'Stripe-Signature': 't=1,v1=2', 'X-Odd': 'a:b'})[0] == 200
    (number, head, told), = one.deliveries()
    assert told == body, told
    assert f'request: POST /in/{PATH}?a=b%20c' in head and 'header: Stripe-Signature: t=1,v1=2' in head, head
    assert 'address: 127.0.0.1' in head and f'body: {len(body)}' in head, head
    assert one.deliveries() == [(number, head, body)]
    assert one.health()['waiting'] == 1 and one.health()['bytes'] > len(body)
    assert one.desk('POST', f'taken?through={number}')[0] == 204
    assert not one.deliveries() and one.health()['waiting'] == 0 and one.health()['oldest_at'] is None
    assert one.post(b'two') == 200
    assert one.deliveries()[0][0] > number, 'an id was given twice'


def test_survives_restart(relay):
    one = relay().start().pair().publish(PATH)
    assert one.post(b'one') == 200
    one.kill()
    one.start()
    assert [body for _, _, body in one.deliveries()] == [b'one']
    assert one.health()['published'] == 'one' and one.post(b'two') == 200
    one.kill(signal.SIGTERM)
    one.start()
    assert [body for _, _, body in one.deliveries()] == [b'one', b'two']


def test_pairing(relay):
    """A code counts once, a wrong one a few times, and without the key nothing is told."""
    one = relay().start()
    for method, what in ('GET', 'health'), ('GET', 'deliveries'), ('POST', 'taken?through=9'), ('PUT', 'published'):
        assert one.ask(method, '/relay/1/' + what)[0] == 401, what
        assert one.ask(method, '/relay/1/' + what, None, {'Authorization': 'Bearer '})[0] == 401, what
    assert one.ask('POST', '/relay/1/pair', '{"code": "AAAA-AAAA"}')[0] == 403
    typed = one.code.lower().replace('-', ' ')
    status, body = one.ask('POST', '/relay/1/pair', json.dumps({'code': typed}))
    assert status == 200, body
    first = json.loads(body)['key']
    time.sleep(1.1)
    assert one.ask('POST', '/relay/1/pair', json.dumps({'code': one.code}))[0] == 403, 'a code counted twice'
    one.key = first
    assert one.health()['relay'] == json.loads(body)['relay']


def test_wrong_codes(relay):
    one = relay().start()
    for _ in range(5):
        assert one.ask('POST', '/relay/1/pair', '{"code": "AAAA-AAAA"}')[0] == 403
    assert one.ask('POST', '/relay/1/pair', json.dumps({'code': one.code}))[0] == 403, 'six tries'
    codes = [one.ask('POST', '/relay/1/pair', '{"code": "AAAA-AAAA"}')[0] for _ in range(10)]
    assert 429 in codes, codes
    for body in '', '{', '[]', '{"code": 1}', '{"code": {"a": []}}', '[' * 200:
        assert one.ask('POST', '/relay/1/pair', body)[0] in (400, 429), body


def test_pairing_anew(relay):
    """The next desktop takes the place of the one before."""
    one = relay().start().pair()
    before = one.key
    code = os.popen(f"'{one.process.args[0]}' --folder '{one.folder}' --pair").read().split()[2]
    one.code = code
    one.pair()
    assert one.desk('GET', 'health')[0] == 200
    one.key = before
    assert one.desk('GET', 'health')[0] == 401


def test_strangers(relay):
    one = relay().start().pair().publish(PATH)
    assert one.ask('GET', '/')[0] == 404
    assert one.post(b'x', 'form-0123456789abcdeg') == 404
    assert one.post(b'x', PATH + '/more') == 404
    assert one.ask('GET', '/in/' + PATH)[0] == 405 and one.headers['Allow'] == 'POST, PUT'
    assert one.ask('GET', '/health') == (200, b'ok\n')
    assert "default-src 'none'" in one.headers['Content-Security-Policy']
    assert one.headers['Cache-Control'] == 'no-store' and one.headers['X-Content-Type-Options'] == 'nosniff'
    for path in '/in/../relay.db', '/in/%2e%2e/relay.db', '//etc/passwd', '/relay/1/', '/relay/1', '/relay/1/health/x':
        assert one.ask('GET', path)[0] in (400, 401, 404), path
    assert not one.deliveries()


def test_handshake(relay):
    one = relay().start().pair().publish(PATH, handshake='word')
    asked = f'/in/{PATH}?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token='
    assert one.ask('GET', asked + 'word') == (200, b'1158201444')
    assert one.ask('GET', asked + 'other')[0] == 405


def test_published_refused(relay):
    one = relay().start().pair().publish(PATH)
    wrong = ('', 'x', '[]', '{}', '{"stamp": 1, "endpoints": []}', '{"stamp": "s", "endpoints": {}}',
             '{"stamp": "s", "endpoints": [1]}', '{"stamp": "s", "endpoints": [{"path": "short"}]}',
             '{"stamp": "s", "endpoints": [{"path": "../../../../etc/passwd"}]}', b'{"stamp": "\xff", "endpoints": []}')
    for body in wrong:
        assert one.desk('PUT', 'published', body)[0] == 400, body
    assert one.health()['published'] == 'one' and one.post(b'x') == 200


def test_waits_for_the_next(relay):
    """GLib lets timers of whole seconds go off together, up to a quarter of a second early."""
    one = relay().start().pair().publish(PATH)
    began = time.monotonic()
    assert one.deliveries(wait=1) == [] and time.monotonic() - began > 0.7
    found = []
    waiting = threading.Thread(target=lambda: found.extend(one.deliveries(wait=20)))
    waiting.start()
    while one.ask('GET', '/metrics')[1].count(b'connections 2') == 0:
        time.sleep(0.02)
    began = time.monotonic()
    assert one.post(b'news') == 200
    waiting.join()
    assert [body for _, _, body in found] == [b'news'] and time.monotonic() - began < 15


def test_many_answers(relay):
    """More than fits in one answer comes in several."""
    one = relay().start().pair().publish(PATH)
    for number in range(6):
        assert one.post(bytes([number]) * MIB) == 200
    taken, after = [], 0
    while found := one.deliveries(after):
        assert len(found) < 6
        taken += [body[0] for _, _, body in found]
        after = found[-1][0]
    assert taken == list(range(6))


def test_too_large(relay):
    one = relay().start().pair().publish(PATH)
    most = 10 * MIB
    assert one.post(b'x' * most) == 200
    assert one.post(b'x' * (most + 1)) == 413
    with one.raw(f'POST /in/{PATH} HTTP/1.1\r\nHost: x\r\nContent-Length: 1073741824\r\n\r\n'.encode()) as huge:
        before = one.memory()
        sent = 0
        try:
            while sent < 200 * MIB:
                huge.sendall(b'x' * MIB)
                sent += MIB
        except ConnectionError:
            pass
        assert sent < 100 * MIB, 'it took in all of it'
        assert one.memory() - before < 40 * 1024, (before, one.memory())
    with one.raw(f'POST /in/{PATH} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n'.encode()) as endless:
        try:
            for _ in range(200):
                endless.sendall(b'100000\r\n' + b'x' * MIB + b'\r\n')
            raise AssertionError('it took in 200 MiB')
        except ConnectionError:
            pass
    assert len(one.deliveries()) == 1


def test_hostile_requests(relay):
    one = relay().start().pair().publish(PATH)
    head = f'POST /in/{PATH} HTTP/1.1\r\nHost: x\r\n'.encode()
    for data in (b'\x00' * 1000, b'GET\r\n\r\n', b'POST / HTTP/9.9\r\n\r\n', head + b'Content-Length: -1\r\n\r\n',
                 head + b'Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello', head + b'A: b\r\n' * 20000 + b'\r\n',
                 head + b'Transfer-Encoding: odd\r\n\r\n', head + b'X: ' + b'y' * 200000 + b'\r\n\r\n',
                 head.replace(b'Host: x\r\n', b'') + b'\r\n', head + b'Content-Length: 99999999999999999999\r\n\r\n'):
        with one.raw() as connection:
            try:
                connection.sendall(data)
                connection.shutdown(socket.SHUT_WR)
            except OSError:
                pass
            assert ends_within(connection, 30), data[:60]
    assert one.post(b'still here') == 200


def test_slow_ones(relay):
    """Whoever sends a byte now and then is put out, and keeps nobody from being served."""
    one = relay('--connections', '40', '--rate', '0').start().pair().publish(PATH)
    slow = [one.raw(f'POST /in/{PATH} HTTP/1.1\r\nHost: x\r\nX-Slow: '.encode()) for _ in range(60)]
    began = time.monotonic()
    assert one.post(b'quick') == 200 and time.monotonic() - began < 5
    waits = []
    for _ in range(50):
        asked = time.monotonic()
        assert one.post(b'quick') == 200
        waits.append(time.monotonic() - asked)
    print(f'# beside 60 slow ones the slowest of 50 answers took {max(waits) * 1000:.0f} ms')
    assert sorted(waits)[25] < 0.5, waits
    gone = 0
    while time.monotonic() - began < 30 and gone < len(slow):
        for connection in [c for c in slow if c.fileno() >= 0]:
            try:
                connection.sendall(b'x')
                if ends_within(connection, 0.001):
                    raise ConnectionError
            except ConnectionError:
                connection.close()
                gone += 1
        time.sleep(0.5)
    assert gone == len(slow), f'{len(slow) - gone} are still there'
    assert one.post(b'quick') == 200


def test_who_leaves_is_gone(relay):
    """A connection that its client ends between two requests, or before the first, takes no place."""
    one = relay().start().pair().publish(PATH)
    for _ in range(80):
        assert one.ask('GET', '/health')[0] == 200
        with one.raw():
            pass
        with one.raw(b'GET /health HTTP/1.1\r\nHost: x\r\n\r\n') as breaks:
            breaks.recv(10)
            breaks.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
    end = time.monotonic() + 10
    while b'rungs_relay_connections 1\n' not in one.ask('GET', '/metrics')[1]:
        assert time.monotonic() < end, one.ask('GET', '/metrics')[1]
    with one.raw(f'POST /in/{PATH} HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nx'.encode()) as broken:
        broken.shutdown(socket.SHUT_WR)
        assert ends_within(broken, 10)
    assert not one.deliveries(), 'what broke off was kept'


def test_broken_off(relay):
    """Whoever goes away without a word, at any point of a request, leaves nothing behind."""
    one = relay('--rate', '0').start().pair().publish(PATH)
    body = b'x' * 100
    whole = f'POST /in/{PATH} HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n\r\n'.encode() + body
    before = len(os.listdir(f'/proc/{one.process.pid}/fd'))
    for number in range(120):
        connection = one.raw(whole * (number % 3) + whole[:number % len(whole)])
        if number % 2:
            time.sleep(0.005)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', number % 5 > 0, 0))
        connection.close()
    end = time.monotonic() + 15
    while (left := len(os.listdir(f'/proc/{one.process.pid}/fd')) - before) > 1:
        assert time.monotonic() < end, f'{left} connections are still held'
        time.sleep(0.1)
    assert one.post(b'x') == 200


def test_too_often(relay):
    one = relay('--rate', '5').start().pair().publish(PATH)
    answers = [one.post(b'x') for _ in range(60)]
    assert answers[:50] == [200] * 50 and 429 in answers, answers
    assert int(one.ask('POST', '/in/' + PATH, b'x')[0]) == 429 and int(one.headers['Retry-After']) > 0
    time.sleep(1)
    assert one.post(b'x') == 200


def test_full(relay):
    one = relay('--room', '1').start().pair().publish(PATH)
    assert one.post(b'x' * MIB) == 200
    assert one.post(b'y') == 503 and int(one.headers['Retry-After']) > 0
    assert one.ask('GET', '/health')[0] == 503
    number = one.deliveries()[-1][0]
    assert one.desk('POST', f'taken?through={number}')[0] == 204
    assert one.post(b'y') == 200 and one.ask('GET', '/health')[0] == 200


def test_behind_proxy(relay):
    one = relay('--behind-proxy').start().pair().publish(PATH)
    assert one.post(b'x', headers={'X-Forwarded-For': '6.6.6.6, 203.0.113.7'}) == 200
    assert 'address: 203.0.113.7' in one.deliveries()[0][1]
    one.kill()
    two = relay()
    two.key, two.code = one.key, one.code
    two.start()
    assert two.post(b'x', headers={'X-Forwarded-For': '203.0.113.7'}) == 200
    assert 'address: 127.0.0.1' in two.deliveries()[-1][1], 'anybody could say who they are'


def test_refuses_to_be_open(relay):
    one = relay()
    for arguments in (['--listen', '0.0.0.0:0'], ['--listen', 'nonsense'], ['--certificate', '/nowhere'],
                      ['--room', '-1'], ['--certificate', '/nowhere', '--private-key', '/nowhere']):
        command = ' '.join(f"'{a}'" for a in arguments)
        assert os.system(f"'{PROGRAM}' --folder '{one.folder}' {command} 2>'{one.folder}/said' </dev/null") != 0
        said = (one.folder / 'said').read_text(encoding='utf-8')
        assert said.startswith('rungs-relay: ') and len(said) > 30, said


def test_encrypted(relay):
    one = relay()
    files = [str(one.folder / name) for name in ('certificate.pem', 'key.pem')]
    subprocess.run(['openssl', 'req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost',
                    '-addext', 'subjectAltName=DNS:localhost', '-out', files[0], '-keyout', files[1]],
                   check=True, capture_output=True)
    one.arguments = ('--certificate', files[0], '--private-key', files[1])
    one.start().pair().publish(PATH)
    assert one.post(b'secret') == 200 and 'max-age' in one.headers['Strict-Transport-Security']
    assert [body for _, _, body in one.deliveries()] == [b'secret']
    with one.raw(f'POST /in/{PATH} HTTP/1.1\r\nHost: x\r\n\r\n'.encode()) as plain:
        assert ends_within(plain, 5)
    with one.raw() as silent:
        assert ends_within(silent, 25), 'whoever does not greet is put out'
    assert one.post(b'more') == 200


if __name__ == '__main__':
    main(globals())
