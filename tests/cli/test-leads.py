"""Leads one by one, their tags, fields, sources, consent and suppression."""

from shop import main, misused, refused

ANN = 'ann@example.com'


def with_ann(shop):
    shop.init()
    shop.run('leads', 'add', ANN, '--first-name', 'Ann', '--last-name', 'Smith')
    return shop


def test_add(shop):
    shop.init()
    shop.run('field', 'add', "Dog's name")
    added = shop.json('leads', 'add', ' Ann@Example.COM ', '--first-name', 'Ann', '--city', 'Köln', '--tag', 'VIP',
                      '--tag', 'two words', '--source', 'ppc:Spring ads', '--path', 'opt-in', '--consent', 'Yes!',
                      '--set', 'dogs_name=Rex', '--set', 'company=Smith & Co')
    assert (added['id'], added['email'], added['city']) == (1, 'Ann@Example.COM', 'Köln')
    lead = shop.json('leads', 'show', ANN)
    assert lead['tags'] == ['two words', 'VIP'] and lead['consent'] == 'given' and lead['suppressed'] is None
    assert lead['fields'] == [{'key': 'dogs_name', 'label': "Dog's name", 'value': 'Rex'}]
    assert lead['company'] == 'Smith & Co'
    touch, = lead['touches']
    assert (touch['kind'], touch['source'], touch['path']) == ('ppc', 'Spring ads', 'opt-in')
    assert touch['at'] == '2026-03-02T09:00:00Z'
    assert lead['timeline'][-1]['kind'] == 'lead.created'
    assert 'Köln' in shop.run('leads', 'show', '1').out


def test_add_refuses(shop):
    with_ann(shop)
    refused(shop, 'leads', 'add', 'ANN@example.com', says='ann')
    refused(shop, 'leads', 'add', 'no address', says='address')
    refused(shop, 'leads', 'add')
    refused(shop, 'leads', 'add', 'x@example.com', '--zone', 'Mars/Base', says='zone')
    refused(shop, 'leads', 'add', 'x@example.com', '--set', 'nofield=1', says='nofield')
    misused(shop, 'leads', 'add', 'x@example.com', '--set', 'nofield', says='FIELD=VALUE')
    misused(shop, 'leads', 'add', 'x@example.com', '--source', 'seo:x', '--path', 'email', says='opt-in')
    refused(shop, 'leads', 'add', 'x@example.com', '--source', 'what:x')
    refused(shop, 'leads', 'show', 'x@example.com', says='no lead')
    shop.run('leads', 'add', '--phone', '+49 30 1234')
    assert shop.json('lead', 'show', '2')['phone'] == '+49 30 1234'


def test_edit(shop):
    with_ann(shop)
    shop.run('lead', 'edit', ANN, '--city', 'Rome', '--score', '5', '--email', 'ann@other.example')
    shop.run('lead', 'edit', '1', '--score', '-7', '--notes', 'two\nlines')
    lead = shop.json('lead', 'show', 'ann@other.example')
    assert lead['city'] == 'Rome' and lead['score'] == -2 and lead['notes'] == 'two\nlines'
    refused(shop, 'leads', 'edit', ANN, '--city', 'Oslo', says='no lead')
    refused(shop, 'leads', 'edit', '1', '--email', 'nonsense')
    misused(shop, 'leads', 'edit', '1', '--score', 'many', says='number')


def test_list_of_some(shop):
    with_ann(shop)
    shop.run('leads', 'add', 'bob@example.com', '--first-name', 'Bob', '--tag', 'vip', '--city', 'Cork')
    shop.run('leads', 'add', 'cem@example.com', '--first-name', 'Cem', '--tag', 'vip')
    shop.run('segment', 'add', 'Vips', '--rule', '{"field": "tag", "op": "has", "value": "vip"}')

    def names(*options):
        return [lead['first_name'] for lead in shop.json('leads', *options)]

    assert names('list', '--segment', 'Vips', '--descending') == ['Cem', 'Bob']
    assert names('list', '--rule', '{"field": "city", "op": "is", "value": "cork"}') == ['Bob']
    assert names('list', '--segment', 'Vips', '--rule', '{"field": "city", "op": "empty"}') == ['Cem']
    assert names('search', 'example', '--tag', 'VIP', '--limit', '1') == ['Bob']
    refused(shop, 'leads', 'list', '--segment', 'nothing', says='nothing')
    refused(shop, 'leads', 'list', '--rule', '{"field": "size", "op": "is", "value": "1"}', says='size')


