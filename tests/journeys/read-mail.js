// read-mail.js FILE…: what mailparser makes of messages as a server received them, as JSON, one a line.
'use strict';

const fs = require('fs');
const { simpleParser } = require('mailparser');

(async () => {
  for (const file of process.argv.slice(2)) {
    const mail = await simpleParser(fs.readFileSync(file), { keepCidLinks: true });
    const headers = mail.headerLines.map((line) => [line.key, line.line.replace(/^[^:]*:\s*/, '')]);
    process.stdout.write(JSON.stringify({
      from: mail.from.text,
      to: mail.to.value[0].address,
      toName: mail.to.value[0].name,
      subject: mail.subject,
      date: mail.date,
      messageId: mail.messageId,
      text: mail.text,
      html: mail.html,
      attachments: mail.attachments.length,
      list: mail.headers.get('list') || null,
      headers,
    }) + '\n');
  }
})();
