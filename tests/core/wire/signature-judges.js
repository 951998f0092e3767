// signature-judges.js: signatures that the providers' own libraries make, or accept, are right to us;
// what they refuse is refused. Each scheme: the right one; one bit changed, of body and of signature;
// another secret; no signature; an empty secret; the second key while keys are changed, and both
// signatures in one header; an old time.
//
//   node signature-judges.js CHECKER [--spoil]
'use strict';

const { spawnSync } = require('child_process');
const crypto = require('crypto');
const fs = require('fs');
const https = require('https');
const os = require('os');
const path = require('path');
const { EventEmitter } = require('events');

const [checker, spoil] = process.argv.slice(2);
const NOW = 1772000000000; // ms
const SEC = Math.floor(NOW / 1000);
const BODY = Buffer.from('{"id":"evt_1","name":"Zoë","amount":4900}');
const hmac = (key, text, encoding = 'hex') => crypto.createHmac('sha256', key).update(text).digest(encoding);
const cases = [];
const opinions = []; // what a library says of its own

function add(provider, name, want, headers, more = {}) {
  cases.push({ name: `${provider}: ${name}`, want, provider, path: '/in/secret-7', headers,
               body: (more.body ?? BODY).toString('base64'), at: more.at ?? NOW,
               secrets: more.secrets ?? [], certificate: more.certificate });
}

function flip(buffer) {
  const other = Buffer.from(buffer);
  other[other.length >> 1] ^= 1;
  return other;
}

// Changes one character of a text that stays one of its alphabet.
function flipText(text, at = text.length - 3) {
  return text.slice(0, at) + (text[at] === 'a' ? 'b' : 'a') + text.slice(at + 1);
}

// `sign (secret, body, ms)` gives headers; `of` changes a signature in them.
function scheme(provider, secret, other, sign, options = {}) {
  const body = options.body ?? BODY;
  const right = sign(secret, body, NOW);
  const changed = right.map(([name, value]) =>
    name === right.find(([n]) => options.signature.test(n))[0] ? [name, flipText(value)] : [name, value]);

  add(provider, 'right', 'right', right, { body, secrets: [secret] });
  add(provider, 'a bit of the body', options.bodyUnsigned ? 'right' : 'wrong', right, { body: flip(body), secrets: [secret] });
  add(provider, 'a bit of the signature', 'wrong', changed, { body, secrets: [secret] });
  add(provider, 'another secret', 'wrong', right, { body, secrets: [other] });
  add(provider, 'no secret', 'no secret', right, { body, secrets: [''] });
  add(provider, 'not signed', 'missing', [['Content-Type', 'application/json']], { body, secrets: [secret] });
  add(provider, 'second key of ours', 'right', right, { body, secrets: [other, '', secret] });
  add(provider, 'an empty header', options.empty ?? 'wrong',
      right.map(([name, value]) => options.signature.test(name) ? [name, ''] : [name, value]), { body, secrets: [secret] });
  if (options.tolerance) {
    add(provider, 'at the edge', 'right', sign(secret, body, NOW - options.tolerance * 1000), { body, secrets: [secret] });
    add(provider, 'old', 'old', sign(secret, body, NOW - options.tolerance * 1000 - 1000), { body, secrets: [secret] });
    add(provider, 'of the future', 'old', sign(secret, body, NOW + options.tolerance * 1000 + 1000), { body, secrets: [secret] });
    add(provider, 'sent again a day later', 'old', right, { body, secrets: [secret], at: NOW + 86400000 });
  } else {
    add(provider, 'sent again a day later', 'right', right, { body, secrets: [secret], at: NOW + 86400000 });
  }
}

function stripe() {
  const lib = require('stripe')('sk_test_x');
  const sign = (secret, body, ms) => [['Stripe-Signature', lib.webhooks.generateTestHeaderString(
    { payload: body.toString(), secret, timestamp: Math.floor(ms / 1000) })]];
  const ours = `t=${SEC},v1=${hmac('whsec_b', `${SEC}.${BODY}`)},v1=${hmac('whsec_a', `${SEC}.${BODY}`)}`;

  scheme('stripe', 'whsec_a', 'whsec_b', sign, { signature: /stripe/i, tolerance: 300, empty: 'missing' });
  add('stripe', 'two signatures in one header', 'right', [['Stripe-Signature', ours]], { secrets: ['whsec_a'] });
  add('stripe', 'only v0', 'missing', [['Stripe-Signature', `t=${SEC},v0=${hmac('whsec_a', `${SEC}.${BODY}`)}`]], { secrets: ['whsec_a'] });
  opinions.push(['stripe accepts two signatures', lib.webhooks.signature.verifyHeader(BODY.toString(), ours, 'whsec_a', 1e12)]);
}

