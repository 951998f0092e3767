// form-judges.js: what the W3C's checker says of forms as HTML: of every kind of field, with what means
// harm in every text, as a page, as a snippet, to paste, and of the page that thanks.
//
//   node form-judges.js RUNGSCTL
'use strict';

const { execFileSync, spawnSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');

const EVIL = '"><script>alert(1)</script>{{hidden}}</style>\'&amp;';
const choices = n => Array.from({ length: n }, (_, i) => ({ value: `v${i}`, label: `${EVIL} ${i}` }));
const FORM = {
  title: EVIL, intro: `${EVIL}\n\nTwo\nlines`, button: EVIL,
  fields: [
    { key: 'email', label: EVIL, help: EVIL, required: true },
    ...['first_name', 'last_name', 'full_name', 'company', 'phone', 'street', 'postcode', 'city', 'region', 'country']
      .map(key => ({ key, label: key, required: key === 'first_name' })),
    { key: 'question:one', kind: 'choice', label: EVIL, help: 'One', choices: choices(3), required: true },
    { key: 'question:list', kind: 'choice', label: 'A long one', help: 'Open it', choices: choices(12), required: true },
    { key: 'question:more', kind: 'choices', label: 'Several', choices: choices(3), required: true },
    { key: 'question:box', kind: 'check', label: 'A box', help: 'Tick it', required: true },
    { key: 'question:long', kind: 'long', label: 'Your words' },
    { key: 'question:number', kind: 'number', label: 'How many' },
    { key: 'question:date', kind: 'date', label: 'When' },
  ],
  consent: { wording: EVIL, required: true },
  thanks: { title: EVIL, text: EVIL },
};

const [rungsctl] = process.argv.slice(2);
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'rungs-forms-'));
process.on('exit', () => fs.rmSync(folder, { recursive: true }));
const write = (name, data) => { fs.writeFileSync(path.join(folder, name), data); return path.join(folder, name); };
const run = (...words) => JSON.parse(execFileSync(rungsctl, [...words, '--file', path.join(folder, 'b.db'), '--json'], { encoding: 'utf8' }));

run('init', '--name', 'Tea & Co');
run('form', 'add', 'Every field', '--from', write('form.json', JSON.stringify(FORM)));
run('form', 'publish', 'Every field');
const within = html => `<!DOCTYPE html>\n<html lang="en"><head><title>A site</title></head><body><h1>A site</h1>${html}</body></html>`;
const pages = ['page', 'snippet', 'paste', 'thanks'].map(shape => {
  const { html } = run('form', 'html', 'Every field', '--shape', shape, '--relay', 'https://relay.example');
  return { shape, html: shape === 'snippet' || shape === 'paste' ? within(html) : html, size: Buffer.byteLength(html) };
});

const jar = require.resolve('vnu-jar/build/dist/vnu.jar');
const files = pages.map(({ shape, html }) => write(`${shape}.html`, html));
const answer = spawnSync('java', ['-Xmx512m', '-jar', jar, '--format', 'json', ...files], { encoding: 'utf8', maxBuffer: 1 << 26 });
if (answer.error) throw answer.error;
// A style sheet stands where a snippet is put, which is in the body.
const said = JSON.parse(answer.stderr).messages.filter(m => !/Element “style” not allowed as child/.test(m.message));

console.log(`1..${pages.length}`);
pages.forEach(({ shape, size }, i) => {
  const found = said.filter(m => path.basename(m.url) === `${shape}.html`);
  found.forEach(m => console.log(`# ${m.message} (${m.extract})`));
  if (size >= 30000) console.log(`# ${size} bytes`);
  console.log(`${found.length || size >= 30000 ? 'not ok' : 'ok'} ${i + 1} /forms/${shape}`);
});
