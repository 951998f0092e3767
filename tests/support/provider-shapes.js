// provider-shapes.js: what each provider documents of a request to send, and of its answers.
//
// The documentation is named in data/providers/*.json. read() throws where a request does not fit it, else
// returns to, from, messageId, subject, text, html, headers (names in small letters), files, key (of
// idempotency, where there is one).
'use strict';

const crypto = require('crypto');

const KEY = 'secret-key-of-the-test';

function need(condition, words) {
  if (!condition) throw new Error(words);
}

function members(object, known, wanted, where) {
  need(object !== null && typeof object === 'object' && !Array.isArray(object), `${where} is no object`);
  for (const name of Object.keys(object)) need(known.includes(name), `${where} has ${name}`);
  for (const name of wanted) need(name in object, `${where} has no ${name}`);
}

function text(value, where) {
  need(typeof value === 'string' && value !== '', `${where} is no text`);
  return value;
}

function isBase64(value) {
  return typeof value === 'string' && Buffer.from(value, 'base64').toString('base64') === value;
}

function address(value, where) {
  need(/^[^\s<>@]+@[^\s<>@]+$/.test(text(value, where)), `${where} is no address: ${value}`);
  return value;
}

// "Name" <a@b>, as RFC 5322 or plainly
function mailbox(value, where) {
  const found = /^(?:(.*?)\s*<([^<>\s]+)>|([^<>\s]+))$/.exec(text(value, where));
  need(found, `${where} is no mailbox: ${value}`);
  return address(found[2] || found[3], where);
}

function headers(list, where) {
  const all = {};
  for (const [name, value] of list) {
    need(/^[\x21-\x39\x3b-\x7e]+$/.test(name), `${where} has no name of a header: ${name}`);
    need(typeof value === 'string' && !/[\r\n\0]/.test(value), `${where}: ${name} has a line end`);
    need(!(name.toLowerCase() in all), `${where} has ${name} twice`);
    all[name.toLowerCase()] = value;
  }
  return all;
}

function readJson(request, body) {
  need(/^application\/json\b/.test(request.headers['content-type'] || ''), 'no Content-Type application/json');
  return JSON.parse(body.toString('utf8'));
}

