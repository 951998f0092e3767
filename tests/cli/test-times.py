"""When messages may leave: days and hours of the business, and holidays."""

from shop import main, misused, refused


def days(shop, *words):
    return [f"{day['day']} {day['name']}".strip() for day in shop.json('holiday', 'list', *words)]


def test_business(shop):
    shop.init()
    business = shop.json('business', 'show')
    assert business['window_days'] is None and business['window_of_lead'] is False
    business = shop.json('business', 'set', '--window', '09:00-17:00', '--days', 'mon,tue, wed', '--clock', 'lead')
    assert business['window_days'] == 'mon tue wed' and business['window_of_lead'] is True
    assert shop.json('business', 'set', '--name', 'Other')['window_days'] == 'mon tue wed'
    business = shop.json('business', 'set', '--days', 'any', '--clock', 'business')
    assert business['window_days'] is None and business['window_of_lead'] is False
    assert shop.json('business', 'set', '--days', 'mon,tue,wed,thu,fri,sat,sun')['window_days'] is None
    misused(shop, 'business', 'set', '--days', 'monday', says='mon,tue,wed')
    misused(shop, 'business', 'set', '--days', '', says='mon,tue,wed')
    misused(shop, 'business', 'set', '--clock', 'mine', says='lead')


def test_holidays(shop):
    shop.init()
    assert 'no holidays' in shop.run('holiday', 'list').out
    assert shop.run('holiday', 'add', '2026-12-24', 'Stock-taking').out == 'No marketing leaves on 2026-12-24.\n'
    shop.run('holiday', 'add', '2026-12-24', 'Shut')
    shop.run('holiday', 'add', '2026-01-02')
    assert days(shop) == ['2026-12-24 Shut']
    assert days(shop, '--all') == ['2026-01-02', '2026-12-24 Shut']
    assert '9 days were added.' in shop.run('holiday', 'fill', 'de', '2026').out
    assert shop.json('holiday', 'fill', 'DE', '2026') == {'added': 0}
    assert '2026-04-03 Karfreitag' in days(shop)
    shop.run('holiday', 'remove', '2026-12-24')
    assert '2026-12-24 Shut' not in days(shop)
    assert [one['country'] for one in shop.json('holiday', 'countries')] == ['AT', 'DE', 'FR', 'US']
    refused(shop, 'holiday', 'remove', '2026-12-24', says='no holiday')
    refused(shop, 'holiday', 'add', '24.12.2026', says='not a day')
    refused(shop, 'holiday', 'fill', 'XX', '2026', says='not known')


if __name__ == '__main__':
    main(globals())