def test_tags(shop):
    with_ann(shop)
    shop.run('leads', 'tag', ANN, 'VIP', 'early bird')
    assert [t['name'] for t in shop.json('tag', 'list')] == ['early bird', 'VIP']
    shop.run('leads', 'tag', ANN, '--remove', 'vip')
    assert {t['name']: t['leads'] for t in shop.json('tag', 'list')} == {'early bird': 1, 'VIP': 0}
    refused(shop, 'leads', 'tag', ANN, '--remove', 'nonsense', says='no tag')
    refused(shop, 'leads', 'tag', ANN, 'a,b')
    shop.run('tag', 'rename', 'VIP', 'Very important')
    refused(shop, 'tag', 'rename', 'Very important', 'early bird')
    shop.run('tag', 'delete', 'early bird')
    assert shop.json('lead', 'show', ANN)['tags'] == []
    refused(shop, 'tag', 'delete', 'early bird', says='no tag')
    misused(shop, 'leads', 'tag', ANN, says='needs TAG')


def test_notes_and_touches(shop):
    with_ann(shop)
    shop.run('leads', 'note', ANN, 'called', 'back')
    shop.run('leads', 'touch', ANN, 'jv:Sue', '--path', 'in-person', '--at', '2026-02-01 10:00', '--detail', 'fair')
    lead = shop.json('leads', 'show', ANN)
    assert lead['timeline'][0]['detail'] == 'called back'
    touch, = lead['touches']
    assert touch['path'] == 'in person' and touch['at'] == '2026-02-01T09:00:00Z' and touch['detail'] == 'fair'
    refused(shop, 'leads', 'note', ANN, ' ')
    misused(shop, 'leads', 'touch', ANN, 'jv:Sue', '--at', 'then', says='time')
    assert len(shop.json('leads', 'show', ANN, '--events', '1')['timeline']) == 1


def test_calls_and_meetings(shop):
    with_ann(shop)
    shop.run('leads', 'call', ANN, 'wants the', 'kit', '--direction', 'in', '--outcome', 'reached', '--who', 'Grace',
             '--at', '2026-03-01T10:00', '--task', 'Send an offer', '--due', '2026-03-03')
    shop.run('leads', 'meeting', ANN, '--place', 'Café', '--result', 'ordered')
    meeting, call = shop.json('leads', 'notes', ANN)
    assert (call['text'], call['direction'], call['outcome'], call['who']) == ('wants the kit', 'in', 'reached', 'Grace')
    assert (meeting['place'], meeting['outcome'], meeting['text']) == ('Café', 'ordered', '')
    assert [task['title'] for task in shop.json('task', 'list', ANN)] == ['Send an offer']
    assert [lead['email'] for lead in shop.json('leads', 'search', 'ann cafe kit')] == [ANN]
    shop.run('leads', 'edit-note', call['id'], 'wants nothing', '--outcome', 'left-message')
    assert shop.json('leads', 'search', 'kit') == []
    changed = shop.json('leads', 'notes', ANN)[1]
    assert (changed['text'], changed['outcome'], changed['who']) == ('wants nothing', 'left-message', 'Grace')
    shop.run('leads', 'delete-note', call['id'])
    assert [note['kind'] for note in shop.json('leads', 'notes', ANN)] == ['meeting.logged']
    refused(shop, 'leads', 'delete-note', call['id'])
    refused(shop, 'leads', 'call', ANN)
    refused(shop, 'leads', 'meeting', ANN, 'later', '--at', '2030-01-01')