function readMime(bytes) {
  const head = bytes.toString('latin1').split('\r\n\r\n')[0].replace(/\r\n[ \t]+/g, ' ');
  need(!/[^\r]\n/.test(bytes.toString('latin1')), 'the message has lines that end in LF alone');
  const all = {};
  for (const line of head.split('\r\n')) {
    const colon = line.indexOf(':');
    need(colon > 0, `no header: ${line}`);
    all[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
  }
  for (const name of ['from', 'to', 'subject', 'date', 'message-id', 'mime-version'])
    need(all[name] !== undefined, `the message has no ${name}`);
  return all;
}

function bare(id) {
  return id.replace(/^<|>$/g, '');
}

// What is carried must be carried whole.
function checkList(all) {
  if (all['list-unsubscribe'] !== undefined)
    need(/^<(mailto|https):[^<>\s]+>(, <[^<>]+>)*$/.test(all['list-unsubscribe']),
      `List-Unsubscribe is ${all['list-unsubscribe']}`);
}

function checkAuth(request, name, value) {
  need(request.headers[name] === value, `${name} is not as it must be`);
}

// ---- Postmark: https://postmarkapp.com/developer/api/email-api

const postmark = {
  name: 'postmark',
  path: /^\/email$/,
  read(request, body) {
    checkAuth(request, 'x-postmark-server-token', KEY);
    checkAuth(request, 'accept', 'application/json');
    need(body.length <= 10 * 1024 * 1024, 'too large');
    const mail = readJson(request, body);
    members(mail, ['From', 'To', 'Cc', 'Bcc', 'Subject', 'Tag', 'HtmlBody', 'TextBody', 'ReplyTo', 'Headers',
      'TrackOpens', 'TrackLinks', 'Metadata', 'Attachments', 'MessageStream'], ['From', 'To', 'MessageStream'],
      'the mail');
    need(mail.HtmlBody !== undefined || mail.TextBody !== undefined, 'neither text nor HTML');
    need(typeof mail.TrackOpens === 'boolean', 'TrackOpens is not true or false');
    need(['None', 'HtmlAndText', 'HtmlOnly', 'TextOnly'].includes(mail.TrackLinks), 'TrackLinks');
    for (const one of mail.Headers) members(one, ['Name', 'Value'], ['Name', 'Value'], 'a header');
    const all = headers(mail.Headers.map((one) => [one.Name, one.Value]), 'Headers');
    checkList(all);
    need(all['x-pm-keepid'] === 'true', 'X-PM-KeepID is not true: the Message-ID would be lost');
    for (const file of mail.Attachments || []) {
      members(file, ['Name', 'Content', 'ContentType', 'ContentID'], ['Name', 'Content', 'ContentType'], 'a file');
      need(isBase64(file.Content), 'Content is no base64');
      need(file.ContentID === undefined || file.ContentID.startsWith('cid:'), 'ContentID without cid:');
    }
    if (mail.ReplyTo !== undefined) mailbox(mail.ReplyTo, 'ReplyTo');
    mailbox(mail.From, 'From');
    return { to: mailbox(mail.To, 'To'), messageId: bare(all['message-id']), mail };
  },
  accepted: (message) => ({ status: 200, body: { To: message.to, SubmittedAt: '2026-03-02T09:00:00.0000000-05:00',
    MessageID: 'pm-' + message.messageId, ErrorCode: 0, Message: 'OK' } }),
  complain: (words) => ({ status: 422, body: { ErrorCode: 300, Message: words } }),
  answers: {
    bad: { status: 422, body: { ErrorCode: 406, Message: 'You tried to send to a recipient that has been marked as inactive.' } },
    key: { status: 401, body: { ErrorCode: 10, Message: 'No Account or Server API tokens were supplied in the HTTP headers.' } },
    throttle: { status: 429, headers: { 'Retry-After': '3600' }, body: { ErrorCode: 429, Message: 'Rate limit exceeded' } },
    server: { status: 500, body: { ErrorCode: 0, Message: 'Internal Server Error' } },
    away: { status: 503, body: { ErrorCode: 100, Message: 'Down for maintenance' } },
    refused: { status: 422, body: { ErrorCode: 300, Message: 'Invalid email request' } },
    credits: { status: 422, body: { ErrorCode: 405, Message: 'Not allowed to send' } },
  },
};

// ---- Mailgun: POST /v3/{domain}/messages.mime

function readParts(request, body) {
  const found = /^multipart\/form-data; boundary=("?)([^"]+)\1$/.exec(request.headers['content-type'] || '');
  need(found, 'no multipart/form-data');
  const whole = body.toString('latin1');
  const pieces = ('\r\n' + whole).split(`\r\n--${found[2]}`);
  need(pieces.pop().trim() === '--', 'the parts do not end');
  need(pieces.shift() === '', 'something stands before the parts');
  return pieces.map((piece) => {
    const at = piece.indexOf('\r\n\r\n');
    need(piece.startsWith('\r\n') && at > 0, 'a part without headers');
    const head = piece.slice(2, at);
    const name = /^Content-Disposition: form-data; name="([^"]+)"(?:; filename="([^"]+)")?$/m.exec(head);
    need(name, `a part of no name: ${head}`);
    return { name: name[1], file: name[2], type: (/^Content-Type: (.*)$/m.exec(head) || [])[1],
      value: Buffer.from(piece.slice(at + 4), 'latin1') };
  });
}

const mailgun = {
  name: 'mailgun',
  path: /^\/v3\/mg\.business\.example\/messages\.mime$/,
  read(request, body) {
    checkAuth(request, 'authorization', 'Basic ' + Buffer.from('api:' + KEY).toString('base64'));
    const parts = readParts(request, body);
    for (const part of parts)
      need(part.name === 'to' || part.name === 'message' || part.name.startsWith('o:'), `there is no ${part.name}`);
    const message = parts.find((part) => part.name === 'message');
    const to = parts.filter((part) => part.name === 'to');
    need(message && message.file, 'message is no file');
    need(to.length === 1, 'to whom?');
    const all = readMime(message.value);
    checkList(all);
    return { to: address(to[0].value.toString(), 'to'), messageId: bare(all['message-id']), mime: message.value };
  },
  accepted: (message) => ({ status: 200, body: { id: `<${message.messageId}>`, message: 'Queued. Thank you.' } }),
  complain: (words) => ({ status: 400, body: { message: words } }),
  answers: {
    bad: { status: 400, body: { message: 'to parameter is not a valid address. please check documentation' } },
    key: { status: 401, body: 'Forbidden' },
    throttle: { status: 429, headers: { 'Retry-After': '3600' }, body: { message: 'Too Many Requests' } },
    server: { status: 500, body: { message: 'Internal Server Error' } },
    away: { status: 503, body: 'Service Unavailable' },
    refused: { status: 413, body: 'Request Entity Too Large' },
    credits: { status: 403, body: { message: 'Domain mg.business.example is not allowed to send: disabled' } },
  },
};

