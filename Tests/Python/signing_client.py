"""A participant's client that signs with the library `http-message-signatures` (RFC 9421), and then misbehaves.

usage: signing_client.py BASE_URL API_KEY KEY_ID PRIVATE_KEY.pem

Prints one JSON object: what it tried, and the status of each answer.
"""

import base64
import hashlib
import http.client
import json
import sys
import uuid
from datetime import datetime, timedelta, timezone
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.serialization import load_pem_private_key
from http_message_signatures import HTTPMessageSigner, HTTPSignatureKeyResolver, algorithms

base_url, api_key, key_id, key_file = sys.argv[1:]
with open(key_file, "rb") as file:
    private_key = load_pem_private_key(file.read(), None)


class Keys(HTTPSignatureKeyResolver):
    def resolve_private_key(self, key_id):
        return private_key

    def resolve_public_key(self, key_id):
        return private_key.public_key()


class Request:
    def __init__(self, method, path, body=None):
        self.method, self.url = method, base_url + path
        self.body = None if body is None else json.dumps(body).encode()
        self.headers = {"Authorization": f"Bearer {api_key}"}
        if self.body is not None:
            digest = base64.b64encode(hashlib.sha256(self.body).digest()).decode()
            self.headers["Content-Type"] = "application/json"
            self.headers["Content-Digest"] = f"sha-256=:{digest}:"
            self.headers["Idempotency-Key"] = str(uuid.uuid4())

    def sign(self, created=None, covered=None, as_key=key_id):
        covered = covered or ["@method", "@path"] + (["@query"] if "?" in self.url else []) + (
            ["content-digest", "idempotency-key"] if self.body is not None else []
        )
        signer = HTTPMessageSigner(signature_algorithm=algorithms.ED25519, key_resolver=Keys())
        signer.sign(
            self,
            key_id=as_key,
            created=created or datetime.now(timezone.utc),
            nonce=uuid.uuid4().hex,
            covered_component_ids=covered,
            use_existing_digest="Content-Digest" in self.headers,
        )
        return self

    def send(self):
        address = urlsplit(self.url)
        connection = http.client.HTTPConnection(address.hostname, address.port, timeout=30)
        target = address.path + (f"?{address.query}" if address.query else "")
        connection.request(self.method, target, self.body, self.headers)
        status = connection.getresponse().status
        connection.close()
        return status


def get():
    return Request("GET", "/v1/participants/me")


def resolve():
    return Request("POST", "/v1/resolutions", {"payload": "none"})


def changed(request, change):
    change(request)
    return request


def minutes(count):
    return datetime.now(timezone.utc) + timedelta(minutes=count)


twice = get().sign()
results = {
    "signed": get().sign().send(),
    "signed with a query": Request("GET", "/v1/merchants?limit=1").sign().send(),
    "signed with a body": resolve().sign().send(),
    "not signed": get().send(),
    "sent once": twice.send(),
    "sent again": twice.send(),
    "another path": changed(get().sign(), lambda r: setattr(r, "url", base_url + "/v1/rates")).send(),
    "another method": changed(get().sign(), lambda r: setattr(r, "method", "HEAD")).send(),
    "another body": changed(resolve().sign(), lambda r: setattr(r, "body", b'{"payload": "some"}')).send(),
    "another body and digest": changed(
        resolve().sign(),
        lambda r: (
            setattr(r, "body", b"{}"),
            r.headers.update({"Content-Digest": "sha-256=:RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o=:"}),
        ),
    ).send(),
    "another idempotency key": changed(
        resolve().sign(), lambda r: r.headers.update({"Idempotency-Key": "another"})
    ).send(),
    "body not covered": resolve().sign(covered=["@method", "@path"]).send(),
    "ten minutes old": get().sign(created=minutes(-10)).send(),
    "ten minutes ahead": get().sign(created=minutes(10)).send(),
    "another key's id": get().sign(as_key=str(uuid.uuid4())).send(),
    "no key's id": get().sign(as_key="mine").send(),
    "no signature behind its input": changed(get().sign(), lambda r: r.headers.pop("Signature")).send(),
}
print(json.dumps(results))
