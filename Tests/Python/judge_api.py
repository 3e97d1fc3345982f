"""Has openapi-spec-validator judge the document of a real `kizuna serve`, and schemathesis its answers.

    judge_api.py KIZUNA [--seconds N | --examples N] [--phases LIST] [--callers LIST] [--seed N]

Every operation is called by nobody, by an issuer, an acquirer and a provider with their keys, and by a person with hers;
each has an equal part of the seconds, or so many examples for each operation. Ends with 1 where anything is found.
"""

import argparse
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import threading
import urllib.error
import urllib.request
import uuid

from openapi_spec_validator import OpenAPIV31SpecValidator

HERE = pathlib.Path(__file__).resolve().parent
BANKS = {
    "mekong-bank": ("KH", "issuer"),
    "naniwa-acquiring": ("JP", "acquirer"),
    "tonle-fx": ("KH", "fx-provider"),
}
CALLERS = ["nobody", "mekong-bank", "naniwa-acquiring", "tonle-fx", "sokha"]


class Switch:
    """A `kizuna serve` on a database of its own, with three institutions, a person and a few things to look at."""

    def __init__(self, kizuna, folder):
        self.kizuna, self.database = kizuna, f"sqlite:{folder}/kizuna.db"
        self.keys = {}
        for name, (country, role) in BANKS.items():
            fee = ["--issuer-fee", "50"] if role == "issuer" else []
            self.run("participant", "add", "--id", name, "--name", name, "--country", country, "--roles", role, *fee)
            self.keys[name] = json.loads(self.run("key", "create", "--participant", name))["key"]
        self.keys["sokha"] = json.loads(self.run("key", "create", "--operator", "sokha"))["key"]
        self.log = open(f"{folder}/serve.log", "w+")
        self.process = subprocess.Popen(
            [
                kizuna, "serve", "--database", self.database, "--listen", "127.0.0.1:0",
                *(flag for whose in ("participant", "key", "address") for flag in (f"--calls-per-{whose}", "none")),
            ],
            stdout=subprocess.PIPE, stderr=self.log, text=True,
        )
        line = self.process.stdout.readline()
        assert line.startswith("listening on "), line
        self.url = line.split()[-1]
        self.ended = threading.Event()
        threading.Thread(target=self.keep_rates_fresh, daemon=True).start()

    def run(self, *arguments):
        command = [self.kizuna, *arguments, "--database", self.database]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    def call(self, name, method, path, body=None, content_type="application/json"):
        data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data=data, method=method)
        request.add_header("Authorization", f"Bearer {self.keys[name]}")
        if method == "POST":
            request.add_header("Content-Type", content_type)
            request.add_header("Idempotency-Key", uuid.uuid4().hex)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.loads(answer.read())

    def keep_rates_fresh(self):
        pairs = [("KHR", "JPY", "26.8227424749"), ("USD", "JPY", "0.0066889632")]
        rates = [
            {"payerCurrency": payer, "merchantCurrency": shop, "mid": mid, "spreadBasisPoints": 50}
            for payer, shop, mid in pairs
        ]
        while True:
            self.call("tonle-fx", "POST", "/v1/rates", {"rates": rates})
            if self.ended.wait(20):
                return

    def end(self):
        self.ended.set()
        self.process.terminate()
        return self.process.wait(30)

    def furnish(self, document):
        """Does once what the document's examples say, and tells the ids of what came of it."""
        example = lambda path: document["paths"][path]["post"]["requestBody"]["content"]["application/json"]["example"]
        ids = {}

        def post(name, path, body, remember=None):
            answer = self.call(name, "POST", path, body)
            if remember:
                ids.setdefault(remember, []).append(answer["id"])
            return answer

        post("naniwa-acquiring", "/v1/merchants", example("/v1/merchants"), "merchantId")
        for number in range(4):
            resolution = post("mekong-bank", "/v1/resolutions", example("/v1/resolutions"), "resolutionId")
            asked = example("/v1/quotes") | {"resolutionId": resolution["id"]}
            quote = post("mekong-bank", "/v1/quotes", asked, "quoteId")
            paid = example("/v1/payments") | {"quoteId": quote["id"], "uetr": str(uuid.uuid4())}
            payment = post("mekong-bank", "/v1/payments", paid, "paymentId")["id"]
            if number > 0:
                post("naniwa-acquiring", f"/v1/payments/{payment}/answer", {"status": "ACCEPTED"})
            if number == 1:
                post("mekong-bank", f"/v1/payments/{payment}/recalls", {"reason": "FRAD"}, "recallId")
            if number == 2:
                dispute = post("mekong-bank", f"/v1/payments/{payment}/disputes", {"reason": "fraud"}, "disputeId")
                path = f"/v1/disputes/{dispute['id']}/evidence"
                file = self.call("mekong-bank", "POST", path, b"Never served.\n", "text/plain")
                ids["evidenceId"] = [file["id"]]
            if number == 3:
                post("naniwa-acquiring", f"/v1/payments/{payment}/answer", {"status": "REJECTED"})
        hook = {"url": "https://shop.example/kizuna", "events": ["merchant.paid"]}
        post("naniwa-acquiring", "/v1/webhooks", hook, "webhookId")
        inbox = self.call("mekong-bank", "GET", "/v1/inbox?wait=5")
        ids["messageId"] = [message["id"] for message in inbox["items"]]
        return ids