// ---- Amazon SES v2: POST /v2/email/outbound-emails, Signature Version 4

function hash(data) {
  return crypto.createHash('sha256').update(data).digest('hex');
}

function hmac(key, data) {
  return crypto.createHmac('sha256', key).update(data).digest();
}

function checkSignature(request, body, secret) {
  const found = /^AWS4-HMAC-SHA256 Credential=([A-Z0-9]+)\/(\d{8})\/([a-z0-9-]+)\/([a-z]+)\/aws4_request, SignedHeaders=([a-z0-9;-]+), Signature=([0-9a-f]{64})$/
    .exec(request.headers.authorization || '');
  need(found, 'Authorization is not of Signature Version 4');
  const [, accessKey, day, region, service, signed, signature] = found;
  const date = request.headers['x-amz-date'];
  need(/^\d{8}T\d{6}Z$/.test(date || '') && date.startsWith(day), 'X-Amz-Date');
  need(accessKey === 'AKIDEXAMPLEEXAMPLE' && region === 'eu-central-1' && service === 'ses', 'for what is it signed?');
  const names = signed.split(';');
  need(names.includes('host') && names.includes('x-amz-date'), 'host and date are not signed');
  if (body.length > 0) need(names.includes('content-type'), 'content-type is not signed');
  const [path, query] = request.url.split('?');
  const canonical = [request.method, path,
    (query || '').split('&').filter(Boolean).map((pair) => pair.includes('=') ? pair : pair + '=').sort().join('&'),
    ...names.map((name) => `${name}:${request.headers[name].trim().replace(/\s+/g, ' ')}`), '', signed, hash(body)].join('\n');
  const scope = `${day}/${region}/${service}/aws4_request`;
  const key = ['' + day, region, service, 'aws4_request'].reduce(hmac, 'AWS4' + secret);
  const want = hmac(key, ['AWS4-HMAC-SHA256', date, scope, hash(canonical)].join('\n')).toString('hex');
  need(want === signature, 'the signature is wrong');
}

const ses = {
  name: 'ses',
  path: /^\/v2\/email\/outbound-emails$/,
  read(request, body) {
    checkSignature(request, body, KEY);
    const mail = readJson(request, body);
    members(mail, ['FromEmailAddress', 'Destination', 'Content', 'ConfigurationSetName', 'ReplyToAddresses', 'EmailTags',
      'FeedbackForwardingEmailAddress', 'ListManagementOptions'], ['Content'], 'the mail');
    members(mail.Content, ['Raw'], ['Raw'], 'Content');
    members(mail.Content.Raw, ['Data'], ['Data'], 'Raw');
    need(isBase64(mail.Content.Raw.Data), 'Data is no base64');
    members(mail.Destination, ['ToAddresses', 'CcAddresses', 'BccAddresses'], ['ToAddresses'], 'Destination');
    need(mail.Destination.ToAddresses.length === 1, 'to whom?');
    address(mail.FromEmailAddress, 'FromEmailAddress');
    const mime = Buffer.from(mail.Content.Raw.Data, 'base64');
    const all = readMime(mime);
    checkList(all);
    return { to: address(mail.Destination.ToAddresses[0], 'to'), messageId: bare(all['message-id']), mime, mail };
  },
  accepted: (message) => ({ status: 200, body: { MessageId: '0107' + hash(message.messageId).slice(0, 12) + '-000000' } }),
  complain: (words) => ({ status: 400, headers: { 'x-amzn-ErrorType': 'BadRequestException' }, body: { message: words } }),
  answers: {
    bad: { status: 400, headers: { 'x-amzn-ErrorType': 'BadRequestException:http://internal.amazon.com/' }, body: { message: "Missing final '@domain'" } },
    key: { status: 403, headers: { 'x-amzn-ErrorType': 'SignatureDoesNotMatchException' }, body: { message: 'The request signature we calculated does not match the signature you provided.' } },
    throttle: { status: 429, headers: { 'x-amzn-ErrorType': 'TooManyRequestsException', 'Retry-After': '3600' }, body: { message: 'Maximum sending rate exceeded.' } },
    server: { status: 500, headers: { 'x-amzn-ErrorType': 'InternalServiceErrorException' }, body: { message: 'Internal' } },
    away: { status: 503, body: { message: 'Service Unavailable' } },
    refused: { status: 400, headers: { 'x-amzn-ErrorType': 'MessageRejected' }, body: { message: 'Transaction failed: Duplicate header.' } },
    credits: { status: 400, headers: { 'x-amzn-ErrorType': 'SendingPausedException' }, body: { message: 'Email sending is disabled.' } },
  },
};

