/* f.js: sends forms of Rungs. It asks the relay for a token, works for it a little while the form is
   filled in (so that sending thousands is dear), and posts: on the relay's own page as any form does,
   on other sites in place. Without this script a form works as well, with one more step. */
(function () {
  'use strict';

  /* ---- SHA-256 (FIPS 180-4) of one block: texts of at most 55 letters of ASCII */

  var K = [], H = [];
  for (var n = 2; K.length < 64; n++) {
    var prime = true;
    for (var d = 2; d * d <= n; d++) {
      prime = prime && n % d !== 0;
    }
    if (prime) {
      if (H.length < 8) {
        H.push((Math.pow(n, 1 / 2) % 1 * 4294967296) | 0);
      }
      K.push((Math.pow(n, 1 / 3) % 1 * 4294967296) | 0);
    }
  }

  function turn(x, by) {
    return x >>> by | x << 32 - by;
  }

  /* The first 32 bits of the hash; no form asks for more zeros. */
  function hash(text) {
    var w = new Int32Array(64), s = H.slice(), i;
    for (i = 0; i < text.length; i++) {
      w[i >> 2] |= text.charCodeAt(i) << 24 - i % 4 * 8;
    }
    w[i >> 2] |= 128 << 24 - i % 4 * 8;
    w[15] = text.length * 8;
    for (i = 0; i < 64; i++) {
      if (i > 15) {
        var a = w[i - 15], b = w[i - 2];
        w[i] = w[i - 16] + w[i - 7] + (turn(a, 7) ^ turn(a, 18) ^ a >>> 3) + (turn(b, 17) ^ turn(b, 19) ^ b >>> 10);
      }
      var t = s[7] + (turn(s[4], 6) ^ turn(s[4], 11) ^ turn(s[4], 25)) + (s[4] & s[5] ^ ~s[4] & s[6]) + K[i] + w[i] | 0;
      var u = (turn(s[0], 2) ^ turn(s[0], 13) ^ turn(s[0], 22)) + (s[0] & s[1] ^ s[0] & s[2] ^ s[1] & s[2]) | 0;
      s = [t + u | 0, s[0], s[1], s[2], s[3] + t | 0, s[4], s[5], s[6]];
    }
    return H[0] + s[0] | 0;
  }

  /* Works in small pieces, so that typing is never held up. */
  function work(token, bits) {
    return new Promise(function (resolve) {
      var number = 0;
      (function piece() {
        for (var end = number + 500; number < end; number++) {
          if (bits === 0 || hash(token + '.' + number) >>> 32 - bits === 0) {
            resolve(number);
            return;
          }
        }
        setTimeout(piece, 0);
      }());
    });
  }

  function wait(milliseconds) {
    return new Promise(function (resolve) {
      setTimeout(resolve, Math.max(0, milliseconds));
    });
  }

  /* ---- a form */

  function arm(form) {
    var action = new URL(form.getAttribute('action') || '', location.href);
    var ready = null, busy = false, note = null;

    /* The fields that prove something; nothing where the relay cannot be asked. */
    function prepare() {
      ready = ready || fetch(action.origin + action.pathname + '/token', {credentials: 'omit'}).then(function (answer) {
        return answer.json();
      }).then(function (told) {
        var counts = Date.now() + told.seconds * 1000 + 200;
        return work(told.token, told.bits).then(function (number) {
          return wait(counts - Date.now()).then(function () {
            return {'rungs-token': told.token, 'rungs-work': String(number)};
          });
        });
      }).catch(function () {
        return {};
      });
      return ready;
    }

    function set(name, value) {
      var input = form.querySelector('input[type=hidden][name="' + name + '"]');
      if (!input) {
        input = document.createElement('input');
        input.type = 'hidden';
        input.name = name;
        form.appendChild(input);
      }
      input.value = value;
    }

    function rest() {
      busy = false;
      ready = null;
      form.removeAttribute('aria-busy');
    }

    function fail() {
      rest();
      note = note || form.appendChild(document.createElement('p'));
      note.setAttribute('role', 'alert');
      note.textContent = form.getAttribute('data-rungs-failed') || 'This could not be sent. Please try again.';
    }

    /* Puts what the page that thanks says in the place of the form. */
    function thank(html) {
      var page = new DOMParser().parseFromString(html, 'text/html');
      var said = document.createElement('div');
      var main = page.querySelector('main') || page.body;
      said.tabIndex = -1;
      said.setAttribute('role', 'status');
      while (main.firstChild) {
        said.appendChild(document.adoptNode(main.firstChild));
      }
      form.replaceWith(said);
      said.focus();
    }

    function post() {
      return fetch(action.href, {
        method: 'POST',
        body: new URLSearchParams(new FormData(form)),
        headers: {Accept: 'application/json'},
        credentials: 'include'
      }).then(function (answer) {
        if (!answer.ok) {
          throw new Error(String(answer.status));
        }
        return answer.json();
      }).then(function (told) {
        if (told.then) {
          location.assign(told.then);
        } else {
          thank(told.html);
        }
      }).catch(fail);
    }

    function send(fields) {
      Object.keys(fields).forEach(function (name) {
        set(name, fields[name]);
      });
      if (action.origin === location.origin || !fields['rungs-token']) {
        rest();
        HTMLFormElement.prototype.submit.call(form);
        return;
      }
      set('rungs-page', location.href.replace(/#.*/, ''));
      post();
    }

    form.addEventListener('focusin', prepare);
    form.addEventListener('submit', function (event) {
      event.preventDefault();
      if (busy) {
        return;
      }
      busy = true;
      form.setAttribute('aria-busy', 'true');
      if (event.submitter && event.submitter.name) {
        set(event.submitter.name, event.submitter.value);
      }
      prepare().then(send);
    });
  }

  function armAll() {
    document.querySelectorAll('form[data-rungs]').forEach(arm);
  }

  if (!window.fetch || !window.URLSearchParams || !window.DOMParser) {
    return;
  }
  if (document.readyState === 'loading') {
    document.addEventListener('DOMContentLoaded', armAll);
  } else {
    armAll();
  }
}());
