// token-provider.js: a token address that takes each refresh token once: R1 gives A2 and R2, and so on.
// One that comes again, or that it never gave, is taken for stolen, and from then on nothing is given.
'use strict';

const http = require('http');

let next = 1;
let stolen = false;

const server = http.createServer((request, response) => {
  let body = '';
  request.on('data', chunk => { body += chunk; });
  request.on('end', () => {
    const form = new URLSearchParams(body);
    stolen = stolen || form.get('refresh_token') !== `R${next}`;
    // Slow enough for others to come meanwhile.
    setTimeout(() => {
      response.statusCode = stolen ? 400 : 200;
      response.setHeader('Content-Type', 'application/json');
      response.end(JSON.stringify(stolen ? { error: 'invalid_grant' } : {
        access_token: `A${next}`, refresh_token: `R${next}`, token_type: 'Bearer', expires_in: 3600,
      }));
    }, 200);
    if (!stolen)
      next++;
  });
});

server.listen(0, '127.0.0.1', () => console.log(`ready ${server.address().port}`));
process.stdin.resume().on('end', () => process.exit(0));
