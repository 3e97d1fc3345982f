"""One of the peers from PyPI behind the protocol of README.md: python_peer.py NAME read|time."""

import json
import statistics
import sys
import time

KHQR, EMV = ["khqr"], ["khqr", "jpqr", "other"]


def fields(tags):
    """The fields that every reader of the root can tell."""
    names = {"currency": "53", "amount": "54", "country": "58", "name": "59", "city": "60"}
    return {name: tags[tag] for name, tag in names.items() if tags.get(tag) is not None}


def konthaina():
    from konthaina_khqr import decode, verify

    def read(payload):
        return fields(decode(payload)) if verify(payload) else "the checksum does not fit"

    return read, "verify the checksum, split the root", EMV


def bakong():
    from bakong_khqr.sdk.emv_parser import EMVParser

    return lambda payload: fields(EMVParser(payload).parsed), "split the root", EMV


def qriskit():
    from qriskit.model import parse_payload
    from qriskit.validate import crc_issues

    def read(payload):
        code = parse_payload(payload)
        errors = [issue.message for issue in crc_issues(code) if issue.severity == "error"]
        return errors[0] if errors else fields({node.tag: node.value for node in code.nodes})

    return read, "split the root, verify the checksum", EMV


def vietqr_emvco():
    from vietqr_emvco.parser import VietQRParser

    def read(payload):
        if not VietQRParser.verify_checksum(payload):
            return "the checksum does not fit"
        return fields(VietQRParser.parse_raw(payload))

    return read, "verify the checksum, split the root", EMV


def vietnam_qr_pay():
    from vietnam_qr_pay.qr_pay import QRPay

    def read(payload):
        code = QRPay(payload)
        if not code.is_valid:
            return "invalid"
        return fields({"53": code.currency, "54": code.amount, "58": code.nation, "59": code.merchant.name,
                       "60": code.city})

    return read, "verify the checksum, read the fields", EMV


def napas():
    from qr_pay.decode import parse

    read = lambda payload: fields({tag: item.value for tag, item in parse(payload).items()})
    return read, "verify the checksum, split the root and templates", EMV


def uemoa():
    import logging

    from uemoa_qrcode import emv
    from uemoa_qrcode.parser import QRParser

    logging.disable(logging.CRITICAL)

    def read(payload):
        QRParser().parse(payload)
        return fields(emv.fields_to_map(emv.parse_all_fields(payload)))

    return read, "verify the checksum, read the fields", EMV


PEERS = {
    "bakong-khqr": bakong,
    "konthaina-khqr": konthaina,
    "napas-qr-python": napas,
    "qriskit": qriskit,
    "uemoa-qrcode-sdk": uemoa,
    "vietqr-emvco": vietqr_emvco,
    "vietnam-qr-pay": vietnam_qr_pay,
}


def answer(read, payload):
    try:
        result = read(payload)
    except Exception as error:  # A crash on a stranger's text is an answer too.
        return {"accepted": False, "error": f"{type(error).__name__}: {error}"[:120]}
    if isinstance(result, str):
        return {"accepted": False, "error": result}
    return {"accepted": True, "fields": result}


def main():
    read, operation, schemes = PEERS[sys.argv[1]]()
    if sys.argv[2] == "time":
        payload = sys.stdin.read().rstrip("\n")
        first = answer(read, payload)
        if not first["accepted"]:
            print(json.dumps({"error": first["error"]}))
            return
        means = []
        for _ in range(41):
            start = time.perf_counter_ns()
            for _ in range(500):
                read(payload)
            means.append((time.perf_counter_ns() - start) / 500)
        print(json.dumps({"operation": operation, "nanoseconds": round(statistics.median(means), 1)}))
        return
    for line in sys.stdin:
        request = json.loads(line)
        print(json.dumps({"id": request["id"], "schemes": schemes, **answer(read, request["payload"])}))


main()
