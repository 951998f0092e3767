// smtp-chunks.js: a mail server on loopback that takes messages in pieces (CHUNKING, RFC 3030), which
// smtp-sink.js cannot, and does what a test asks of it.
//
//   node smtp-chunks.js --log FILE [--keep DIR] [--kill POINT N FILE] [--without WORD]
//
// Prints "ready PORT", ends when its standard input does. Each message that it takes is a line
// "RECIPIENT<TAB>MESSAGE-ID" in the log, written before the reply is sent. Lines that begin with "!" tell
// what else was said: "!group" the commands that came together, "!command" each one.
//
//   --keep DIR       writes the n-th message as it came to DIR/n.eml
//   --kill POINT N FILE   ends the process whose id is in FILE, each N-th time that a message is at POINT:
//                    connect, mail, rcpt, body, end (come, not taken), taken (not answered), answered
//   --without WORD   does not offer that
//
// The local part of a recipient asks for more:
//   rcpt.CODE.X.Y.Z, data.CODE.X.Y.Z   that reply to RCPT, or to the message
//   pass.CODE.X.Y.Z  that reply to RCPT, but DATA is answered by 354 all the same
//   hang             taken and never answered      drop   taken, then the line is cut
//   away             the line is cut at RCPT, without a reply
//   close.CODE.X.Y.Z that reply to RCPT, and the line is cut
//   ahead            RCPT is answered as if all that may follow had been said, too
//   nul              replies with NUL and other bytes that are no text
'use strict';

const fs = require('fs');
const net = require('net');
const path = require('path');

const options = { kill: [] };
const words = process.argv.slice(2);
while (words.length > 0) {
  const name = words.shift().replace(/^--/, '');
  options[name] = name === 'kill' ? words.splice(0, 3) : words.shift();
}

const log = fs.openSync(options.log, 'a');
const OFFERS = ['PIPELINING', 'CHUNKING', '8BITMIME', 'SMTPUTF8', 'SIZE 1000000'];
let reached = 0;
let messages = 0;

function note(line) {
  fs.writeSync(log, line + '\n');
}

function reach(point) {
  if (options.kill[0] !== point || ++reached % Number(options.kill[1]) !== 0) return;
  try {
    process.kill(Number(fs.readFileSync(options.kill[2], 'utf8')), 'SIGKILL');
  } catch (error) {
    note('!kill\t' + error.message);
  }
}

// "rcpt.550.5.1.1@example.org": what the recipient asks for.
function askedOf(recipient) {
  const [what, code, ...rest] = recipient.split('@')[0].split('.');
  return { what, reply: code + ' ' + rest.join('.') + ' as asked for\r\n' };
}

class Session {
  constructor(socket) {
    this.socket = socket;
    this.rest = Buffer.alloc(0);
    this.forget();
  }

  forget() {
    this.sender = null;
    this.recipient = null;
    this.pending = null; // bytes of the piece that is still to come
    this.pieces = []; // of the message
    this.inData = false;
  }

  // What is said goes out when all that came was looked at, and the log is written.
  say(line) {
    this.replies += line;
  }

  endWith(line) {
    this.say(line);
    this.ends = true;
  }

  receive(part) {
    this.group = [];
    this.replies = '';
    this.ends = false;
    this.rest = Buffer.concat([this.rest, part]);
    while (!this.socket.destroyed && !this.ends && this.step());
    if (this.group.length > 0) note('!group\t' + this.group.join(' '));
    if (this.ends) this.socket.end(this.replies, 'latin1');
    else if (this.replies !== '') this.socket.write(this.replies, 'latin1');
  }

  // Takes one line, or a whole message, from what has come; false: more must come first.
  step() {
    if (this.inData) return this.stepData();
    if (this.pending !== null) return this.stepPiece();
    const end = this.rest.indexOf('\r\n');
    if (end < 0) return false;
    const line = this.rest.subarray(0, end).toString('utf8');
    this.rest = this.rest.subarray(end + 2);
    this.command(line);
    return true;
  }

