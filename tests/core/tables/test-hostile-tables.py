#!/usr/bin/env python3
"""Tables that are broken, or made to break the reader: each is read right, or refused in plain words, in bounded memory.

usage: test-hostile-tables.py PRINTER FOLDER; prints TAP. PRINTER is table-print, FOLDER has files of LibreOffice. """

import json
import os
import pathlib
import random
import struct
import subprocess
import sys
import tempfile
import traceback
import zipfile

PRINTER, FILES = sys.argv[1], pathlib.Path(sys.argv[2])
# What a reader may take on top of what a program takes that reads nothing; a sanitizer takes more.
MEMORY = 96 * 1024 * 1024 * (4 if 'ASAN_OPTIONS' in os.environ else 1)
FOLDER = tempfile.TemporaryDirectory(prefix='rungs-tables-')
INVALID = 2

TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
RELATION = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
SHEET = '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'
MIME = 'application/vnd.oasis.opendocument.spreadsheet'
CONTENT = ('<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
           ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
           ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
           '<table:table table:name="S">%s</table:table></office:spreadsheet></office:body></office:document-content>')


def cell(text, place=None):
    at = f' r="{place}"' if place else ''
    return f'<c{at} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def book(rows='<row>' + cell('Email') + '</row>', sheet=None, strings=None, folder='xl/', more=None):
    """The parts of a workbook of one sheet."""
    return {
        '[Content_Types].xml': TYPES,
        '_rels/.rels': f'<Relationships><Relationship Id="a" Type="{RELATION}officeDocument" Target="{folder}workbook.xml"/></Relationships>',
        f'{folder}workbook.xml': f'<workbook xmlns:r="{RELATION}"><sheets><sheet name="S" sheetId="1" r:id="b"/></sheets></workbook>',
        f'{folder}_rels/workbook.xml.rels': f'<Relationships><Relationship Id="b" Type="{RELATION}worksheet" Target="worksheets/sheet1.xml"/>'
                                            f'<Relationship Id="c" Type="{RELATION}sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        f'{folder}worksheets/sheet1.xml': sheet if sheet is not None else SHEET % rows,
        **({f'{folder}sharedStrings.xml': strings} if strings else {}),
        **(more or {}),
    }


def ods(rows, **more):
    return {'mimetype': MIME, 'content.xml': CONTENT % rows, **more}


def pack(parts, name='t.xlsx', method=zipfile.ZIP_DEFLATED):
    path = pathlib.Path(FOLDER.name) / name
    with zipfile.ZipFile(path, 'w', method) as archive:
        for part, content in parts.items():
            with archive.open(part, 'w', force_zip64=False) as out:
                for piece in [content] if isinstance(content, (str, bytes)) else content:
                    out.write(piece.encode() if isinstance(piece, str) else piece)
    return path


def write(content, name='t.xlsx'):
    path = pathlib.Path(FOLDER.name) / name
    path.write_bytes(content)
    return path


def read(*words):
    return json.loads(subprocess.run([PRINTER, *map(str, words)], check=True, capture_output=True).stdout)


LEAST = read('--count', write(b'a,b\n1,2\n', 'least.csv'))['memory']


def count(path, memory=MEMORY):
    """As the importer reads, which keeps no row."""
    told = read('--count', path)
    assert told['memory'] < LEAST + memory, (told['memory'] - LEAST) >> 20
    return told


def rows_of(path, *sheet):
    told = read(path, *sheet)
    assert 'error' not in told, told['error']
    return [row['fields'] for row in told['rows']]


def refused(path, *words, rows=None, memory=MEMORY):
    told = count(path, memory)
    assert told['error'] and read(path)['code'] == INVALID, told
    for word in words:
        assert word in told['error'], told['error']
    assert not any(word in told['error'] for word in ('XML', 'libarchive', 'parser', 'zlib')), told['error']
    assert rows is None or told['count'] <= rows, told


def problem_of(path):
    count(path)
    return [row.get('problem') for row in read(path)['rows']]


