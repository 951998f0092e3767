// provider-judges.js: what we ask of a provider is what its own library asks, said for said: the same
// message is handed over by both to the same server, and the two requests are held against each other.
//
//   node provider-judges.js SENDER COMPOSER [--spoil]
'use strict';

const { spawn, spawnSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');
const { KEY } = require('../../support/provider-shapes.js');

const [sender, composer, spoil] = process.argv.slice(2);
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'rungs-test-'));
const log = path.join(folder, 'log');
const root = process.env.G_TEST_SRCDIR;

const PNG = Buffer.from('89504e470d0a1a0a0000ff', 'hex').toString('base64');
const MAIL = {
  from_name: 'Töpferei Rad', from_email: 'shop@business.example', to_name: 'Bob Größe', to_email: 'ok@example.org',
  reply_to: 'answers@business.example', subject: 'Grüße — 50 % ✓', text: 'Guten Tag\n\nEin Gruß.\n',
  html: '<p>Guten Tag</p><img src="cid:wheel@pictures.rungs" alt="">', message_id: '17.95@business.example',
  unsubscribe: 'mailto:answers@business.example?subject=unsubscribe%20x', list_name: 'Rad', list_id: '0e.business.example',
  pictures: [{ content_id: 'wheel@pictures.rungs', media_type: 'image/png', name: 'wheel', data: PNG }],
};
const SINCE = Date.parse('2026-03-01T09:00:00Z');
const NOW = Date.parse('2026-03-02T09:00:00Z');

function compose() {
  const file = path.join(folder, 'case.json');
  fs.writeFileSync(file, JSON.stringify([MAIL]));
  const made = spawnSync(composer, [file], { encoding: 'utf8' });
  return Buffer.from(JSON.parse(made.stdout)[0], 'base64');
}

function sendOurs(provider, base, mime) {
  return spawnSync(sender, [provider, base, MAIL.from_email, MAIL.to_email, MAIL.message_id], { input: mime, encoding: 'utf8' }).stdout;
}

// The headers that are ours to carry, as they stand in the message.
function headersOf(mime) {
  const head = mime.toString('utf8').split('\r\n\r\n')[0].replace(/\r\n[ \t]+/g, ' ').split('\r\n');
  const all = head.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]);
  return all.filter(([name]) => ['Message-ID', 'List-Id', 'List-Unsubscribe', 'List-Unsubscribe-Post'].includes(name));
}

const LIBRARIES = {
  async postmark(base, mime, ours) {
    const { ServerClient } = require('postmark');
    const client = new ServerClient(KEY, { requestHost: base.replace('http://', ''), useHttps: false });
    await client.sendEmail({
      From: ours.From, To: ours.To, ReplyTo: MAIL.reply_to, Subject: MAIL.subject, TextBody: ours.TextBody, HtmlBody: ours.HtmlBody,
      MessageStream: 'broadcast', TrackOpens: false, TrackLinks: 'None',
      Headers: [{ Name: 'X-PM-KeepID', Value: 'true' }, ...headersOf(mime).map(([Name, Value]) => ({ Name, Value }))],
      Attachments: [{ Name: 'wheel.png', ContentType: 'image/png', Content: PNG, ContentID: 'cid:wheel@pictures.rungs' }],
    });
  },
  async mailgun(base, mime) {
    const Mailgun = require('mailgun.js').default || require('mailgun.js');
    const FormData = require('form-data');
    const client = new Mailgun(FormData).client({ username: 'api', key: KEY, url: base });
    await client.messages.create('mg.business.example', { to: MAIL.to_email, 'o:tracking': 'no',
      message: mime });
  },
  async ses(base, mime) {
    const { SESv2Client, SendEmailCommand } = require('@aws-sdk/client-sesv2');
    const client = new SESv2Client({ region: 'eu-central-1', endpoint: base,
      credentials: { accessKeyId: 'AKIDEXAMPLEEXAMPLE', secretAccessKey: KEY } });
    await client.send(new SendEmailCommand({ FromEmailAddress: MAIL.from_email, Destination: { ToAddresses: [MAIL.to_email] },
      Content: { Raw: { Data: mime } } }));
  },
  async sendgrid(base, mime, ours) {
    const mail = require('@sendgrid/mail');
    mail.setApiKey(KEY);
    mail.client.setDefaultRequest('baseUrl', base + '/');
    await mail.send({
      from: { email: MAIL.from_email, name: MAIL.from_name }, to: { email: MAIL.to_email, name: MAIL.to_name },
      replyTo: { email: MAIL.reply_to }, subject: MAIL.subject,
      content: [{ type: 'text/plain', value: ours.content[0].value }, { type: 'text/html', value: ours.content[1].value }],
      headers: Object.fromEntries(headersOf(mime)),
      attachments: [{ content: PNG, type: 'image/png', filename: 'wheel.png', disposition: 'inline', content_id: 'wheel@pictures.rungs' }],
      trackingSettings: { clickTracking: { enable: false, enableText: false }, openTracking: { enable: false },
        subscriptionTracking: { enable: false } },
    });
  },
  async brevo(base, mime, ours) {
    const { BrevoClient } = require('@getbrevo/brevo');
    const client = new BrevoClient({ apiKey: KEY, baseUrl: base + '/v3' });
    await client.transactionalEmails.sendTransacEmail({
      sender: { email: MAIL.from_email, name: MAIL.from_name }, to: [{ email: MAIL.to_email, name: MAIL.to_name }],
      replyTo: { email: MAIL.reply_to }, subject: MAIL.subject, textContent: ours.textContent, htmlContent: ours.htmlContent,
      headers: { ...Object.fromEntries(headersOf(mime).filter(([name]) => name !== 'Message-ID')), idempotencyKey: ours.headers.idempotencyKey },
      attachment: [{ name: 'wheel.png', content: PNG }],
    });
  },
  async resend(base, mime, ours) {
    const { Resend } = require('resend');
    const client = new Resend(KEY, { baseUrl: base });
    const { error } = await client.emails.send({
      from: ours.from, to: [ours.to[0]], replyTo: MAIL.reply_to, subject: MAIL.subject, text: ours.text, html: ours.html,
      headers: Object.fromEntries(headersOf(mime)),
      attachments: [{ filename: 'wheel.png', content: PNG, contentType: 'image/png', contentId: 'wheel@pictures.rungs' }],
    }, { idempotencyKey: MAIL.message_id });
    if (error) throw new Error(JSON.stringify(error));
  },
};

