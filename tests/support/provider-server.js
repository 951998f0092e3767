// provider-server.js: the mail providers on loopback, as strict as their documentation.
//
//   node provider-server.js --log FILE [--tls KEY CERT] [--kill POINT N FILE] [--events FILE]
//
// Prints "ready PORT" when it listens, and ends when its standard input does. Each request to send is held
// against the shape that the provider documents: one that does not fit is a line "!fault …" in the log, and
// answered with 599. What it takes is a line "RECIPIENT<TAB>MESSAGE-ID" in the log, written before the
// answer: the log is what a provider of real life would have delivered. "!ask METHOD PATH" are questions of
// another kind, "!again …" is a repeated idempotency key, "!request JSON" (with --requests) a whole request.
//
// The local part of a recipient asks for more:
//   bad, key, throttle, server, away, refused, credits     the provider's documented answer of that kind
//   wait.S       429 with Retry-After: S the first time, then taken
//   cut          the request is read, and the line cut without an answer; nothing was taken
//   lost         taken, and the line cut without an answer (with an idempotency key: the first time)
//   early        the line is cut after the headers of the request
//   hang         taken, never answered       slow      an answer that trickles without end
//   huge         a good status, and a body without end
//   html, empty, half, deep, noid            a good status, and a body that is none of JSON as documented
//   redirect     307 to another port: "!elsewhere" in the log where somebody goes there
//   echo         refused in words that repeat all headers that came
//   gone         taken and answered, then the line is closed
'use strict';

const fs = require('fs');
const http = require('http');
const https = require('https');
const shapes = require('./provider-shapes.js');

function parseArguments(words) {
  const options = {};
  const takes = { tls: 2, kill: 3 };
  const takesNone = new Set(['requests']);

  for (let i = 0; i < words.length; i++) {
    const name = words[i].replace(/^--/, '');
    if (takesNone.has(name)) options[name] = true;
    else if (takes[name]) {
      options[name] = words.slice(i + 1, i + 1 + takes[name]);
      i += takes[name];
    } else options[name] = words[++i];
  }
  return options;
}

const options = parseArguments(process.argv.slice(2));
const log = fs.openSync(options.log, 'a');
const waited = new Set();
const lost = new Set();
const known = new Map(); // idempotency key -> answer
let reached = 0;

function note(line) {
  fs.writeSync(log, line + '\n');
}

// Ends the client, if a test asked for that at this point.
function reach(point) {
  if (!options.kill || options.kill[0] !== point) return;
  reached++;
  if (reached % Number(options.kill[1]) !== 0) return;
  try {
    process.kill(Number(fs.readFileSync(options.kill[2], 'utf8')), 'SIGKILL');
  } catch (error) {
    note('!nobody to kill: ' + error.code);
  }
}

function answer(response, { status, headers, body }) {
  const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
  const all = { 'Content-Type': typeof body === 'string' ? 'text/plain' : 'application/json', ...headers };
  response.writeHead(status, { ...all, 'Content-Length': Buffer.byteLength(text) });
  response.end(text);
}

function take(message) {
  note(`${message.to}\t${message.messageId}`);
  reach('taken');
}

// Answers that are none, after a status that is a good one.
const STRANGE = {
  html: (good) => ({ status: good.status, headers: { 'Content-Type': 'text/html' }, body: '<html>Welcome</html>' }),
  empty: (good) => ({ status: good.status, body: '' }),
  half: (good) => ({ status: good.status, body: '{"MessageID": "1' }),
  deep: (good) => ({ status: good.status, body: '['.repeat(20000) }),
  noid: (good) => ({ status: good.status, body: {} }),
};

function stream(response, status, piece, pause) {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  const go = () => {
    while (!response.destroyed && response.write(piece) && pause === 0);
    if (response.destroyed) return;
    if (pause > 0) setTimeout(go, pause);
    else response.once('drain', go);
  };
  response.on('error', () => {});
  go();
}