def test_plain():
    assert rows_of(pack(book('<row r="2">' + cell('Email', 'B2') + cell('N', 'D2') + '</row>'))) == [['', 'Email', '', 'N']]
    assert rows_of(pack(ods('<table:table-row><table:table-cell><text:p>Email</text:p></table:table-cell></table:table-row>'), 't.ods')) == [['Email']]


def test_stored_without_compression():
    assert rows_of(pack(book(), method=zipfile.ZIP_STORED)) == [['Email']]


def test_strange_names():
    parts = book()
    assert rows_of(pack({name.replace('/', '\\'): text for name, text in parts.items()})) == [['Email']]
    assert rows_of(pack({('/' + name).upper(): text for name, text in parts.items()})) == [['Email']]
    assert rows_of(pack(book(folder='somewhere/else/', more={'xl/workbook.xml': '<nothing/>'}))) == [['Email']]
    del parts['_rels/.rels']
    assert rows_of(pack(parts)) == [['Email']]
    up = book(more={'../../../tmp/evil': 'x', '..\\evil': 'x', '': 'x'})
    assert rows_of(pack(up)) == [['Email']]


def test_missing_parts():
    for name in book():
        parts = book()
        del parts[name]
        told = read(pack(parts))
        assert told.get('rows') == [{'line': 1, 'fields': ['Email']}] or told['code'] >= 0, told
    parts = book()
    del parts['xl/worksheets/sheet1.xml']
    assert 'missing' in read(pack(parts))['error']
    refused(pack({'mimetype': MIME, 'content.xml': '<nothing'}, 't.ods'), 'damaged')


