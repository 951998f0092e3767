"""Leads from files, lists of leads, deleting and erasing."""

import csv
import os
import pathlib
import pty
import select
import signal
import subprocess
import sys
import time

from shop import main, misused, refused

FILE = '''Email,First Name,Last Name,Town,Dog
ann@example.com,Ann,Smith,Rome,Rex
nonsense,X,Y,Z,
bob@example.com,Bob,"Jo""nes",Oslo,
BOB@example.com,Robert,Jones,Bergen,Fido
'''


def test_import(shop):
    shop.init()
    file = shop.write('leads.csv', FILE)
    done = shop.json('leads', 'import', file, '--tag', 'new', '--tag', 'autumn fair', '--source', 'jv:Sue',
                     '--consent', 'Write to me', '--map', 'Town=city', '--map', 'dog=field:dog',
                     '--rejects', shop.folder / 'rejects.csv')
    assert (done['rows_read'], done['leads_created'], done['rows_refused'], done['rows_repeated']) == (4, 2, 1, 1)
    assert done['rejects'][0]['line'] == 3 and 'nonsense' in done['rejects'][0]['text']
    with open(shop.folder / 'rejects.csv', encoding='utf-8-sig', newline='') as rejects:
        row, = csv.DictReader(rejects)
    assert row['Email'] == 'nonsense' and row['Line'] == '3' and row['Reason']
    ann = shop.json('leads', 'show', 'ann@example.com')
    assert ann['city'] == 'Rome' and ann['tags'] == ['autumn fair', 'new'] and ann['consent'] == 'given'
    assert ann['fields'][0]['value'] == 'Rex' and ann['touches'][0]['source'] == 'Sue'
    assert shop.json('leads', 'show', 'bob@example.com')['first_name'] == 'Bob'
    run, = shop.json('leads', 'imports')
    assert run['file_name'] == 'leads.csv' and run['leads_created'] == 2 and run['source'] == 'jv:Sue'
    shop.run('check')



def test_spreadsheets(shop):
    shop.init()
    files = pathlib.Path(sys.argv[2]) / 'tests/core/tables/files'
    done = shop.json('leads', 'import', files / 'people.xlsx')
    assert (done['leads_created'], done['rows_read'], done['rows_refused'], done['sheet']) == (3, 4, 0, 'People')
    assert done['encoding'] is None and done['delimiter'] is None
    grete = shop.json('leads', 'show', 'grete@example.de')
    assert (grete['first_name'], grete['last_name'], grete['postcode']) == ('Grete', 'Müller-Lüdenscheidt', '01067')
    assert grete['phone'] == '491701234567' and grete['created_at'] == '2024-03-12T08:14:05Z'
    assert {field['label']: field['value'] for field in grete['fields']}['Birthday'] == '1980-03-01'
    again = shop.json('leads', 'import', files / 'people.ods')
    assert (again['leads_created'], again['leads_unchanged'], again['sheet']) == (0, 3, 'People')
    other = shop.json('leads', 'import', files / 'people.ods', '--sheet', 'Other')
    assert (other['leads_created'], other['sheet']) == (1, 'Other')
    refused(shop, 'leads', 'import', files / 'people.ods', '--sheet', 'Nobody', says='no sheet “Nobody”')
    refused(shop, 'leads', 'import', files / 'people.xls', says='.xlsx')
    shop.run('check')


def test_columns_go_where_they_went(shop):
    shop.init()
    first = shop.write('jan.csv', 'Email,Rufname,Kennung,Hund\nann@example.com,Ann,7,Rex\n')
    done = shop.json('leads', 'import', first, '--map', 'Rufname=first_name', '--map', 'Kennung=ignore', '--map', 'Hund=field:dog')
    assert done['recalled'] is None
    # other order, other case: the same shape
    second = shop.write('feb.csv', 'rufname,Hund,EMAIL,Kennung\nBob,Fido,bob@example.com,8\n')
    done = shop.json('leads', 'import', second, '--dry-run')
    assert done['recalled'] == 'jan.csv'
    done = shop.json('leads', 'import', second)
    assert done['recalled'] == 'jan.csv' and done['leads_created'] == 1
    bob = shop.json('leads', 'show', 'bob@example.com')
    assert bob['first_name'] == 'Bob' and {f['key']: f['value'] for f in bob['fields']} == {'dog': 'Fido'}
    # another shape
    other = shop.write('other.csv', 'Email,Rufname,Hund\ncid@example.com,Cid,Bo\n')
    assert shop.json('leads', 'import', other)['recalled'] is None
    # one column more is changed, and that is remembered; then all of it is forgotten
    third = shop.write('mar.csv', 'Email,Rufname,Kennung,Hund\ndan@example.com,Dan,9,Ace\n')
    done = shop.json('leads', 'import', third, '--map', 'Kennung=notes')
    assert done['recalled'] == 'feb.csv' and shop.json('leads', 'show', 'dan@example.com')['notes'] == '9'
    assert shop.json('leads', 'import', first, '--guess')['recalled'] is None
    assert shop.json('leads', 'import', first)['recalled'] is None
    shop.run('check')


