"""Has an issuer's, an acquirer's and a shop's program of docs/integrate play together in a sandbox, on bad lines.

usage: integrations.py SWITCH '{"issuer": [COMMAND…], "acquirer": […], "shop": […]}' [SIGNING_KEY.pem]

Their requests go through a line that loses the first answer to each; with a key, the issuer signs them. Prints one JSON
object: what came of it.
"""

import base64
import hashlib
import hmac
import http.client
import json
import os
import queue
import socket
import subprocess
import sys
import threading
import time
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

switch, commands = sys.argv[1], json.loads(sys.argv[2])
signing_key = sys.argv[3] if len(sys.argv) > 3 else None
PATIENCE = 60


def ask(method, url, body=None, headers=None):
    address = urlsplit(url)
    connection = http.client.HTTPConnection(address.hostname, address.port, timeout=PATIENCE)
    target = address.path + (f"?{address.query}" if address.query else "")
    connection.request(method, target, body, headers or {})
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer.status, dict(answer.headers), content


def post(path, body, key=None):
    headers = {"Content-Type": "application/json", "Idempotency-Key": str(uuid.uuid4())}
    if key:
        headers["Authorization"] = f"Bearer {key}"
    status, _, content = ask("POST", switch + path, json.dumps(body).encode(), headers)
    assert status in (200, 201), content
    return json.loads(content)