def test_a_note_that_looks_like_json(shop):
    with_ann(shop)
    shop.run('leads', 'note', ANN, '{"a": 1}')
    assert shop.json('leads', 'show', ANN)['timeline'][0]['detail'] == '{"a": 1}'


def test_fields(shop):
    with_ann(shop)
    shop.run('field', 'add', 'Born', '--kind', 'date')
    assert shop.json('field', 'add', 'Größe', '--kind', 'number', '--key', 'size')['key'] == 'size'
    assert [f['key'] for f in shop.json('field', 'list')] == ['born', 'size']
    shop.run('leads', 'edit', ANN, '--set', 'born=1990-05-01', '--set', 'size=1,5')
    refused(shop, 'leads', 'edit', ANN, '--set', 'born=yesterday')
    values = {f['key']: f['value'] for f in shop.json('leads', 'show', ANN)['fields']}
    assert values == {'born': '1990-05-01', 'size': '1.5'}
    misused(shop, 'field', 'add', 'X', '--kind', 'colour', says='yesno')
    refused(shop, 'field', 'add', 'Other', '--key', 'born')
    refused(shop, 'field', 'delete', 'born', says='1 lead has')
    shop.run('segment', 'add', 'Young', '--rule',
             '{"field": "field:born", "op": "since", "value": "1990-01-01"}')
    gone = shop.json('field', 'delete', 'born', '--with-values')
    assert gone['asked_for_by'] == ['the segment “Young”']
    refused(shop, 'field', 'delete', 'born', says='born')
    assert shop.json('field', 'delete', 'size', '--with-values')['asked_for_by'] == []


def test_field_kinds(shop):
    with_ann(shop)
    for kind, given, kept in (('long', 'a\r\nb', 'a\nb'), ('money', '1.234,50 €', '1234.50 EUR'), ('yesno', 'Ja', 'yes'),
                              ('phone', '+353 86 123 4567', '+353861234567'),
                              ('link', 'a.example/b', 'https://a.example/b')):
        shop.run('field', 'add', kind, '--kind', kind, '--key', f'a_{kind}')
        shop.run('leads', 'edit', ANN, '--set', f'a_{kind}={given}')
        assert shop.json('leads', 'show', ANN)['fields'][-1]['value'] == kept
    refused(shop, 'leads', 'edit', ANN, '--set', 'a_money=much', says='EUR')
    refused(shop, 'leads', 'edit', ANN, '--set', 'a_link=javascript:alert(1)', says='link')
    assert shop.json('field', 'add', 'Fee', '--kind', 'money', '--currency', 'USD')['currency'] == 'USD'
    refused(shop, 'field', 'add', 'Fee', '--currency', 'USD', says='money')
    assert [f['key'] for f in shop.json('field', 'list')] == [
        'a_long', 'a_money', 'a_yesno', 'a_phone', 'a_link', 'fee']
    shop.run('field', 'move', 'fee', '2')
    shop.run('field', 'rename', 'fee', 'Price')
    shop.run('field', 'retire', 'a_long')
    listed = shop.json('field', 'list')
    assert [f['label'] for f in listed] == ['Price', 'money', 'yesno', 'phone', 'link', 'long']
    assert listed[-1]['retired_at'] and listed[-1]['leads'] == 1
    assert shop.json('leads', 'show', ANN)['fields'][-1]['value'] == 'a\nb'
    assert not shop.json('field', 'retire', 'a_long', '--undo')['retired_at']


