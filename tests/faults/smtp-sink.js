// smtp-sink.js: a mail server on loopback that does what a test asks of it, and says truly what it took.
//
//   node smtp-sink.js --log FILE [options]
//
// Prints "ready PORT" when it listens, and ends when its standard input does. Each message that it takes
// is a line "RECIPIENT<TAB>MESSAGE-ID" in the log, written before the reply is sent: the log is what a
// server of real life would have delivered. Lines that begin with "!" tell what else was said to it.
//
//   --keep DIR       writes the n-th message as it came (without dot-stuffing) to DIR/n.eml
//   --user U --password P   signing in is offered and asked for; LOGIN and PLAIN
//   --xoauth2        signing in is by XOAUTH2; P is the token
//   --tls KEY CERT   offers STARTTLS            --implicit   TLS from the first byte
//   --drop P, --temp P, --perm P   so many of a hundred messages: taken and the line cut without a reply;
//                    451 after the dot; 550 at RCPT. By a fixed sequence of random numbers
//   --kill POINT N FILE   ends the process whose id is in FILE by SIGKILL, each N-th time that a message is at
//                    POINT: connect, mail, rcpt, data, body, end (come, not taken), taken (not answered),
//                    answered
//   --per-connection N   421 to the next MAIL after N messages of a connection
//   --tarpit MS      greets late
//
// The local part of a recipient asks for more:
//   rcpt.CODE.X.Y.Z, data.CODE.X.Y.Z   that reply to RCPT, or to the final dot
//   once.CODE.TEXT   that reply to RCPT the first time, then taken (greylisting)
//   slow.MS          taken and answered late
//   hang             taken and never answered      drop   taken, then the line is cut
//   close            taken and answered, then the line is cut
//   cut              the line is cut while the message still comes
'use strict';

const fs = require('fs');
const path = require('path');
const { SMTPServer } = require(path.join(process.env.RUNGS_NPM, 'node_modules', 'smtp-server'));

function parseArguments(words) {
  const options = {};
  const takes = { tls: 2, kill: 3 };
  const takesNone = new Set(['implicit', 'xoauth2']);

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
const seenOnce = new Set();
let messages = 0;
let reached = 0;
let seed = 42;

function percent() {
  seed = (seed * 1103515245 + 12345) & 0x7fffffff;
  return (seed / 0x7fffffff) * 100;
}

function note(line) {
  fs.writeSync(log, line + '\n');
}

function reply(code, text) {
  const error = new Error(text);
  error.responseCode = Number(code);
  return error;
}

function askedFor(address) {
  const [what, code, ...rest] = address.split('@')[0].split('.');
  return { what, code, text: rest.join('.') + ' as asked for' };
}

// Ends the client, if a test asked for that at this point.
function reach(point) {
  if (!options.kill || options.kill[0] !== point) return;
  reached++;
  if (reached % Number(options.kill[1]) !== 0) return;
  try {
    process.kill(Number(fs.readFileSync(options.kill[2], 'utf8')), 'SIGKILL');
  } catch (error) {
    note('!kill\t' + error.message);
  }
}

function cut(session) {
  for (const connection of server.connections)
    if (connection.session.id === session.id) connection._socket.destroy();
}

function messageIdOf(message) {
  const head = message.toString('latin1').split(/\r\n\r\n/)[0];
  const found = /^message-id:\s*<?([^\s>]+)/im.exec(head);
  return found ? found[1] : '-';
}

function take(message, session) {
  messages++;
  session.taken = (session.taken || 0) + 1;
  if (options.keep) fs.writeFileSync(path.join(options.keep, messages + '.eml'), message);
  for (const recipient of session.envelope.rcptTo)
    note(recipient.address + '\t' + messageIdOf(message));
}

function answer(session, message, done) {
  const asked = askedFor(session.envelope.rcptTo[0].address);

  if (asked.what === 'data') return done(reply(asked.code, asked.text));
  if (percent() < Number(options.temp || 0)) return done(reply(451, '4.7.1 try later'));
  reach('end');
  take(message, session);
  reach('taken');
  if (asked.what === 'hang') return undefined;
  if (asked.what === 'drop' || percent() < Number(options.drop || 0)) return cut(session);
  if (asked.what === 'slow') return setTimeout(done, Number(asked.code));
  if (asked.what === 'close') setTimeout(cut, 50, session);
  done(null, 'taken');
  return setImmediate(reach, 'answered');
}

const server = new SMTPServer({
  banner: 'sink',
  logger: false,
  disableReverseLookup: true,
  secure: Boolean(options.implicit),
  hideSTARTTLS: !options.tls,
  disabledCommands: [...(options.tls ? [] : ['STARTTLS']), ...(options.user ? [] : ['AUTH'])],
  authMethods: options.xoauth2 ? ['XOAUTH2'] : ['LOGIN', 'PLAIN'],
  authOptional: !options.user,
  allowInsecureAuth: !options.tls,
  key: options.tls && fs.readFileSync(options.tls[0]),
  cert: options.tls && fs.readFileSync(options.tls[1]),

  onConnect(session, done) {
    note('!connect');
    reach('connect');
    setTimeout(done, Number(options.tarpit || 0));
  },

  onAuth(auth, session, done) {
    const secret = auth.method === 'XOAUTH2' ? auth.accessToken : auth.password;
    note('!auth\t' + auth.method + '\t' + auth.username);
    if (auth.username === options.user && secret === options.password)
      return done(null, { user: auth.username });
    return done(reply(535, '5.7.8 not known with the password ' + secret));
  },

  onMailFrom(address, session, done) {
    note('!mail\t' + address.address);
    reach('mail');
    if (options['per-connection'] && (session.taken || 0) >= Number(options['per-connection'])) {
      done(reply(421, '4.7.0 enough for this connection'));
      return setImmediate(cut, session);
    }
    return done();
  },

  onRcptTo(address, session, done) {
    const asked = askedFor(address.address);
    reach('rcpt');

    if (asked.what === 'rcpt') return done(reply(asked.code, asked.text));
    if (asked.what === 'once' && !seenOnce.has(address.address)) {
      seenOnce.add(address.address);
      return done(reply(asked.code, asked.text));
    }
    if (percent() < Number(options.perm || 0)) return done(reply(550, '5.1.1 no such user'));
    return done();
  },

  onData(stream, session, done) {
    const parts = [];

    reach('data');
    stream.once('data', () => reach('body'));
    if (askedFor(session.envelope.rcptTo[0].address).what === 'cut')
      return stream.once('data', () => cut(session));
    stream.on('data', (part) => parts.push(part));
    stream.on('end', () => answer(session, Buffer.concat(parts), done));
  },
});

server.on('error', (error) => note('!error\t' + error.message));
server.listen(0, '127.0.0.1', () => console.log('ready ' + server.server.address().port));
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
