"""What --json prints has the keys that --help tells, whatever is asked for."""

import base64
import json
import re

from shop import NOW, main

ANN = 'ann@example.com'
MAIL = b'Subject: Hi\nPurpose: p\nValue: v\n\nText\n'
# Members whose value is somebody else's JSON.
FOREIGN = {'condition', 'detail', 'blocks', 'mapping', 'rule', 'known', 'stored', 'definition'}
ORDERS = 'Order number,Email,Date,Product,Amount\n1,bob@example.com,2026-01-02,Cup,9.90\n'
LEADS = 'Email,First name\nbob@example.com,Bob\nnonsense,X\n'


# The smallest picture there is.
DOT = base64.b64decode('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7')

# That the address of Ann does not exist, of a message that nobody here sent.
BOUNCE = """From: MAILER-DAEMON@mx.example
Content-Type: multipart/report; boundary=b

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; ann@example.com
Action: failed
Status: 5.1.1

--b--
"""
DELIVERY = 'rungs-delivery 1\nreceived-at: 1772445600000\nrequest: POST PATH\nbody: 30\n\n{"email": "form@example.com" }\n'
VISITS = '{"counts": [{"path": "/p/book", "variant": "ppc", "code": "blog", "n": 2}]}'
DRAFT = ('{"name": "From the weekend to the evenings", "sells": "EVENING", "start": "six-days",'
         ' "steps": {"six-days": {"kind": "wait", "days": 1, "next": "old"}, "old": {"kind": "exit"}}}')


