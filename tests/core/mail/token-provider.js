// token-provider.js: a token address that takes each refresh token once: R1 gives A2 and R2, and so on.
// One that comes again, or that it never gave, is taken for stolen, and from then on nothing is given.
//
//   node token-provider.js [--mail LOG] [--never]
//
// Prints "ready PORT", and with --mail "ready PORT SMTP-PORT IMAP-PORT": two mail servers that let in
// who shows the newest access token of owner@shop.example by XOAUTH2, or nobody with --never. What is
// shown to them is a line in LOG, "smtp USER TOKEN" or "imap USER TOKEN", and so is a mail: "mail TO".
// The IMAP server takes the bytes that Google and Microsoft document and no others.
'use strict';

const fs = require('fs');
const http = require('http');
const net = require('net');
const path = require('path');

const USER = 'owner@shop.example';
const words = process.argv.slice(2);
const log = words.includes('--mail') ? words[words.indexOf('--mail') + 1] : null;
const never = words.includes('--never');
let next = 1;
let stolen = false;

function note(line) {
  fs.appendFileSync(log, `${line}\n`);
}

function letsIn(protocol, user, token) {
  note(`${protocol} ${user} ${token}`);
  return !never && user === USER && token === `A${next}`;
}

const tokens = http.createServer((request, response) => {
  let body = '';
  request.on('data', chunk => { body += chunk; });
  request.on('end', () => {
    const form = new URLSearchParams(body);
    stolen = stolen || form.get('refresh_token') !== `R${next}`;
    if (!stolen)
      next++;
    const answer = stolen ? { error: 'invalid_grant' } : {
      access_token: `A${next}`, refresh_token: `R${next}`, token_type: 'Bearer', expires_in: 3600,
    };
    // Slow enough for others to come meanwhile.
    setTimeout(() => {
      response.statusCode = stolen ? 400 : 200;
      response.setHeader('Content-Type', 'application/json');
      response.end(JSON.stringify(answer));
    }, 200);
  });
});

function makeSmtp() {
  const { SMTPServer } = require(path.join(process.env.RUNGS_NPM, 'node_modules', 'smtp-server'));
  return new SMTPServer({
    authMethods: ['XOAUTH2'],
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    onAuth(auth, session, done) {
      if (letsIn('smtp', auth.username, auth.accessToken))
        done(null, { user: auth.username });
      else
        done(null, { data: { status: '401', schemes: 'bearer', scope: 'mail' } });
    },
    onData(stream, session, done) {
      stream.resume().on('end', () => {
        note(`mail ${session.envelope.rcptTo[0].address}`);
        done();
      });
    },
  });
}

function answerImap(socket, state, line) {
  const [tag, verb, mechanism] = line.split(' ');
  if (state.tag !== null && state.failed) {
    socket.write(line === '' ? `${state.tag} NO [AUTHENTICATIONFAILED] Invalid credentials\r\n`
                             : `${state.tag} BAD expected an empty line\r\n`);
    state.tag = null;
  } else if (state.tag !== null) {
    const shown = /^user=([^\x01]*)\x01auth=Bearer ([^\x01]*)\x01\x01$/
      .exec(Buffer.from(line, 'base64').toString('latin1'));
    if (shown && letsIn('imap', shown[1], shown[2])) {
      socket.write(`${state.tag} OK in\r\n`);
      state.tag = null;
    } else {
      state.failed = true;
      socket.write(`+ ${Buffer.from('{"status":"401"}').toString('base64')}\r\n`);
    }
  } else if (verb === 'CAPABILITY')
    socket.write(`* CAPABILITY IMAP4rev1 AUTH=XOAUTH2\r\n${tag} OK done\r\n`);
  else if (verb === 'AUTHENTICATE' && mechanism === 'XOAUTH2') {
    Object.assign(state, { tag, failed: false });
    socket.write('+ \r\n');
  } else
    socket.end(`${tag} BAD what\r\n`);
}

function makeImap() {
  return net.createServer(socket => {
    const state = { tag: null, failed: false };
    let buffer = '';
    socket.write('* OK here\r\n');
    socket.on('error', () => {});
    socket.on('data', chunk => {
      buffer += chunk.toString('latin1');
      for (let end; (end = buffer.indexOf('\r\n')) >= 0;) {
        const line = buffer.slice(0, end);
        buffer = buffer.slice(end + 2);
        answerImap(socket, state, line);
      }
    });
  });
}

const servers = log ? [tokens, makeSmtp(), makeImap()] : [tokens];
const ports = [];

function listen(i) {
  if (i === servers.length) {
    console.log(`ready ${ports.join(' ')}`);
    return;
  }
  const server = servers[i].listen(0, '127.0.0.1', () => {
    ports.push((server.address ? server : servers[i].server).address().port);
    listen(i + 1);
  });
}

listen(0);
process.stdin.resume().on('end', () => process.exit(0));