def judge(switch, name, ids, arguments, folder):
    """One run of schemathesis; tells how many requests it made, by status, and whether it found anything."""
    report = folder / f"{name}.ndjson"
    command = [
        pathlib.Path(sys.executable).absolute().with_name("schemathesis"), "--config-file", HERE / "schemathesis.toml", "run",
        switch.url + "/v1/openapi.json", "--checks", "all", "--suppress-health-check", "all",
        "--generation-database", "none", "--report", "ndjson", "--report-ndjson-path", report, "--no-color",
    ]
    if name in switch.keys:
        command += ["--header", f"Authorization: Bearer {switch.keys[name]}"]
    if arguments.examples:
        command += ["--max-examples", str(arguments.examples)]
    else:
        command += ["--max-time", str(max(1, arguments.seconds // len(arguments.callers)))]
    if arguments.phases:
        command += ["--phases", arguments.phases]
    if arguments.seed is not None:
        command += ["--seed", str(arguments.seed)]
    environment = os.environ | {"KIZUNA_IDS": json.dumps(ids), "PYTHONPATH": str(HERE)}
    # What it keeps of a run goes with the folder.
    run = subprocess.run(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )
    counts = {}
    for status in re.findall(r'"status_code":\s*(\d+)', report.read_text()):
        counts[status] = counts.get(status, 0) + 1
    print(f"{name}: {sum(counts.values())} requests, by status {dict(sorted(counts.items()))}", flush=True)
    if run.returncode != 0:
        print(run.stdout)
    return run.returncode == 0 and not any(status.startswith("5") for status in counts)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("kizuna")
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--examples", type=int)
    parser.add_argument("--phases")
    parser.add_argument("--callers", type=lambda text: text.split(","), default=CALLERS)
    parser.add_argument("--seed", type=int)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kizuna-judge-") as place:
        folder = pathlib.Path(place)
        switch = Switch(arguments.kizuna, folder)
        try:
            with urllib.request.urlopen(switch.url + "/v1/openapi.json") as answer:
                document = json.loads(answer.read())
            errors = list(OpenAPIV31SpecValidator(document).iter_errors())
            for error in errors:
                print(f"openapi-spec-validator: {error.message} at {list(error.absolute_path)}")
            operations = sum(len(path) for path in document["paths"].values())
            print(f"openapi-spec-validator: {operations} operations, {len(errors)} errors", flush=True)
            ids = switch.furnish(document)
            results = [judge(switch, name, ids, arguments, folder) for name in arguments.callers]
        finally:
            status = switch.end()
        switch.run("books", "verify")
        print(f"the switch ended with {status}, and its books are right")
        return 0 if not errors and all(results) and status == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