function send(request, response, provider, body) {
  let message;
  try {
    message = provider.read(request, body);
  } catch (error) {
    note(`!fault ${provider.name}: ${error.message}`);
    return answer(response, { status: 599, body: error.message });
  }
  const [what, more] = message.to.split('@')[0].split('.');
  const good = provider.accepted(message);
  const socket = request.socket;

  if (options.requests)
    note('!request ' + JSON.stringify({ provider: provider.name, method: request.method, path: request.url,
      headers: request.headers, body: body.toString('latin1') }));
  if (message.key && known.has(message.key)) {
    note(`!again ${message.to}`);
    return answer(response, known.get(message.key));
  }
  if (what === 'wait' && !waited.has(message.to)) {
    waited.add(message.to);
    const throttled = provider.answers.throttle;
    return answer(response, { ...throttled, headers: { ...throttled.headers, 'Retry-After': more } });
  }
  if (provider.answers[what]) return answer(response, provider.answers[what]);
  if (what === 'cut') {
    note(`!cut ${message.to}`);
    return socket.destroy();
  }
  if (what === 'echo') return answer(response, provider.complain(JSON.stringify(request.headers)));
  if (what === 'redirect')
    return answer(response, { status: 307, headers: { Location: `http://localhost:${elsewhere.address().port}/` } });

  reach('come');
  take(message);
  if (message.key) known.set(message.key, good);
  if (what === 'lost' && !lost.has(message.to)) {
    lost.add(message.to);
    return socket.destroy();
  }
  if (what === 'hang') return undefined;
  if (what === 'huge') return stream(response, good.status, 'x'.repeat(65536), 0);
  if (what === 'slow') return stream(response, good.status, ' ', 100);
  if (STRANGE[what]) return answer(response, STRANGE[what](good));
  answer(response, good);
  response.on('finish', () => {
    reach('answered');
    if (what !== 'gone') return;
    socket.on('close', () => note('!closed'));
    socket.destroy();
  });
}

function handle(request, response) {
  const provider = shapes.find((shape) => request.method === 'POST' && shape.path.test(request.url));
  const pieces = [];

  if (!provider) return ask(request, response);
  reach('begin');
  if (String(request.headers['x-test-early'] || '') === '1') return request.socket.destroy();
  request.on('data', (piece) => {
    pieces.push(piece);
    if (Buffer.concat(pieces).includes('early@')) request.socket.destroy();
  });
  request.on('error', () => {});
  request.on('end', () => send(request, response, provider, Buffer.concat(pieces)));
}

// Questions about what became of mail: --events is a file of { "METHOD PATH?QUERY": answer }, in which a
// path ends where the question's does, or before its query; answers may be lists, one for each time.
const times = new Map();

function ask(request, response) {
  note(`!ask ${request.method} ${request.url} ${shapes.nameAuth(request)}`);
  const told = options.events ? JSON.parse(fs.readFileSync(options.events, 'utf8')) : {};
  const exact = `${request.method} ${request.url}`;
  const key = exact in told ? exact : exact.split('?')[0];
  let found = told[key];
  if (Array.isArray(found)) {
    const n = times.get(key) || 0;
    times.set(key, n + 1);
    found = found[Math.min(n, found.length - 1)];
  }
  if (!found) return answer(response, { status: 404, body: { message: 'nothing here' } });
  const text = JSON.stringify(found).replaceAll('http://SERVER', `http://127.0.0.1:${server.address().port}`);
  return answer(response, JSON.parse(text));
}

const elsewhere = http.createServer((request, response) => {
  note('!elsewhere ' + JSON.stringify(request.headers));
  response.end();
});
elsewhere.listen(0, 'localhost');

const server = options.tls
  ? https.createServer({ key: fs.readFileSync(options.tls[0]), cert: fs.readFileSync(options.tls[1]) }, handle)
  : http.createServer(handle);
server.keepAliveTimeout = 60000;
server.on('connection', () => note('!connection'));

server.on('clientError', (error, socket) => socket.destroy());
server.listen(0, '127.0.0.1', () => console.log(`ready ${server.address().port}`));

process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
