"""A receiver of the switch's messages that believes nothing but the library `standardwebhooks`.

Prints its port, keeps every POST with its headers, and answers GET /report with what the library says of each:
`PUT /secrets/NAME` gives it the secrets (a JSON list) of the deliveries below /NAME/.
"""

import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from standardwebhooks.webhooks import Webhook, WebhookVerificationError

lock = threading.Lock()
deliveries = []
secrets = {}


def believes(secret, body, headers):
    try:
        Webhook(secret).verify(body, headers)
        return True
    except WebhookVerificationError:
        return False


def verdict(delivery):
    name = delivery["path"].split("/")[1]
    body, headers = delivery["body"], delivery["headers"]
    changed = body[:-1] + bytes([body[-1] ^ 1])
    return {
        "path": delivery["path"],
        "id": headers.get("webhook-id"),
        "type": json.loads(body).get("type"),
        "signatures": len(headers.get("webhook-signature", "").split()),
        "believedWith": [i for i, secret in enumerate(secrets.get(name, [])) if believes(secret, body, headers)],
        "changedIsBelieved": any(believes(secret, changed, headers) for secret in secrets.get(name, [])),
    }


class Receiver(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def body(self):
        return self.rfile.read(int(self.headers.get("Content-Length", "0")))

    def answer(self, status, value=None):
        body = b"" if value is None else json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        headers = {name.lower(): value for name, value in self.headers.items()}
        with lock:
            deliveries.append({"path": self.path, "headers": headers, "body": self.body()})
        if self.path.endswith("/credit-requests"):
            self.answer(200, {"status": "ACCEPTED"})
        else:
            self.answer(200, {})

    def do_PUT(self):
        with lock:
            secrets[self.path.split("/")[2]] = json.loads(self.body())
        self.answer(200, {})

    def do_GET(self):
        with lock:
            self.answer(200, {"items": [verdict(delivery) for delivery in deliveries]})

    def log_message(self, *_):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
print(server.server_port, flush=True)
threading.Thread(target=lambda: (sys.stdin.read(), server.shutdown()), daemon=True).start()
server.serve_forever()
