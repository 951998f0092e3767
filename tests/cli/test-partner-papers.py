"""Since when partners earn, and what is kept with them. usage: test-partner-papers.py RUNGSCTL SOURCE_ROOT"""

import shutil

from shop import main, refused, with_keyring

ANN = 'ann@example.com'
IBAN = 'DE89370400440532013000'
TERMS = '{"hold_days": 30, "rates": [{"rate": 1000}]}'


def with_partners(shop):
    """Anna's link brings Ann."""
    shop.init()
    shop.write('terms.json', TERMS)
    shop.run('product', 'add', 'KIT', '--name', 'Kit', '--price', '49')
    shop.run('programme', 'add', 'Friends', '--terms', 'terms.json', '--from', '2026-01-01')
    shop.run('partner', 'add', 'Anna Berg', '--programme', 'Friends')
    shop.run('partner', 'add', 'Jo', '--programme', 'Friends')
    shop.run('leads', 'add', ANN, '--source', 'affiliate:Anna Berg', '--path', 'direct')


def sell(shop, who):
    return str(shop.json('order', 'add', who, 'KIT')['id'])


def test_status(shop):
    """What counts is the status at an order's moment, whenever it gets known."""
    with_partners(shop)
    shop.now = '2026-03-03T09:00:00Z'
    shop.run('partner', 'set', 'Anna Berg', 'paused', '--why', 'Holidays')
    paused = sell(shop, ANN)
    assert shop.json('referral', 'show', paused)['partner'] == ''
    refused(shop, 'partner', 'set', 'Anna Berg', 'paused', says='already')
    refused(shop, 'partner', 'set', 'Anna Berg', 'applied', says='already')
    refused(shop, 'partner', 'set', 'Anna Berg', 'asleep', says='STATUS is')
    shop.now = '2026-03-05T09:00:00Z'
    words = shop.json('partner', 'set', 'Anna Berg', 'active')
    assert [(row['status'], row['from'], row['why']) for row in words] == [
        ('active', '2026-03-05T09:00:00Z', ''), ('paused', '2026-03-03T09:00:00Z', 'Holidays')]
    assert shop.json('partner', 'status', 'Anna Berg') == words
    assert shop.json('referral', 'show', sell(shop, ANN))['partner'] == 'Anna Berg'
    assert shop.json('referral', 'show', paused)['partner'] == ''
    assert shop.json('partner', 'add', 'Kim', '--applied')['status'] == 'applied'
    assert 'has applied' in shop.run('partner', 'show', 'Kim').out
    assert shop.json('partner', 'set', 'Kim', 'active')[0]['status'] == 'active'


def test_documents(shop):
    """Kept sealed, given back as they were, and on another computer only seen and removed."""
    with_partners(shop)
    content = b'%PDF\0\xff Steuernummer 12/345/67890'
    shop.write('contract.pdf', content)
    shop.write('large', bytes(10 * 1024 * 1024 + 1))
    bus = with_keyring(shop)
    kept = shop.json('partner', 'add-document', 'Anna Berg', 'contract.pdf')
    assert [(row['id'], row['name'], row['size']) for row in kept] == [(1, 'contract.pdf', len(content))]
    assert list(kept[0]) == ['id', 'name', 'size', 'added_at']
    assert shop.json('partner', 'documents', 'Jo') == []
    refused(shop, 'partner', 'add-document', 'Anna Berg', 'large', says='10 MB')
    shop.run('partner', 'save-document', '1', 'copy.pdf')
    copy = shop.folder / 'copy.pdf'
    assert copy.read_bytes() == content and copy.stat().st_mode & 0o777 == 0o600
    refused(shop, 'partner', 'save-document', '1', 'copy.pdf', says='--force')
    shop.run('partner', 'save-document', '1', 'copy.pdf', '--force')
    refused(shop, 'partner', 'save-document', '7', 'other.pdf', says='7')
    bus.communicate()
    assert b'12/345' not in shop.file.read_bytes()
    shutil.rmtree(shop.folder / 'data' / 'keyrings')
    bus = with_keyring(shop)
    refused(shop, 'partner', 'save-document', '1', 'other.pdf', says='where they were typed')
    refused(shop, 'partner', 'details', 'Jo', '--iban', IBAN, says='where they were typed')
    assert shop.json('partner', 'documents', 'Anna Berg') == kept
    shop.run('partner', 'remove-document', '1')
    assert shop.json('partner', 'documents', 'Anna Berg') == []
    assert shop.json('partner', 'details', 'Jo', '--iban', IBAN)['iban'] == 'DE89 … 00'
    bus.communicate()


main(globals())
