// The few things of Node's own that these programs use. With @types/node installed, leave this file out.
declare const process: {
    argv: string[];
    env: Record<string, string | undefined>;
    exit(code: number): never;
    exitCode: number;
};
declare module "node:crypto" {
    export const webcrypto: Crypto;
}
declare module "node:fs" {
    export function readFileSync(path: string, encoding: "utf8"): string;
}
declare module "node:http" {
    export interface IncomingMessage extends AsyncIterable<Uint8Array> {
        method?: string;
        headers: Record<string, string | undefined>;
    }
    export interface ServerResponse {
        writeHead(status: number): ServerResponse;
        end(): void;
    }
    export function createServer(answer: (request: IncomingMessage, response: ServerResponse) => void): {
        listen(port: number, host: string): void;
    };
}
