// oidc-judge.mjs: somebody signs in with oidc-provider, a certified implementation of what Google and
// Microsoft do, by rungsctl; mail leaves by what that brings, and goes on when it is renewed and
// rotated, until it is taken back.
//
//   node oidc-judge.mjs RUNGSCTL KEYRING        the test: a browser of a few lines signs in
//   node oidc-judge.mjs --serve                 only the provider, for a real browser; prints its address
//
// KEYRING is the script that gives it a keyring, a home and a bus of its own.

import { execFileSync, spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

console.info = () => {}; // what it notes of its settings is no TAP
const require = createRequire(import.meta.url);
const modules = process.env.NODE_PATH;
const { Provider } = await import(pathToFileURL(path.join(modules, 'oidc-provider', 'lib', 'index.js')));
const { SMTPServer } = require(path.join(modules, 'smtp-server'));

const USER = 'owner@shop.example';
const SECRET = 'a-secret-of-a-desktop-program';
let cases = 0;
let failures = 0;

function check(name, right, told = '') {
  cases++;
  if (!right) failures++;
  console.log(`${right ? 'ok' : 'not ok'} ${cases} ${name}`);
  if (!right) console.log(`# ${String(told).replaceAll('\n', '\n# ')}`);
}

// ---- the provider, and a mail server that lets in whom it knows

async function startProvider() {
  const server = http.createServer();
  await new Promise(done => server.listen(0, '127.0.0.1', done));
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const client = {
    client_id: 'rungs-test', client_secret: SECRET, application_type: 'native',
    token_endpoint_auth_method: 'client_secret_post', redirect_uris: ['http://127.0.0.1'],
    grant_types: ['authorization_code', 'refresh_token'], response_types: ['code'],
  };
  const provider = new Provider(issuer, {
    clients: [client],
    claims: { email: ['email'] },
    conformIdTokenClaims: false,
    findAccount: (context, id) => ({ accountId: id, claims: () => ({ sub: id, email: id }) }),
    rotateRefreshToken: true,
    cookies: { keys: ['test'] },
  });
  server.on('request', provider.callback());
  return { issuer, provider, server };
}

async function startMail(provider) {
  const seen = { attempts: 0, mails: [], revoked: new Set() };
  const server = new SMTPServer({
    authMethods: ['XOAUTH2'], allowInsecureAuth: true, disabledCommands: ['STARTTLS'], logger: false,
    onAuth(auth, session, done) {
      seen.attempts++;
      seen.token = auth.accessToken;
      provider.AccessToken.find(auth.accessToken).then(token => {
        if (token && !seen.revoked.has(auth.accessToken) && auth.username === token.accountId)
          done(null, { user: auth.username });
        else
          done(null, { data: { status: '401', schemes: 'bearer' } });
      }, done);
    },
    onData(stream, session, done) {
      stream.resume().on('end', () => {
        seen.mails.push(session.envelope.rcptTo[0].address);
        done();
      });
    },
  });
  await new Promise(done => server.listen(0, '127.0.0.1', done));
  return { seen, port: server.server.address().port, server };
}

// ---- a browser of a few lines: cookies, redirections, the two forms of oidc-provider

class Browser {
  cookies = new Map();

  async ask(address, body) {
    const answer = await fetch(address, {
      method: body ? 'POST' : 'GET', body, redirect: 'manual',
      headers: { cookie: [...this.cookies].map(([k, v]) => `${k}=${v}`).join('; ') },
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie);
      this.cookies.set(name, value);
    }
    return answer;
  }

  // Returns what is shown at the end, and each address on the way there.
  async signIn(address, agrees) {
    const way = [];
    let body;
    for (let i = 0; i < 20; i++) {
      way.push(String(address));
      const answer = await this.ask(address, body);
      body = undefined;
      const next = answer.headers.get('location');
      const page = next ? '' : await answer.text();
      const action = /<form[^>]* action="([^"]+)"/.exec(page);
      if (next)
        address = new URL(next, address);
      else if (action && !agrees)
        address = new URL(/href="([^"]*abort)"/.exec(page)[1], address);
      else if (action) {
        const prompt = /name="prompt" value="(\w+)"/.exec(page)[1];
        body = new URLSearchParams({ prompt, login: USER, password: 'any' });
        address = new URL(action[1], address);
      } else
        return { page, way };
    }
    throw new Error(`it goes round: ${way.join('\n')}`);
  }
}

// ---- rungsctl

function writeProvider(issuer, smtpPort) {
  const folder = path.join(process.env.XDG_DATA_HOME, 'rungs', 'providers');
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, 'judge.json'), JSON.stringify({
    key: 'judge', name: 'Judge', home: 'https://judge.example/',
    oauth: {
      authorize: `${issuer}/auth`, token: `${issuer}/token`, issuer, needs_secret: true,
      scopes: ['openid', 'email', 'offline_access'], parameters: { prompt: 'consent' },
      smtp: { host: '127.0.0.1', port: smtpPort, security: 'none' },
      imap: { host: '127.0.0.1', port: 1, security: 'none' },
    },
  }));
}

