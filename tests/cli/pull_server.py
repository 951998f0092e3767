"""A provider on loopback that is asked for what it would push: it pages, throttles, breaks off, repeats and
goes wrong as a test tells it to."""

import datetime
import http.server
import json
import re
import threading
import urllib.parse


class Provider(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, answer):
        """`answer (path, query, headers)`: gives (status, headers, body) or a body that is JSON."""
        super().__init__(('127.0.0.1', 0), Handler)
        self.answer = answer
        self.asked = []
        self.faults = []  # of the next requests: a function of the handler each, or None
        self.now = None   # what its clock says
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def base(self):
        return f'http://127.0.0.1:{self.server_port}'

    def handle_error(self, request, client_address):
        pass  # who asked has gone

    def __exit__(self, *_):
        self.shutdown()
        self.server_close()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'

    def log_message(self, *_):
        pass

    def date_time_string(self, timestamp=None):
        at = self.server.now or datetime.datetime(2026, 3, 2, 9, tzinfo=datetime.timezone.utc).timestamp()
        return super().date_time_string(at)

    def do_GET(self):
        url = urllib.parse.urlsplit(self.path)
        self.server.asked.append((self.path, dict(self.headers)))
        fault = self.server.faults.pop(0) if self.server.faults else None
        if fault:
            fault(self)
            return
        query = {k: v[-1] for k, v in urllib.parse.parse_qs(url.query).items()}
        given = self.server.answer(url.path, query, self.headers)
        self.give(*given if isinstance(given, tuple) else (200, {}, given))

    def give(self, status, headers, body, cut=0):
        body = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body[:len(body) - cut])
        if cut:
            self.close_connection = True


def throttled(handler):
    handler.give(429, {'Retry-After': '120'}, {'error': {'message': 'Slow down'}})


def broken_off(handler):
    handler.give(200, {}, {'data': [{'id': 'x' * 500}]}, cut=100)


def failing(handler):
    handler.give(500, {}, {'error': {'message': 'Out of order'}})


def put_provider(shop, key, source, base, per_minute=100000):
    """The file that comes with Rungs, whose addresses are the server's, as the user's own."""
    text = (source / 'data' / 'providers' / f'{key}.json').read_text()
    text = re.sub(r'"address": "https://[^/"]+/', f'"address": "{base}/', text)
    text = re.sub(r'"per_minute": \d+', f'"per_minute": {per_minute}', text)
    folder = shop.folder / 'data' / 'rungs' / 'providers'
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f'{key}.json').write_text(text)
