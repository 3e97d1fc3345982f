"""Calls over TLS with and without client certificates, by Python's own ssl.

usage: certificate_client.py PORT ROOT.pem API_KEY NAME=CERT.pem,KEY.pem …

Prints one JSON object: for no certificate and for each name, the status of `GET /v1/participants/me`; and what became of
a connection of TLS 1.1.
"""

import http.client
import json
import ssl
import sys

port, root, api_key, *identities = sys.argv[1:]


def context(identity=None):
    made = ssl.create_default_context(cafile=root)
    if identity:
        made.load_cert_chain(*identity.split(","))
    return made


def status(made):
    connection = http.client.HTTPSConnection("127.0.0.1", int(port), context=made, timeout=30)
    connection.request("GET", "/v1/participants/me", headers={"Authorization": f"Bearer {api_key}"})
    answer = connection.getresponse().status
    connection.close()
    return answer


def downgraded():
    made = context()
    made.minimum_version = ssl.TLSVersion.TLSv1
    made.maximum_version = ssl.TLSVersion.TLSv1_1
    made.set_ciphers("DEFAULT@SECLEVEL=0")
    try:
        return status(made)
    except ssl.SSLError:
        return "refused"


results = {"none": status(context()), "TLS 1.1": downgraded()}
for identity in identities:
    name, files = identity.split("=")
    results[name] = status(context(files))
print(json.dumps(results))