def test_field_choices(shop):
    with_ann(shop)
    shop.run('field', 'add', 'Rooms', '--kind', 'several', '--choice', 'Bath', '--choice', 'Garden')
    shop.run('leads', 'edit', ANN, '--set', 'rooms=garden, Bath')
    refused(shop, 'leads', 'edit', ANN, '--set', 'rooms=Cellar', says='Bath; Garden')
    shop.run('field', 'add-choice', 'rooms', 'Cellar')
    shop.run('field', 'rename-choice', 'rooms', 'garden', 'Park')
    shop.run('field', 'move-choice', 'rooms', 'cellar', '1')
    refused(shop, 'field', 'delete-choice', 'rooms', 'Park', says='1 lead has')
    shop.run('field', 'retire-choice', 'rooms', 'Park')
    shop.run('field', 'delete-choice', 'rooms', 'Cellar')
    refused(shop, 'field', 'delete-choice', 'rooms', 'Cellar', says='Cellar')
    choices = shop.json('field', 'show', 'rooms')['choices']
    assert [(c['key'], c['label'], c['leads'], bool(c['retired_at'])) for c in choices] == [
        ('bath', 'Bath', 1, False), ('garden', 'Park', 1, True)]
    assert shop.json('leads', 'show', ANN)['fields'][0]['value'] == 'Bath; Park'
    assert 'Park' in shop.run('field', 'show', 'rooms').out
    refused(shop, 'field', 'kind', 'rooms', 'one', says='1 value')
    refused(shop, 'field', 'kind', 'rooms', 'number', says='1 value')
    misused(shop, 'field', 'kind', 'rooms', 'colour', says='several')
    assert shop.json('field', 'kind', 'rooms', 'text')['choices'] == []
    assert shop.json('leads', 'show', ANN)['fields'][0]['value'] == 'Bath; Park'


def test_fields_come_back(shop):
    """What is exported is read back into the same fields, also after they got other names; and undone."""
    with_ann(shop)
    kinds = {'Story': ('long', 'one\ntwo'), 'Fee': ('money', '1250.50 EUR'), 'Born': ('date', '1964-11-21'),
             'Wants': ('yesno', 'yes'), 'Line': ('phone', '+353861234567 x12'), 'Site': ('link', 'https://a.example/')}
    for label, (kind, value) in kinds.items():
        shop.run('field', 'add', label, '--kind', kind)
        shop.run('leads', 'edit', ANN, '--set', f'{label.lower()}={value}')
    shop.run('field', 'add', 'Size', '--kind', 'one', '--choice', 'Small', '--choice', 'Large, really')
    shop.run('field', 'add', 'Rooms', '--kind', 'several', '--choice', 'Bath', '--choice', 'Hall, big')
    shop.run('leads', 'edit', ANN, '--set', 'size=Large, really', '--set', 'rooms=Bath; Hall, big')
    shop.run('field', 'rename', 'fee', 'Price of it')
    before = shop.json('leads', 'show', ANN)['fields']
    shop.run('leads', 'export', 'out.csv')
    fields = shop.json('field', 'list')
    shop.run('leads', 'delete', ANN)
    shop.run('leads', 'import', 'out.csv')
    assert shop.json('leads', 'show', ANN)['fields'] == before
    assert [f['key'] for f in shop.json('field', 'list')] == [f['key'] for f in fields]

    shop.write('more.csv', 'Email,Rooms,Size,Fee\n' f'{ANN},bath,small,"49,00 €"\n' 'bob@example.com,Bath,Huge,1\n'
                           'cem@example.com,"Bath,Cellar",,\n' 'dee@example.com,Bath,Small,much\n')
    done = shop.json('leads', 'import', 'more.csv', '--on-match', 'overwrite')
    assert done['rows_refused'] == 3, done
    values = {f['key']: f['value'] for f in shop.json('leads', 'show', ANN)['fields']}
    assert (values['rooms'], values['size'], values['fee']) == ('Bath', 'Small', '49.00 EUR')
    shop.run('leads', 'undo-import', str(done['import']))
    assert shop.json('leads', 'show', ANN)['fields'] == before