function paddle() {
  const sign = (secret, body, ms) => [['Paddle-Signature', `ts=${Math.floor(ms / 1000)};h1=${hmac(secret, `${Math.floor(ms / 1000)}:${body}`)}`]];

  scheme('paddle', 'pdl_ntfset_a', 'pdl_ntfset_b', sign, { signature: /paddle/i, tolerance: 5, empty: 'missing' });
  add('paddle', 'two signatures in one header', 'right',
      [['Paddle-Signature', `ts=${SEC};h1=${hmac('pdl_b', `${SEC}:${BODY}`)};h1=${hmac('pdl_a', `${SEC}:${BODY}`)}`]], { secrets: ['pdl_a'] });
}

async function paddleJudge() {
  const { Paddle } = require('@paddle/paddle-node-sdk');
  const lib = new Paddle('x');
  const at = Math.floor(Date.now() / 1000);
  const header = `ts=${at};h1=${hmac('pdl_ntfset_a', `${at}:${BODY}`)}`;

  opinions.push(['paddle accepts what we sign', await lib.webhooks.isSignatureValid(BODY.toString(), 'pdl_ntfset_a', header)]);
  opinions.push(['paddle refuses another secret', !(await lib.webhooks.isSignatureValid(BODY.toString(), 'pdl_b', header))]);
  add('paddle', 'what its library accepts', 'right', [['Paddle-Signature', header]], { secrets: ['pdl_ntfset_a'], at: at * 1000 });
}

function pairs() {
  const header = (name, t, v, ms, join, secret, body) => [[name, `t=${t},${v}=${hmac(secret, `${t}${join}${body}`)}`]];
  const of = (name, v) => (secret, body, ms) => header(name, Math.floor(ms / 1000), v, ms, '.', secret, body);

  scheme('calendly', 'key-a', 'key-b', of('Calendly-Webhook-Signature', 'v1'), { signature: /calendly/i, tolerance: 180, empty: 'missing' });
  scheme('formspree', 'key-a', 'key-b', of('Formspree-Signature', 'v1'), { signature: /formspree/i, tolerance: 300, empty: 'missing' });
  scheme('wpforms', 'key-a', 'key-b', of('X-WPForms-Webhook-Signature', 'v'), { signature: /wpforms/i, tolerance: 300, empty: 'missing' });
}

async function bodies() {
  const octokit = await import(path.join(process.env.NODE_PATH, '@octokit/webhooks-methods/dist-node/index.js'))
    .catch(() => import(path.join(process.env.NODE_PATH, '@octokit/webhooks-methods/dist-bundle/index.js')));
  const one = {};
  for (const secret of ['secret-a']) one[secret] = await octokit.sign(secret, BODY.toString());
  const meta = (secret, body) => [['X-Hub-Signature-256', one[secret] && body === BODY ? one[secret] : 'sha256=' + hmac(secret, body)]];

  scheme('meta-lead-ads', 'secret-a', 'secret-b', meta, { signature: /hub/i, empty: 'missing' });
  opinions.push(['octokit verifies what we make', await octokit.verify('secret-a', BODY.toString(), 'sha256=' + hmac('secret-a', BODY))]);
  add('meta-lead-ads', 'hex in capitals', 'right', [['X-Hub-Signature-256', 'sha256=' + hmac('secret-a', BODY).toUpperCase()]], { secrets: ['secret-a'] });
  add('meta-lead-ads', 'without its prefix', 'missing', [['X-Hub-Signature-256', hmac('secret-a', BODY)]], { secrets: ['secret-a'] });
  scheme('typeform', 'secret-a', 'secret-b', (s, b) => [['Typeform-Signature', 'sha256=' + hmac(s, b, 'base64')]], { signature: /typeform/i, empty: 'missing' });
  scheme('tally', 'secret-a', 'secret-b', (s, b) => [['Tally-Signature', hmac(s, b, 'base64')]], { signature: /tally/i });
  scheme('woocommerce', 'secret-a', 'secret-b', (s, b) => [['X-WC-Webhook-Signature', hmac(s, b, 'base64')]], { signature: /wc/i });
  scheme('lemon-squeezy', 'secret-a', 'secret-b', (s, b) => [['X-Signature', hmac(s, b)]], { signature: /signature/i });
  add('typeform', 'two headers', 'right', [['Typeform-Signature', 'sha256=' + hmac('b', BODY, 'base64')],
      ['typeform-signature', 'sha256=' + hmac('secret-a', BODY, 'base64')]], { secrets: ['secret-a'] });
}

