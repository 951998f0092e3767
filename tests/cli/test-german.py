"""What rungsctl says is German for who speaks German, the reasons of the core too."""

import json
import subprocess

from shop import RUNGSCTL, main

TRANSLATIONS = RUNGSCTL.parent.parent.parent / 'po'


def german(shop):
    """A German locale of its own: the machine need not have one."""
    locales = shop.folder / 'locales'
    locales.mkdir(exist_ok=True)
    if not (locales / 'de_DE.UTF-8').exists():
        subprocess.run(['localedef', '-i', 'de_DE', '-f', 'UTF-8', locales / 'de_DE.UTF-8'], check=True)
    return {'LOCPATH': str(locales), 'LC_ALL': 'de_DE.UTF-8', 'RUNGS_LOCALE_DIR': str(TRANSLATIONS)}


def refusal(shop, *words):
    return shop.run(*words, status=1, **german(shop)).err


def test_reasons(shop):
    shop.init()
    assert 'Es gibt keinen Kontakt 99' in refusal(shop, 'leads', 'show', '99')
    assert 'ist keine E-Mail-Adresse' in refusal(shop, 'leads', 'add', 'nobody@')
    assert 'gibt es nicht' in refusal(shop, 'leads', 'import', 'nowhere.csv')
    page = shop.write('page.csv', '<!DOCTYPE html><html></html>')
    assert 'Das ist eine Webseite' in refusal(shop, 'leads', 'import', page)


def test_refused_rows(shop):
    shop.init()
    file = shop.write('leads.csv', 'Email\nnobody\n')
    done = shop.run('leads', 'import', file, '--json', **german(shop)).json
    assert 'keine E-Mail-Adresse' in done['rejects'][0]['reason']


LETTER = '''Subject: A share
Purpose: Tell their share
Value: They know it

{% assign letters = lead.last_name | size %}Your share is {{ 100 | divided_by: letters }}.
'''

GRAPH = '''{"name": "Shares", "entry": {"triggers": [], "reentry": "never"}, "start": "a",
            "steps": {"a": {"kind": "message", "message": "Share"}}}'''


def test_stored_reasons_stay_english(shop):
    """The file is read by others too."""
    shop.init()
    shop.run('leads', 'add', 'ann@example.com', '--consent', 'Yes')
    shop.run('message', 'add', 'Share', shop.write('share.md', LETTER))
    shop.run('sequence', 'add', shop.write('shares.json', GRAPH))
    shop.run('sequence', 'start', 'Shares')
    shop.run('sequence', 'enrol', 'Shares', 'ann@example.com')
    shop.run('run', '--once', **german(shop))
    sent, = shop.json('outbox', 'list')
    assert 'divided by 0' in json.dumps(sent), sent


def test_words_of_the_ledger(shop):
    """The program's own words too; JSON keeps them as they are."""
    shop.init()
    shop.write('terms.json', '{"hold_days": 30, "rates": [{"rate": 1000}]}')
    shop.run('product', 'add', 'KIT', '--name', 'Kit', '--price', '49')
    shop.run('programme', 'add', 'Friends', '--terms', 'terms.json', '--from', '2026-01-01')
    shop.run('partner', 'add', 'Anna Berg', '--programme', 'Friends')
    shop.run('leads', 'add', 'ann@example.com', '--source', 'affiliate:Anna Berg', '--path', 'direct')
    order = str(shop.json('order', 'add', 'ann@example.com', 'KIT')['id'])
    booked = shop.run('ledger', 'list', **german(shop)).out
    assert 'verdient' in booked and 'zurückgehalten' in booked and 'Aufwand' in booked, booked
    assert {row['state'] for row in shop.json('ledger', 'list')} == {'expense', 'held'}
    assert 'dem Partner zugeschrieben' in shop.run('referral', 'show', order, **german(shop)).out


if __name__ == '__main__':
    main(globals())