// What the libraries ask to hear what became of mail: [our question, theirs].
const QUESTIONS = {
  async ses(base) {
    const { SESv2Client, ListSuppressedDestinationsCommand } = require('@aws-sdk/client-sesv2');
    const client = new SESv2Client({ region: 'eu-central-1', endpoint: base,
      credentials: { accessKeyId: 'AKIDEXAMPLEEXAMPLE', secretAccessKey: KEY } });
    await client.send(new ListSuppressedDestinationsCommand({ StartDate: new Date(SINCE - 2 * 3600000), PageSize: 1000 }));
    return 'suppressed';
  },
  async mailgun(base) {
    const Mailgun = require('mailgun.js').default || require('mailgun.js');
    const client = new Mailgun(require('form-data')).client({ username: 'api', key: KEY, url: base });
    await client.events.get('mg.business.example', { event: 'failed OR complained OR unsubscribed',
      begin: String((SINCE - 3600000) / 1000), ascending: 'yes', limit: 300 });
    return 'events';
  },
  async postmark(base) {
    const { ServerClient } = require('postmark');
    const client = new ServerClient(KEY, { requestHost: base.replace('http://', ''), useHttps: false });
    await client.getBounces({ count: 500, fromDate: '2026-02-28', offset: 0 });
    return 'bounces';
  },
  async brevo(base) {
    const { BrevoClient } = require('@getbrevo/brevo');
    const client = new BrevoClient({ apiKey: KEY, baseUrl: base + '/v3' });
    await client.transactionalEmails.getEmailEventReport({ event: 'hardBounces', startDate: '2026-02-28', endDate: '2026-03-02',
      limit: 2500, sort: 'asc', offset: 0 });
    return 'hard-bounces';
  },
  async resend(base) {
    const { Resend } = require('resend');
    await new Resend(KEY, { baseUrl: base }).emails.list({ limit: 100 });
    return 'emails';
  },
};

// ---- comparing

function readBody(request) {
  const body = Buffer.from(request.body, 'latin1');
  const type = request.headers['content-type'] || '';
  if (type.startsWith('application/json')) return JSON.parse(body.toString('utf8'));
  const boundary = /boundary="?([^";]+)/.exec(type)[1];
  const parts = {};
  for (const piece of request.body.split('--' + boundary).slice(1, -1)) {
    const at = piece.indexOf('\r\n\r\n');
    const name = /name="([^"]+)"/.exec(piece.slice(0, at))[1];
    parts[name] = { file: / filename="/.test(piece.slice(0, at)), value: piece.slice(at + 4, -2) };
  }
  return parts;
}