async function shopify() {
  require('@shopify/shopify-api/adapters/node');
  const { shopifyApi } = require('@shopify/shopify-api');
  const lib = shopifyApi({ apiKey: 'k', apiSecretKey: 'secret-a', hostName: 'shop.example', apiVersion: '2025-10',
                           isEmbeddedApp: false, logger: { level: 0 } });
  const sign = (s, b) => [['X-Shopify-Hmac-SHA256', hmac(s, b, 'base64')], ['X-Shopify-Topic', 'orders/paid'],
    ['X-Shopify-API-Version', '2025-10'], ['X-Shopify-Shop-Domain', 'a.myshopify.com'], ['X-Shopify-Webhook-Id', '1']];
  const ask = async (secret, body) => (await lib.webhooks.validate({ rawBody: body.toString(),
    rawRequest: { method: 'POST', url: '/', headers: Object.fromEntries(sign(secret, BODY)) }, rawResponse: {} })).valid;

  scheme('shopify', 'secret-a', 'secret-b', sign, { signature: /hmac/i });
  opinions.push(['shopify accepts what we sign', await ask('secret-a', BODY)]);
  opinions.push(['shopify refuses another secret', !(await ask('secret-b', BODY))]);
  opinions.push(['shopify refuses another body', !(await ask('secret-a', flip(BODY)))]);
}

async function webflow() {
  const { Client } = require('webflow-api/wrapper/WebhooksClient');
  const sign = (secret, body, ms) => [['x-webflow-timestamp', String(ms)], ['x-webflow-signature', hmac(secret, `${ms}:${body}`)]];

  scheme('webflow', 'secret-a', 'secret-b', sign, { signature: /signature/i, tolerance: 300 });
  const now = Date.now();
  const body = '{"id":"evt_1","name":"Zoe","amount":4900}';
  const headers = Object.fromEntries(sign('secret-a', body, now));
  const lib = new Client({});

  opinions.push(['webflow accepts what we sign', await lib.verifySignature({ headers, body, secret: 'secret-a' })]);
  opinions.push(['webflow refuses another secret', !(await lib.verifySignature({ headers, body, secret: 'secret-b' }))]);
  add('webflow', 'what its library accepts', 'right', Object.entries(headers), { body: Buffer.from(body), secrets: ['secret-a'], at: now });
}

function standard() {
  const { Webhook } = require('standardwebhooks');
  const svix = require('svix').Webhook;
  const a = 'whsec_' + Buffer.from('0123456789abcdef0123456789abcdef').toString('base64');
  const b = 'whsec_' + Buffer.from('fedcba9876543210fedcba9876543210').toString('base64');
  const of = (Lib, prefix) => (secret, body, ms) => [[prefix + 'id', 'msg_1'], [prefix + 'timestamp', String(Math.floor(ms / 1000))],
    [prefix + 'signature', new Lib(secret).sign('msg_1', new Date(ms), body.toString())]];

  for (const [Lib, prefix] of [[Webhook, 'webhook-'], [svix, 'svix-']]) {
    scheme('resend', a, b, of(Lib, prefix), { signature: /signature/i, tolerance: 300, empty: 'missing' });
    const two = new Lib(b).sign('msg_1', new Date(NOW), BODY.toString()) + ' ' + new Lib(a).sign('msg_1', new Date(NOW), BODY.toString());
    add('resend', `two signatures in ${prefix}signature`, 'right', [[prefix + 'id', 'msg_1'], [prefix + 'timestamp', String(SEC)], [prefix + 'signature', two]], { secrets: [a] });
    add('resend', `another id, ${prefix}`, 'wrong', of(Lib, prefix)(a, BODY, NOW).map(([n, v]) => [n, n.endsWith('id') ? 'msg_2' : v]), { secrets: [a] });
  }
  add('resend', 'the secret without whsec_', 'right', of(Webhook, 'webhook-')(a, BODY, NOW), { secrets: [a.slice(6)] });
}

