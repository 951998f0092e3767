"""Leads into files, and back."""

import csv
import json

from shop import main, misused, refused


def with_leads(shop):
    shop.init()
    shop.run('field', 'add', "Dog's name")
    shop.run('leads', 'add', 'ann@example.com', '--first-name', 'Ann', '--company', '=1+1', '--phone', '+49 30 1', '--tag', 'vip',
             '--consent', 'Write to me')
    shop.run('leads', 'add', 'bob@example.com', '--first-name', 'Bob', '--notes', 'one\n=two')
    shop.run('suppress', 'add', 'bob@example.com')
    return shop


def rows_of(path, **more):
    with open(path, encoding='utf-8-sig', newline='') as file:
        return list(csv.DictReader(file, **more))


def test_csv(shop):
    with_leads(shop)
    path = shop.folder / 'leads.csv'
    done = shop.json('leads', 'export', path)
    assert done == {'file': str(path), 'format': 'csv', 'leads': 2}
    assert path.stat().st_mode & 0o777 == 0o600
    ann, bob = rows_of(path)
    assert (ann['Company'], ann['Telephone'], ann['Status'], ann['Tags']) == ("'=1+1", "'+49 30 1", 'subscribed', 'vip')
    assert (bob['Notes'], bob['Status']) == ("one\n'=two", 'unsubscribed')
    shop.run('leads', 'export', shop.folder / 'semicolons', '--delimiter', ';', '--format', 'csv')
    assert rows_of(shop.folder / 'semicolons', delimiter=';')[0]['E-mail'] == 'ann@example.com'


def test_round_trip(shop):
    with_leads(shop)
    path = shop.folder / 'leads.csv'
    shop.run('leads', 'export', path)
    before = shop.json('leads', 'list')
    other = shop.folder / 'other.db'
    shop.run('--file', other, 'init', '--name', 'Other', '--zone', 'Europe/Berlin')
    done = shop.json('--file', other, 'leads', 'import', path)
    assert (done['leads_created'], done['rows_refused'], done['leads_suppressed']) == (2, 0, 1)
    after = shop.json('--file', other, 'leads', 'list')
    told = ('email', 'first_name', 'company', 'phone', 'notes', 'created_at', 'tags')
    assert [[lead[name] for name in told] for lead in after] == [[lead[name] for name in told] for lead in before]
    shop.run('--file', other, 'check')


def test_json_and_cards(shop):
    with_leads(shop)
    shop.run('leads', 'export', shop.folder / 'leads.JSON')
    ann, bob = json.loads((shop.folder / 'leads.JSON').read_text(encoding='utf-8'))
    assert ann['company'] == '=1+1' and ann['consent'] == 'given' and bob['suppressed'] == 'by hand'
    shop.run('leads', 'export', shop.folder / 'leads.vcf')
    cards = (shop.folder / 'leads.vcf').read_bytes().decode()
    assert cards.count('BEGIN:VCARD\r\nVERSION:4.0\r\n') == 2 and 'TEL:+49 30 1\r\n' in cards


def test_selections(shop):
    with_leads(shop)

    def written(*options):
        return shop.json('leads', 'export', shop.folder / 'some.csv', '--force', *options)['leads']

    assert written('--tag', 'vip') == 1
    assert written('--reach', 'consented') == 1
    assert written('--rule', '{"field": "first_name", "op": "is", "value": "Bob"}') == 1
    shop.run('segment', 'add', 'Vips', '--rule', '{"field": "tag", "op": "has", "value": "vip"}')
    assert written('--segment', 'Vips') == 1
    assert written() == 2


def test_refuses(shop):
    with_leads(shop)
    path = shop.write('leads.csv', 'mine')
    refused(shop, 'leads', 'export', path, says='--force')
    assert path.read_text() == 'mine'
    misused(shop, 'leads', 'export', shop.folder / 'x', '--format', 'xml')
    misused(shop, 'leads', 'export', shop.folder / 'x', '--delimiter', 'x')
    refused(shop, 'leads', 'export', shop.folder / 'x', '--tag', 'nothing')
    refused(shop, 'leads', 'export', shop.folder / 'no' / 'where.csv', says='cannot be written')
    assert not (shop.folder / 'x').exists()


main(globals())
