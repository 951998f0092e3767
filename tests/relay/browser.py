"""A real browser for tests: Chromium without a window, driven by its DevTools protocol over a pipe."""

import json
import os
import select
import subprocess
import tempfile
import time


class Browser:
    """Use it in a with statement."""

    def __enter__(self):
        # pylint: disable=consider-using-with
        # what the browser's own children still write when it is gone is left to /tmp
        self.folder = tempfile.TemporaryDirectory(prefix='rungs-chromium-', ignore_cleanup_errors=True)
        to_browser, self.out = os.pipe()
        self.into, from_browser = os.pipe()
        command = f'exec chromium --headless --no-sandbox --disable-gpu --no-first-run --disable-dev-shm-usage ' \
                  f'--disable-background-networking --remote-debugging-pipe --user-data-dir={self.folder.name} ' \
                  f'3<&{to_browser} 4>&{from_browser}'
        self.process = subprocess.Popen(['bash', '-c', command], pass_fds=(to_browser, from_browser),
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_browser)
        os.close(from_browser)
        self.number, self.unread, self.session = 0, b'', None
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(timeout=20)
        os.close(self.out)
        os.close(self.into)
        self.folder.cleanup()

    def _receive(self, seconds):
        end = time.monotonic() + seconds
        while b'\0' not in self.unread:
            assert select.select([self.into], [], [], max(0, end - time.monotonic()))[0], 'the browser says nothing'
            data = os.read(self.into, 1 << 20)
            assert data, 'the browser is gone'
            self.unread += data
        message, _, self.unread = self.unread.partition(b'\0')
        return json.loads(message)

    def call(self, method, **parameters):
        self.number += 1
        message = {'id': self.number, 'method': method, 'params': parameters}
        if self.session is not None:
            message['sessionId'] = self.session
        os.write(self.out, json.dumps(message).encode() + b'\0')
        while True:
            told = self._receive(30)
            if told.get('id') == self.number:
                assert 'error' not in told, (method, told)
                return told['result']

    def open(self, address, width=1280, script=True, before=None, agent=None):
        """A new tab. `before`: script that runs before those of the page."""
        self.session = None
        target = self.call('Target.createTarget', url='about:blank')['targetId']
        self.session = self.call('Target.attachToTarget', targetId=target, flatten=True)['sessionId']
        self.call('Page.enable')
        self.call('Emulation.setDeviceMetricsOverride', width=width, height=900, deviceScaleFactor=1,
                  mobile=width < 600)
        self.call('Emulation.setScriptExecutionDisabled', value=not script)
        if agent:
            self.call('Emulation.setUserAgentOverride', userAgent=agent)
        if before:
            self.call('Page.addScriptToEvaluateOnNewDocument', source=before)
        self.call('Page.navigate', url=address)
        return self

    def run(self, script):
        """What a script comes to, that is none of the page's: it runs where those do not, too."""
        told = self.call('Runtime.evaluate', expression=script, returnByValue=True, awaitPromise=True)
        assert 'exceptionDetails' not in told, told['exceptionDetails']
        return told['result'].get('value')

    def wait_for(self, script, seconds=20):
        """Until it comes to something that is true, which is returned; pages may change meanwhile."""
        end = time.monotonic() + seconds
        while True:
            try:
                found = self.run(script)
            except AssertionError:
                found = None
            if found:
                return found
            assert time.monotonic() < end, (script, self.run('document.documentElement.outerHTML'))
            time.sleep(0.05)

    def fill(self, name, value):
        self.wait_for(f'!!document.querySelector("[name={json.dumps(name)[1:-1]}]")')
        self.run(f'document.querySelector("[name={json.dumps(name)[1:-1]}]").focus()')
        self.call('Input.insertText', text=value)

    def press(self, selector):
        """As a finger or a mouse does, once the page and its scripts are there."""
        self.wait_for('document.readyState === "complete"')
        place = self.wait_for(
            '(() => { const e = document.querySelector(%s); if (!e) return null; e.scrollIntoView();'
            ' const r = e.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]; })()'
            % json.dumps(selector))
        for kind in 'mousePressed', 'mouseReleased':
            self.call('Input.dispatchMouseEvent', type=kind, x=place[0], y=place[1], button='left', clickCount=1)