def with_everything(shop):
    """A business that has something of each kind."""
    shop.now = '2026-03-02T12:00:00Z'
    shop.begin('--demo')
    shop.run('leads', 'add', ANN, '--consent', 'Yes', '--source', 'seo:Blog', '--tag', 'gift')
    shop.run('source', 'spend', 'seo:Blog', '5', '--note', 'x')
    shop.run('source', 'link', 'seo:Blog', 'blog', 'https://www.example.com/')
    shop.run('way', 'add', 'seo:Blog')
    shop.run('suppress', 'add', 'no@example.com')
    shop.run('field', 'add', 'Colour')
    shop.run('field', 'add', 'Rooms', '--kind', 'several', '--choice', 'Bath', '--choice', 'Garden', '--choice', 'Hall')
    shop.run('leads', 'edit', ANN, '--set', 'colour=red')
    shop.run('product', 'add', 'BOX', '--name', 'Box', '--price', '5', '--part', 'KIT')
    shop.run('offer', 'add', 'KIT', 'BOX', '--condition', '{"field": "score", "op": "at_least", "value": 5}')
    shop.run('product', 'edit', 'BOX', '--cost', '2', '--affiliate-rate', '5%', '--lapse-days', '3')
    order = shop.json('order', 'add', ANN, 'BOX')['id']
    shop.run('order', 'refund', order, '--amount', '1')
    shop.run('coupon', 'add', 'SPRING 10', '--source', 'jv:Sue', '--product', 'BOX', '--until', '2027-01-01')
    shop.run('coupon', 'redeem', 'SPRING10', order)
    shop.run('coupon', 'give', 'spring10', ANN)
    shop.run('order', 'add', ANN, 'GUIDE', '--coupon', 'WHO', '--anyway')
    shop.run('task', 'add', ANN, 'Call')
    shop.run('leads', 'call', ANN, 'soon', '--direction', 'in')
    shop.run('sequence', 'enrol', 'From the weekend to the evenings', ANN)
    shop.run('segment', 'add', 'Rich', '--rule', '{"field": "spent", "op": "more", "value": 0}')
    shop.run('segment', 'add', 'Friends')
    shop.run('segment', 'add', 'Passing')
    shop.run('segment', 'put', 'Friends', ANN)
    shop.run('message', 'add', 'Hi', '-', stdin=MAIL)
    shop.write('draft.json', DRAFT)
    shop.write('dot.gif', DOT)
    shop.run('picture', 'add', 'dot.gif')
    for name in ('Gone', 'Later', 'Now', 'News'):
        shop.run('broadcast', 'add', name, '--message', 'Hi', '--hold-out', '10%')
    shop.run('broadcast', 'edit', 'News', '--subject', 'A', '--subject', 'B', '--test', '10%', '--grace', '0')
    shop.run('broadcast', 'send', 'News')
    shop.run('run', '--until', '2026-03-02T18:00:00Z')
    shop.run('broadcast', 'send', 'Later')
    shop.write('leads.csv', LEADS)
    shop.run('leads', 'import', 'leads.csv')
    shop.write('orders.csv', ORDERS)
    shop.run('order', 'import', 'orders.csv', '--product', 'Cup=new')
    shop.write('orders.csv', ORDERS + '2,bob@example.com,2026-01-02,Plate,9.90\n3,,2026-01-02,Plate,9.90\n')
    shop.write('bounce.eml', BOUNCE.replace('5.1.1', '5.1.2'))
    shop.run('mailbox', 'take', 'bounce.eml')
    shop.run('mailbox', 'add', 'Shop', '--host', 'mail.example.com', '--username', 'shop')
    path = shop.json('endpoint', 'add', 'Form', '--provider', 'generic', '--source', 'seo:Blog')['path']
    shop.run('page', 'add', 'Clay')
    shop.run('notices', 'set', '--mail', 'mia@example.com')
    shop.write('form', DELIVERY.replace('PATH', path))
    shop.run('delivery', 'take', 'form')
    shop.write('visits', DELIVERY[:DELIVERY.index('body: ')].replace('PATH', '/v') + f'body: {len(VISITS)}\n\n{VISITS}\n')
    shop.run('delivery', 'take', 'visits')
    shop.run('rate', 'set', 'USD', '0.9', 'EUR')
    shop.write('rates.csv', 'Date,USD\n2026-02-01,0.9\n2026-02-02,x\n')
    shop.run('holiday', 'add', '2099-12-24', 'Shut')
    shop.run('account', 'add-rule', 'Practice', '--broadcasts')
    shop.run('what-if', 'save', 'Dear', '--price', 'KIT=59')
    shop.run('partner', 'add', 'Ann B', '--email', ANN)
    shop.run('partner', 'bonus', 'Ann B', '7', '--why', 'Thanks')
    shop.write('terms.json', '{"hold_days": 0, "rates": [{"rate": 1000}]}')
    shop.write('rules.json', '[{"rule": "coupon"}, {"rule": "last-click", "days": 30}]')
    shop.run('programme', 'add', 'Friends', '--terms', 'terms.json', '--from', '2019-01-01')
    shop.run('programme', 'join', 'Friends', 'Ann B', '--from', '2019-01-01')
    sold = shop.json('order', 'add', ANN, 'KIT')['id']
    for number in (order, sold):
        shop.run('referral', 'set', str(number), 'Ann B')
    shop.now = '2026-06-02T09:00:00Z'
    shop.run('ledger', 'release')
    shop.run('payout', 'make')
    shop.now = NOW
    waiting = str(shop.json('order', 'add', ANN, 'KIT')['id'])
    shop.run('referral', 'set', waiting, 'Ann B')
    shop.run('ledger', 'approve', waiting, '--undo')
    shop.run('leads', 'add', 'tim@example.com')
    shop.run('leads', 'add', 'tim+shop@example.com')
    return order


