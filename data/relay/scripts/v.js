/* v.js: counts visits of pages for the owner of this site. No cookie, nothing that tells visitors
   apart, nothing at all of those who do not want to be followed. Usage, anywhere in a page:
   <script src="https://RELAY/v.js" defer></script> */
(function () {
  'use strict';
  var me = document.currentScript;
  var nav = navigator;
  if (!me || nav.doNotTrack === '1' || window.doNotTrack === '1' || nav.globalPrivacyControl || nav.webdriver) {
    return;
  }

  function tell() {
    var to = new URL('v', me.src).href;
    var code = /[?&]r=([\w-]{1,64})(&|$)/.exec(location.search);
    var body = 'p=' + encodeURIComponent(location.pathname) + (code ? '&r=' + code[1] : '');
    if (!nav.sendBeacon || !nav.sendBeacon(to, body)) {
      fetch(to, {method: 'POST', body: body, mode: 'no-cors', credentials: 'omit', keepalive: true}).catch(function () {});
    }
  }

  /* a page that the browser loads in advance is not visited yet */
  if (document.prerendering) {
    document.addEventListener('prerenderingchange', tell, {once: true});
  } else {
    tell();
  }
}());
