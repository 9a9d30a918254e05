import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Session } from "@shopify/shopify-api";

export interface ScriptedCall {
  readonly operation: string;
  readonly variables: Record<string, unknown>;
  readonly token: string | undefined;
  /** `{shop}.myshopify.com` as the rerouting tells it. */
  readonly shop: string | undefined;
}

export interface ScriptedAnswer {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
  /** Closes the connection without an answer. */
  readonly hangUp?: boolean;
  readonly delayMs?: number;
}

type Handler = (call: ScriptedCall) => ScriptedAnswer;
type FileHandler = (request: IncomingMessage, response: ServerResponse) => void;

/** The other end of the wire for what the dev store does not do: answers that go wrong in exactly one way. */
export interface ScriptedShopify {
  readonly url: string;
  readonly calls: ScriptedCall[];
  readonly refreshes: Record<string, unknown>[];
  on(operation: string, handler: Handler): void;
  onRefresh(handler: (body: Record<string, unknown>) => ScriptedAnswer): void;
  onFile(handler: FileHandler): void;
  reset(): void;
  close(): Promise<void>;
}

export async function startScriptedShopify(): Promise<ScriptedShopify> {
  const handlers = new Map<string, Handler>();
  let refresh: ((body: Record<string, unknown>) => ScriptedAnswer) | undefined;
  let file: FileHandler | undefined;
  const calls: ScriptedCall[] = [];
  const refreshes: Record<string, unknown>[] = [];

  const server = createServer((request, response) => {
    if (request.url?.startsWith("/bulk/")) return file ? file(request, response) : void response.writeHead(404).end();
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const body = JSON.parse(Buffer.concat(parts).toString("utf8")) as Record<string, unknown>;
      if (request.url === "/admin/oauth/access_token") {
        refreshes.push(body);
        return send(response, refresh?.(body) ?? { status: 404 });
      }
      const operation = /(?:query|mutation)\s+(\w+)/.exec(String(body.query))?.[1] ?? "?";
      const call = {
        operation,
        variables: (body.variables ?? {}) as Record<string, unknown>,
        token: request.headers["x-shopify-access-token"]?.toString(),
        shop: request.headers["x-forwarded-host"]?.toString(),
      };
      calls.push(call);
      send(response, handlers.get(operation)?.(call) ?? { status: 500, body: { unexpected: operation } });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    refreshes,
    on: (operation, handler) => void handlers.set(operation, handler),
    onRefresh: (handler) => void (refresh = handler),
    onFile: (handler) => void (file = handler),
    reset() {
      handlers.clear();
      refresh = undefined;
      file = undefined;
      calls.length = 0;
      refreshes.length = 0;
    },
    close: () => new Promise((resolve) => (server.closeAllConnections(), server.close(() => resolve()))),
  };
}

function send(response: ServerResponse, { status = 200, headers = {}, body, hangUp, delayMs = 0 }: ScriptedAnswer): void {
  if (hangUp) return void response.destroy();
  setTimeout(() => response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body ?? {})), delayMs);
}

export const data = (value: unknown, cost?: { requested?: number; available?: number; restoreRate?: number }): ScriptedAnswer => ({
  body: { data: value, ...(cost && { extensions: costOf(cost) }) },
});

export const throttled = (cost: { requested?: number; available?: number; restoreRate?: number }): ScriptedAnswer => ({
  body: { errors: [{ message: "Throttled", extensions: { code: "THROTTLED" } }], extensions: costOf(cost) },
});

function costOf({ requested = 10, available = 1_990, restoreRate = 100 }: { requested?: number; available?: number; restoreRate?: number }) {
  return { cost: { requestedQueryCost: requested, actualQueryCost: null, throttleStatus: { maximumAvailable: 2_000, currentlyAvailable: available, restoreRate } } };
}

export async function storeOfflineSession(shop: string, fields: { accessToken?: string; refreshToken?: string; expires?: Date } = {}): Promise<void> {
  // Imported late: the library reads where App Bridge is when it is loaded, and a test may want to set that first.
  const { getShopify } = await import("#app/server/shopify/shopify.server.ts");
  const session = new Session({ id: `offline_${shop}`, shop, state: "", isOnline: false, scope: "read_products", accessToken: "token-1", ...fields });
  await getShopify().sessionStorage.storeSession(session);
}
