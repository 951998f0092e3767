// sheet-compare.js: holds the rows of spreadsheets against SheetJS, which reads them too, and writes some of them.
//
//   node sheet-compare.js PRINTER FOLDER [--spoil]
//
// FOLDER has files that LibreOffice made. One line of TAP per sheet. --spoil changes one of our values, so that a test
// can see this one fail.
'use strict';

const { execFileSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');
const XLSX = require('xlsx');

const [printer, folder, spoil] = process.argv.slice(2);
const OPTIONS = { cellNF: true, cellText: false, cellDates: false };
const pad = (number, width) => String(number).padStart(width, '0');
const clock = (h, m, s) => `${pad(h, 2)}:${pad(m, 2)}` + (s ? `:${pad(s, 2)}` : '');

// What a number means by its format, as SheetJS knows it.
function numberText(cell, date1904) {
  const format = cell.z || 'General';
  if (/^0{2,}$/.test(format)) return pad(cell.v, format.length);
  if (/%/.test(format)) return `${parseFloat((cell.v * 100).toPrecision(15))}%`;
  if (/\[h+\]/i.test(format)) {
    const seconds = Math.round(cell.v * 86400);
    return clock(Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60);
  }
  if (!XLSX.SSF.is_date(format)) return String(parseFloat(cell.v.toPrecision(15)));
  const at = XLSX.SSF.parse_date_code(cell.v, { date1904 });
  const time = clock(at.H, at.M, at.S);
  if (!/[yd]/i.test(format)) return time;
  const day = `${at.y}-${pad(at.m, 2)}-${pad(at.d, 2)}`;
  return /[hs]/i.test(format) && time !== '00:00' ? `${day} ${time}` : day;
}

function cellText(cell, date1904) {
  if (cell === undefined || cell.t === 'e' || cell.t === 'z') return '';
  if (cell.t === 'b') return cell.v ? 'yes' : 'no';
  if (cell.t === 'n') return numberText(cell, date1904);
  return cell.v.replaceAll('\r\n', '\n');
}

function expectedRows(book, name) {
  const sheet = book.Sheets[name];
  const date1904 = Boolean(book.Workbook?.WBProps?.date1904);
  if (sheet['!ref'] === undefined) return [];
  const { s, e } = XLSX.utils.decode_range(sheet['!ref']);
  const rows = [];
  for (let r = s.r; r <= e.r; r++) {
    const fields = [];
    for (let c = 0; c <= e.c; c++) fields.push(cellText(sheet[XLSX.utils.encode_cell({ r, c })], date1904));
    while (fields.length > 0 && fields[fields.length - 1] === '') fields.pop();
    if (fields.length > 0) rows.push({ line: r + 1, fields });
  }
  return rows;
}

// Books that SheetJS writes, with what the files of LibreOffice do not have.
function made() {
  const day = (text) => (Date.parse(text + 'Z') - Date.UTC(1899, 11, 30)) / 86400000;
  const cells = [
    ['Email', 'When', 'How many', 'Postcode', 'Hours', 'Text'],
    ['ann@example.com', { t: 'n', v: day('2026-02-28T23:59:59'), z: 'dd/mm/yyyy hh:mm:ss' }, 0.1 + 0.2,
      { t: 'n', v: 1067, z: '00000' }, { t: 'n', v: 1.25, z: '[h]:mm' }, 'a\nb  c\t"d" <e> & \u00e9\u{1f41d}'],
    ['bob@example.com', { t: 'n', v: day('1900-01-01T00:00'), z: 'd-mmm-yy' }, 1e15, { t: 'n', v: 12345, z: '000' },
      { t: 'n', v: 0.5, z: 'h:mm' }, '_x0041_ _x000D_'],
    [],
    ['cem@example.com', { t: 'n', v: day('2000-02-29T00:00'), z: 'm/d/yy' }, -12.5, { t: 'n', v: 0.125, z: '0.0%' }, true,
      'x'.repeat(20000)],
    ['dora@example.com', { t: 'n', v: day('1899-12-30T12:30'), z: 'h:mm' }, 4917012345678, 0, false, ' kept '],
  ];
  const files = [];
  for (const [bookSST, date1904] of [[false, false], [true, false], [true, true]]) {
    const book = XLSX.utils.book_new();
    const rows = date1904 ? cells.map((row) => row.filter((value) => value?.t !== 'n' || !/[yd]/.test(value.z))) : cells;
    XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet([[]]), 'Nothing');
    XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet(rows), 'Leute & mehr');
    if (date1904) book.Sheets['Leute & mehr'].H2 = { t: 'n', v: 44561.5, z: 'yyyy-mm-dd hh:mm' };
    if (date1904) book.Sheets['Leute & mehr']['!ref'] = 'A1:H6';
    book.Workbook = { WBProps: { date1904 } };
    const file = path.join(os.tmpdir(), `rungs-${process.pid}-${files.length}.xlsx`);
    XLSX.writeFile(book, file, { bookSST, compression: true });
    files.push(file);
  }
  return files;
}

const own = made();
const files = [path.join(folder, 'people.xlsx'), path.join(folder, 'people.ods'), ...own];
const lines = [];
let spoiled = spoil === undefined;

for (const file of files) {
  const book = XLSX.readFile(file, OPTIONS);
  const first = JSON.parse(execFileSync(printer, [file], { encoding: 'utf8' }));
  const names = book.SheetNames;
  const wanted = names.find((name) => expectedRows(book, name).length > 0);
  lines.push([first.sheet === wanted && JSON.stringify(first.sheets) === JSON.stringify(names), `sheets of ${path.extname(file)}`,
    `${first.sheet} of ${first.sheets}`, `${wanted} of ${names}`]);
  for (const name of names) {
    const got = JSON.parse(execFileSync(printer, [file, name], { encoding: 'utf8', maxBuffer: 1 << 28 }));
    if (!spoiled && got.rows?.length > 0) {
      got.rows[0].fields[0] += '!';
      spoiled = true;
    }
    // SheetJS does not read the formats of .ods; both files of LibreOffice are of one table
    const same = file.endsWith('.ods') ? XLSX.readFile(files[0], OPTIONS) : book;
    const expected = expectedRows(same, name);
    lines.push([JSON.stringify(got.rows) === JSON.stringify(expected), `${path.extname(file)} ${name}`, JSON.stringify(got.rows) ?? got.error,
      JSON.stringify(expected)]);
  }
}
own.forEach((file) => fs.unlinkSync(file));

console.log(`1..${lines.length}`);
lines.forEach(([ok, name, got, wanted], i) => {
  console.log(`${ok ? 'ok' : 'not ok'} ${i + 1} - ${name}`);
  if (!ok) console.log(`# wanted ${wanted.slice(0, 2000)}\n# got    ${got.slice(0, 2000)}`);
});