def asked(shop, order):
    """How each documented command is asked, that says something."""
    shop.run('form', 'add', 'Letter', '--source', 'seo:Blog')
    shop.run('form', 'publish', 'Letter')
    shop.write('weak.json', '{"title": "Weak", "fields": []}')
    shop.run('form', 'add', 'Weak', '--from', 'weak.json')
    some = shop.json('outbox', 'list', '--limit', '1')[0]['id']
    paid = str(shop.json('payout', 'list')[0]['id'])
    return {
        'field show': ['rooms'], 'field add': ['New', '--kind', 'one', '--choice', 'A'], 'field rename': ['rooms', 'Places'],
        'field move': ['rooms', '1'], 'field kind': ['new', 'several'], 'field retire': ['rooms'],
        'field delete': ['colour', '--with-values'], 'field add-choice': ['rooms', 'Attic'],
        'field rename-choice': ['rooms', 'Attic', 'Loft'], 'field move-choice': ['rooms', 'Loft', '1'],
        'field retire-choice': ['rooms', 'Loft'], 'field delete-choice': ['rooms', 'Loft'],
        'leads search': ['smith'], 'leads show': [ANN], 'leads import': ['leads.csv'], 'leads undo-import': ['1'],
        'leads export': ['out.csv'], 'leads notes': [ANN],
        'rate import': ['rates.csv', '--quote', 'EUR', '--all'],
        'holiday add': ['2099-12-31'], 'holiday remove': ['2099-12-24'], 'holiday fill': ['DE', '2099'],
        'retention preview': ['tag.added', '3'], 'retention set': ['tag.added', '600'],
        'retention idle': ['1'], 'retention forget-idle': ['600'],
        'leads privacy': [ANN], 'leads erase': ['9', '--confirm', '9'],
        'leads merge': ['1', '2'], 'leads undo-merge': ['1'], 'leads different': ['3', '4'],
        'source costs': ['seo:Blog'], 'source link': ['seo:Blog', 'blog2', 'https://www.example.com/'], 'consent list': [ANN], 'product show': ['BOX'], 'order show': [order],
        'ladder-template use': ['coaching'], 'map leads': ['came:opt-in'], 'next-offer': [ANN], 'message show': ['Hi'], 'message check': ['Hi'], 'message preview': ['Hi', ANN],
        'picture show': ['dot'], 'picture add': ['dot.gif'], 'picture rename': ['dot', 'Point'],
        'picture remove': ['dot'],
        'broadcast show': ['News'], 'broadcast check': ['Later', '--offline'], 'broadcast add': ['More', '--message', 'Hi'], 'broadcast edit': ['More'],
        'broadcast remove': ['Gone'], 'broadcast send': ['Now'], 'broadcast unsend': ['Later'],
        'broadcast choose': ['News', '1'], 'broadcast pause': ['News'], 'broadcast resume': ['News'],
        'broadcast results': ['News'], 'broadcast leads': ['News', 'sent'], 'broadcast cancel': ['News'],
        'sequence show': ['From the guide to the kit'], 'sequence versions': ['From the guide to the kit'],
        'sequence create': ['New'], 'sequence draft': ['From the weekend to the evenings', 'draft.json'],
        'sequence publish': ['From the weekend to the evenings', '--choose', 'six-days=keep'],
        'sequence unpublish': ['From the weekend to the evenings'], 'sequence discard': ['New'],
        'sequence enrol': ['From the guide to the kit', '--tag', 'gift'], 'sequence walks': [ANN],
        'score add': ['order.placed', '--points', '5'], 'score edit': ['1', '--points', '6'], 'score remove': ['1'],
        'score explain': [ANN],
        'segment add': ['New'], 'segment show': ['Rich'], 'segment edit': ['Rich'], 'segment archive': ['Rich', '--undo'],
        'segment watch': ['Rich'],
        'segment delete': ['Passing'], 'segment snapshot': ['Friends', 'Then'], 'segment members': ['Friends'],
        'segment count': ['Rich'], 'segment explain': [ANN, 'Rich'], 'segment put': ['Friends', '1'],
        'segment take': ['Friends', '1'], 'segment overlap': ['Rich', 'Friends'], 'segment days': ['Friends'],
        'segment values': ['owns'],
        'why': [ANN, 'From the weekend to the evenings'],
        'rehearse': ['From the guide to the kit', '--days', '20'],
        'outbox show': [some], 'account show': ['Practice'], 'account add-rule': ['Practice', '--to', 'gmail.com'], 'export': ['out'], 'run': ['--once'],
        'product add': ['NEW', '--name', 'New', '--price', '1'], 'product edit': ['BOX'], 'product bundle': ['BOX'],
        'letter show': ['1'], 'letter add': ['BOX', '--name', 'Page'], 'letter edit': ['1'],
        'offer add': ['BOX', 'GUIDE'], 'offer edit': ['1'],
        'what-if show': ['Dear'], 'what-if save': ['Cheap'], 'what-if rename': ['Cheap', 'Cheaper'],
        'what-if remove': ['Cheaper'],
        'coupon show': ['spring10'], 'coupon add': ['FAIR', '--adopt'], 'coupon edit': ['FAIR'],
        'coupon check': ['Spring 10', ANN], 'coupon give': ['spring10', ANN], 'coupon given': [ANN],
        'coupon adopt': ['spring10'], 'coupon redeem': ['FAIR', order],
        'form templates': [], 'form add': ['Other form'], 'form show': ['Letter'], 'form edit': ['Letter'], 'form check': ['Weak'],
        'form publish': ['Letter'], 'form html': ['Letter'], 'form retire': ['Letter'],
        'form delete': ['Other form'],
        'partner show': ['Ann B'], 'partner details': ['Ann B'], 'partner add': ['Bea C', '--kind', 'jv'], 'partner edit': ['Ann B'],
        'partner bonus': ['Ann B', '5', 'EUR', '--why', 'Thanks'], 'partner take-back': ['1', '--why', 'Wrong'], 'partner approve': ['1'], 'partner reject-lead': None, 'partner end': ['Bea C'], 'partner status': ['Bea C'], 'partner documents': ['Ann B'], 'partner add-document': None, 'partner save-document': None, 'partner remove-document': None, 'partner set': ['Bea C', 'paused', '--why', 'Holidays'], 'partner page': ['Ann B'], 'programme texts': ['Friends'],
        'partner flags': ['--all'], 'partner decide': ['Ann B', 'self-referral', 'fine', '--note', 'x'], 'referral preview': None,
        'programme show': ['Friends'], 'programme add': ['Club'], 'programme join': ['Friends', 'Bea C'],
        'programme retire': ['Club'], 'programme unretire': ['Club'],
        'programme terms': ['Friends', '--terms', 'terms.json', '--from', '2030-01-01'],
        'programme try': ['Friends', '--terms', 'terms.json', '--from', '2019-01-01', '--to', '2040-01-01'],
        'referral show': [order],
        'referral set': [order, 'Ann B'], 'referral set-rules': ['rules.json'],
        'referral try-rules': ['rules.json'], 'ledger waiting': [], 'ledger approve-all': ['--preview'], 'ledger export': ['book'],
        'ledger approve': [order], 'payout file': None, 'payout statement': [paid, 'Ann B', '--output', 'statement.html'], 'payout invoice': None, 'payout invoices': None, 'payout preview-invoices': [paid], 'payout write-statements': [paid, 'statements'], 'payout write-invoices': None,
        'partner totals': None, 'partner billing': ['Ann B', '--agreed', '2026-01-01', '--vat', 'none'], 'payout make': None, 'payout preview': None, 'payout show': [paid], 'payout mark': [paid, 'Ann B', 'paid'],
        'payout reverse': [paid],
        'endpoint show': ['Form'], 'endpoint test': ['Form'], 'endpoint pull': None,
        'endpoint add': ['Other', '--provider', 'stripe'],
        'delivery show': ['1'], 'delivery take': ['form'], 'delivery replay': ['--all'],
        'mailbox take': ['bounce.eml'], 'mailbox read': None, 'account sign-in': None, 'account computer': None,
        'relay here': None, 'page add': ['Fire'], 'page edit': ['clay'], 'page publish': ['clay'], 'page html': ['clay'], 'page retire': ['clay'],
        'relay show': None, 'relay take': None,
        'order import': ['orders.csv', '--product', '*=new'], 'order undo-import': ['2'],
        'order add': [ANN, 'KIT'], 'order refund': [order], 'outbox resolve': None, 'business set': [],
    }


