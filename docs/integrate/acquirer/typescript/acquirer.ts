// An acquirer: promises credits, keeps its promises, and gives money back.
//
// usage: acquirer.js work COUNT            works the inbox until so many payments have been decided
//        acquirer.js refund PAYMENT VALUE CURRENCY
// with the switch's address in SWITCH and the bank's key in KEY.
import { webcrypto as crypto } from "node:crypto";
import { Json, Kizuna, Money, Refused } from "../../client/kizuna";

const kizuna = new Kizuna(process.env.SWITCH ?? "", process.env.KEY ?? "");
// Tables of your own: what was promised, and what the shops have been credited, by the payment's id.
const promised = new Map<string, Money>();
const credited = new Map<string, Money>();

async function work(count: number) {
    const decided = new Set<string>();
    while (decided.size < count) {
        for (const { id, path, body } of (await kizuna.get("/v1/inbox?wait=25")).items) {
            if (path === "/credit-requests") await promise(body);
            if (path === "/credit-decisions") {
                decide(body);
                decided.add(body.paymentId);
            }
            // Only now: what is not acknowledged comes again.
            await kizuna.post("/v1/inbox/acknowledgements", { ids: [id] });
        }
    }
}

/** Says yes, and does not credit yet. A repeat gets the same answer. */
async function promise({ paymentId, merchantAmount }: Json) {
    promised.set(paymentId, merchantAmount);
    try {
        await kizuna.post(`/v1/payments/${paymentId}/answer`, { status: "ACCEPTED" }, `answer-${paymentId}`);
    } catch (error) {
        if (!(error instanceof Refused)) throw error;
        console.error(error.message); // Too late, for one: the decision says what became of it.
    }
}

/** Credits the shop on COMMITTED, once; drops the promise on ABORTED. */
function decide({ paymentId, decision, merchantAmount }: Json) {
    promised.delete(paymentId);
    if (decision !== "COMMITTED" || credited.has(paymentId)) return;
    credited.set(paymentId, merchantAmount);
    console.log(JSON.stringify({ paymentId, credited: merchantAmount }));
}

async function refund(payment: string, value: string, currency: string) {
    const uetr = crypto.randomUUID(); // Stored before it is sent, as an issuer does.
    const body = { uetr, amount: { value, currency }, reason: "CUST" };
    const { id, payerAmount } = await kizuna.post(`/v1/payments/${payment}/refunds`, body, uetr);
    console.log(JSON.stringify({ refundId: id, payerAmount }));
}

async function main() {
    const [verb, ...rest] = process.argv.slice(2);
    if (verb === "work" && rest.length === 1) return work(Number(rest[0]));
    if (verb === "refund" && rest.length === 3) return refund(rest[0], rest[1], rest[2]);
    throw new Error("usage: acquirer.js work COUNT | acquirer.js refund PAYMENT VALUE CURRENCY");
}

main().catch((error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
});
