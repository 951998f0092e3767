"""What the pottery studio of the demo business sells, where its leads come from, and what they cost
and buy. Money is in cents. Its letters are in messages/, the sequences that send them in
sequences/."""

BUSINESS = {
    'name': 'Quay Lane Pottery',
    'address': 'Quay Lane Pottery, 14 Quay Lane, Galway H91, Ireland',
    'signature': '**Orla**\nQuay Lane Pottery, Galway',
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

# How the owner calls the letters; by the names of their files.
LETTERS = {
    'guide-1-welcome': 'Guide 1: Welcome',
    'guide-2-pinholes': 'Guide 2: Three pinholes',
    'guide-3-kit': 'Guide 3: The kit',
    'guide-3-kit-own-kiln': 'Guide 3: The kit, own kiln',
    'guide-4-brid': 'Guide 4: Bríd’s mugs',
    'guide-5-last': 'Guide 5: Last message',
    'kit-1-first-evening': 'Kit 1: The first evening',
    'kit-2-no-kiln': 'Kit 2: Where to fire it',
    'weekend-1-invitation': 'Weekend 1: Invitation',
    'weekend-2-hour-by-hour': 'Weekend 2: Hour by hour',
    'weekend-2-voucher': 'Weekend 2: Voucher',
    'weekend-3-still-thinking': 'Weekend 3: Still thinking?',
    'after-1-fired': 'After the weekend: Fired',
    'evening-1-a-tuesday': 'Evening 1: A Tuesday',
    'evening-2-too-far': 'Evening 2: Too far?',
    'evening-3-shelf': 'Evening 3: A free shelf',
}

PRODUCTS = [
    {'sku': 'GUIDE', 'name': 'Ten Glazes That Never Fail', 'price': 0, 'rung': 1, 'refund_days': 0,
     'delivery': 'Download', 'cost': 0, 'deliver': 'link',
     'link': 'https://quaylane.example/ten-glazes.pdf'},
    {'sku': 'KIT', 'name': 'Home Starter Kit', 'price': 2900, 'rung': 2, 'refund_days': 30,
     'delivery': 'Parcel', 'cost': 1340, 'deliver': 'shipping', 'by': 'Declan', 'affiliate_rate': 1000},
    {'sku': 'WEEKEND', 'name': 'Weekend at the Wheel', 'price': 24000, 'rung': 3, 'refund_days': 14,
     'delivery': 'In the studio', 'cost': 7850, 'deliver': 'appointment', 'by': 'Orla',
     'affiliate_rate': 800},
    {'sku': 'EVENING', 'name': 'Evening Studio', 'price': 8500, 'rung': 4, 'refund_days': 14,
     'period_months': 1, 'lapse_days': 7, 'delivery': 'In the studio', 'cost': 2600,
     'deliver': 'appointment', 'by': 'Orla', 'affiliate_rate': 500},
    {'sku': 'MASTER', 'name': 'Master Class Year', 'price': 149000, 'rung': 5, 'refund_days': 14,
     'delivery': 'In the studio', 'cost': 52000, 'deliver': 'appointment', 'by': 'Orla',
     'affiliate_rate': 500, 'parts': ['KIT', 'WEEKEND']},
]

# cap: after so many refusals no more.
OFFERS = [
    {'from': None, 'to': 'GUIDE', 'kind': 'next', 'after_days': 0, 'priority': 1},
    {'from': 'GUIDE', 'to': 'KIT', 'kind': 'next', 'after_days': 0, 'priority': 1},
    {'from': 'GUIDE', 'to': 'WEEKEND', 'kind': 'upsell', 'after_days': 30, 'priority': 2, 'cap': 2},
    {'from': 'KIT', 'to': 'WEEKEND', 'kind': 'next', 'after_days': 0, 'priority': 1},
    {'from': 'KIT', 'to': 'EVENING', 'kind': 'cross', 'after_days': 60, 'priority': 2},
    {'from': 'WEEKEND', 'to': 'EVENING', 'kind': 'next', 'after_days': 0, 'priority': 1},
    {'from': 'WEEKEND', 'to': 'KIT', 'kind': 'downsell', 'after_days': 21, 'priority': 2},
    {'from': 'WEEKEND', 'to': 'MASTER', 'kind': 'upsell', 'after_days': 60, 'priority': 3, 'cap': 2},
    {'from': 'EVENING', 'to': 'MASTER', 'kind': 'next', 'after_days': 90, 'priority': 1},
    {'from': 'MASTER', 'to': 'EVENING', 'kind': 'cross', 'after_days': 30, 'priority': 1},
]

# What sells the products, by path.
SALES_LETTERS = [
    {'product': 'GUIDE', 'path': 'ppc', 'name': 'Ten glazes, for searchers',
     'address': 'https://quaylane.example/ten-glazes'},
    {'product': 'GUIDE', 'path': 'page', 'name': 'Ten glazes, on the website',
     'address': 'https://quaylane.example/guide'},
    {'product': 'KIT', 'path': 'ppc', 'name': 'Pottery at home, with articles',
     'address': 'https://quaylane.example/pottery-at-home'},
    {'product': 'KIT', 'path': 'email', 'name': 'The kit on one page',
     'address': 'https://quaylane.example/kit'},
    {'product': 'KIT', 'path': 'phone', 'name': 'Somebody asks for the kit',
     'text': 'Have you worked with clay before?\n\nEverything is in the box but the kiln: is there one '
             'near you? We know every school and studio in the west that fires for others.\n\nWhat does '
             'not please you comes back within thirty days, and so does the money.'},
    {'product': 'WEEKEND', 'path': 'ppc', 'name': 'Learn to throw in two days',
     'address': 'https://quaylane.example/learn-to-throw'},
    {'product': 'WEEKEND', 'path': 'email', 'name': 'The weekend, hour by hour',
     'address': 'https://quaylane.example/weekend'},
    {'product': 'WEEKEND', 'path': 'phone', 'name': 'Which weekend?',
     'text': 'Who comes with you? Two friends at two wheels learn faster than one.\n\nWe have six wheels '
             'and never seven people. I can hold a place for three days, without paying.'},
    {'product': 'EVENING', 'path': 'email', 'name': 'A Tuesday evening',
     'address': 'https://quaylane.example/evenings'},
    {'product': 'MASTER', 'path': 'email', 'name': 'A year at the wheel',
     'address': 'https://quaylane.example/master-class'},
    {'product': 'MASTER', 'path': 'phone', 'name': 'Talk about the year',
     'text': 'What do you want to be able to make when the year is over?\n\nYou have the kit and the '
             'weekend already? Then they are taken off the price.'},
]

# Codes that tie online to offline; the source is told by its kind.
COUPONS = [
    {'code': 'WHEEL20', 'name': 'In the message after the kit', 'source': 'customers', 'path': 'opt-in',
     'product': 'WEEKEND', 'discount': '20 € off', 'per_lead': 1},
    {'code': 'RING ME', 'name': 'Told to whoever rings about the weekend', 'source': 'other', 'path': 'phone',
     'product': 'WEEKEND', 'discount': 'An apron as a gift', 'per_lead': 1},
    {'code': 'HARBOUR', 'name': 'On the letter of our partner', 'source': 'jv', 'path': 'direct',
     'product': 'KIT', 'discount': 'Free postage'},
]

# The ways in that the owner drew, from all sources of a kind; without a letter to the opt-in.
WAYS = [
    {'kind': 'customers', 'path': 'opt-in'},
    {'kind': 'ppc', 'path': 'opt-in'},
    {'kind': 'other', 'path': 'opt-in'},
    {'kind': 'seo', 'path': 'opt-in'},
    {'kind': 'jv', 'path': 'opt-in'},
    {'kind': 'affiliate', 'path': 'opt-in'},
    {'kind': 'customers', 'path': 'in person', 'letter': 'Talk about the year', 'product': 'MASTER'},
    {'kind': 'ppc', 'path': 'direct', 'letter': 'Pottery at home, with articles', 'product': 'KIT'},
    {'kind': 'ppc', 'path': 'direct', 'letter': 'Learn to throw in two days', 'product': 'WEEKEND'},
    {'kind': 'other', 'path': 'phone', 'letter': 'Which weekend?', 'product': 'WEEKEND'},
    {'kind': 'seo', 'path': 'direct', 'letter': 'Ten glazes, on the website', 'product': 'GUIDE'},
    {'kind': 'affiliate', 'path': 'direct', 'letter': 'Pottery at home, with articles', 'product': 'KIT'},
]

# Live ones have a rule; `watched` ones keep in the timeline who comes and goes; the fixed one holds
# the leads of these numbers.
SEGMENTS = [
    {'name': 'Good customers', 'description': 'Those who left 300 € and more with us', 'watched': True,
     'rule': {'field': 'spent', 'op': 'at_least', 'value': 30000}},
    {'name': 'Good, not yet members', 'description': 'To be asked in person',
     'rule': {'all': [{'field': 'segment', 'op': 'has', 'value': 'good_customers'},
                      {'field': 'owns', 'op': 'has_not', 'value': 'EVENING'}]}},
    {'name': 'Ready for a weekend', 'description': 'Who will hear of the weekend gladly', 'rule': {'all': [
        {'field': 'owns', 'op': 'has', 'value': 'KIT'},
        {'field': 'consent', 'op': 'is', 'value': True},
        {'none': [{'field': 'owns', 'op': 'has_any', 'value': ['WEEKEND', 'MASTER']},
                  {'field': 'refunded', 'op': 'has', 'value': 'WEEKEND'}]},
        {'any': [{'field': 'tag', 'op': 'has', 'value': 'wheel'},
                 {'field': 'clicked', 'within_days': 60, 'op': 'has', 'value': 'Weekend 1: Invitation'},
                 {'all': [{'field': 'touches', 'path': 'in person', 'op': 'at_least', 'value': 1},
                          {'field': 'created', 'op': 'within_days', 'value': 180}]}]}]}},
    {'name': 'Guide only, and quiet', 'description': '', 'rule': {'all': [
        {'field': 'lifecycle', 'op': 'is', 'value': 'customer'},
        {'field': 'spent', 'op': 'at_most', 'value': 0},
        {'field': 'created', 'op': 'over_days_ago', 'value': 90},
        {'field': 'last_event', 'kind': 'mail.clicked', 'op': 'not_within_days', 'value': 90}]}},
    {'name': 'Open kiln: invited', 'description': 'Neighbours and friends of the house',
     'leads': [3, 17, 40, 112, 250, 381, 512, 640, 777, 901, 1204, 1650]},
]

# One source of each kind. leads: its share; paths: how its people come; the rest are the chances,
# in a thousand, that one of them buys: the kit after the guide, the weekend after the kit, the
# evenings after the weekend. Search ads lose money on the kit and earn it back with the weekends;
# the newspaper never does; affiliates send many who take the guide and go.
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
     'weekend': 300, 'evening': 380, 'refund': 20, 'week_cents': 1800,
     'note': 'Cards and their share', 'paths': [('opt-in', 64), ('direct', 36)]},
    {'kind': 'affiliate', 'name': 'Craft bloggers', 'leads': 12, 'kit': 80, 'weekend': 200,
     'evening': 200, 'refund': 130, 'week_cents': 2600, 'note': 'Commission',
     'paths': [('opt-in', 45), ('direct', 55)]},
]
DIRECT_BUYS = 11      # in a thousand: straight to a sales letter, hardly anybody buys

WORDING = ('Yes, send me the guide and, now and then, a message about glazes, courses and offers '
           'of Quay Lane Pottery. I can unsubscribe with one click.')