def shape(value, key=None):
    """The keys of a value, written as --help does."""
    if isinstance(value, list):
        parts = {shape(v) for v in value if isinstance(v, dict)}
        if not parts or key in FOREIGN or parts == {None}:
            return None
        assert len(parts) == 1, f'rows of {key} differ: {parts}'
        return '[' + parts.pop()[1:-1] + ']'
    if not isinstance(value, dict) or set(value) == {'minor', 'currency'} or key in FOREIGN:
        return None
    members = []
    for name, member in value.items():
        inner = shape(member, name)
        members.append(f'{name}: {inner}' if inner else name)
    return '{' + ', '.join(members) + '}'


def told(shop):
    """The commands that tell their keys: words -> keys."""
    lines = shop.run('--help', now=False).lines
    words = [line.split('  ')[1] for line in lines
             if line.startswith('  ') and not line.startswith(('  --', '  rungsctl'))]
    found = {}
    for command in words:
        text = shop.run(*command.split(), '--help').out
        keys = re.search(r'^With --json: (.*?)\n\n', text, re.M | re.S)
        if keys:
            found[command] = ' '.join(keys.group(1).split())
    return found


def without_empty(keys, real):
    """`keys` without what cannot be seen because an inner list is empty."""
    for inner in re.findall(r'(\w+): \[[^\[\]]*\]', keys):
        if f'{inner}: ' not in real:
            keys = re.sub(rf'\b{inner}: \[[^\[\]]*\]', inner, keys)
    return keys