class BadLine(BaseHTTPRequestHandler):
    """Takes every request to the switch, and loses the answer when it sees a path for the first time."""

    protocol_version = "HTTP/1.1"
    seen = set()
    lost = []
    lock = threading.Lock()

    def pass_on(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        # Proxies of TLS would send these on as they are.
        headers = {name: value for name, value in self.headers.items() if name.lower() not in ("host", "connection")}
        status, answered, content = ask(self.command, switch + self.path, body or None, headers)
        place = f"{self.command} {self.path.partition('?')[0]}"
        with self.lock:
            is_new = place not in self.seen
            self.seen.add(place)
        if is_new and "/inbox" not in place:
            self.lost.append(place)
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        self.send_response(status)
        self.send_header("Content-Type", answered.get("Content-Type", ""))
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = pass_on

    def log_message(self, *_):
        pass


def start(who, *arguments, **environment):
    return subprocess.Popen(
        commands[who] + list(arguments),
        env=os.environ | environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finish(process):
    """The exit status, and the last line that was printed, as JSON."""
    output, complaint = process.communicate(timeout=PATIENCE)
    lines = output.strip().splitlines()
    return process.returncode, json.loads(lines[-1]) if lines else complaint


def deliver(body, secret=None, seconds=None, sent=None, message="msg_1"):
    """Sends something to the shop as the switch would, or nearly."""
    headers = {"Content-Type": "application/json"}
    if secret:
        moment = str(int(seconds or time.time()))
        signed = f"{message}.{moment}.".encode() + body
        code = hmac.digest(base64.b64decode(secret.removeprefix("whsec_")), signed, hashlib.sha256)
        signature = "v1," + base64.b64encode(code).decode()
        headers |= {"webhook-id": message, "webhook-timestamp": moment, "webhook-signature": signature}
    return ask("POST", shop_url, sent or body, headers)[0]


# Two banks that have just joined, and the second one's shop with a webhook.
newcomer = {"name": "Payer's Bank", "country": "KH", "roles": ["issuer"]}
if signing_key:
    der = subprocess.run(
        ["openssl", "pkey", "-in", signing_key, "-pubout", "-outform", "DER"], check=True, capture_output=True
    )
    newcomer["signingKey"] = base64.b64encode(der.stdout).decode()
issuer = post("/v1/sandbox/participants", newcomer)
acquirer = post("/v1/sandbox/participants", {"name": "Shop's Bank", "country": "JP", "roles": ["acquirer"]})
with socket.create_server(("127.0.0.1", 0)) as probe:
    port = probe.getsockname()[1]
shop_url = f"http://127.0.0.1:{port}/"
webhook = post(
    "/v1/webhooks",
    {
        "url": shop_url,
        "events": ["merchant.paid", "merchant.refunded"],
        "merchantId": acquirer["shop"]["merchantId"],
    },
    acquirer["key"],
)
line = ThreadingHTTPServer(("127.0.0.1", 0), BadLine)
threading.Thread(target=line.serve_forever, daemon=True).start()
bad_line = f"http://127.0.0.1:{line.server_address[1]}"
issuer_keys = {"KEY": issuer["key"]}
if signing_key:
    issuer_keys |= {"SIGNING_KEY": signing_key, "SIGNING_KEY_ID": issuer["signingKeyId"]}
paying = {"SWITCH": bad_line} | issuer_keys
taking = {"SWITCH": bad_line, "KEY": acquirer["key"]}
other_shop = next(code["payload"] for code in issuer["codes"] if code["refusedAs"] is None)
pay = lambda code, yen, environment: start("issuer", "pay", code, yen, "JPY", "KHR", **environment)  # noqa: E731

results = {}
shop = start("shop", str(port), SECRET=webhook["secret"])
heard = queue.Queue()
threading.Thread(target=lambda: [heard.put(line) for line in shop.stdout], daemon=True).start()
running = [shop]
try:
    silent = pay(other_shop, "9003", {"SWITCH": switch} | issuer_keys)
    working = start("acquirer", "work", "1", **taking)
    running += [silent, working]
    status, paid = finish(pay(acquirer["shop"]["payload"], "1980", paying))
    results["paid"] = [status, paid["state"], paid["payerDebit"]]
    status, credited = finish(working)
    results["credited"] = [status, credited["paymentId"] == paid["id"], credited["credited"]]
    status, refund = finish(start("acquirer", "refund", paid["id"], "500", "JPY", **taking))
    results["refunded"] = [status, refund["payerAmount"]]
    status, returned = finish(start("issuer", "refunds", **paying))
    results["returned"] = [status, returned["paymentId"] == paid["id"], returned["credited"]]
    results["heard"] = sorted(json.loads(heard.get(timeout=PATIENCE))["type"] for _ in range(2))

    _, _, content = ask(
        "GET", f"{switch}/v1/payments/{paid['id']}/refunds", None, {"Authorization": f"Bearer {acquirer['key']}"}
    )
    results["refunds"] = len(json.loads(content)["items"])
    status, refused = finish(pay(other_shop, "9001", paying))
    results["refused"] = [status, refused["state"]]
    status, ended = finish(silent)
    results["silent"] = [status, ended["state"]]
    time.sleep(1.1)  # The status is as old as that.
    counts = json.loads(ask("GET", f"{switch}/v1/status")[2])["payments"]
    results["payments"] = {state: count for state, count in counts.items() if count > 0}

    event = b'{"type":"merchant.paid","timestamp":"","data":{"amount":null}}'
    results["not signed"] = deliver(event)
    results["altered"] = deliver(event, webhook["secret"], sent=event.replace(b"null", b'"10"'))
    results["another secret"] = deliver(event, "whsec_" + base64.b64encode(bytes(32)).decode())
    results["old"] = deliver(event, webhook["secret"], seconds=time.time() - 301)
    results["early"] = deliver(event, webhook["secret"], seconds=time.time() + 330)
    results["signed"] = deliver(event, webhook["secret"])
    results["repeated"] = deliver(event, webhook["secret"])
    results["last"] = deliver(event, webhook["secret"], message="msg_2")
    results["heard then"] = [json.loads(heard.get(timeout=PATIENCE))["type"] for _ in range(2)]
    results["heard too often"] = heard.qsize()
    results["lost"] = len(BadLine.lost)
finally:
    for process in running:
        process.kill()
print(json.dumps(results))
