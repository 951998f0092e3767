// message-judges.js: what others say of the messages that Rungs makes: those of the demo business, and
// one of every block. The W3C's checker finds nothing wrong in the HTML, and SpamAssassin, which asks
// nobody on the network, nothing of weight in the mail.
//
//   node message-judges.js RUNGSCTL MIME-COMPOSE
'use strict';

const { execFileSync, spawnSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');

const WORST_SCORE = 0.5; // of the 5 that make spam
const DOT = 'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';
const EVERY_BLOCK = [
  { type: 'heading', level: 1, text: 'Glaze for {{ lead.first_name }}' },
  { type: 'text', text: '**Three** [glazes](https://a.example/?a=1&b=2) that *hold*:\n\n- Rain\n- Oatmeal\n\n> quoted\n\n`code`\n\n![a dot](picture:dot)' },
  { type: 'picture', picture: 'dot', alt: 'A dot', link: 'https://a.example/', width: 300 },
  { type: 'picture', picture: 'dot', decorative: true },
  { type: 'product', sku: 'KIT', text: 'All that you need', button: 'See what is in it' },
  { type: 'columns', weights: [2, 1, 1], columns: [
    [{ type: 'text', text: 'left' }, { type: 'button', text: 'Read on', link: 'https://a.example/l' }],
    [{ type: 'heading', text: 'Middle' }, { type: 'product', sku: 'GUIDE' }], [] ] },
  { type: 'divider' },
  { type: 'html', html: '<table style="width:100%"><tr><td>raw</td></tr></table><script>x()</script>' },
  { type: 'signature' },
];

const [rungsctl, compose] = process.argv.slice(2);
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'rungs-judges-'));
process.on('exit', () => fs.rmSync(folder, { recursive: true }));
const write = (name, data) => { fs.writeFileSync(path.join(folder, name), data); return path.join(folder, name); };
const run = (...words) => JSON.parse(execFileSync(rungsctl, [...words, '--file', path.join(folder, 'b.db'), '--json'],
                                                  { encoding: 'utf8', maxBuffer: 1 << 26 }));

function makeMessages() {
  run('init', '--demo');
  run('business', 'set', '--signature', '**Orla**\n[the studio](https://a.example/)');
  run('picture', 'add', write('dot.gif', Buffer.from(DOT, 'base64')));
  for (const language of ['en', 'de', 'he'])
    run('message', 'add', `Every block, ${language}`, write('m.json', JSON.stringify({
      subject: 'Three glazes that hold', preview: 'One of each', purpose: 'p', value: 'v', language, blocks: EVERY_BLOCK })));
  return run('message', 'list').map(m => ({ name: m.name, ...run('message', 'preview', m.name) }));
}

// What the W3C's checker has against each page: name -> sentences.
function checkPages(messages) {
  const jar = require.resolve('vnu-jar/build/dist/vnu.jar');
  const files = messages.map((m, i) => write(`${i}.html`, m.html));
  const answer = spawnSync('java', ['-Xmx512m', '-jar', jar, '--format', 'json', ...files], { encoding: 'utf8', maxBuffer: 1 << 26 });
  const found = new Map();
  if (answer.error) throw answer.error;
  for (const { url, message, extract } of JSON.parse(answer.stderr).messages) {
    const name = messages[parseInt(path.basename(url), 10)].name;
    found.set(name, [...(found.get(name) ?? []), `${message} (${extract})`]);
  }
  return found;
}

// The mail of each message, its pictures beside the HTML as they are sent.
function composeMails(messages) {
  const cases = messages.map(({ subject, text, html }, i) => {
    const pictures = [];
    const sent = html.replace(/data:([a-z/]+);base64,([A-Za-z0-9+/=]+)/g, (_, media_type, data) => {
      if (pictures.length === 0) pictures.push({ content_id: 'a@pictures.invalid', media_type, name: 'a', data });
      return 'cid:a@pictures.invalid';
    });
    return { subject, text, html: sent, pictures, to_email: 'ann@example.com', to_name: 'Ann Smith',
             message_id: `${i}.1@example.com`, list_id: 'a.example.com', list_name: 'Shop',
             unsubscribe: 'mailto:shop@example.com?subject=unsubscribe' };
  });
  return JSON.parse(execFileSync(compose, [write('cases.json', JSON.stringify(cases))], { encoding: 'utf8', maxBuffer: 1 << 28 }))
    .map(mail => Buffer.from(mail, 'base64').toString('latin1').replace(/\r\n/g, '\n'));
}

// The scores that SpamAssassin gives, with the rules behind them.
function scoreMails(mails) {
  const box = mails.map(mail => `From shop@example.com Mon Mar  2 09:00:00 2026\n${mail.replace(/^From /gm, '>From ')}\n`).join('');
  const answer = spawnSync('spamassassin', ['--local', '--nocreate-prefs', '--mbox'],
                           { input: Buffer.from(box, 'latin1'), maxBuffer: 1 << 28, env: { ...process.env, HOME: folder } });
  if (answer.error) throw answer.error;
  return [...answer.stdout.toString('latin1').replace(/\n[ \t]+/g, ' ').matchAll(/^X-Spam-Status: .*?score=(-?[\d.]+).*?tests=(\S+)/gm)]
    .map(([, score, rules]) => ({ score: Number(score), rules }));
}

const messages = makeMessages();
const wrong = checkPages(messages);
const scores = scoreMails(composeMails(messages));
console.log(`1..${2 * messages.length + 1}`);
messages.forEach(({ name }, i) => {
  const told = wrong.get(name) ?? [];
  console.log(`${told.length ? 'not ok' : 'ok'} ${2 * i + 1} - the HTML of ${name}`);
  for (const sentence of told) console.log(`# ${sentence.replace(/\s+/g, ' ')}`);
  const { score, rules } = scores[i] ?? {};
  console.log(`${score <= WORST_SCORE ? 'ok' : 'not ok'} ${2 * i + 2} - SpamAssassin on ${name}`);
  if (!(score <= WORST_SCORE)) console.log(`# ${score}: ${rules}`);
});
// The judge is awake: it has something against a page that is wrong.
const bad = checkPages([{ name: 'bad', html: messages[0].html.replace('<title>', '<titel>') }]);
console.log(`${bad.size === 1 ? 'ok' : 'not ok'} ${2 * messages.length + 1} - the checker sees what is wrong`);
