"""Who brings the pottery studio of the demo business leads and sales for a commission, by which
terms, and how they were paid."""

DAY = 1440

PROGRAMMES = [
    {'name': 'Shops', 'versions': [
        {'day': -330, 'terms': {'tax': 2300, 'hold_days': 30, 'rates': [{'rate': 1000}]}},
        {'day': -180, 'terms': {'tax': 2300, 'hold_days': 30,
                                'rates': [{'sale': 'first', 'rate': 1500}, {'rate': 500}]}}],
     'texts': '# A card for the parcel\nClay you can take home: our starter kit has all that a first'
              ' bowl needs. With the code {{coupon}} we send it free.\n---\n# In your shop\nCourses'
              ' at Quay Lane Pottery, for beginners, too: {{link}}\n'},
    {'name': 'Friends of the Studio', 'versions': [
        {'day': -330, 'terms': {'tax': 2300, 'hold_days': 30, 'rates': [{'own': True}]}},
        {'day': -150, 'terms': {'tax': 2300, 'hold_days': 30, 'rates': [
            {'tiers': [{'from': 0, 'rate': 1000}, {'from': 3, 'rate': 1500}], 'by': 'month',
             'of': 'orders'}]}}],
     'texts': '# For your blog\nI learned to throw my first bowl at Quay Lane Pottery: {{link}}\n'},
]

# Whose `source` is said has the one of that kind; the others have one of their own.
PARTNERS = [
    {'name': 'Clay & Tools, Cork', 'kind': 'jv', 'source': 'jv', 'programme': 'Shops', 'day': -320,
     'email': 'shop@claytools.example', 'phone': '+353 21 555 0148', 'manager': 'Declan',
     'note': 'A card in each parcel'},
    {'name': 'Nora Feeney, Craft Notes', 'kind': 'affiliate', 'source': 'affiliate',
     'programme': 'Friends of the Studio', 'day': -310, 'email': 'nora@craftnotes.example',
     'phone': '', 'manager': 'Orla', 'note': 'Writes for the craft bloggers, and shares with them'},
    {'name': 'Bríd Tierney', 'kind': 'affiliate', 'programme': 'Friends of the Studio', 'day': -200,
     'email': 'brid@tierney.example', 'phone': '+353 91 555 0172', 'manager': 'Orla',
     'note': 'Whoever names her when ringing is hers'},
    {'name': 'Tea & Tales, Galway', 'kind': 'jv', 'programme': 'Shops', 'day': -12,
     'email': 'hello@teaandtales.example', 'phone': '', 'manager': '', 'note': 'Our cups, their tea'},
]

CLAY, NORA, BRID = (partner['name'] for partner in PARTNERS[:3])


def payments():
    """Two payouts: what Nora was paid by the first one came back."""
    yield {'is': 'payout', 'number': 1, 'at': -100 * DAY + 600}
    yield {'is': 'payment', 'payout': 1, 'at': -98 * DAY + 600, 'state': 'paid',
           'partners': [CLAY, NORA, BRID]}
    yield {'is': 'payment', 'payout': 1, 'at': -95 * DAY + 700, 'state': 'returned',
           'partners': [NORA]}
    yield {'is': 'payout', 'number': 2, 'at': -20 * DAY + 600}
    yield {'is': 'payment', 'payout': 2, 'at': -18 * DAY + 600, 'state': 'paid',
           'partners': [CLAY, BRID]}


def credits(facts):
    """Weekends that Bríd's friends booked on the telephone are hers; three orders of a card that had
    been paid were not by Clay & Tools after all."""
    orders = [fact for fact in facts if fact['is'] == 'order' and fact['sku'] == 'WEEKEND']
    for order in [order for order in orders if -190 * DAY < order['at'] < -2 * DAY][::7]:
        yield {'is': 'credit', 'at': order['at'] + 45, 'order': order['number'], 'partner': BRID}
    by_card = [fact for fact in facts if fact['is'] == 'order' and fact['coupon'] == 'HARBOUR'
               and -300 * DAY < fact['at'] < -140 * DAY]
    for order in by_card[:3]:
        yield {'is': 'credit', 'at': -9 * DAY + 660, 'order': order['number'], 'partner': ''}


def with_payments(facts):
    """What happened, with what was credited by hand and what was paid, in the order of time."""
    told = facts + list(credits(facts)) + list(payments())
    return sorted(told, key=lambda fact: fact['at'])
