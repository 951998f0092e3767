#!/usr/bin/env python3
"""fake-jmap.py: a JMAP server that does wrong what it is told to.

Prints "ready PORT" and ends when its standard input does. User u1@shop.example, password "correct-horse", or
the token "a-token". POST /control takes {"faults": [{"at": STAGE, "do": FAULT, "times": N}]}, STAGE being
session, upload, download, or the name of the last method of a request, and also {"options": {…}}, {"forget":
true} (changes are not known any more), {"move": [FROM, TO]} (all mails) and {"reset": true} (as new); GET /control tells what was sent,
and which mails lie where. POST /deliver puts a mail into the inbox.

Faults: cut (closes before anything is done), cut-after (after it is done), half (breaks off in the answer),
hang (never answers), hang-after, slow (an answer a byte at a time), garbage, deep (JSON of nothing but
brackets), huge (an answer that does not end), status:N, refuse:TYPE (the method), object:TYPE[:WORDS] (the
object), crash (a submission leaves, and the mail stays in Drafts; no answer), elsewhere (redirects to
another host).
"""
import base64
import email
import json
import sys
import threading
import time
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

CORE, MAIL, SUBMISSION = ("urn:ietf:params:jmap:" + name for name in ("core", "mail", "submission"))
ACCOUNT = "a1"
lock = threading.RLock()


class Store:
    def __init__(self):
        self.faults, self.options, self.blobs, self.mails, self.sent = [], {}, {}, {}, []
        self.state, self.log, self.next, self.asked, self.first_state = 1, [], 1, [], 1

    def new_id(self, letter):
        self.next += 1
        return f"{letter}{self.next}"

    def note(self, kind, id):
        self.state += 1
        self.log.append((self.state, kind, id))

    def add_mail(self, raw, mailboxes, keywords):
        id, blob = self.new_id("M"), self.new_id("B")
        self.blobs[blob] = raw
        message = email.message_from_bytes(raw)
        self.mails[id] = {"id": id, "blobId": blob, "mailboxIds": mailboxes, "keywords": keywords,
                          "size": len(raw), "received": self.next,
                          "messageId": [(message["Message-ID"] or "").strip(" <>")],
                          "headers": [{"name": name, "value": " " + value} for name, value in message.items()]}
        self.note("created", id)
        return id

    def take_fault(self, stage):
        for fault in self.faults:
            if fault["at"] == stage and fault.get("times", 1) > 0:
                fault["times"] = fault.get("times", 1) - 1
                return fault["do"]
        return ""


store = Store()


def refuse(type, description=None):
    return "error", {"type": type, **({"description": description} if description else {})}


def get_mailboxes(arguments):
    roles = store.options.get("roles", ["inbox", "drafts", "sent"])
    return "Mailbox/get", {"list": [{"id": role, "role": role, "name": role.title()} for role in roles]}


def get_identities(arguments):
    emails = store.options.get("identities", ["u1@shop.example"])
    return "Identity/get", {"list": [{"id": f"i{n}", "email": email} for n, email in enumerate(emails)]}


def import_mails(arguments, fault=""):
    created, not_created = {}, {}
    for key, mail in arguments["emails"].items():
        raw = store.blobs.get(mail["blobId"])
        same = [id for id, other in store.mails.items() if store.blobs[other["blobId"]] == raw]
        if fault.startswith("object:"):
            not_created[key] = {"type": fault.split(":")[1]}
        elif raw is None:
            not_created[key] = {"type": "blobNotFound"}
        elif same:
            not_created[key] = {"type": "alreadyExists", "existingId": same[0]}
        else:
            created[key] = {"id": store.add_mail(raw, mail["mailboxIds"], mail["keywords"])}
    return "Email/import", {"created": created or None, "notCreated": not_created or None}


def patch_mail(id, patch):
    mail = store.mails[id]
    for path, value in patch.items():
        member, key = path.split("/", 1)
        if value is None:
            mail[member].pop(key, None)
        else:
            mail[member][key] = value
    store.note("updated", id)


