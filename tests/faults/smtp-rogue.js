// smtp-rogue.js: a thing on loopback that answers like no decent mail server does.
//
//   node smtp-rogue.js MODE LOG [KEY CERT]
//
// Prints "ready PORT", ends when its standard input does, and writes each line that it is sent to LOG.
//
//   garbage    greets with what is not SMTP, and goes on so
//   refuse     greets with 554                  busy      greets with 421
//   endless    the reply to EHLO has no last line
//   long       replies of forty lines, the last one of 1,000 characters
//   plain      knows no EHLO
//   stripped   offers signing in, but no STARTTLS, as somebody in the middle would
//   inject     says more than it should after STARTTLS, before TLS
//   tls10      TLS 1.0 at most
//   no-auth    offers only a way to sign in that nobody has
//   early      says 250 where DATA wants 354
//   half       begins the reply to the final dot, and closes
'use strict';

const fs = require('fs');
const net = require('net');
const tls = require('tls');

const [mode, logFile, key, cert] = process.argv.slice(2);
const log = fs.openSync(logFile, 'a');

const GREETINGS = {
  garbage: 'HTTP/1.1 400 Bad Request\r\nServer: none\r\n\r\n\u0000\u0001\u0002\r\n',
  refuse: '554 5.7.1 your address is on a list\r\n',
  busy: '421 4.3.2 too busy\r\n',
};

const EHLO = {
  endless: '250-' + 'x'.repeat(70) + '\r\n',
  long: '250-rogue\r\n' + '250-XOPTION\r\n'.repeat(40) + '250 ' + 'y'.repeat(1000) + '\r\n',
  plain: '502 what?\r\n',
  stripped: '250-rogue\r\n250 AUTH PLAIN LOGIN\r\n',
  inject: '250-rogue\r\n250 STARTTLS\r\n',
  tls10: '250-rogue\r\n250 STARTTLS\r\n',
  'no-auth': '250-rogue\r\n250 AUTH SCRAM-SHA-1-PLUS\r\n',
};

const DATA = { early: '250 well\r\n' };
const DOT = { half: '250-tak' };

function beginTls(socket) {
  const context = tls.createSecureContext({
    key: fs.readFileSync(key),
    cert: fs.readFileSync(cert),
    minVersion: 'TLSv1',
    maxVersion: 'TLSv1',
    ciphers: 'DEFAULT@SECLEVEL=0',
  });

  socket.removeAllListeners('data');
  new tls.TLSSocket(socket, { isServer: true, secureContext: context }).on('error', () => {});
}

function answer(socket, line) {
  const word = line.split(/[ :]/)[0].toUpperCase();

  if (mode === 'garbage') socket.write('<html>\r\n');
  else if (word === 'EHLO') socket.write(EHLO[mode] || '250 rogue\r\n');
  else if (word === 'STARTTLS') {
    socket.write('220 go\r\n' + (mode === 'inject' ? '250-rogue\r\n250 AUTH PLAIN\r\n' : ''));
    if (mode === 'tls10') beginTls(socket);
  } else if (word === 'DATA') {
    socket.write(DATA[mode] || '354 go\r\n');
    socket.inData = true;
  } else if (mode === 'long' && word !== 'QUIT')
    socket.write('250-yes\r\n'.repeat(20) + '250 ' + 'z'.repeat(1000) + '\r\n');
  else if (word === 'QUIT') socket.end('221 bye\r\n');
  else socket.write('250 yes\r\n');
}

function receive(socket, line) {
  if (!socket.inData) {
    fs.writeSync(log, line + '\n');
    return answer(socket, line);
  }
  if (line !== '.') return undefined;
  fs.writeSync(log, '.\n');
  socket.inData = false;
  if (DOT[mode]) return socket.end(DOT[mode]);
  return socket.write('250 taken\r\n');
}

const server = net.createServer((socket) => {
  let rest = '';

  socket.on('error', () => {});
  socket.on('data', (part) => {
    const lines = (rest + part.toString('latin1')).split('\r\n');
    rest = lines.pop();
    lines.forEach((line) => receive(socket, line));
  });
  socket.write(GREETINGS[mode] || '220 rogue ESMTP\r\n');
  if (mode === 'refuse' || mode === 'busy') socket.end();
});

server.listen(0, '127.0.0.1', () => console.log('ready ' + server.address().port));
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
