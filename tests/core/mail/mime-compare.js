// mime-compare.js: reads composed messages with mailparser, which knows nothing of us, and holds every
// header and part against what was to be said.
//
//   node mime-compare.js COMPOSER CASES.json
'use strict';

const { execFileSync } = require('child_process');
const fs = require('fs');
const libmime = require('libmime'); // mailparser's own, which leaves words of List-Id encoded
const { simpleParser } = require('mailparser');

const [composer, file] = process.argv.slice(2);
const cases = JSON.parse(fs.readFileSync(file, 'utf8'));
const messages = JSON.parse(execFileSync(composer, [file], { encoding: 'utf8', maxBuffer: 1 << 28 }));
const ALLOWED = ['date', 'from', 'to', 'reply-to', 'message-id', 'subject', 'list-id',
                 'list-unsubscribe', 'list-unsubscribe-post', 'mime-version', 'content-type', 'content-transfer-encoding'];

function rawProblems(bytes) {
  const text = bytes.toString('latin1');
  const head = text.slice(0, text.indexOf('\r\n\r\n') + 2);
  const lines = text.split('\r\n');
  const problems = [];

  if (/[^\r]\n|\r[^\n]/.test(text)) problems.push('a line ends in less than CR LF');
  if (/[^\x20-\x7e\t\r\n]/.test(text)) problems.push('a byte is not printed ASCII');
  if (lines.some(line => line.length > 998)) problems.push('a line is longer than 998 bytes');
  if (!text.endsWith('\r\n')) problems.push('the last line has no end');
  for (const line of head.split('\r\n'))
    if (line.includes('=?utf-8?') && line.length > 76) problems.push('encoded words in a long line');
  for (const word of head.match(/=\?utf-8\?B\?.*?\?=/g) ?? [])
    if (word.length > 75) problems.push('an encoded word is longer than 75');
  const names = head.replace(/\r\n[ \t]/g, ' ').split('\r\n').filter(Boolean).map(l => l.split(':')[0].toLowerCase());
  for (const name of names) if (!ALLOWED.includes(name)) problems.push(`header ${name}`);
  if (new Set(names).size !== names.length) problems.push('a header comes twice');
  return problems;
}

function endInLine(text) {
  return text === '' || text.endsWith('\n') ? text : text + '\n';
}

async function problemsOf(one, encoded) {
  if (one.refused) return encoded === null ? [] : ['it was not refused'];
  if (encoded === null) return ['it was refused'];

  const bytes = Buffer.from(encoded, 'base64');
  const mail = await simpleParser(bytes, { skipTextToHtml: true, skipHtmlToText: true,
                                          skipImageLinks: true });
  const expect = one.expect ?? {};
  const problems = rawProblems(bytes);
  const same = (what, got, wanted) => {
    if (got !== wanted) problems.push(`${what}: ${JSON.stringify(got)}, not ${JSON.stringify(wanted)}`);
  };
  const subject = one.subject.repeat(one.repeat_subject ?? 1);

  same('from', mail.from.value[0].name, expect.from_name ?? one.from_name ?? 'Shop');
  same('from address', mail.from.value[0].address, 'shop@example.com');
  same('senders', mail.from.value.length, 1);
  same('to', mail.to.value[0].name, expect.to_name ?? one.to_name);
  same('to address', mail.to.value[0].address, expect.to_email ?? one.to_email.trim());
  same('recipients', mail.to.value.length, 1);
  same('cc', mail.cc, undefined);
  same('bcc', mail.bcc, undefined);
  same('reply-to', mail.replyTo?.value[0].address, one.reply_to);
  same('subject', mail.subject, expect.subject ?? (expect.trim_subject ? subject.trim() : subject));
  same('message-id', mail.messageId, '<abc.1@example.com>');
  same('date', mail.date.toISOString(), '2026-11-21T09:30:00.000Z');
  same('date as it stands', mail.headerLines.find(h => h.key === 'date').line, 'Date: Sat, 21 Nov 2026 10:30:00 +0100');
  same('text', mail.text ?? '', endInLine(expect.text ?? one.text.repeat(one.repeat ?? 1)));
  if (one.html !== undefined) same('html', mail.html || '', endInLine(expect.html ?? one.html.repeat(one.repeat ?? 1)));
  else same('html', mail.html, false);
  const pictures = one.pictures ?? [];
  same('attachments', mail.attachments.length, pictures.length);
  for (const [i, picture] of pictures.entries()) {
    const part = mail.attachments[i];
    if (part === undefined) continue;
    same('cid', part.cid, picture.content_id);
    same('inside the HTML', part.related, true);
    same('shown in place', part.contentDisposition, 'inline');
    same('media type', part.contentType, picture.media_type);
    same('file name', part.filename, picture.file_name);
    same('picture', part.content.toString('base64'), picture.data);
  }
  const list = mail.headers.get('list');
  same('unsubscribe on the web', list?.unsubscribe?.url, one.unsubscribe_web);
  same('one POST', mail.headerLines.find(h => h.key === 'list-unsubscribe-post')?.line,
       one.unsubscribe_web ? 'List-Unsubscribe-Post: List-Unsubscribe=One-Click' : undefined);
  same('unsubscribe', list?.unsubscribe?.mail ? 'mailto:' + list.unsubscribe.mail : undefined, one.unsubscribe);
  same('list', list?.id && libmime.decodeWords(list.id.name), one.list_name);
  if (expect.in_header && !bytes.includes(expect.in_header)) problems.push(`no ${expect.in_header}`);
  same('list id', list?.id?.id, one.list_id);
  same('structure', mail.headers.get('content-type').value, one.html === undefined ? 'text/plain' : 'multipart/alternative');
  return problems;
}

(async () => {
  console.log(`1..${cases.length}`);
  for (const [i, one] of cases.entries()) {
    const problems = await problemsOf(one, messages[i]);
    console.log(`${problems.length ? 'not ok' : 'ok'} ${i + 1} - ${one.name}`);
    for (const problem of problems) console.log(`# ${problem}`);
  }
})();
