import { createServer } from "node:http";
import type { Database } from "better-sqlite3";
import { createDiscountRules } from "#dev-store/discounts/choose-discounts.ts";
import { createOrderDesk } from "#dev-store/orders/order-desk.ts";
import { createStorefront } from "#dev-store/storefront/storefront.ts";
import { APP_NAMESPACE, close, listen, NOW_MS } from "./storefront-store.ts";

export interface StorefrontServer {
  readonly origin: string;
  readonly shopper: Shopper;
  stop(): Promise<void>;
}

export interface StorefrontOptions {
  readonly appUrl?: string;
  readonly dataDir?: string;
  readonly wallMs?: number;
  /** Called as the dev store would queue a webhook. */
  readonly emitWebhook?: (topic: string, resourceId: number) => void;
}

/** The storefront alone on a free port, over a store made by `openShelves`. */
export async function startStorefront(db: Database, options: StorefrontOptions = {}): Promise<StorefrontServer> {
  const facts = new Map(db.prepare<[], { key: string; value: string }>("SELECT key, value FROM meta").all().map((row) => [row.key, row.value]));
  const appUrl = options.appUrl ?? "http://127.0.0.1:1";
  const store = {
    db,
    clock: { nowMs: () => NOW_MS, wallMs: () => options.wallMs ?? NOW_MS },
    shop: { id: Number(facts.get("shop_id")), domain: facts.get("shop_domain") ?? "", name: facts.get("shop_name") ?? "", currency: facts.get("currency") ?? "", timeZone: "UTC", shippingRate: Number(facts.get("shipping_rate")) },
    config: {
      origin: "http://127.0.0.1", dataDir: options.dataDir ?? "/nonexistent", appUrl, apiKey: "key", apiSecret: "hush", extensionsDir: "extensions", appNamespace: APP_NAMESPACE, webhookRetryBaseMs: 1,
      app: { name: "Tessera", scopes: [], webhookApiVersion: "2026-07", subscriptions: [], metafieldDefinitions: [], appProxy: { url: `${appUrl}/proxy`, prefix: "apps", subpath: "tessera" } },
    },
  };
  const desk = { ...store, discounts: createDiscountRules(store), emitWebhook: options.emitWebhook ?? (() => {}) };
  const handle = createStorefront({ ...desk, orders: createOrderDesk(desk) });
  const server = createServer((req, res) => {
    handle(req, res, new URL(req.url ?? "/", "http://127.0.0.1")).then(
      (isHandled) => void (isHandled || res.writeHead(404).end()),
      (error: unknown) => void res.writeHead(500).end(String(error)),
    );
  });
  const origin = await listen(server);
  return { origin, shopper: new Shopper(origin), stop: () => close(server) };
}

/** A browser without scripts: keeps cookies, does not follow redirects. */
export class Shopper {
  private readonly cookies = new Map<string, string>();
  constructor(private readonly origin: string) {}

  async ask(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set("cookie", [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; "));
    const answer = await fetch(this.origin + path, { ...init, headers, redirect: "manual" });
    for (const cookie of answer.headers.getSetCookie()) {
      const [pair, ...attributes] = cookie.split(";");
      const [name, value] = pair.split("=");
      if (attributes.some((attribute) => attribute.trim() === "Max-Age=0")) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return answer;
  }
  post(path: string, fields: Record<string, string> | [string, string][]): Promise<Response> {
    return this.ask(path, { method: "POST", body: new URLSearchParams(fields) });
  }
  postJson(path: string, value: unknown): Promise<Response> {
    return this.ask(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(value) });
  }
}