def submit(arguments, fault=""):
    created, not_created = {}, {}
    for key, wanted in arguments["create"].items():
        mail = store.mails.get(wanted["emailId"])
        if fault.startswith("object:"):
            type, _, words = fault[7:].partition(":")
            not_created[key] = {"type": type, **({"description": words} if words else {})}
            continue
        if mail is None:
            not_created[key] = {"type": "invalidProperties", "properties": ["emailId"]}
            continue
        store.sent.append({"messageId": mail["messageId"][0], "from": wanted["envelope"]["mailFrom"]["email"],
                           "to": [to["email"] for to in wanted["envelope"]["rcptTo"]],
                           "identity": wanted["identityId"],
                           "raw": store.blobs[mail["blobId"]].decode("latin-1")})
        created[key] = {"id": store.new_id("S")}
        if fault != "crash":
            patch_mail(wanted["emailId"], arguments["onSuccessUpdateEmail"]["#" + key])
    return "EmailSubmission/set", {"created": created or None, "notCreated": not_created or None}


def set_mails(arguments):
    destroyed = [id for id in arguments.get("destroy", []) if store.mails.pop(id, None)]
    for id in destroyed:
        store.note("destroyed", id)
    return "Email/set", {"destroyed": destroyed or None}


def get_mails(arguments):
    wanted = arguments["properties"]
    found = [store.mails[id] for id in arguments["ids"] if id in store.mails]
    return "Email/get", {"state": str(store.state), "notFound": [],
                         "list": [{name: mail[name] for name in wanted} for mail in found]}


def query_mails(arguments):
    condition = arguments["filter"]
    mails = sorted(store.mails.values(), key=lambda mail: -mail["received"])
    if "header" in condition:
        if store.options.get("no-header-filter"):
            return refuse("unsupportedFilter")
        name, part = condition["header"]
        mails = [mail for mail in mails
                 if any(header["name"].lower() == name.lower() and part in header["value"]
                        for header in mail["headers"])]
    if "inMailbox" in condition:
        mails = [mail for mail in mails if mail["mailboxIds"].get(condition["inMailbox"])]
    begin = arguments.get("position", 0)
    return "Email/query", {"ids": [mail["id"] for mail in mails][begin:begin + arguments.get("limit", 1000)]}


def change_mails(arguments):
    since = int(arguments["sinceState"])
    if since < store.first_state:
        return refuse("cannotCalculateChanges")
    entries = [entry for entry in store.log if entry[0] > since][:arguments.get("maxChanges", 1000)]
    new = entries[-1][0] if entries else store.state
    lists = {kind: list(dict.fromkeys(id for _, of, id in entries if of == kind))
             for kind in ("created", "updated", "destroyed")}
    lists["updated"] = [id for id in lists["updated"] if id not in lists["created"]]
    return "Email/changes", {"oldState": arguments["sinceState"], "newState": str(new),
                             "hasMoreChanges": new < store.state, **lists}


METHODS = {"Mailbox/get": get_mailboxes, "Identity/get": get_identities, "Email/import": import_mails,
           "EmailSubmission/set": submit, "Email/set": set_mails, "Email/get": get_mails,
           "Email/query": query_mails, "Email/changes": change_mails}


def resolve(arguments, responses):
    whole = {}
    for name, value in arguments.items():
        if name.startswith("#") and isinstance(value, dict) and "resultOf" in value:
            result = next((args for method, args, id in responses
                           if id == value["resultOf"] and method == value["name"]), None)
            if result is None:
                return None
            name, value = name[1:], result[value["path"].strip("/")]
        whole[name] = value
    return whole


