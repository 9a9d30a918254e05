import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { IncomingHttpHeaders } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { createSmallStore } from "#dev-store/db/small-store.ts";
import { startDevStore } from "#dev-store/start-dev-store.ts";
import type { RunningDevStore } from "#dev-store/start-dev-store.ts";

export const API_KEY = "test-key";
export const API_SECRET = "test-secret";
const TIMEOUT_MS = 10_000;

export interface Received { readonly path: string; readonly headers: IncomingHttpHeaders; readonly body: string }

export interface GraphqlAnswer {
  readonly data?: Record<string, unknown>;
  readonly errors?: readonly { readonly message: string; readonly extensions?: Record<string, unknown> }[];
  readonly extensions?: { readonly cost: { readonly requestedQueryCost: number; readonly actualQueryCost: number | null; readonly throttleStatus: { readonly maximumAvailable: number; readonly currentlyAvailable: number; readonly restoreRate: number } } };
}

/** A dev store over the small store, and in the app's place a server that keeps what it is sent. */
export interface DevStoreFixture {
  readonly store: RunningDevStore;
  readonly received: Received[];
  /** What the app answers; 200 until changed. */
  answerWith(status: number, headers?: Record<string, string>): void;
  post(pathname: string, body: unknown): Promise<{ status: number; body: Record<string, unknown> }>;
  get(pathname: string): Promise<unknown>;
  /** An access token of the installed app. */
  token(): Promise<string>;
  graphql(query: string, variables?: Record<string, unknown>): Promise<GraphqlAnswer>;
  waitFor<T>(find: () => T | undefined | null | false, what: string): Promise<T>;
  close(): Promise<void>;
}

export async function startFixture(options: { html?: (url: URL) => string } = {}): Promise<DevStoreFixture> {
  const dataDir = mkdtempSync(path.join(tmpdir(), "dev-store-"));
  createSmallStore(path.join(dataDir, "store.db")).close();
  const received: Received[] = [];
  let status = 200;
  let answerHeaders: Record<string, string> = {};
  const app = createServer((req, res) => {
    const parts: Buffer[] = [];
    req.on("data", (part: Buffer) => parts.push(part));
    req.on("end", () => {
      const url = new URL(req.url ?? "/", "http://app");
      if (req.method === "GET" && options.html) {
        res.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(options.html(url));
        return;
      }
      received.push({ path: req.url ?? "", headers: req.headers, body: Buffer.concat(parts).toString("utf8") });
      res.writeHead(status, answerHeaders).end();
    });
  });
  await new Promise<void>((done) => app.listen(0, "127.0.0.1", done));
  const address = app.address();
  if (typeof address !== "object" || !address) throw new Error("the app's stand-in has no port");
  const store = await startDevStore({
    port: 0, host: "127.0.0.1", dataDir, appUrl: `http://127.0.0.1:${address.port}`, apiKey: API_KEY, apiSecret: API_SECRET, toml: "shopify.app.toml", extensions: "extensions",
    schema: ".cache/admin-schema/admin_2026-07.json", webhookRetryBaseMs: 20,
  });

  const request = async (pathname: string, init: RequestInit) => {
    const response = await fetch(`${store.origin}${pathname}`, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const post = (pathname: string, body: unknown, headers: Record<string, string> = {}) =>
    request(pathname, { method: "POST", headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(body) });
  let known: string | null = null;
  const token = async (): Promise<string> => {
    if (known === null) {
      const { token: subject } = (await request("/admin/internal/id-token", {})).body;
      const answer = await post("/admin/oauth/access_token", {
        client_id: API_KEY, client_secret: API_SECRET, grant_type: "urn:ietf:params:oauth:grant-type:token-exchange", subject_token: subject, subject_token_type: "urn:ietf:params:oauth:token-type:id_token",
        requested_token_type: "urn:shopify:params:oauth:token-type:offline-access-token", expiring: "1",
      });
      known = String(answer.body["access_token"]);
    }
    return known;
  };

  return {
    store,
    received,
    answerWith(next, headers = {}) {
      status = next;
      answerHeaders = headers;
    },
    post,
    get: async (pathname) => (await request(pathname, {})).body,
    token,
    graphql: async (query, variables = {}) => (await post("/admin/api/2026-07/graphql.json", { query, variables }, { "x-shopify-access-token": await token() })).body as GraphqlAnswer,
    async waitFor(find, what) {
      const until = Date.now() + TIMEOUT_MS;
      for (;;) {
        const found = find();
        if (found) return found;
        if (Date.now() > until) throw new Error(`waited in vain for ${what}`);
        await new Promise((done) => setTimeout(done, 10));
      }
    },
    async close() {
      await store.close();
      app.closeAllConnections();
      await new Promise((done) => app.close(done));
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Walks into an answer by keys; undefined where the way ends. */
export function at(value: unknown, ...keys: (string | number)[]): unknown {
  return keys.reduce<unknown>((found, key) => (typeof found === "object" && found !== null ? (found as Record<string | number, unknown>)[key] : undefined), value);
}
