"""kill -9 and SIGTERM of the relay, and a desktop that stops half way, under load: every delivery that was answered with success
comes to the desktop, under one id, which is never used for another.

usage: test-relay-kill.py RUNGS_RELAY [DELIVERIES]"""

import collections
import http.client
import random
import signal
import sys
import threading
import time

from relay import PATH, main

DELIVERIES = int(sys.argv[2]) if len(sys.argv) > 2 else 6000
SENDERS = 12


class Load:
    def __init__(self, one):
        self.one = one
        self.lock = threading.Lock()
        self.next = 0
        self.answered = set()
        self.repeats = 0

    def take(self):
        with self.lock:
            self.next += 1
            return self.next if self.next <= DELIVERIES else None

    def send(self):
        """As providers do: what was not answered with success is sent again."""
        connection = self.one.connect()
        while number := self.take():
            while number not in self.answered:
                try:
                    connection.request('POST', '/in/' + PATH, f'{number:08d}')
                    answer = connection.getresponse()
                    answer.read()
                    if answer.status == 200:
                        self.answered.add(number)
                        continue
                except (OSError, http.client.HTTPException):
                    connection.close()
                    time.sleep(0.02)
                with self.lock:
                    self.repeats += 1
        connection.close()


class Desktop:
    """What it has taken is kept with the cursor; it may stop between that and telling the relay."""

    def __init__(self, one, chance):
        self.one = one
        self.chance = chance
        self.kept = {}
        self.cursor = 0
        self.stops = 0

    def take(self):
        found = self.one.deliveries(self.cursor)
        for number, _, body in found:
            assert number not in self.kept, f'{number} came twice'
            assert number > self.cursor, 'ids fell'
            self.kept[number] = body
            self.cursor = number
        if self.chance.random() < 0.2:
            self.stops += 1
            return
        assert self.one.desk('POST', f'taken?through={self.cursor}')[0] in (204, 503)

    def work(self, until):
        while not until.is_set():
            try:
                self.take()
            except (OSError, http.client.HTTPException):
                pass
            time.sleep(0.05)


def test_kill(relay):
    chance = random.Random(6)
    one = relay('--rate', '0').start().pair().publish(PATH)
    load, desktop, until = Load(one), Desktop(one, chance), threading.Event()
    senders = [threading.Thread(target=load.send) for _ in range(SENDERS)]
    taker = threading.Thread(target=desktop.work, args=[until])
    for thread in [*senders, taker]:
        thread.start()
    kills = 0
    while any(thread.is_alive() for thread in senders):
        time.sleep(chance.uniform(0.05, 0.6))
        ended = one.kill(chance.choice([signal.SIGKILL, signal.SIGTERM]))
        assert ended in (0, -signal.SIGKILL), (ended, one.log())
        one.start()
        kills += 1
    until.set()
    taker.join()
    while one.health()['waiting']:
        desktop.take()

    came = collections.Counter(int(body) for body in desktop.kept.values())
    lost = load.answered - set(came)
    assert len(load.answered) == DELIVERIES and not lost, f'{len(lost)} were answered with success, and lost'
    assert sum(came.values()) <= DELIVERIES + load.repeats
    assert kills > 2
    print(f'# {DELIVERIES} deliveries, {kills} kills, {load.repeats} sent again, {desktop.stops} stops of the desktop,'
          f' {sum(came.values()) - DELIVERIES} came twice from their sender')


if __name__ == '__main__':
    main(globals())
