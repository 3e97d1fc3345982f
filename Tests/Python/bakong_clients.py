"""Drives clients of the Bakong Open API as they come from PyPI, against a server on this machine.

Usage: bakong_clients.py PORT, with SSL_CERT_FILE and REQUESTS_CA_BUNDLE naming the authority to trust. Reads a command
a line, such as {"client": "pybakong", "do": "check_transaction_md5", "with": ["…"]}, and answers a line for each:
{"ok": …} or {"error": "…"}.

Nothing of the clients is changed. Two of them cannot be told where Bakong is, so its name leads to this machine, as a
name server would have it; one asks a service of its own unless its module's address is set.
"""

import http.client
import json
import socket
import sys

import bakong_khqr
import bakong_v2
import bakong_v2.khqr
import cambodia_bank
import cambodia_bank.api
import pybakong

HOST = "api-bakong.nbc.gov.kh"
PORT = int(sys.argv[1])

resolve = socket.getaddrinfo


def resolve_bakong(host, port, *rest, **named):
    if host == HOST:
        return resolve("127.0.0.1", PORT, *rest, **named)
    return resolve(host, port, *rest, **named)


socket.getaddrinfo = resolve_bakong
bakong_v2.khqr.API_BASE = f"https://{HOST}/v1"


class Plain:
    """No client at all: one request as it is, for what the clients never send."""

    def request(self, method, path, body="", headers=None):
        connection = http.client.HTTPSConnection(HOST, timeout=30)
        connection.request(method, path, body=body.encode(), headers=headers or {})
        response = connection.getresponse()
        content = response.read()
        return {
            "status": response.status,
            "type": response.headers["Content-Type"],
            "length": len(content),
            "text": content.decode("utf-8", "replace"),
        }


clients = {
    "plain": Plain(),
    "pybakong": pybakong.BakongClient(),
    "bakong-khqr": None,
    "bakong-v2": None,
    "cambodia-bank": None,
    "cambodia-bank.api": cambodia_bank.api,
}


def use_token(token):
    """Makes the clients that take their token when they are made."""
    clients["bakong-khqr"] = bakong_khqr.KHQR(token)
    clients["bakong-v2"] = bakong_v2.KHQR(token)
    clients["cambodia-bank"] = cambodia_bank.KHQR(bakong_token=token)


def plain(value):
    """What a client returned, without the classes that some wrap it in."""
    return value.encode().decode() if isinstance(value, str) else value


for line in sys.stdin:
    command = json.loads(line)
    try:
        if command["do"] == "use_token":
            use_token(command["with"][0])
            answer = {"ok": True}
        else:
            method = getattr(clients[command["client"]], command["do"])
            answer = {"ok": plain(method(*command.get("with", []), **command.get("named", {})))}
    except Exception as error:  # Whatever a client throws is its answer.
        answer = {"error": f"{type(error).__name__}: {error}"}
    print(json.dumps(answer, default=str), flush=True)
