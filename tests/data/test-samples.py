#!/usr/bin/env python3
"""The demo business is the same at every run, hangs together, and tells what a business sees: what
works and what does not.

usage: test-samples.py GENERATOR; prints TAP. """

import collections
import json
import pathlib
import re
import subprocess
import sys
import tempfile

KINDS = ['customers', 'ppc', 'other', 'seo', 'jv', 'affiliate']
SAFE_HOST = re.compile(r'(\.example|\bexample\.(org|com|net))$', re.I)


class Demo:
    def __init__(self, text):
        self.lines = [json.loads(line) for line in text.splitlines()]
        self.by = collections.defaultdict(list)
        for line in self.lines:
            self.by[line['is']].append(line)
        self.price = {p['sku']: p['price'] for p in self.by['product']}
        self.lead = {lead['number']: lead for lead in self.by['lead']}
        self.first_path = {}
        for touch in self.by['touch']:
            self.first_path.setdefault(touch['lead'], touch['path'])

    def earned(self, kind, skus=None):
        of = {o['number']: o for o in self.by['order'] if self.lead[o['lead']]['source'] == kind
              and (skus is None or o['sku'] in skus)}
        amount = {n: o.get('amount', self.price[o['sku']]) for n, o in of.items()}
        back = sum(r.get('amount', amount[r['order']]) for r in self.by['refund']
                   if r['order'] in of)
        return sum(amount.values()) - back

    def spent(self, kind):
        return sum(s['amount'] for s in self.by['spend'] if s['source'] == kind)

    def conversion(self, path):
        """In a thousand: how many who first came by this path ever paid for something."""
        leads = {n for n, first in self.first_path.items() if first == path}
        paid = {o['lead'] for o in self.by['order'] if self.price[o['sku']] > 0}
        return 1000 * len(leads & paid) // len(leads)


def generate(generator, out):
    subprocess.run([sys.executable, '-B', generator, out], check=True)
    return pathlib.Path(out).read_text(encoding='utf-8')


def check_holds_what_was_asked(demo):
    assert len(demo.by['lead']) == 2000
    assert sorted(p['rung'] for p in demo.by['product']) == [1, 2, 3, 4, 5]
    assert [s['kind'] for s in demo.by['source']] == KINDS
    assert all(demo.spent(kind) > 0 for kind in KINDS)
    assert len(demo.by['sequence']) == 3
    assert {'sent', 'failed', 'doubt'} <= {m['state'] for m in demo.by['mail']}


def check_told_in_the_order_of_time(demo):
    times = [line['at'] for line in demo.lines if 'at' in line]
    assert times == sorted(times)
    assert times[0] < -330 * 1440 and times[-1] < 1440
    known = collections.defaultdict(set)
    for line in demo.lines:
        for name in ('lead', 'enrolment', 'order', 'task'):
            assert name not in line or line[name] in known[name]
        known[line['is']].add(line.get('number'))


def check_everything_named_is_there(demo):
    messages = {m['name'] for m in demo.by['message']}
    steps = {s['graph']['name']: s['graph']['steps'] for s in demo.by['sequence']}
    enrolments = {e['number']: e for e in demo.by['enrolment']}
    for mail in demo.by['mail']:
        step = steps[enrolments[mail['enrolment']]['sequence']][mail['step']]
        assert mail['message'] in messages and step['message'] == mail['message']
    for enrolment in demo.by['enrolment']:
        assert enrolment['lead'] in demo.lead
        assert all(step in steps[enrolment['sequence']] for step, _, _ in enrolment['steps'])
    used = {step['message'] for s in steps.values() for step in s.values() if 'message' in step}
    assert used == messages


def check_nobody_is_sold_what_they_own(demo):
    owned = collections.defaultdict(dict)
    for order in demo.by['order']:
        owned[order['lead']].setdefault(order['sku'], order['at'])
    sells = {s['graph']['name']: s['graph']['sells'] for s in demo.by['sequence']}
    sequence = {e['number']: e['sequence'] for e in demo.by['enrolment']}
    for mail in demo.by['mail']:
        bought = owned[mail['lead']].get(sells[sequence[mail['enrolment']]])
        assert mail['state'] != 'sent' or bought is None or mail['at'] <= bought


def check_no_message_without_consent_or_after_no(demo):
    given = {c['lead']: c['at'] for c in reversed(demo.by['consent'])}
    no = {u['lead']: u['at'] for u in demo.by['unsubscribe']}
    for mail in demo.by['mail']:
        if mail['state'] == 'sent':
            assert given[mail['lead']] <= mail['at'] < no.get(mail['lead'], 1 << 40)


def text_of(message):
    return message.get('text') or json.dumps(message['blocks'])


def check_addresses_lead_nowhere(demo):
    addresses = [lead['email'] for lead in demo.by['lead']] + [demo.by['business'][0]['from_email']]
    assert all(SAFE_HOST.search(address.split('@')[1]) for address in addresses)
    assert len({address.lower() for address in addresses}) == len(addresses)
    for message in demo.by['message']:
        hosts = re.findall(r'https?://([^/)\s"]+)', text_of(message))
        assert all(SAFE_HOST.search(host) for host in hosts)


def check_every_message_has_purpose_and_value(demo):
    for message in demo.by['message']:
        assert ' ' in message['name'] and message['name'][0].isupper()
        assert message['purpose'] and message['value'] and len(text_of(message).split()) > 60


def check_what_works_and_what_does_not(demo):
    assert 5 <= demo.conversion('direct') <= 20 < 100 < demo.conversion('opt-in')
    assert demo.earned('ppc', ['GUIDE', 'KIT']) < demo.spent('ppc') < demo.earned('ppc')
    assert demo.earned('other') < demo.spent('other')
    assert demo.earned('customers') > 5 * demo.spent('customers')


def main(generator):
    with tempfile.TemporaryDirectory() as folder:
        first, second = (generate(generator, f'{folder}/{n}') for n in 'ab')
    demo = Demo(first)
    checks = [(name[6:].replace('_', '-'), check) for name, check in globals().items()
              if name.startswith('check_')]
    print(f'1..{len(checks) + 1}')
    print(f'{"ok" if first == second else "not ok"} 1 /samples/same-at-every-run')
    bad = first != second
    for number, (name, check) in enumerate(checks, 2):
        try:
            check(demo)
            print(f'ok {number} /samples/{name}')
        except AssertionError as error:
            bad = True
            print(f'# line {error.__traceback__.tb_next.tb_lineno}')
            print(f'not ok {number} /samples/{name}')
    return bad


if __name__ == '__main__':
    sys.exit(main(sys.argv[1]))
