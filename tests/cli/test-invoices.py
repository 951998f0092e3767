"""Invoices that the business writes in the name of its partners."""

import subprocess

from shop import main, misused, refused, with_keyring

ANN = 'ann@example.com'
IBAN = 'DE89 3704 0044 0532 0130 00'
LATER = '2026-05-01T09:00:00Z'


def details(shop, *words):
    return {key: value for key, value in shop.json('partner', 'details', *words).items() if value}


def with_payout(shop):
    """Anna is owed 14.70 of an order, Bea 4.90 and Jo 4.90 by payout 1; the keyring is open."""
    shop.init()
    shop.write('terms.json', '{"hold_days": 30, "rates": [{"rate": 3000}]}')
    shop.run('product', 'add', 'KIT', '--name', 'Kit', '--price', '49')
    shop.run('programme', 'add', 'Friends', '--terms', 'terms.json', '--from', '2026-01-01')
    shop.run('partner', 'add', 'Anna Berg', '--programme', 'Friends')
    shop.run('leads', 'add', ANN, '--source', 'affiliate:Anna Berg', '--path', 'direct')
    shop.run('order', 'add', ANN, 'KIT')
    for name in ('Bea & Söhne', 'Jo'):
        shop.run('partner', 'add', name)
        shop.run('partner', 'bonus', name, '4.90', 'EUR', '--why', 'Thanks')
    shop.now = LATER
    shop.run('run', '--once')
    assert [row['amount']['minor'] for row in shop.json('payout', 'make')] == [1470, 490, 490]
    return with_keyring(shop)


def pdf_words(shop, name):
    return subprocess.run(['pdftotext', '-layout', name, '-'], cwd=shop.folder, check=True, capture_output=True).stdout.decode()


def test_invoices(shop):
    bus = with_payout(shop)
    invoice = ['payout', 'invoice', '1', 'Anna Berg', '--output', 'out.pdf', '--force']
    refused(shop, *invoice, says='has not agreed')
    misused(shop, 'partner', 'billing', 'Anna Berg', '--agreed', '2026-03-01', says='--vat')
    misused(shop, 'business', 'set', '--country', 'Germany')
    refused(shop, 'business', 'set', '--country', 'de', says='two letters')
    refused(shop, 'business', 'set', '--vat-id', '12345', says='VAT id')
    shown = shop.json('business', 'set', '--country', 'DE', '--vat-id', 'DE987654321')
    assert (shown['country'], shown['vat_id']) == ('DE', 'DE987654321')
    shop.run('partner', 'edit', 'Anna Berg', '--country', 'DE', '--language', 'de')
    misused(shop, 'partner', 'billing', 'Anna Berg', '--vat', 'rate', says='--agreed')
    billing = shop.json('partner', 'billing', 'Anna Berg', '--agreed', '2026-03-01')
    assert billing == {'partner': 'Anna Berg', 'agreed_on': '2026-03-01', 'vat': 'rate', 'rate': 1900,
                       'suggested': 'rate', 'suggested_rate': 1900}
    assert shop.json('partner', 'billing', 'Anna Berg', '--vat', 'none')['rate'] is None
    assert shop.json('partner', 'billing', 'Anna Berg', '--vat', 'rate', '--rate', '19 %') == billing
    refused(shop, *invoice, says='lacks the postal address of the partner, a VAT id or tax number')
    assert shop.json('payout', 'invoices') == []
    waits, *others = shop.json('payout', 'preview-invoices', '1')
    assert {(row['state'], row['lacks']) for row in others} == {('not-agreed', None)}
    assert (waits['partner'], waits['state'], waits['number'], waits['net'], waits['amount']['minor']) == (
        'Anna Berg', 'lacks-something', None, None, 1470)
    assert waits['lacks'] == 'the postal address of the partner, a VAT id or tax number of the partner'
    details(shop, 'Anna Berg', '--iban', IBAN, '--address', 'Side Street 2\n10115 Berlin', '--tax-number', '12/345/67890')
    plan = shop.json('payout', 'preview-invoices', '1')
    assert [(row['partner'], row['state'], row['number'], row['vat_amount']) for row in plan] == [
        ('Anna Berg', 'can-be-written', 'SB-1', {'minor': 235, 'currency': 'EUR'}),
        *((row['partner'], 'not-agreed', None, None) for row in others)], plan
    assert shop.json('payout', 'invoices') == [], 'a preview writes nothing'
    refused(shop, 'payout', 'preview-invoices', '9', says='payout')
    made = shop.json(*invoice)
    assert (made['number'], made['net']['minor'], made['vat_amount']['minor'], made['amount']['minor']) == ('SB-1', 1235, 235, 1470)
    said = pdf_words(shop, 'out.pdf')
    for words in ('Gutschrift', 'SB-1', '01.05.2026', '02.03.2026', 'Steuernummer: 12/345/67890', 'USt-IdNr.: DE987654321',
                  '12,35 EUR', 'Umsatzsteuer 19 %', '2,35 EUR', '14,70 EUR', 'Auszahlung 1', 'wie am 01.03.2026 vereinbart'):
        assert words in said, words
    first = (shop.folder / 'out.pdf').read_bytes()
    shop.now = '2026-05-02T09:00:00Z'
    assert shop.json(*invoice)['made_at'] == made['made_at'] and (shop.folder / 'out.pdf').read_bytes() == first, 'made once'

    shop.run('payout', 'mark', '1', 'Anna Berg', 'failed')
    assert [(row['number'], row['cancels'], row['cancelled_by'], row['amount']['minor']) for row in shop.json('payout', 'invoices')] == [
        ('SB-2', 'SB-1', None, -1470), ('SB-1', None, 'SB-2', 1470)]
    shop.run(*invoice)
    assert 'Stornierung der Gutschrift SB-1' in pdf_words(shop, 'out.pdf') and '-14,70 EUR' in pdf_words(shop, 'out.pdf')
    all_of_it = ['payout', 'write-invoices', '1', 'invoices']
    row, *others = shop.json(*all_of_it)
    assert {other['file'] for other in others} == {None}
    assert (row['state'], row['number'], row['cancelled_by'], row['file']) == (
        'written', 'SB-1', 'SB-2', 'invoices/SB-1 Anna Berg.pdf'), row
    assert (shop.folder / row['file']).read_bytes() == first and (shop.folder / row['file']).stat().st_mode & 0o777 == 0o600
    refused(shop, *all_of_it, says='there is a file')
    assert shop.json(*all_of_it, '--force', '--format', 'html')[0]['file'] == 'invoices/SB-1 Anna Berg.html'
    shop.run('payout', 'invoices', '--csv', 'invoices.csv')
    assert (shop.folder / 'invoices.csv').read_text().splitlines() == [
        'number,day,payout,partner,currency,treatment,rate,net,vat,total,takes_back,taken_back_by',
        'SB-2,2026-05-02,1,Anna Berg,EUR,rate,19 %,-12.35,-2.35,-14.70,SB-1,',
        'SB-1,2026-05-01,1,Anna Berg,EUR,rate,19 %,12.35,2.35,14.70,,SB-2']
    shop.run(*invoice, '--original')
    assert (shop.folder / 'out.pdf').read_bytes() == first
    assert shop.json('partner', 'billing', 'Anna Berg', '--end')['agreed_on'] is None
    assert 'Umsatzsteuer' not in shop.run('payout', 'invoices').out
    bus.communicate()
    for path in shop.folder.glob('shop.db*'):
        assert not path.is_file() or b'67890' not in path.read_bytes(), path


main(globals())