def test_keys(shop):
    order = with_everything(shop)
    words = asked(shop, order)
    documented = told(shop)
    assert len(documented) > 30, documented
    for command, keys in documented.items():
        if words.get(command, []) is None:
            continue
        value = shop.run(*command.split(), *words.get(command, []), '--json').json
        if value == []:
            # The first comes a day later; a keyring is needed, see test-partner-papers.py.
            assert command in ('backups', 'partner documents'), command
            continue
        real = shape(value)
        assert real == without_empty(keys, real), f'{command}\n  is    {real}\n  told  {keys}'


def test_lists_and_shows_tell_their_keys(shop):
    lines = shop.run('--help', now=False).lines
    documented = told(shop)
    for line in lines:
        command = line.split('  ')[1] if line.startswith('  ') else ''
        if re.search(r' (list|show|costs|versions|walks|imports)$', command):
            assert command in documented, f'{command} does not tell its keys'


def test_values(shop):
    """Money is whole minor units with a currency, instants are RFC 3339, nothing is "" that is not there."""
    with_everything(shop)

    def check(value, key):
        if isinstance(value, dict):
            if 'minor' in value:
                assert isinstance(value['minor'], int) and re.fullmatch('[A-Z]{3}', value['currency']), value
            for name, member in value.items():
                check(member, name)
        elif isinstance(value, list):
            for member in value:
                check(member, key)
        elif key and (key.endswith('_at') or key in ('at', 'since', 'paid_until')) and value is not None:
            assert re.fullmatch(r'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z', value), (key, value)

    for words in (['leads', 'list'], ['leads', 'show', ANN], ['order', 'list'], ['outbox', 'list'], ['source', 'list'],
                  ['product', 'list'], ['sequence', 'list'], ['task', 'list'], ['account', 'list'], ['today']):
        check(json.loads(shop.run(*words, '--json').out), None)


if __name__ == '__main__':
    main(globals())