def test_import_for_people(shop):
    shop.init()
    out = shop.run('leads', 'import', shop.write('leads.csv', FILE)).out
    assert '--rejects' in out and 'nonsense' in out and 'New leads' in out


def test_import_rules(shop):
    shop.init()
    file = shop.write('leads.csv', FILE)
    shop.run('leads', 'add', 'ann@example.com', '--last-name', 'Miller')
    skip = shop.json('leads', 'import', file, '--on-match', 'skip')
    assert skip['leads_created'] == 1 and shop.json('leads', 'show', 'ann@example.com')['first_name'] == ''
    shop.run('leads', 'import', file, '--on-match', 'fill')
    ann = shop.json('leads', 'show', 'ann@example.com')
    assert (ann['first_name'], ann['last_name']) == ('Ann', 'Miller')
    shop.run('leads', 'import', file, '--on-match', 'overwrite')
    assert shop.json('leads', 'show', 'ann@example.com')['last_name'] == 'Smith'
    assert shop.json('leads', 'imports')[0]['on_match'] == 'overwrite'


def test_dry_run(shop):
    shop.init()
    done = shop.json('leads', 'import', shop.write('leads.csv', FILE), '--dry-run')
    assert done['leads_created'] == 2 and done['import'] is None
    assert shop.json('leads', 'list') == [] and shop.json('leads', 'imports') == []


def test_who_may_be_written_to(shop):
    shop.init()
    file = shop.write('leads.csv', 'Email,Phone,Status\na@example.com,,\nb@example.com,,unsubscribed\n,123,\n')
    out = shop.run('leads', 'import', file).out
    assert 'May get marketing by e-mail' in out and '--consent WORDS' in out
    done = shop.json('leads', 'import', file, '--consent', 'Write to me')
    assert (done['may_write'], done['no_consent'], done['said_no'], done['no_address']) == (1, 0, 1, 1)
    assert '--consent WORDS' not in shop.run('leads', 'import', file).out


def test_undo(shop):
    shop.init()
    shop.run('leads', 'add', 'ann@example.com', '--last-name', 'Miller')
    done = shop.json('leads', 'import', shop.write('leads.csv', FILE), '--tag', 'new')
    undone = shop.json('leads', 'undo-import', done['import'])
    assert undone['leads_deleted'] == 1 and undone['values_restored'] > 0
    ann, = shop.json('leads', 'list')
    assert ann['first_name'] == '' and ann['tags'] == []
    assert shop.json('leads', 'imports')[0]['undone_at']
    refused(shop, 'leads', 'undo-import', done['import'])
    refused(shop, 'leads', 'undo-import', 99)
    misused(shop, 'leads', 'undo-import', 'x')
    shop.run('check')


def test_import_refuses(shop):
    shop.init()
    file = shop.write('leads.csv', FILE)
    refused(shop, 'leads', 'import', 'nowhere.csv', says='nowhere.csv')
    refused(shop, 'leads', 'import', str(shop.folder))
    refused(shop, 'leads', 'import', shop.write('empty.csv', ''))
    refused(shop, 'leads', 'import', shop.write('none.csv', 'Colour,Size\nred,5\n'))
    refused(shop, 'leads', 'import', file, '--map', 'Nothing=city', says='Nothing')
    refused(shop, 'leads', 'import', file, '--map', 'Town=what')
    refused(shop, 'leads', 'import', file, '--source', 'what:x')
    refused(shop, 'leads', 'import', file, '--rejects', shop.folder / 'no/such/folder.csv')
    misused(shop, 'leads', 'import', file, '--on-match', 'perhaps', says='overwrite')
    misused(shop, 'leads', 'import', file, '--delimiter', '::', says='tab')
    misused(shop, 'leads', 'import', says='FILE')
    assert shop.json('leads', 'list') == [] and shop.json('leads', 'imports') == []


def test_encodings(shop):
    shop.init()
    shop.run('leads', 'import', shop.write('a.csv', 'E-Mail;Vorname;Ort\njörg@example.com;Jörg;Köln\n'.encode('cp1252')))
    shop.run('leads', 'import', shop.write('b.csv', 'Email\tFirst name\nzoë@example.com\tZoë\n'.encode('utf-16')))
    given = shop.json('leads', 'import', shop.write('c.csv', 'Email|First name\npal@example.com|Pál\n'.encode('cp1250')),
                      '--encoding', 'WINDOWS-1250', '--delimiter', '|')
    assert given['encoding'].lower() == 'windows-1250' and given['delimiter'] == '|'
    names = {row['first_name'] for row in shop.json('leads', 'list')}
    assert names == {'Jörg', 'Zoë', 'Pál'}