  stepPiece() {
    if (this.rest.length < this.pending) return false;
    this.pieces.push(this.rest.subarray(0, this.pending));
    this.rest = this.rest.subarray(this.pending);
    this.pending = null;
    if (!this.last) this.say('250 and on\r\n');
    else this.end(Buffer.concat(this.pieces.splice(0)));
    return true;
  }

  stepData() {
    const whole = Buffer.concat([Buffer.from('\r\n'), this.rest]);
    const end = whole.indexOf('\r\n.\r\n');
    if (end < 0) return false;
    this.rest = whole.subarray(end + 5);
    this.inData = false;
    this.end(Buffer.from(whole.subarray(2, end + 2).toString('latin1').replace(/^\.\./gm, '.'),
      'latin1'));
    return true;
  }

  command(line) {
    const word = line.split(/[ :]/)[0].toUpperCase();
    this.group.push(word);
    note('!command\t' + line);
    if (word === 'EHLO') {
      const offers = OFFERS.filter((offer) => offer.split(' ')[0] !== options.without);
      this.say('250-chunks\r\n' + offers.slice(0, -1).map((offer) => '250-' + offer + '\r\n').join('') +
        '250 ' + offers[offers.length - 1] + '\r\n');
    } else if (word === 'MAIL') this.mail(line);
    else if (word === 'RCPT') this.rcpt(line);
    else if (word === 'BDAT') this.bdat(line);
    else if (word === 'DATA') this.data();
    else if (word === 'RSET') {
      this.forget();
      this.say('250 forgotten\r\n');
    } else if (word === 'QUIT') this.endWith('221 bye\r\n');
    else this.say('502 what?\r\n');
  }

  mail(line) {
    reach('mail');
    if (this.sender !== null) return this.say('503 5.5.1 one message at a time\r\n');
    this.sender = /<(.*)>/.exec(line)[1];
    return this.say('250 yes\r\n');
  }

  rcpt(line) {
    const recipient = /<(.*)>/.exec(line)[1];
    const asked = askedOf(recipient);

    reach('rcpt');
    this.lets = asked.what === 'pass';
    if (asked.what === 'away') return this.socket.destroy();
    if (asked.what === 'close') return this.endWith(asked.reply);
    if (asked.what === 'rcpt' || asked.what === 'pass') return this.say(asked.reply);
    this.recipient = recipient;
    if (asked.what === 'ahead') return this.say('250 yes\r\n354 go\r\n250 taken, taken\r\n250 and more\r\n');
    return this.say(asked.what === 'nul' ? '250 \0\xff\x1b[31m\r\n' : '250 yes\r\n');
  }

  bdat(line) {
    const [, size, last] = line.split(' ');
    this.pending = Number(size);
    this.last = last === 'LAST';
    reach('body');
  }

  data() {
    if (this.recipient === null && !this.lets) return this.say('503 5.5.1 nobody to take it\r\n');
    this.inData = true;
    return this.say('354 go\r\n');
  }

  end(message) {
    if (this.recipient === null) return this.say('503 5.5.1 nobody took it\r\n');
    const asked = askedOf(this.recipient);
    const id = /^message-id:\s*<?([^\s>]+)/im.exec(message.toString('latin1'));
    const recipient = this.recipient;

    if (asked.what === 'data') return this.say(asked.reply);
    reach('end');
    this.forget();
    messages++;
    if (options.keep) fs.writeFileSync(path.join(options.keep, messages + '.eml'), message);
    note(recipient + '\t' + (id ? id[1] : '-'));
    reach('taken');
    if (asked.what === 'hang') return undefined;
    if (asked.what === 'drop') return this.socket.destroy();
    this.say('250 taken\r\n');
    return setImmediate(reach, 'answered');
  }
}

const server = net.createServer((socket) => {
  const session = new Session(socket);

  socket.setNoDelay(true);
  socket.on('error', () => {});
  socket.on('data', (part) => session.receive(part));
  note('!connect');
  reach('connect');
  socket.write('220 chunks ESMTP\r\n');
});

server.listen(0, '127.0.0.1', () => console.log('ready ' + server.address().port));
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
