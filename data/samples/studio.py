"""What the pottery studio of the demo business sells, where its leads come from, and the sequences that
lead them from one product to the next. Money is in cents, times of year are weeks before today."""

BUSINESS = {
    'name': 'Quay Lane Pottery',
    'address': 'Quay Lane Pottery, 14 Quay Lane, Galway H91, Ireland',
    'zone': 'Europe/Dublin',
    'currency': 'EUR',
    'from_name': 'Orla at Quay Lane Pottery',
    'from_email': 'orla@quaylane.example',
    'window_from': 7 * 60,
    'window_to': 21 * 60,
}

FIELDS = [
    {'key': 'experience', 'label': 'Experience with clay', 'kind': 'text'},
    {'key': 'own_kiln', 'label': 'Has a kiln', 'kind': 'yesno'},
]

PRODUCTS = [
    {'sku': 'GUIDE', 'name': 'Ten Glazes That Never Fail', 'price': 0, 'rung': 1, 'refund_days': 0,
     'delivery': 'Download'},
    {'sku': 'KIT', 'name': 'Home Starter Kit', 'price': 2900, 'rung': 2, 'refund_days': 30,
     'delivery': 'Parcel'},
    {'sku': 'WEEKEND', 'name': 'Weekend at the Wheel', 'price': 24000, 'rung': 3, 'refund_days': 14,
     'delivery': 'In the studio'},
    {'sku': 'EVENING', 'name': 'Evening Studio', 'price': 8500, 'rung': 4, 'refund_days': 14,
     'period_months': 1, 'delivery': 'In the studio'},
    {'sku': 'MASTER', 'name': 'Master Class Year', 'price': 149000, 'rung': 5, 'refund_days': 14,
     'delivery': 'In the studio', 'parts': ['KIT', 'WEEKEND']},
]

OFFERS = [
    {'from': None, 'to': 'GUIDE', 'kind': 'next', 'after_days': 0, 'priority': 1},
    {'from': 'GUIDE', 'to': 'KIT', 'kind': 'next', 'after_days': 3, 'priority': 1},
    {'from': 'GUIDE', 'to': 'WEEKEND', 'kind': 'upsell', 'after_days': 30, 'priority': 2},
    {'from': 'KIT', 'to': 'WEEKEND', 'kind': 'next', 'after_days': 10, 'priority': 1},
    {'from': 'KIT', 'to': 'EVENING', 'kind': 'cross', 'after_days': 60, 'priority': 2},
    {'from': 'WEEKEND', 'to': 'EVENING', 'kind': 'next', 'after_days': 7, 'priority': 1},
    {'from': 'WEEKEND', 'to': 'KIT', 'kind': 'downsell', 'after_days': 21, 'priority': 2},
    {'from': 'WEEKEND', 'to': 'MASTER', 'kind': 'upsell', 'after_days': 60, 'priority': 3},
    {'from': 'EVENING', 'to': 'MASTER', 'kind': 'next', 'after_days': 90, 'priority': 1},
    {'from': 'MASTER', 'to': 'EVENING', 'kind': 'cross', 'after_days': 30, 'priority': 1},
]

# One source of each kind. leads: its share; paths: how its people come; the rest are the chances, in a
# thousand, that one of them buys: the kit after the guide, the weekend after the kit, the evenings after
# the weekend. Search ads lose money on the kit and earn it back with the weekends; the newspaper never
# does; affiliates send many who take the guide and go.
SOURCES = [
    {'kind': 'customers', 'name': 'Members bring a friend', 'leads': 10, 'kit': 260, 'weekend': 400,
     'evening': 480, 'refund': 10, 'week_cents': 1400, 'note': 'A mug for who brought somebody',
     'paths': [('opt-in', 55), ('in person', 35), ('direct', 10)]},
    {'kind': 'ppc', 'name': 'Search ads, pottery classes', 'leads': 23, 'kit': 170, 'weekend': 380,
     'evening': 420, 'refund': 30, 'week_cents': 13000, 'note': '',
     'paths': [('direct', 47), ('opt-in', 49), ('phone', 4)]},
    {'kind': 'other', 'name': 'Galway Echo, small ads', 'leads': 8, 'kit': 60, 'weekend': 120,
     'evening': 300, 'refund': 40, 'week_cents': 12500, 'note': 'Two columns, Thursdays',
     'paths': [('phone', 36), ('direct', 28), ('in person', 16), ('opt-in', 20)]},
    {'kind': 'seo', 'name': 'Website and Instagram', 'leads': 35, 'kit': 135, 'weekend': 260,
     'evening': 400, 'refund': 30, 'week_cents': 3000, 'note': 'Photos',
     'paths': [('opt-in', 74), ('direct', 23), ('in person', 3)]},
    {'kind': 'jv', 'name': 'Clay & Tools, Cork: card in each parcel', 'leads': 12, 'kit': 210,
     'weekend': 300, 'evening': 380, 'refund': 20, 'week_cents': 1800, 'note': 'Cards and their share',
     'paths': [('opt-in', 64), ('direct', 36)]},
    {'kind': 'affiliate', 'name': 'Craft bloggers', 'leads': 12, 'kit': 80, 'weekend': 200,
     'evening': 200, 'refund': 130, 'week_cents': 2600, 'note': 'Commission',
     'paths': [('opt-in', 45), ('direct', 55)]},
]
DIRECT_BUYS = 11      # in a thousand: straight to a sales letter, hardly anybody buys