function netlify() {
  const jwt = require('jsonwebtoken');
  const hash = body => crypto.createHash('sha256').update(body).digest('hex');
  const sign = (secret, body) => [['X-Webhook-Signature', jwt.sign({ iss: 'netlify', sha256: hash(body) }, secret, { noTimestamp: true })]];
  const none = Buffer.from('{"alg":"none"}').toString('base64url') + '.' + Buffer.from(JSON.stringify({ sha256: hash(BODY) })).toString('base64url') + '.';
  const wide = [['X-Webhook-Signature', jwt.sign({ sha256: hash(BODY) }, 'secret-a', { algorithm: 'HS512' })]];

  scheme('netlify', 'secret-a', 'secret-b', sign, { signature: /signature/i, empty: 'missing' });
  add('netlify', 'algorithm none', 'wrong', [['X-Webhook-Signature', none]], { secrets: ['secret-a'] });
  add('netlify', 'another algorithm', 'wrong', wide, { secrets: ['secret-a'] });
  opinions.push(['jsonwebtoken verifies its own', jwt.verify(sign('secret-a', BODY)[0][1], 'secret-a').sha256 === hash(BODY)]);
}

// As its documentation has it: HMAC of timestamp and token.
function mailgun() {
  const make = (secret, ms, token = 't'.repeat(50)) => {
    const timestamp = String(Math.floor(ms / 1000));
    return Buffer.from(JSON.stringify({ signature: { timestamp, token, signature: hmac(secret, timestamp + token) }, 'event-data': { event: 'failed' } }));
  };
  const right = make('key-a', NOW);
  const text = right.toString();

  add('mailgun', 'right', 'right', [], { body: right, secrets: ['key-a'] });
  add('mailgun', 'another secret', 'wrong', [], { body: right, secrets: ['key-b'] });
  add('mailgun', 'second key of ours', 'right', [], { body: right, secrets: ['key-b', 'key-a'] });
  add('mailgun', 'no secret', 'no secret', [], { body: right, secrets: [] });
  add('mailgun', 'another token', 'wrong', [], { body: Buffer.from(text.replace('tttt', 'ttta')), secrets: ['key-a'] });
  add('mailgun', 'another time', 'wrong', [], { body: Buffer.from(text.replace(String(SEC), String(SEC + 1))), secrets: ['key-a'] });
  add('mailgun', 'not signed', 'missing', [], { body: BODY, secrets: ['key-a'] });
  add('mailgun', 'no JSON', 'missing', [], { body: Buffer.from('a=b'), secrets: ['key-a'] });
  add('mailgun', 'JSON nested without end', 'missing', [], { body: Buffer.from('['.repeat(1000000)), secrets: ['key-a'] });
}

function sendgrid() {
  const { EventWebhook } = require('@sendgrid/eventwebhook');
  const lib = new EventWebhook();
  const pair = () => crypto.generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const [a, b] = [pair(), pair()];
  const spki = key => key.publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
  const name = 'X-Twilio-Email-Event-Webhook-';
  const sign = (key, body, t) => crypto.sign('sha256', Buffer.concat([Buffer.from(t), body]), key.privateKey).toString('base64');
  const t = String(SEC);
  const headers = [[name + 'Signature', sign(a, BODY, t)], [name + 'Timestamp', t]];

  opinions.push(['sendgrid accepts what we sign', lib.verifySignature(lib.convertPublicKeyToECDSA(spki(a)), BODY, headers[0][1], t)]);
  opinions.push(['sendgrid refuses another key', !lib.verifySignature(lib.convertPublicKeyToECDSA(spki(b)), BODY, headers[0][1], t)]);
  add('sendgrid', 'right', 'right', headers, { secrets: [spki(a)] });
  add('sendgrid', 'right, key in PEM', 'right', headers, { secrets: [a.publicKey.export({ type: 'spki', format: 'pem' })] });
  add('sendgrid', 'another key', 'wrong', headers, { secrets: [spki(b)] });
  add('sendgrid', 'second key of ours', 'right', headers, { secrets: [spki(b), spki(a)] });
  add('sendgrid', 'a bit of the body', 'wrong', headers, { body: flip(BODY), secrets: [spki(a)] });
  add('sendgrid', 'a bit of the signature', 'wrong', [[name + 'Signature', flipText(headers[0][1], 40)], headers[1]], { secrets: [spki(a)] });
  add('sendgrid', 'another time', 'wrong', [headers[0], [name + 'Timestamp', String(SEC + 1)]], { secrets: [spki(a)] });
  add('sendgrid', 'not signed', 'missing', [headers[1]], { secrets: [spki(a)] });
  add('sendgrid', 'no key', 'no secret', headers, { secrets: [] });
  add('sendgrid', 'a key that is none', 'no secret', headers, { secrets: ['hello'] });
}

