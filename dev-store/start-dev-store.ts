import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join, resolve } from "node:path";
import { createAppCallLog } from "./admin-api/app-calls.ts";
import { loadAdminSchema } from "./admin-api/admin-schema.ts";
import { createGraphqlHandler } from "./admin-api/graphql-handler.ts";
import { createBucket } from "./admin-api/throttle.ts";
import { createBulkFileHandler } from "./bulk/bulk-file-handler.ts";
import { createBulkDesk } from "./bulk/run-bulk.ts";
import type { DevStoreContext, RequestHandler } from "./context.ts";
import { createControlHandler } from "./control/control-handler.ts";
import { createFaults } from "./control/faults.ts";
import { readMeta } from "./db/meta.ts";
import { openStore } from "./db/open-store.ts";
import { createDiscountRules } from "./discounts/choose-discounts.ts";
import { createInstaller } from "./control/install-app.ts";
import { createOauthHandler } from "./oauth/oauth-handler.ts";
import { createTokenDesk } from "./oauth/token-desk.ts";
import { createOrderDesk } from "./orders/order-desk.ts";
import type { DevStoreOptions } from "./read-options.ts";
import { createShellHandler } from "./shell/shell-handler.ts";
import { createClock } from "./store-clock.ts";
import { createStorefront } from "./storefront/storefront.ts";
import { BodyTooLarge, sendJson } from "./http.ts";
import { readAppToml } from "./toml/read-app-toml.ts";
import { createWebhookDesk } from "./webhooks/webhook-desk.ts";

const APP_ID = 1_000_001;
const APP_NAMESPACE = `app--${APP_ID}`;
const DEFAULT_SHIPPING_RATE = 500;

export interface RunningDevStore {
  readonly context: DevStoreContext;
  readonly origin: string;
  close(): Promise<void>;
}

/** The whole dev store on one port. */
export async function startDevStore(options: DevStoreOptions): Promise<RunningDevStore> {
  const app = readAppToml(resolve(options.toml), options.appUrl, APP_NAMESPACE);
  const admin = loadAdminSchema(resolve(options.schema));
  const db = openStore(options.dataDir);
  const handlers: RequestHandler[] = [];
  const server = createServer((req, res) => void serve(handlers, req, res));
  await new Promise<void>((done, failed) => {
    server.once("error", failed);
    server.listen(options.port, options.host, done);
  });
  const address = server.address();
  const origin = `http://${options.host}:${typeof address === "object" && address ? address.port : options.port}`;

  const clock = createClock(db);
  const meta = (key: string) => readMeta(db, key);
  const domain = meta("shop_domain") ?? "tessera-demo.myshopify.com";
  const shop = {
    id: Number(meta("shop_id") ?? 548_380_009), domain, name: meta("shop_name") ?? domain.split(".")[0], currency: meta("currency") ?? "USD", timeZone: meta("time_zone") ?? "UTC",
    shippingRate: Number(meta("shipping_rate") ?? DEFAULT_SHIPPING_RATE),
  };
  const config = {
    origin, dataDir: options.dataDir, appUrl: options.appUrl, apiKey: options.apiKey, apiSecret: options.apiSecret, extensionsDir: resolve(options.extensions),
    app, appNamespace: APP_NAMESPACE, webhookRetryBaseMs: options.webhookRetryBaseMs,
  };
  const faults = createFaults();
  const tokens = createTokenDesk(db, clock);
  const webhooks = createWebhookDesk({ db, clock, config, shop }, faults);
  const base = { db, clock, config, shop, discounts: createDiscountRules({ db, clock, config, shop }), emitWebhook: webhooks.emit };
  const context: DevStoreContext = { ...base, orders: createOrderDesk(base) };
  const bulk = createBulkDesk(context, admin);
  const calls = createAppCallLog(context);
  const installer = createInstaller(context, tokens, webhooks);

  handlers.push(
    createGraphqlHandler({ store: context, admin, bulk, tokens, bucket: createBucket(() => performance.now()), faults, calls }),
    createOauthHandler(context, tokens),
    createBulkFileHandler(join(options.dataDir, "bulk")),
    bulk.uploads.handle,
    createControlHandler({ store: context, tokens, webhooks, faults, installer, clock }),
    createShellHandler(context, tokens),
    createStorefront(context),
  );

  return {
    context,
    origin,
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      await bulk.close();
      await webhooks.close();
      db.close();
    },
  };
}

async function serve(handlers: readonly RequestHandler[], req: IncomingMessage, res: ServerResponse): Promise<void> {
  try {
    const url = new URL(req.url ?? "/", `http://${req.headers.host ?? "127.0.0.1"}`);
    for (const handle of handlers) if (await handle(req, res, url)) return;
    sendJson(res, 404, { errors: "Not Found" });
  } catch (error) {
    if (!(error instanceof BodyTooLarge)) process.stderr.write(`dev store: ${req.method} ${req.url}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    if (res.headersSent) res.destroy();
    else sendJson(res, error instanceof BodyTooLarge ? 413 : 500, { errors: error instanceof BodyTooLarge ? error.message : "Internal Server Error" });
  }
}
