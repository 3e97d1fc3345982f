"""An issuer: pays a scanned code from a payer's account, and takes refunds.

usage: issuer.py pay CODE VALUE CURRENCY PAYER_CURRENCY
       issuer.py refunds
with the switch's address in SWITCH and the bank's key in KEY.
"""

import json
import os
import sys
import uuid

from kizuna import Kizuna, NoAnswer, Refused

kizuna = Kizuna(os.environ["SWITCH"], os.environ["KEY"])


def pay(code, value, currency, payer_currency):
    resolution = kizuna.post("/v1/resolutions", {"payload": code})
    amount = {"value": value, "currency": currency}
    quote = kizuna.post(
        "/v1/quotes",
        {"resolutionId": resolution["id"], "payerCurrency": payer_currency, "amount": amount},
    )
    # Shown to the payer, who agrees; then her money is held.
    debit = quote["payerDebit"]
    print(f"{resolution['merchant']['name']} is paid {value} {currency}; you pay {debit['value']} {debit['currency']}")
    submission = {
        "quoteId": quote["id"],
        "uetr": str(uuid.uuid4()),  # Stored with the hold before anything is sent: all repeats bear it.
        "merchantAmount": quote["merchantAmount"],
        "payerDebit": debit,
        "payer": {"name": "Chan Sokha", "account": "001-234-567"},
    }
    payment = follow(submit(submission))
    # Success: debit the payer. Failure: let the hold go.
    print(json.dumps({name: payment[name] for name in ("id", "state", "outcome", "payerDebit")}))
    return payment["outcome"] == "success"


def submit(submission):
    """Submits, until it is known that the switch has it or never will."""
    while True:
        try:
            return kizuna.post("/v1/payments", submission, idempotency_key=submission["uetr"])
        except NoAnswer:
            print("No answer yet; the hold stays, and the same is sent again.", file=sys.stderr)


def follow(payment):
    """Waits for the end. Silence is not failure: while the outcome is unknown, the payer's hold stays."""
    while payment["outcome"] not in ("success", "failure"):
        payment = kizuna.get(f"/v1/payments/{payment['id']}?wait=25")
    return payment


def refunds():
    """Credits what shops gave back, each once, and says that it was read."""
    credited = {}  # A table of your own, by the refund's id.
    while messages := kizuna.get("/v1/inbox")["items"]:
        for message in messages:
            if message["path"] == "/refund-notices":
                credited[message["body"]["id"]] = message["body"]
        # Only now: what is not acknowledged comes again.
        kizuna.post("/v1/inbox/acknowledgements", {"ids": [message["id"] for message in messages]})
    for refund in credited.values():
        print(json.dumps({"paymentId": refund["paymentId"], "credited": refund["payerAmount"]}))


try:
    if sys.argv[1:2] == ["pay"] and len(sys.argv) == 6:
        sys.exit(0 if pay(*sys.argv[2:]) else 1)
    elif sys.argv[1:] == ["refunds"]:
        refunds()
    else:
        sys.exit(__doc__)
except Refused as refused:
    sys.exit(str(refused))