function certificate(days) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'rungs-cert-'));
  const [key, pem] = [path.join(folder, 'key'), path.join(folder, 'pem')];
  const made = spawnSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', pem,
                                     '-subj', '/CN=sns.amazonaws.com', '-days', String(days)]);
  if (made.status !== 0) throw new Error(made.stderr.toString());
  const result = { key: fs.readFileSync(key, 'utf8'), pem: fs.readFileSync(pem, 'utf8') };
  fs.rmSync(folder, { recursive: true });
  return result;
}

function snsText(m) {
  const names = ['Message', 'MessageId', 'Subject', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'];
  return names.filter(n => n in m).map(n => `${n}\n${m[n]}\n`).join('');
}

async function sns() {
  const Validator = require('sns-validator');
  const validator = new Validator();
  const a = certificate(365), b = certificate(365);
  const now = Date.now() + 60000; // the certificates are good from this second on
  const make = (version, more = {}, by = a) => {
    const m = { Type: 'Notification', MessageId: '22b80b92', TopicArn: 'arn:aws:sns:eu-west-1:1:mail', Message: '{"notificationType":"Bounce"}',
      Timestamp: '2026-02-25T08:00:01.000Z', SignatureVersion: version, SigningCertURL: 'https://sns.eu-west-1.amazonaws.com/a.pem', ...more };
    m.Signature = crypto.sign(version === '1' ? 'sha1' : 'sha256', Buffer.from(snsText(m)), by.key).toString('base64');
    return m;
  };
  const bytes = m => Buffer.from(JSON.stringify(m));
  const ask = m => new Promise(done => {
    const get = https.get;
    https.get = (url, then) => { const r = new EventEmitter(); r.statusCode = 200; r.setEncoding = () => {};
      setImmediate(() => { then(r); r.emit('data', a.pem); r.emit('end'); }); return { on() { return this; } }; };
    new Validator().validate(m, err => { https.get = get; done(!err); });
  });
  const right = { secrets: [], certificate: a.pem, at: now };

  for (const version of ['1', '2']) {
    for (const more of [{}, { Subject: 'Hello' }]) {
      const m = make(version, more);
      opinions.push([`sns-validator accepts what we sign, version ${version}`, await ask(m)]);
      add('ses', `right, version ${version}${more.Subject ? ', with a subject' : ''}`, 'right', [], { ...right, body: bytes(m) });
      add('ses', `another message, version ${version}`, 'wrong', [], { ...right, body: bytes({ ...m, Message: 'x' }) });
    }
    const confirm = make(version, { Type: 'SubscriptionConfirmation', Token: 'tok', SubscribeURL: 'https://sns.eu-west-1.amazonaws.com/?a=b' });
    opinions.push([`sns-validator accepts a confirmation, version ${version}`, await ask(confirm)]);
    add('ses', `a confirmation, version ${version}`, 'right', [], { ...right, body: bytes(confirm) });
  }
  opinions.push(['sns-validator refuses another message', !(await ask({ ...make('1'), Message: 'x' }))]);
  add('ses', 'another certificate', 'wrong', [], { ...right, certificate: b.pem, body: bytes(make('2')) });
  add('ses', 'a certificate that is none', 'no certificate', [], { ...right, certificate: 'x', body: bytes(make('2')) });
  add('ses', 'no certificate yet', 'no certificate', [], { secrets: [], at: now, body: bytes(make('2')) });
  add('ses', 'a certificate of another time', 'no certificate', [], { ...right, at: now + 2 * 365 * 86400000, body: bytes(make('2')) });
  add('ses', 'not signed', 'missing', [], { ...right, body: BODY });

  const crc32 = require('crc-32');
  const id = '69cd13f0-d67a-11e5-baa3-778b53f4ae55', time = '2026-02-18T20:01:35Z';
  const sign = (hook, body, by = a) => crypto.sign('sha256', Buffer.from(`${id}|${time}|${hook}|${crc32.buf(body) >>> 0}`), by.key).toString('base64');
  const headers = signature => [['PAYPAL-TRANSMISSION-ID', id], ['PAYPAL-TRANSMISSION-TIME', time], ['PAYPAL-TRANSMISSION-SIG', signature],
    ['PAYPAL-CERT-URL', 'https://api.paypal.com/v1/notifications/certs/CERT-1'], ['PAYPAL-AUTH-ALGO', 'SHA256withRSA']];
  const paypal = { secrets: ['4JH86294D6297924G'], certificate: a.pem, at: now };

  add('paypal', 'right', 'right', headers(sign(paypal.secrets[0], BODY)), paypal);
  add('paypal', 'a bit of the body', 'wrong', headers(sign(paypal.secrets[0], BODY)), { ...paypal, body: flip(BODY) });
  add('paypal', 'a bit of the signature', 'wrong', headers(flipText(sign(paypal.secrets[0], BODY), 60)), paypal);
  add('paypal', 'another webhook', 'wrong', headers(sign('other', BODY)), paypal);
  add('paypal', 'second webhook of ours', 'right', headers(sign(paypal.secrets[0], BODY)), { ...paypal, secrets: ['other', paypal.secrets[0]] });
  add('paypal', 'another certificate', 'wrong', headers(sign(paypal.secrets[0], BODY, b)), paypal);
  add('paypal', 'no webhook id', 'no secret', headers(sign('', BODY)), { ...paypal, secrets: [''] });
  add('paypal', 'no certificate yet', 'no certificate', headers(sign(paypal.secrets[0], BODY)), { ...paypal, certificate: undefined });
  add('paypal', 'not signed', 'missing', [], paypal);
}

function shared() {
  const basic = text => [['Authorization', 'Basic ' + Buffer.from(text).toString('base64')]];
  const at = (headers, url, secrets) => cases.push({ ...cases.at(-1), headers, path: url, secrets });

  add('postmark', 'user and password', 'right', basic('ann:pass'), { secrets: ['ann:pass'] });
  add('postmark', 'another password', 'wrong', basic('ann:past'), { secrets: ['ann:pass'] });
  add('postmark', 'shorter', 'wrong', basic('ann:pas'), { secrets: ['ann:pass'] });
  add('postmark', 'longer', 'wrong', basic('ann:pass1'), { secrets: ['ann:pass'] });
  add('postmark', 'nothing', 'missing', [], { secrets: ['ann:pass'] });
  add('postmark', 'no secret', 'no secret', basic(''), { secrets: [''] });
  add('brevo', 'a token', 'right', [['Authorization', 'Bearer tok-1']], { secrets: ['old', 'tok-1'] });
  add('brevo', 'another token', 'wrong', [['Authorization', 'Bearer tok-2']], { secrets: ['tok-1'] });
  add('gumroad', 'the path', 'right', []);
  add('gumroad', 'another path', 'wrong', []);
  at([], '/in/secret-8', []);
  cases.splice(-2, 1);
  add('jotform', 'the path, with a query', 'right', []);
  at([], '/in/secret-7?a=b', []);
  cases.splice(-2, 1);
}

async function main() {
  stripe(); paddle(); pairs(); standard(); netlify(); mailgun(); sendgrid(); shared();
  await bodies(); await paddleJudge(); await shopify(); await webflow(); await sns();
  if (spoil) cases[0].want = 'wrong';
  const result = spawnSync(checker, { input: cases.map(c => JSON.stringify(c)).join('\n') + '\n', encoding: 'utf8', maxBuffer: 1 << 28 });
  if (result.status !== 0) { console.log(`Bail out! the checker ended with ${result.status} ${result.signal}: ${result.stderr}`); process.exit(1); }
  const verdicts = result.stdout.trim().split('\n');
  console.log(`1..${cases.length + opinions.length}`);
  cases.forEach((c, i) => console.log(`${verdicts[i] === c.want ? 'ok' : 'not ok'} ${i + 1} - ${c.name}: ${verdicts[i]}${verdicts[i] === c.want ? '' : `, not ${c.want}`}`));
  opinions.forEach(([name, ok], i) => console.log(`${ok ? 'ok' : 'not ok'} ${cases.length + i + 1} - ${name}`));
}

main().catch(error => { console.log(`Bail out! ${error.stack}`); process.exit(1); });