def answer_calls(calls, fault):
    responses = []
    for number, (method, arguments, id) in enumerate(calls):
        arguments = resolve(arguments, responses)
        last = number + 1 == len(calls)
        if last and fault.startswith("refuse:"):
            name, result = refuse(fault[7:])
        elif arguments is None:
            name, result = refuse("invalidResultReference")
        elif arguments.get("accountId") != ACCOUNT:
            name, result = refuse("accountNotFound")
        elif method in ("Email/import", "EmailSubmission/set") and last:
            name, result = METHODS[method](arguments, fault)
        else:
            name, result = METHODS[method](arguments)
        responses.append([name, result, id])
    return {"methodResponses": responses, "sessionState": store.options.get("session-state", "1")}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        pass

    def say(self, status, body, type="application/json", headers=()):
        self.send_response(status)
        self.send_header("Content-Type", type)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def cut(self):
        self.close_connection = True
        self.connection.shutdown(2)

    def is_let_in(self):
        basic = "Basic " + base64.b64encode(b"u1@shop.example:correct-horse").decode()
        return self.headers.get("Authorization") in (basic, "Bearer a-token")

    # What the fault is, before anything is done; True: that was all.
    def fail_before(self, fault):
        if fault == "cut":
            self.cut()
        elif fault == "hang":
            time.sleep(3600)
        elif fault.startswith("status:"):
            self.say(int(fault[7:]), b'{"type": "about:blank", "detail": "by order"}',
                     "application/problem+json", [("Retry-After", "7")])
        elif fault == "elsewhere":
            self.say(302, b"", headers=[("Location", self.server.other + self.path)])
        else:
            return False
        return True

    def finish_with(self, fault, body, type="application/json"):
        if fault in ("cut-after", "crash"):
            return self.cut()
        if fault == "hang-after":
            time.sleep(3600)
        if fault == "half":
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body[:len(body) // 2])
            self.wfile.flush()
            return self.cut()
        if fault == "huge":
            self.send_response(200)
            self.send_header("Content-Length", str(1 << 40))
            self.end_headers()
            try:
                while True:
                    self.wfile.write(b" " * 65536)
            except OSError:
                return self.cut()
        if fault == "slow":
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            for byte in body:
                self.wfile.write(bytes([byte]))
                time.sleep(0.0005)
            return None
        body = {"garbage": b"<html>", "deep": b"[" * 1000000}.get(fault, body)
        return self.say(200, body, type)

    def session(self):
        base = store.options.get("base", "")
        return {"capabilities": {CORE: {"maxSizeUpload": store.options.get("maxSizeUpload", 50000000),
                                        "maxSizeRequest": 10000000, "maxCallsInRequest": 16,
                                        "maxObjectsInGet": store.options.get("maxObjectsInGet", 500)},
                                 MAIL: {}, SUBMISSION: {}},
                "accounts": {ACCOUNT: {"name": "u1"}},
                "primaryAccounts": store.options.get("primary", {MAIL: ACCOUNT, SUBMISSION: ACCOUNT}),
                "apiUrl": base + "/api", "uploadUrl": base + "/upload/{accountId}/",
                "downloadUrl": base + "/download/{accountId}/{blobId}/{name}?accept={type}",
                "eventSourceUrl": base + "/events", "state": store.options.get("session-state", "1")}

    def do_GET(self):
        if self.path == "/control":
            with lock:
                told = {"sent": store.sent, "mails": list(store.mails.values()), "asked": store.asked,
                        "state": store.state}
                return self.say(200, json.dumps(told).encode())
        stage = "download" if self.path.startswith("/download/") else "session"
        with lock:
            fault = store.take_fault(stage)
            store.asked.append(f"{stage} {self.headers.get('Host')} {bool(self.headers.get('Authorization'))}")
        if self.fail_before(fault):
            return None
        if not self.is_let_in():
            return self.say(401, b"{}")
        if stage == "download":
            blob = store.blobs.get(urllib.parse.unquote(self.path.split("/")[3]))
            return self.finish_with(fault, blob, "message/rfc822") if blob else self.say(404, b"{}")
        if self.path == "/.well-known/jmap":
            return self.say(301, b"", headers=[("Location", "/session")])
        return self.finish_with(fault, json.dumps(self.session()).encode())

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        with lock:
            if self.path == "/control":
                told = json.loads(body)
                if told.get("reset"):
                    store.__init__()
                store.faults = told.get("faults", store.faults)
                store.options.update(told.get("options", {}))
                if told.get("forget"):
                    store.first_state = store.state + 1
                    store.note("nothing", "")
                if "move" in told:
                    for id, mail in store.mails.items():
                        if mail["mailboxIds"].pop(told["move"][0], None):
                            mail["mailboxIds"][told["move"][1]] = True
                            store.note("updated", id)
                return self.say(200, b"{}")
            if self.path == "/deliver":
                store.add_mail(body, {"inbox": True}, {})
                return self.say(200, b"{}")
        if not self.is_let_in():
            return self.say(401, b"{}")
        if self.path.startswith("/upload/"):
            return self.answer("upload", lambda fault: self.upload(body))
        calls = json.loads(body)["methodCalls"]
        return self.answer(calls[-1][0], lambda fault: answer_calls(calls, fault))

    def upload(self, body):
        blob = store.new_id("B")
        store.blobs[blob] = body
        return {"accountId": ACCOUNT, "blobId": blob, "size": len(body), "type": "message/rfc822"}

    def answer(self, stage, make):
        with lock:
            fault = store.take_fault(stage)
            store.asked.append(stage)
        if self.fail_before(fault):
            return None
        with lock:
            told = make(fault)
        return self.finish_with(fault, json.dumps(told).encode())


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        """Clients that are killed are what it is for."""


def main():
    server = Server(("127.0.0.1", 0), Handler)
    server.other = f"http://localhost:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print("ready", server.server_port, flush=True)
    sys.stdin.read()


main()
