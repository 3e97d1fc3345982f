"""A client of Kizuna for a bank or a shop, with nothing but Python's standard library."""

import base64
import hashlib
import hmac
import json
import time
import urllib.error
import urllib.request
import uuid


class Refused(Exception):
    """The switch said no. `code` says why, `detail` says what would be right (RFC 9457)."""

    def __init__(self, problem):
        super().__init__(f"{problem['code']}: {problem['detail']}")
        self.code, self.problem = problem["code"], problem


class NoAnswer(Exception):
    """Nobody answered in time: it may have been done. Ask what became of it, or send the same again."""


class Kizuna:
    """Calls the switch, and repeats what was not answered until it is."""

    # How long a request is repeated, in seconds, and how long one attempt may take.
    patience, timeout = 20, 40

    def __init__(self, base_url, key):
        self.base_url, self.key = base_url, key

    def get(self, path):
        return self._ask("GET", path)

    def post(self, path, body, idempotency_key=None):
        """Every attempt bears the same Idempotency-Key, so the switch does it once and answers alike."""
        headers = {"Content-Type": "application/json", "Idempotency-Key": idempotency_key or str(uuid.uuid4())}
        return self._ask("POST", path, json.dumps(body).encode(), headers)

    def _ask(self, method, path, body=None, headers=None):
        headers = {"Authorization": f"Bearer {self.key}"} | (headers or {})
        deadline, pause = time.monotonic() + self.patience, 0.2
        while True:
            try:
                request = urllib.request.Request(self.base_url + path, body, headers, method=method)
                with urllib.request.urlopen(request, timeout=self.timeout) as answer:
                    return json.load(answer)
            except urllib.error.HTTPError as error:
                problem = json.load(error)
                comes_back = error.code in (429, 503) or problem["code"] == "idempotency_in_progress"
                if not comes_back or time.monotonic() > deadline:
                    raise Refused(problem) from None
            except (OSError, ValueError):  # No connection, one that was lost, or an answer that was cut off.
                if time.monotonic() > deadline:
                    raise NoAnswer(path) from None
            time.sleep(pause)
            pause = min(2 * pause, 2)


def is_from_switch(secret, headers, body):
    """Whether a message was signed by the switch within five minutes (Standard Webhooks)."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    moment = headers["webhook-timestamp"]
    if not moment.isdigit() or abs(time.time() - int(moment)) > 300:
        return False
    signed = f"{headers['webhook-id']}.{moment}.".encode() + body
    right = "v1," + base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()
    return any(hmac.compare_digest(right, given) for given in headers["webhook-signature"].split())