def test_lists(shop):
    shop.init()
    shop.run('leads', 'import', shop.write('leads.csv', FILE), '--tag', 'new')
    shop.run('leads', 'add', 'zed@example.com', '--last-name', 'Zed', '--company', 'Acme', '--consent', 'Yes',
             '--source', 'seo:Blog')
    shop.run('leads', 'edit', 'zed@example.com', '--score', '9')
    shop.run('product', 'add', 'KIT', '--name', 'Kit', '--price', '49')
    shop.run('order', 'add', 'ann@example.com', 'KIT')

    def emails(*words):
        return [row['email'] for row in shop.json('leads', *words)]

    assert emails('list', '--tag', 'NEW') == ['ann@example.com', 'bob@example.com']
    assert emails('list', '--import', 1) == ['ann@example.com', 'bob@example.com']
    assert emails('list', '--owns', 'KIT') == ['ann@example.com']
    assert emails('list', '--source', 'seo:Blog') == emails('list', '--reach', 'consented') == ['zed@example.com']
    assert emails('list', '--sort', 'email', '--descending', '--limit', 2) == ['zed@example.com', 'bob@example.com']
    assert emails('list', '--sort', 'score', '--descending')[0] == 'zed@example.com'
    assert emails('search', 'smi') == ['ann@example.com'] and emails('search', 'zed', 'acm') == ['zed@example.com']
    assert emails('search', 'nobody') == []
    assert shop.run('leads', 'search', 'nobody').out == 'There are no leads.\n'
    assert 'Acme' in shop.run('leads', 'list').out
    misused(shop, 'leads', 'list', '--sort', 'shoe size', says='email')
    misused(shop, 'leads', 'list', '--reach', 'x', says='unasked')
    misused(shop, 'leads', 'list', '--limit', '0')
    misused(shop, 'leads', 'search', says='WORDS')
    refused(shop, 'leads', 'list', '--tag', 'none', says='no tag')
    refused(shop, 'leads', 'list', '--source', 'seo:None', says='no source')
    refused(shop, 'leads', 'list', '--owns', 'NONE', says='NONE')
    refused(shop, 'leads', 'list', '--sequence', 'None', says='no sequence')


def test_columns_are_aligned(shop):
    shop.init()
    shop.run('leads', 'add', 'a@example.com', '--first-name', '日本', '--city', 'X')
    shop.run('leads', 'add', 'b@example.com', '--first-name', 'e\u0301te\u0301', '--city', 'X')
    heading, first, second = shop.run('leads', 'list').lines
    assert first.index('X') + 2 == heading.index('City') and second.index('X') - 2 == heading.index('City')


def test_delete(shop):
    shop.init()
    shop.run('leads', 'add', 'ann@example.com')
    shop.run('leads', 'delete', 'ann@example.com')
    refused(shop, 'leads', 'delete', 'ann@example.com', says='no lead')
    shop.run('leads', 'add', 'bob@example.com')
    shop.run('product', 'add', 'KIT', '--name', 'Kit', '--price', '49')
    shop.run('order', 'add', 'bob@example.com', 'KIT')
    refused(shop, 'leads', 'delete', 'bob@example.com')
    shop.run('check')


def big_file(shop, rows):
    with open(shop.folder / 'big.csv', 'w', encoding='utf-8') as file:
        file.write('Email,First Name,City\n')
        file.writelines(f'lead{n}@example.com,Lead{n},City{n % 97}\n' for n in range(rows))
    return shop.folder / 'big.csv'


def test_cancel(shop):
    """Ctrl+C in the middle of a large import leaves nothing of it."""
    shop.init()
    process = shop.start('leads', 'import', big_file(shop, 400000))
    time.sleep(0.7)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 1 and b'Nothing of it was written' in err and out == b'', (out, err)
    assert shop.json('leads', 'list') == []
    shop.run('check')


def test_progress_at_a_terminal(shop):
    shop.init()
    ours, theirs = pty.openpty()
    process = subprocess.Popen(shop.words('leads', 'import', big_file(shop, 200000)), env=shop.env,
                               stdout=subprocess.PIPE, stderr=theirs)
    os.close(theirs)
    process.communicate(timeout=100)
    shown = b''
    while select.select([ours], [], [], 0.2)[0]:
        try:
            shown += os.read(ours, 65536)
        except OSError:
            break
    os.close(ours)
    assert process.returncode == 0 and b'rows read' in shown and b'%' in shown, shown[-200:]


def test_a_list_that_nobody_reads_to_its_end(shop):
    shop.init()
    shop.run('leads', 'import', big_file(shop, 30000))
    for words in (['leads', 'list'], ['leads', 'list', '--json']):
        process = shop.start(*words)
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b'' and process.wait(timeout=30) == 0
    assert len(shop.json('leads', 'list')) == 30000


if __name__ == '__main__':
    main(globals())
