"""An acquirer: promises credits, keeps its promises, and gives money back.

usage: acquirer.py work COUNT            works the inbox until so many payments have been decided
       acquirer.py refund PAYMENT VALUE CURRENCY
with the switch's address in SWITCH and the bank's key in KEY.
"""

import json
import os
import sys
import uuid

from kizuna import Kizuna, Refused

kizuna = Kizuna(os.environ["SWITCH"], os.environ["KEY"])
# Tables of your own: what was promised, and what the shops have been credited, by the payment's id.
promised, credited = {}, {}


def work(count):
    decided = set()
    while len(decided) < count:
        for message in kizuna.get("/v1/inbox?wait=25")["items"]:
            body = message["body"]
            if message["path"] == "/credit-requests":
                promise(body)
            elif message["path"] == "/credit-decisions":
                decide(body)
                decided.add(body["paymentId"])
            # Only now: what is not acknowledged comes again.
            kizuna.post("/v1/inbox/acknowledgements", {"ids": [message["id"]]})


def promise(request):
    """Says yes, and does not credit yet. A repeat gets the same answer."""
    payment = request["paymentId"]
    promised[payment] = request["merchantAmount"]
    try:
        kizuna.post(f"/v1/payments/{payment}/answer", {"status": "ACCEPTED"}, idempotency_key=f"answer-{payment}")
    except Refused as refused:  # Too late, for one: the decision says what became of it.
        print(refused, file=sys.stderr)


def decide(decision):
    """Credits the shop on COMMITTED, once; drops the promise on ABORTED."""
    payment = decision["paymentId"]
    promised.pop(payment, None)
    if decision["decision"] == "COMMITTED" and payment not in credited:
        credited[payment] = decision["merchantAmount"]
        print(json.dumps({"paymentId": payment, "credited": credited[payment]}), flush=True)


def refund(payment, value, currency):
    uetr = str(uuid.uuid4())  # Stored before it is sent, as an issuer does.
    body = {"uetr": uetr, "amount": {"value": value, "currency": currency}, "reason": "CUST"}
    answer = kizuna.post(f"/v1/payments/{payment}/refunds", body, idempotency_key=uetr)
    print(json.dumps({"refundId": answer["id"], "payerAmount": answer["payerAmount"]}))


try:
    if sys.argv[1:2] == ["work"] and len(sys.argv) == 3:
        work(int(sys.argv[2]))
    elif sys.argv[1:2] == ["refund"] and len(sys.argv) == 5:
        refund(*sys.argv[2:])
    else:
        sys.exit(__doc__)
except Refused as refused:
    sys.exit(str(refused))