function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.keys(value).sort().map((name) => [name, sorted(value[name])]));
}

// What is not said is as good as said to be nothing.
function said(request) {
  const auth = ['authorization', 'x-postmark-server-token', 'api-key', 'idempotency-key'];
  const headers = Object.fromEntries(auth.map((name) => [name, request.headers[name]]).filter(([, value]) => value));
  if (headers.authorization && headers.authorization.startsWith('AWS4'))
    headers.authorization = headers.authorization.replace(/\/\d{8}\//, '/DAY/').replace(/, SignedHeaders=.*/, '');
  return sorted({ method: request.method, url: request.url, type: (request.headers['content-type'] || '').split(';')[0], headers,
    body: readBody(request) });
}

function readLog(prefix) {
  if (!fs.existsSync(log)) return [];
  return fs.readFileSync(log, 'utf8').split('\n').filter((line) => line.startsWith(prefix)).map((line) => line.slice(prefix.length));
}

function startServer() {
  const server = spawn('node', [path.join(root, 'tests/support/provider-server.js'), '--log', log, '--requests', '--events',
    path.join(root, 'tests/support/provider-events.json')], { stdio: ['pipe', 'pipe', 'inherit'] });
  return new Promise((resolve) => server.stdout.once('data', (line) => resolve({ server, port: /ready (\d+)/.exec(line)[1] })));
}

// The parameters of a query in any order; how their names are written makes no difference to Postmark.
function readQuestion(line) {
  const [method, url, who] = line.trim().split(' ');
  const parsed = new URL(url, 'http://x');
  return { method, path: parsed.pathname, who, query: Object.fromEntries([...parsed.searchParams].map(([name, value]) => [name.toLowerCase(), value]).sort()) };
}

async function judge(provider, base, mime) {
  fs.writeFileSync(log, '');
  const outcome = sendOurs(provider, base, mime);
  const ours = said(JSON.parse(readLog('!request ').at(-1) || '{"headers":{},"body":"{}"}'));
  if (!/^accepted/m.test(outcome)) return [`ours: ${outcome}`, ...readLog('!fault')];
  await LIBRARIES[provider](base, mime, ours.body);
  const theirs = said(JSON.parse(readLog('!request ').at(-1)));
  if (spoil) theirs.body.spoilt = true;
  const faults = readLog('!fault');
  if (readLog('!request ').length < 2) faults.push('the library asked nothing');
  const [a, b] = [JSON.stringify(ours, null, 1), JSON.stringify(theirs, null, 1)];
  if (a !== b) {
    const [x, y] = [a.split('\n'), b.split('\n')];
    const at = x.findIndex((line, i) => line !== y[i]);
    faults.push('ours:   ' + x.slice(at, at + 3).join(' ').slice(0, 300), 'theirs: ' + y.slice(at, at + 3).join(' ').slice(0, 300));
  }
  return faults;
}

async function judgeQuestion(provider, base) {
  fs.writeFileSync(log, '');
  const question = await QUESTIONS[provider](base);
  const theirs = readQuestion(readLog('!ask ').at(-1));
  spawnSync(sender, [provider, base, question, String(SINCE), String(NOW)], { encoding: 'utf8' });
  const ours = readQuestion(readLog('!ask ')[1] || 'none / nobody');
  if (spoil) theirs.query.spoilt = 'yes';
  for (const one of [ours, theirs])
    if (one.path.startsWith('/v2')) one.query.startdate = String(Date.parse(one.query.startdate));
  const [a, b] = [JSON.stringify(ours), JSON.stringify(theirs)];
  return a === b ? [] : ['ours:   ' + a, 'theirs: ' + b];
}

async function main() {
  const { server, port } = await startServer();
  const base = `http://127.0.0.1:${port}`;
  const mime = compose();
  const tests = [...Object.keys(LIBRARIES).map((name) => [`${name}/send`, () => judge(name, base, mime)]),
    ...Object.keys(QUESTIONS).map((name) => [`${name}/ask`, () => judgeQuestion(name, base)])];

  console.log(`1..${tests.length}`);
  for (const [number, [name, test]] of tests.entries()) {
    let faults;
    try {
      faults = await test();
    } catch (error) {
      faults = [String((error && error.stack) || error), ...readLog('!fault')];
    }
    for (const fault of faults) console.log(`# ${fault}`);
    console.log(`${faults.length > 0 ? 'not ok' : 'ok'} ${number + 1} /provider-judges/${name}`);
  }
  server.stdin.end();
  fs.rmSync(folder, { recursive: true, force: true });
}

main();