def test_cut_off_and_flipped():
    """However a file is damaged: no crash, and what is said is for people."""
    for name in ('people.xlsx', 'people.ods'):
        whole = (FILES / name).read_bytes()
        for size in (4, 30, 100, len(whole) // 2, len(whole) - 30, len(whole) - 1):
            refused(write(whole[:size], 'cut'), 'damaged')
        for place in range(random.randrange(211), len(whole), 211):
            flipped = bytearray(whole)
            flipped[place] ^= 0xff
            told = read(write(bytes(flipped), 'flipped'))
            assert told.get('error', 'x'), told


def test_other_files():
    refused(FILES / 'people.xls', '.xls', '.xlsx')
    refused(pack({'[Content_Types].xml': TYPES, 'word/document.xml': '<w/>'}, 't.docx'), 'CSV')
    refused(pack({'mimetype': MIME.replace('spreadsheet', 'text'), 'content.xml': '<x/>'}, 't.odt'))
    refused(pack({'Index/Document.iwa': 'x'}, 't.numbers'), 'Numbers')
    refused(pack({'leads.csv': 'Email\n'}, 't.zip'), 'ZIP')
    refused(pack({'[Content_Types].xml': TYPES, 'xl/workbook.bin': 'x'}, 't.xlsb'), 'Excel')


def test_passwords():
    whole = bytearray(pack(book()).read_bytes())
    for mark, flags in ((b'PK\3\4', 6), (b'PK\1\2', 8)):
        at = whole.find(mark)
        while at >= 0:
            whole[at + flags] |= 1
            at = whole.find(mark, at + 4)
    refused(write(bytes(whole)), 'password')
    manifest = '<m:manifest xmlns:m="m"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>'
    refused(pack(ods('', **{'META-INF/manifest.xml': manifest}), 't.ods'), 'password')
    head = bytearray(512)
    head[:8] = bytes.fromhex('d0cf11e0a1b11ae1')
    struct.pack_into('<HHHH', head, 24, 0x3e, 3, 0xfffe, 9)
    struct.pack_into('<I', head, 48, 0)
    refused(write(bytes(head) + 'Root Entry'.encode('utf-16le').ljust(128, b'\0') + 'EncryptedPackage'.encode('utf-16le').ljust(128, b'\0')),
            'password')


def test_entities():
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + ''.join(
        f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(12)) + ']>'
    sheet = (SHEET % ('<row>' + cell('&m;') + '</row>')).replace('<worksheet', bomb + '<worksheet')
    refused(pack(book(sheet=sheet)), 'not written as spreadsheets are', rows=0)
    refused(pack(book(sheet=sheet.replace('<?xml version="1.0"?>', '<?xml version="1.0" encoding="UTF-16"?>').encode('utf-16'))), rows=0)
    outside = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    refused(pack(book(sheet=(SHEET % ('<row>' + cell('&a;') + '</row>')).replace('<worksheet', outside + '<worksheet'))), rows=0)
    refused(pack(ods('').copy() | {'content.xml': (CONTENT % '').replace('<office:document', bomb + '<office:document', 1)}, 't.ods'), rows=0)
    refused(pack(book(strings='<!DOCTYPE sst SYSTEM "http://127.0.0.1/x.dtd"><sst/>')), rows=0)
    refused(pack(book('<row>' + cell('&undefined;') + '</row>')), 'damaged')


def test_zip_bombs():
    block = '<row/>' * 100000
    refused(pack(book(sheet=[SHEET.split('%s')[0], *([block] * 1500)])), 'far more', rows=0)
    refused(pack(book(strings=['<sst><si><t>', *[' ' * 1000000] * 900])), 'far more', rows=0)
    refused(pack(book(strings=['<sst>', *['<si/>' * 100000] * 900])), 'more texts', rows=0, memory=3 * MEMORY)
    refused(pack(ods('').copy() | {'content.xml': [CONTENT.split('%s')[0], *[' ' * 1000000] * 900]}, 't.ods'), rows=0)


def test_one_text_a_million_times():
    strings = '<sst><si><t>Email</t></si><si><t>' + 'x' * 1000000 + '</t></si></sst>'
    rows = '<row><c t="s"><v>0</v></c></row>' + '<row><c t="s"><v>1</v></c></row>' * 20000
    told = count(pack(book(rows, strings=strings)))
    assert 'far more' in told['error'], told


def test_too_many_parts():
    path = pathlib.Path(FOLDER.name) / 'many.xlsx'
    with zipfile.ZipFile(path, 'w') as archive:
        for i in range(100000):
            archive.writestr(zipfile.ZipInfo(f'xl/part{i}'), b'')
    refused(path, 'too many parts')


def test_columns():
    wide = ''.join(f'<c r="{place}1"><v>1</v></c>' for place in ('A', 'XFD', 'XFE', 'ZZZZZ'))
    assert problem_of(pack(book(f'<row>{wide}</row><row>{cell("a")}</row>'))) == ['the row has more than 16,384 fields', None]
    many = '<row>' + '<c><v>1</v></c>' * 1000000 + '</row>'
    assert problem_of(pack(book(many))) == ['the row has more than 16,384 fields']
    last = ''.join(f'<row><c r="XFD{i}"><v>1</v></c></row>' for i in range(2000))
    assert count(pack(book(last)))['count'] == 2000
    backwards = '<row>' + cell('b', 'B1') + cell('a', 'A1') + cell('c', 'B1') + '</row>'
    assert rows_of(pack(book(backwards))) == [['a', 'c']]


def test_repeated_cells():
    cell_of = '<table:table-cell table:number-columns-repeated="%s"><text:p>x</text:p></table:table-cell>'
    assert problem_of(pack(ods('<table:table-row>' + cell_of % 2147483647 + '</table:table-row>'), 't.ods')) == ['the row has more than 16,384 fields']
    row = '<table:table-row table:number-rows-repeated="%s">' + cell_of % 1 + '</table:table-row>'
    assert count(pack(ods(row % 1048576), 't.ods'))['count'] == 1048576
    for times in (1048577, 2147483647):
        told = count(pack(ods(row % times), 't.ods'))
        assert 'more than 1,048,576 rows' in told['error'], told
    spaces = '<table:table-row><table:table-cell><text:p>a<text:s text:c="2147483647"/></text:p></table:table-cell></table:table-row>'
    assert problem_of(pack(ods(spaces), 't.ods')) == ['the row is longer than 1 MB']


def test_depth_and_length():
    refused(pack(book('<row>' + '<c>' * 100000)), 'damaged')
    assert problem_of(pack(book('<row>' + cell('y' * 3000000) + '</row>'))) == ['the row is longer than 1 MB']
    refused(pack(book('<row x="' + os.urandom(12000000).hex() + '"/>')), 'damaged')
    refused(pack(book(sheet='<worksheet><sheetData><row ' + os.urandom(8000000).hex())), 'damaged')
    names = ''.join(f'<e{os.urandom(40).hex()}/>' for i in range(1000000))
    refused(pack(book(names)), 'damaged', memory=3 * MEMORY)  # libxml2 keeps 10 MB of names, with what it finds them by


def test_what_is_no_text():
    refused(pack(book('<row>' + cell('a\0b') + '</row>')), 'damaged')
    refused(pack(book(sheet=(SHEET % ('<row>' + cell('a?b') + '</row>')).encode().replace(b'?b', b'\xff\xfeb'))), 'damaged')
    assert rows_of(pack(book('<row>' + cell('a_x0000_b_xD83D_c_x0009_') + '</row>'))) == [['abc\t']]


def test_people():
    long, right, bee = 'N' * 10000, '\u202eدבורה\u200f كريم', '🐝👩‍👩‍👧‍👦'
    assert rows_of(pack(book('<row>' + cell(long) + cell(right) + cell(bee) + '</row>'))) == [[long, right, bee]]


def test_numbers():
    kinds = ['1e999', '-0', '1e300', 'nan', '0x10', '', '12abc', '9007199254740993', '0.1', '1E2', '-5']
    row = '<row>' + ''.join(f'<c r="{chr(65 + i)}1"><v>{text}</v></c>' for i, text in enumerate(kinds)) + '</row>'
    assert rows_of(pack(book(row))) == [['1e999', '0', '1e300', 'nan', '16', '', '12abc', '9007199254740992', '0.1', '100', '-5']]
    far = '<row><c t="s"><v>99999999999</v></c><c t="s"><v>-1</v></c><c s="99"><v>1</v></c><c t="strange-and-long"><v>2</v></c></row>'
    assert rows_of(pack(book(far))) == [['', '', '1', '2']]


def test_lines():
    """CSV: one line of a gigabyte, a million columns, NUL bytes, broken UTF-8."""
    path = pathlib.Path(FOLDER.name) / 'long.csv'
    with open(path, 'wb') as out:
        out.write(b'Email,Name\nann@example.com,Ann\n')
        for _ in range(1024):
            out.write(b'x' * (1 << 20))
        out.write(b'\nbob@example.com,Bob\n')
    assert problem_of(path) == [None, None, 'the line is longer than 1 MB', None]
    assert problem_of(write(b'Email,N\n' + b',' * 1000000 + b'\nann@example.com,A\n')) == [None, 'the row has more than 16,384 fields', None]
    assert problem_of(write(b'Email,N\na\0b@example.com,A\n', 'nul.csv'))[1] is not None
    assert rows_of(write('Email,N\na@example.com,'.encode() + 'é'.encode() * 9 + b'\xff\xfeok\n', 'broken.csv'))[1][1].endswith('ok')


def main():
    tests = [(name[5:].replace('_', '-'), test) for name, test in globals().items() if name.startswith('test_')]
    failed = 0
    print(f'1..{len(tests)}')
    for number, (name, test) in enumerate(tests, 1):
        try:
            test()
            print(f'ok {number} /tables/hostile/{name}', flush=True)
        except Exception:  # pylint: disable=broad-except
            failed += 1
            print('\n'.join(f'# {line}' for line in traceback.format_exc().splitlines()))
            print(f'not ok {number} /tables/hostile/{name}', flush=True)
    FOLDER.cleanup()
    sys.exit(1 if failed else 0)


main()
