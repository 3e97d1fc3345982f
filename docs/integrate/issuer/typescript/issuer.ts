// An issuer: pays a scanned code from a payer's account, and takes refunds.
//
// usage: issuer.js pay CODE VALUE CURRENCY PAYER_CURRENCY
//        issuer.js refunds
// with the switch's address in SWITCH and the bank's key in KEY. Where SIGNING_KEY names a PEM file and SIGNING_KEY_ID its
// id at the switch, every request is signed.
import { webcrypto as crypto } from "node:crypto";
import { readFileSync } from "node:fs";
import { Json, Kizuna, NoAnswer, signingKey } from "../../client/kizuna";

async function pay(kizuna: Kizuna, code: string, value: string, currency: string, payerCurrency: string) {
    const resolution = await kizuna.post("/v1/resolutions", { payload: code });
    const amount = { value, currency };
    const quote = await kizuna.post("/v1/quotes", { resolutionId: resolution.id, payerCurrency, amount });
    // Shown to the payer, who agrees; then her money is held.
    const debit = quote.payerDebit;
    console.log(`${resolution.merchant.name} is paid ${value} ${currency}; you pay ${debit.value} ${debit.currency}`);
    const submission = {
        quoteId: quote.id,
        uetr: crypto.randomUUID(), // Stored with the hold before anything is sent: all repeats bear it.
        merchantAmount: quote.merchantAmount,
        payerDebit: debit,
        payer: { name: "Chan Sokha", account: "001-234-567" },
    };
    const { id, state, outcome, payerDebit } = await follow(kizuna, await submit(kizuna, submission));
    // Success: debit the payer. Failure: let the hold go.
    console.log(JSON.stringify({ id, state, outcome, payerDebit }));
    if (outcome !== "success") process.exitCode = 1;
}

/** Submits, until it is known that the switch has it or never will. */
async function submit(kizuna: Kizuna, submission: { uetr: string }): Promise<Json> {
    for (;;) {
        try {
            return await kizuna.post("/v1/payments", submission, submission.uetr);
        } catch (error) {
            if (!(error instanceof NoAnswer)) throw error;
            console.error("No answer yet; the hold stays, and the same is sent again.");
        }
    }
}

/** Waits for the end. Silence is not failure: while the outcome is unknown, the payer's hold stays. */
async function follow(kizuna: Kizuna, payment: Json): Promise<Json> {
    while (payment.outcome !== "success" && payment.outcome !== "failure") {
        payment = await kizuna.get(`/v1/payments/${payment.id}?wait=25`);
    }
    return payment;
}

/** Credits what shops gave back, each once, and says that it was read. */
async function refunds(kizuna: Kizuna) {
    const credited = new Map<string, Json>(); // A table of your own, by the refund's id.
    for (;;) {
        const messages: Json[] = (await kizuna.get("/v1/inbox")).items;
        if (messages.length === 0) break;
        for (const { path, body } of messages) if (path === "/refund-notices") credited.set(body.id, body);
        // Only now: what is not acknowledged comes again.
        await kizuna.post("/v1/inbox/acknowledgements", { ids: messages.map(({ id }) => id) });
    }
    for (const { paymentId, payerAmount } of credited.values()) {
        console.log(JSON.stringify({ paymentId, credited: payerAmount }));
    }
}

async function main() {
    const { SWITCH = "", KEY = "", SIGNING_KEY, SIGNING_KEY_ID = "" } = process.env;
    const signing = SIGNING_KEY ? await signingKey(SIGNING_KEY_ID, readFileSync(SIGNING_KEY, "utf8")) : undefined;
    const kizuna = new Kizuna(SWITCH, KEY, signing);
    const [verb, ...rest] = process.argv.slice(2);
    if (verb === "pay" && rest.length === 4) return pay(kizuna, rest[0], rest[1], rest[2], rest[3]);
    if (verb === "refunds" && rest.length === 0) return refunds(kizuna);
    throw new Error("usage: issuer.js pay CODE VALUE CURRENCY PAYER_CURRENCY | issuer.js refunds");
}

main().catch((error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
});