// ---- SendGrid: POST /v3/mail/send

const RESERVED = ['x-sg-id', 'x-sg-eid', 'received', 'dkim-signature', 'content-type', 'content-transfer-encoding', 'to',
  'from', 'subject', 'reply-to', 'cc', 'bcc'];

const sendgrid = {
  name: 'sendgrid',
  path: /^\/v3\/mail\/send$/,
  read(request, body) {
    checkAuth(request, 'authorization', 'Bearer ' + KEY);
    need(body.length <= 30 * 1024 * 1024, 'too large');
    const mail = readJson(request, body);
    members(mail, ['personalizations', 'from', 'reply_to', 'reply_to_list', 'subject', 'content', 'attachments', 'template_id',
      'headers', 'categories', 'custom_args', 'send_at', 'batch_id', 'asm', 'ip_pool_name', 'mail_settings',
      'tracking_settings'], ['personalizations', 'from', 'subject', 'content'], 'the mail');
    need(mail.personalizations.length === 1 && mail.personalizations[0].to.length === 1, 'to whom?');
    for (const who of [mail.from, mail.personalizations[0].to[0], mail.reply_to].filter(Boolean))
      members(who, ['email', 'name'], ['email'], 'an address');
    need(mail.content.length > 0, 'no content');
    for (const part of mail.content) {
      members(part, ['type', 'value'], ['type', 'value'], 'content');
      text(part.value, 'content');
    }
    need(mail.content.length < 2 || mail.content[0].type === 'text/plain', 'text/plain must come first');
    const all = headers(Object.entries(mail.headers || {}), 'headers');
    for (const name of RESERVED) need(!(name in all), `${name} is reserved`);
    checkList(all);
    for (const file of mail.attachments || []) {
      members(file, ['content', 'type', 'filename', 'disposition', 'content_id'], ['content', 'filename'], 'a file');
      need(isBase64(file.content), 'content is no base64');
      need(['inline', 'attachment'].includes(file.disposition), 'disposition');
    }
    return { to: address(mail.personalizations[0].to[0].email, 'to'), messageId: bare(all['message-id']), mail };
  },
  accepted: (message) => ({ status: 202, headers: { 'X-Message-Id': 'sg' + hash(message.messageId).slice(0, 20) }, body: '' }),
  complain: (words) => ({ status: 400, body: { errors: [{ message: words, field: 'subject', help: null }] } }),
  answers: {
    bad: { status: 400, body: { errors: [{ message: 'Does not contain a valid address.', field: 'personalizations.0.to.0.email', help: null }] } },
    key: { status: 401, body: { errors: [{ message: 'The provided authorization grant is invalid, expired, or revoked', field: null, help: null }] } },
    throttle: { status: 429, headers: { 'Retry-After': '3600' }, body: { errors: [{ message: 'too many requests', field: null, help: null }] } },
    server: { status: 500, body: { errors: [{ message: 'An internal server error', field: null, help: null }] } },
    away: { status: 503, body: '' },
    refused: { status: 413, body: { errors: [{ message: 'The JSON payload you have included in your request is too large.', field: null }] } },
    credits: { status: 403, body: { errors: [{ message: 'The from address does not match a verified Sender Identity.', field: 'from', help: null }] } },
  },
};

// ---- Brevo: POST /v3/smtp/email

