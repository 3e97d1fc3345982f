// A client of Kizuna for a bank or a shop, with nothing but Node's own.
import { webcrypto as crypto } from "node:crypto";

export interface Money { value: string; currency: string }
// eslint-disable-next-line -- The API's objects; /v1/openapi.json says what is in each.
export type Json = any;

/** The switch said no. `code` says why, `message` what would be right (RFC 9457). */
export class Refused extends Error {
    constructor(readonly code: string, detail: string) { super(`${code}: ${detail}`); }
}

/** Nobody answered in time: it may have been done. Ask what became of it, or send the same again. */
export class NoAnswer extends Error {}

/** Signs requests by Ed25519 (RFC 9421). */
export interface SigningKey { id: string; key: CryptoKey }

/** Calls the switch, and repeats what was not answered until it is. */
export class Kizuna {
    /** How long a request is repeated, and how long one attempt may take, in milliseconds. */
    static patience = 20_000;
    static timeout = 40_000;

    constructor(readonly baseURL: string, readonly key: string, readonly signingKey?: SigningKey) {}

    get(path: string): Promise<Json> { return this.ask("GET", path, {}); }

    /** Every attempt bears the same Idempotency-Key, so the switch does it once and answers alike. */
    post(path: string, body: Json, idempotencyKey: string = crypto.randomUUID()): Promise<Json> {
        const headers = { "Content-Type": "application/json", "Idempotency-Key": idempotencyKey };
        return this.ask("POST", path, headers, JSON.stringify(body));
    }

    private async ask(method: string, path: string, own: Record<string, string>, body?: string): Promise<Json> {
        const deadline = Date.now() + Kizuna.patience;
        for (let pause = 200; ; pause = Math.min(2 * pause, 2_000)) {
            const headers = { Authorization: `Bearer ${this.key}`, ...own };
            if (this.signingKey) Object.assign(headers, await sign(this.signingKey, method, path, body));
            const answer = await this.attempt(method, path, headers, body);
            if (answer?.ok) return answer.json;
            const comesBack = answer === undefined || [429, 503].includes(answer.status)
                || answer.json.code === "idempotency_in_progress";
            if (!comesBack || Date.now() > deadline) {
                throw answer ? new Refused(answer.json.code, answer.json.detail) : new NoAnswer(path);
            }
            await new Promise((resume) => setTimeout(resume, pause));
        }
    }

    /** The answer; undefined where there is no connection, one that was lost, or an answer that was cut off. */
    private async attempt(method: string, path: string, headers: Record<string, string>, body?: string) {
        const clock = new AbortController();
        const alarm = setTimeout(() => clock.abort(), Kizuna.timeout);
        try {
            const answer = await fetch(this.baseURL + path, { method, headers, body, signal: clock.signal });
            return { ok: answer.ok, status: answer.status, json: await answer.json() as Json };
        } catch {
            return undefined;
        } finally {
            clearTimeout(alarm);
        }
    }
}

const utf8 = new TextEncoder();

function base64(bytes: ArrayBuffer): string { return btoa(String.fromCharCode(...new Uint8Array(bytes))); }

function bytes(base64: string): Uint8Array { return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)); }

/** Reads an Ed25519 key as `openssl genpkey -algorithm ed25519` writes it. */
export async function signingKey(id: string, pem: string): Promise<SigningKey> {
    const der = bytes(pem.replace(/-----[A-Z ]+-----|\s/g, ""));
    return { id, key: await crypto.subtle.importKey("pkcs8", der, "Ed25519", false, ["sign"]) };
}

/** The header fields that sign a request: a new nonce each time, also for a repeat. */
async function sign(key: SigningKey, method: string, target: string, body?: string): Promise<Record<string, string>> {
    const [path, query] = target.split("?");
    const parts: [string, string][] = [["@method", method], ["@path", path]];
    if (query !== undefined) parts.push(["@query", `?${query}`]);
    const headers: Record<string, string> = {};
    if (body !== undefined) {
        const digest = `sha-256=:${base64(await crypto.subtle.digest("SHA-256", utf8.encode(body)))}:`;
        headers["Content-Digest"] = digest;
        parts.push(["content-digest", digest]);
    }
    const names = parts.map(([name]) => `"${name}"`).join(" ");
    const created = Math.floor(Date.now() / 1_000);
    const input = `(${names});created=${created};keyid="${key.id}";nonce="${crypto.randomUUID()}"`;
    const base = [...parts, ["@signature-params", input]].map(([name, value]) => `"${name}": ${value}`).join("\n");
    const signature = await crypto.subtle.sign("Ed25519", key.key, utf8.encode(base));
    return { ...headers, "Signature-Input": `sig1=${input}`, Signature: `sig1=:${base64(signature)}:` };
}

/** Whether a message was signed by the switch within five minutes (Standard Webhooks). */
export async function isFromSwitch(
    secret: string, headers: Record<string, string | undefined>, body: Uint8Array,
): Promise<boolean> {
    const moment = headers["webhook-timestamp"] ?? "";
    if (!/^[0-9]+$/.test(moment) || Math.abs(Date.now() / 1_000 - Number(moment)) > 300) return false;
    const algorithm = { name: "HMAC", hash: "SHA-256" };
    const key = await crypto.subtle.importKey("raw", bytes(secret.replace("whsec_", "")), algorithm, false, ["verify"]);
    const head = utf8.encode(`${headers["webhook-id"]}.${moment}.`);
    const signed = new Uint8Array([...head, ...body]);
    for (const given of (headers["webhook-signature"] ?? "").split(" ")) {
        if (!given.startsWith("v1,")) continue;
        if (await crypto.subtle.verify("HMAC", key, bytes(given.slice(3)), signed)) return true;
    }
    return false;
}
