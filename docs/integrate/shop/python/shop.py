"""A shop: is told that it was paid, and believes only what the switch has signed.

usage: shop.py PORT
with the webhook's secret in SECRET. Prints each event once.
"""

import json
import os
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer

from kizuna import is_from_switch

LARGEST_BODY = 64 * 1024
seen = set()  # A table of your own: an event that comes again has the same id.


class Till(BaseHTTPRequestHandler):
    def do_POST(self):
        length = int(self.headers.get("Content-Length", "0"))
        if length > LARGEST_BODY:
            return self.answer(413)
        body = self.rfile.read(length)
        if not all(name in self.headers for name in ("webhook-id", "webhook-timestamp", "webhook-signature")):
            return self.answer(400)
        if not is_from_switch(os.environ["SECRET"], self.headers, body):
            return self.answer(401)
        if self.headers["webhook-id"] not in seen:
            seen.add(self.headers["webhook-id"])
            event = json.loads(body)
            print(json.dumps({"type": event["type"], "amount": event["data"].get("amount")}), flush=True)
        self.answer(204)  # A repeat is taken as well, or it would come for days.

    def answer(self, status):
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


if len(sys.argv) != 2:
    sys.exit(__doc__)
HTTPServer(("127.0.0.1", int(sys.argv[1])), Till).serve_forever()