const brevo = {
  name: 'brevo',
  path: /^\/v3\/smtp\/email$/,
  read(request, body) {
    checkAuth(request, 'api-key', KEY);
    const mail = readJson(request, body);
    members(mail, ['sender', 'to', 'cc', 'bcc', 'subject', 'htmlContent', 'textContent', 'replyTo', 'attachment', 'headers',
      'templateId', 'params', 'messageVersions', 'tags', 'scheduledAt', 'batchId'], ['sender', 'to', 'subject'], 'the mail');
    need(mail.htmlContent !== undefined || mail.textContent !== undefined, 'neither text nor HTML');
    need(mail.to.length === 1, 'to whom?');
    for (const who of [mail.sender, mail.to[0], mail.replyTo].filter(Boolean)) members(who, ['email', 'name'], ['email'], 'an address');
    const all = headers(Object.entries(mail.headers || {}), 'headers');
    checkList(all);
    need(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(all.idempotencykey || ''), 'idempotencyKey is no UUID');
    for (const file of mail.attachment || []) {
      members(file, ['name', 'content', 'url'], ['name', 'content'], 'a file');
      need(isBase64(file.content), 'content is no base64');
    }
    return { to: address(mail.to[0].email, 'to'), messageId: all.idempotencykey, key: all.idempotencykey, mail };
  },
  accepted: (message) => ({ status: 201, body: { messageId: `<${message.key}@smtp-relay.mailin.fr>` } }),
  complain: (words) => ({ status: 400, body: { code: 'invalid_parameter', message: words } }),
  answers: {
    bad: { status: 400, body: { code: 'invalid_parameter', message: 'email is not valid in to' } },
    key: { status: 401, body: { code: 'unauthorized', message: 'Key not found' } },
    throttle: { status: 429, headers: { 'Retry-After': '3600' }, body: { code: 'too_many_requests', message: 'Too many requests' } },
    server: { status: 500, body: { code: 'internal_error', message: 'Internal error' } },
    away: { status: 503, body: '' },
    refused: { status: 400, body: { code: 'missing_parameter', message: 'subject is missing' } },
    credits: { status: 402, body: { code: 'not_enough_credits', message: 'You have insufficient credits' } },
  },
};

// ---- Resend: POST /emails

const resend = {
  name: 'resend',
  path: /^\/emails$/,
  read(request, body) {
    checkAuth(request, 'authorization', 'Bearer ' + KEY);
    const key = request.headers['idempotency-key'];
    need(key && key.length <= 256, 'Idempotency-Key');
    const mail = readJson(request, body);
    members(mail, ['from', 'to', 'subject', 'bcc', 'cc', 'scheduled_at', 'reply_to', 'html', 'text', 'react', 'headers',
      'attachments', 'tags', 'topic_id', 'template'], ['from', 'to', 'subject'], 'the mail');
    need(Array.isArray(mail.to) && mail.to.length === 1, 'to whom?');
    need(mail.html !== undefined || mail.text !== undefined, 'neither text nor HTML');
    mailbox(mail.from, 'from');
    if (mail.reply_to !== undefined) mailbox(mail.reply_to, 'reply_to');
    const all = headers(Object.entries(mail.headers || {}), 'headers');
    checkList(all);
    for (const file of mail.attachments || []) {
      members(file, ['content', 'filename', 'path', 'content_type', 'content_id'], ['content', 'filename'], 'a file');
      need(isBase64(file.content), 'content is no base64');
    }
    return { to: mailbox(mail.to[0], 'to'), messageId: bare(all['message-id']), key, mail };
  },
  accepted: (message) => ({ status: 200, body: { id: hash(message.messageId).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*/, '$1-$2-$3-$4-$5') } }),
  complain: (words) => ({ status: 422, body: { statusCode: 422, name: 'validation_error', message: words } }),
  answers: {
    bad: { status: 422, body: { statusCode: 422, name: 'validation_error', message: 'Invalid `to` field. The email address needs to follow the `email@example.com` or `Name <email@example.com>` format.' } },
    key: { status: 403, body: { statusCode: 403, name: 'invalid_api_key', message: 'API key is invalid' } },
    throttle: { status: 429, headers: { 'Retry-After': '3600' }, body: { statusCode: 429, name: 'rate_limit_exceeded', message: 'Too many requests.' } },
    server: { status: 500, body: { statusCode: 500, name: 'application_error', message: 'An unexpected error occurred.' } },
    away: { status: 503, body: '' },
    refused: { status: 451, body: { statusCode: 451, name: 'security_error', message: 'We may have found a security issue with the request.' } },
    credits: { status: 403, body: { statusCode: 403, name: 'validation_error', message: 'The business.example domain is not verified.' } },
  },
};

module.exports = [postmark, mailgun, ses, sendgrid, brevo, resend];
module.exports.KEY = KEY;
module.exports.checkSignature = checkSignature;

// Which key came with a question, without telling it.
module.exports.nameAuth = (request) => {
  const given = request.headers;
  if (given['x-postmark-server-token'] === KEY) return 'postmark';
  if (given['api-key'] === KEY) return 'brevo';
  if (given.authorization === 'Bearer ' + KEY) return 'bearer';
  if (given.authorization === 'Basic ' + Buffer.from('api:' + KEY).toString('base64')) return 'basic';
  try {
    checkSignature(request, Buffer.alloc(0), KEY);
    return 'aws';
  } catch (error) {
    return 'nobody';
  }
};