function makeRungs(rungsctl, file) {
  const run = (...words) => execFileSync(rungsctl, [...words, '--file', file], { encoding: 'utf8' });
  // Others must be able to answer meanwhile.
  const start = (words, input = '') => {
    const child = spawn(rungsctl, [...words, '--file', file]);
    const result = { child, out: '', err: '' };
    child.stdout.on('data', text => { result.out += text; });
    child.stderr.on('data', text => { result.err += text; result.told?.(); });
    child.stdin.end(input);
    result.end = new Promise(done => child.on('close', code => { result.code = code; done(result); }));
    return result;
  };
  return { run, start };
}

async function signIn(rungs, agrees) {
  const words = ['account', 'sign-in', 'Shop', '--client-id', 'rungs-test', '--password-stdin', '--mailbox'];
  const result = rungs.start(words, `${SECRET}\n`);
  const address = await new Promise((done, fail) => {
    result.told = () => { const found = /http\S+/.exec(result.err); if (found) done(found[0]); };
    result.end.then(() => fail(new Error(result.err)));
  });
  const seen = await new Browser().signIn(address, agrees);
  await result.end;
  return { ...result, ...seen, address };
}

async function judge(rungsctl) {
  const { issuer, provider, server } = await startProvider();
  const mail = await startMail(provider);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'rungs-oidc-'));
  const rungs = makeRungs(rungsctl, path.join(folder, 'b.db'));
  const sendTo = to => rungs.start(['account', 'test', 'Shop', to]).end;

  writeProvider(issuer, mail.port);
  rungs.run('init', '--name', 'Shop');
  rungs.run('account', 'add', 'smtp', '--auth', 'oauth', '--provider', 'judge', '--name', 'Shop', '--from-email', USER);

  const early = await sendTo('lead0@home.example');
  check('nobody has signed in yet', early.code !== 0 && mail.seen.attempts === 0, early.err);

  const refused = await signIn(rungs, false);
  check('who does not agree is not signed in', refused.code !== 0 && /not agreed to/.test(refused.err), refused.err);
  check('and the browser says so', /Not signed in/.test(refused.page), refused.page);

  const signedIn = await signIn(rungs, true);
  check('who agrees is signed in', signedIn.code === 0, signedIn.err);
  check('the browser may be closed', /close this window/.test(signedIn.page), signedIn.page);
  check('the address is asked for with S256', /code_challenge_method=S256/.test(signedIn.address), signedIn.address);
  check('no code or token is told', !/code=|eyJ/.test(signedIn.out + signedIn.err.replace(/http\S+/g, '')), signedIn.err);
  const account = JSON.parse(rungs.run('account', 'show', 'Shop', '--json'));
  check('the user is who signed in', account.username === USER && account.host === '127.0.0.1', JSON.stringify(account));
  const mailboxes = JSON.parse(rungs.run('mailbox', 'list', '--json'));
  check('replies are read there, too', mailboxes.length === 1 && mailboxes[0].username === USER, JSON.stringify(mailboxes));

  const sent = await sendTo('lead1@home.example');
  check('mail leaves by it', sent.code === 0 && mail.seen.mails.includes('lead1@home.example'), sent.err);
  const first = mail.seen.token;

  mail.seen.revoked.add(first);
  const renewed = await sendTo('lead2@home.example');
  check('a token that is refused is renewed', renewed.code === 0 && mail.seen.token !== first, renewed.err);
  check('by asking the mail server twice', mail.seen.attempts === 3, mail.seen.attempts);

  mail.seen.revoked.add(mail.seen.token);
  const rotated = await sendTo('lead3@home.example');
  check('a rotated refresh token renews, too', rotated.code === 0, rotated.err);

  const again = await sendTo('lead4@home.example');
  check('what is good is used again', again.code === 0 && mail.seen.attempts === 6, mail.seen.attempts);

  const { grantId } = await provider.AccessToken.find(mail.seen.token);
  await provider.RefreshToken.revokeByGrantId(grantId);
  mail.seen.revoked.add(mail.seen.token);
  const takenBack = await sendTo('lead5@home.example');
  check('what was taken back asks to sign in again', takenBack.code !== 0 && /sign in again/.test(takenBack.err), takenBack.err);

  const back = await signIn(rungs, true);
  const last = await sendTo('lead6@home.example');
  check('who signs in again sends again', back.code === 0 && last.code === 0, back.err + last.err);

  const written = fs.readFileSync(path.join(folder, 'b.db')).toString('latin1');
  check('no token and no secret is in the file', !written.includes(SECRET) && !written.includes(mail.seen.token));
  fs.rmSync(folder, { recursive: true });
  server.close();
  mail.server.close();
  console.log(`1..${cases}`);
  process.exit(failures ? 1 : 0);
}

async function serve() {
  const { issuer, provider } = await startProvider();
  const mail = await startMail(provider);
  writeProvider(issuer, mail.port);
  console.log(`${issuer} ${mail.port}`);
}

const [rungsctl, keyring] = process.argv.slice(2);
if (rungsctl === '--serve')
  await serve();
else if (!process.env.RUNGS_IN_KEYRING) {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'rungs-oidc-home-'));
  const result = spawnSync(keyring, [home, 'unlocked', process.execPath, process.argv[1], rungsctl],
                           { stdio: 'inherit', env: { ...process.env, RUNGS_IN_KEYRING: '1' } });
  fs.rmSync(home, { recursive: true, force: true });
  process.exit(result.status ?? 1);
} else
  await judge(rungsctl);