WORDING = ('Yes, send me the guide and, now and then, a message about glazes, courses and offers of Quay '
           'Lane Pottery. I can unsubscribe with one click.')

# The sequences as a list of steps; each goes to the next of the list unless it says otherwise.
SEQUENCES = [
    {'name': 'From the guide to the kit', 'sells': 'KIT', 'after': 'GUIDE', 'steps': [
        {'id': 'welcome', 'type': 'message', 'message': 'guide-1-welcome'},
        {'id': 'two-days', 'type': 'wait', 'days': 2},
        {'id': 'pinholes', 'type': 'message', 'message': 'guide-2-pinholes'},
        {'id': 'three-days', 'type': 'wait', 'days': 3},
        {'id': 'kiln', 'type': 'condition', 'field': 'own_kiln', 'is': 'yes', 'yes': 'kit-own-kiln',
         'no': 'kit'},
        {'id': 'kit-own-kiln', 'type': 'message', 'message': 'guide-3-kit-own-kiln', 'next': 'four-days'},
        {'id': 'kit', 'type': 'message', 'message': 'guide-3-kit'},
        {'id': 'four-days', 'type': 'wait', 'days': 4},
        {'id': 'brid', 'type': 'message', 'message': 'guide-4-brid'},
        {'id': 'week', 'type': 'wait', 'days': 7},
        {'id': 'last', 'type': 'message', 'message': 'guide-5-last'},
        {'id': 'end', 'type': 'exit'},
    ]},
    {'name': 'From the kit to the wheel', 'sells': 'WEEKEND', 'after': 'KIT', 'steps': [
        {'id': 'first-evening', 'type': 'message', 'message': 'kit-1-first-evening'},
        {'id': 'kit-owner', 'type': 'action', 'tag': 'kit owner'},
        {'id': 'five-days', 'type': 'wait', 'days': 5},
        {'id': 'no-kiln', 'type': 'message', 'message': 'kit-2-no-kiln'},
        {'id': 'a-week', 'type': 'wait', 'days': 7},
        {'id': 'invitation', 'type': 'message', 'message': 'weekend-1-invitation'},
        {'id': 'six-days', 'type': 'wait', 'days': 6},
        {'id': 'half', 'type': 'split', 'ways': [('hours', 50), ('voucher', 50)]},
        {'id': 'hours', 'type': 'message', 'message': 'weekend-2-hour-by-hour', 'next': 'ten-days'},
        {'id': 'voucher', 'type': 'message', 'message': 'weekend-2-voucher'},
        {'id': 'ten-days', 'type': 'wait', 'days': 10},
        {'id': 'interested', 'type': 'condition', 'tag': 'wheel', 'yes': 'call', 'no': 'thinking'},
        {'id': 'call', 'type': 'action', 'task': 'Call about the weekend', 'task_days': 2, 'next': 'end'},
        {'id': 'thinking', 'type': 'message', 'message': 'weekend-3-still-thinking'},
        {'id': 'end', 'type': 'exit'},
    ]},
    {'name': 'From the weekend to the evenings', 'sells': 'EVENING', 'after': 'WEEKEND', 'steps': [
        {'id': 'six-days', 'type': 'wait', 'days': 6},
        {'id': 'fired', 'type': 'message', 'message': 'after-1-fired'},
        {'id': 'ten-days', 'type': 'wait', 'days': 10},
        {'id': 'tuesday', 'type': 'message', 'message': 'evening-1-a-tuesday'},
        {'id': 'eight-days', 'type': 'wait', 'days': 8},
        {'id': 'too-far', 'type': 'message', 'message': 'evening-2-too-far'},
        {'id': 'two-weeks', 'type': 'wait', 'days': 14},
        {'id': 'shelf', 'type': 'message', 'message': 'evening-3-shelf'},
        {'id': 'invited', 'type': 'action', 'tag': 'asked about evenings'},
        {'id': 'end', 'type': 'exit'},
    ]},
]
