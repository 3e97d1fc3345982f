// A shop: is told that it was paid, and believes only what the switch has signed.
//
// usage: shop.js PORT
// with the webhook's secret in SECRET. Prints each event once.
import { createServer, IncomingMessage } from "node:http";
import { isFromSwitch } from "../../client/kizuna";

const largestBody = 64 * 1_024;
const seen = new Set<string>(); // A table of your own: an event that comes again has the same id.

async function status(request: IncomingMessage): Promise<number> {
    const pieces: number[] = [];
    for await (const piece of request) {
        pieces.push(...piece);
        if (pieces.length > largestBody) return 413;
    }
    const body = new Uint8Array(pieces);
    const id = request.headers["webhook-id"];
    if (request.method !== "POST" || !id) return 400;
    if (!await isFromSwitch(process.env.SECRET ?? "", request.headers, body)) return 401;
    if (!seen.has(id)) {
        seen.add(id);
        const event = JSON.parse(new TextDecoder().decode(body));
        console.log(JSON.stringify({ type: event.type, amount: event.data.amount }));
    }
    return 204; // A repeat is taken as well, or it would come for days.
}

const server = createServer((request, response) => {
    status(request).catch(() => 400).then((code) => response.writeHead(code).end());
});
server.listen(Number(process.argv[2]), "127.0.0.1");