def test_sources(shop):
    shop.init()
    shop.run('source', 'add', 'seo:Blog')
    refused(shop, 'source', 'add', 'seo:Blog')
    refused(shop, 'source', 'add', 'Blog')
    refused(shop, 'source', 'spend', 'seo:Nothing', '5', says='no source')
    shop.run('source', 'spend', 'seo:Blog', '12,50', '--note', 'texts')
    shop.run('source', 'spend', 'seo:Blog', '7.50EUR', '--day', '2026-02-28')
    shop.run('source', 'spend', 'seo:Blog', '3 USD')
    source, = shop.json('source', 'list')
    assert {'minor': 2000, 'currency': 'EUR'} in source['spend'] and len(source['spend']) == 2
    rows = shop.json('source', 'costs', 'seo:Blog')
    assert [r['day'] for r in rows] == ['2026-03-02', '2026-03-02', '2026-02-28']
    refused(shop, 'source', 'spend', 'seo:Blog', '1.234')
    refused(shop, 'source', 'spend', 'seo:Blog', '5', '--day', 'tomorrow')
    shop.run('source', 'retire', 'seo:Blog')
    assert shop.json('source', 'list')[0]['retired_at']
    shop.run('source', 'retire', 'seo:Blog', '--undo')
    assert shop.json('source', 'list')[0]['retired_at'] is None


def test_day_is_the_business_day(shop):
    shop.init()
    shop.now = '2026-03-02T23:30:00Z'
    shop.run('source', 'add', 'seo:Blog')
    assert shop.json('source', 'spend', 'seo:Blog', '5')['day'] == '2026-03-03'


def test_consent(shop):
    with_ann(shop)
    given = shop.json('consent', 'give', ANN, '--wording', 'Yes', '--origin', 'phone call', '--at', '2026-01-05')
    assert shop.json('leads', 'show', ANN)['consent'] == 'given'
    shop.run('consent', 'withdraw', ANN)
    assert shop.json('leads', 'show', ANN)['consent'] == 'withdrawn'
    shop.run('consent', 'give', ANN, '--channel', 'phone')
    rows = shop.json('consent', 'list', ANN)
    assert [r['action'] for r in rows] == ['given', 'withdrawn', 'given']
    assert rows[0]['at'] == '2026-01-04T23:00:00Z' and rows[0]['wording'] == 'Yes'
    shop.run('consent', 'annul', rows[1]['id'])
    assert shop.json('leads', 'show', ANN)['consent'] == 'given'
    refused(shop, 'consent', 'annul', rows[1]['id'])
    refused(shop, 'consent', 'annul', 999)
    misused(shop, 'consent', 'annul', 'x', says='number')
    misused(shop, 'consent', 'give', ANN, '--channel', 'pigeon', says='sms')
    refused(shop, 'consent', 'give', 'x@example.com', says='no lead')
    assert given['id'] == rows[0]['id']


def test_suppression(shop):
    with_ann(shop)
    shop.run('suppress', 'add', 'ANN@example.com', '--note', 'asked on the phone')
    assert shop.json('leads', 'show', ANN)['suppressed'] == 'by hand'
    row, = shop.json('suppress', 'list')
    assert row['reason'] == 'by hand' and row['note'] == 'asked on the phone'
    shop.run('suppress', 'lift', ANN)
    assert shop.json('suppress', 'list') == []
    refused(shop, 'suppress', 'lift', ANN)
    shop.run('suppress', 'add', 'x@example.com', '--reason', 'unsubscribed')
    refused(shop, 'suppress', 'lift', 'x@example.com')
    refused(shop, 'suppress', 'add', 'nonsense')
    misused(shop, 'suppress', 'add', ANN, '--reason', 'erased')
    assert 'x@example.com' in shop.run('suppress', 'list', '--limit', '5').out


def test_hostile_lead(shop):
    shop.init()
    name = '\x1b]0;x\x07\u202e<b>{{ x }}\u2028"'
    shop.run('leads', 'add', 'x@example.com', '--first-name', name, '--company', "'; DROP TABLE lead; --")
    shown = shop.run('leads', 'show', 'x@example.com')
    assert not set(shown.out) & set('\x1b\x07\u202e\u2028')
    assert shop.json('leads', 'show', 'x@example.com')['company'] == "'; DROP TABLE lead; --"
    shop.run('check')


if __name__ == '__main__':
    main(globals())
