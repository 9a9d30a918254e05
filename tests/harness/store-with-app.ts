import { setTimeout as sleep } from "node:timers/promises";
import Database from "better-sqlite3";
import { afterAll } from "vitest";
import { parseShopDomain } from "#app/core/ids.ts";
import type { jobRegistry as AppJobs } from "#app/server/jobs/job-registry.server.ts";
import { systemClock } from "#app/server/platform/clock.server.ts";
import { openSqlite } from "#app/server/platform/db.server.ts";
import { createLogger } from "#app/server/platform/logger.server.ts";
import { useAppDatabase } from "./app-database.ts";
import { DEV_STORE_SHOP, startDevStore } from "./dev-store-process.ts";

interface Options {
  /** A story told in several tests keeps its rows between them. */
  readonly isKeptBetweenTests?: boolean;
  /** Handlers in place of the app's own, for jobs that the story does not need. */
  readonly handlers?: Partial<typeof AppJobs>;
  /** The app's other routes, by path; webhooks and the opening of the app are there. */
  readonly routes?: Readonly<Record<string, (request: Request) => Promise<Response>>>;
}

type Seen<T> = T | undefined | false | null;

/** A seeded dev store and the app's server without Remix, its worker included, in front of an empty database. Call it at the top level of the file. */
export async function openStoreWithApp(seed: Parameters<typeof startDevStore>[0], { isKeptBetweenTests = true, handlers = {}, routes = {} }: Options = {}) {
  const store = await startDevStore(seed);
  useAppDatabase({ SHOPIFY_DEV_STORE_URL: store.url }, { isKeptBetweenTests });
  // Only now: these read the environment when they are loaded.
  const { jobRegistry } = await import("#app/server/jobs/job-registry.server.ts");
  const { createJobRunner } = await import("#app/server/jobs/run-jobs.server.ts");
  const { getQueue } = await import("#app/server/platform/queue.server.ts");
  const { findShop, findShopByDomain } = await import("#app/server/store/shops.server.ts");
  const { requireShop } = await import("#app/server/usecases/shop/require-shop.server.ts");
  const { answerWebhook } = await import("#webhooks/answer-webhook.server.ts");
  store.appServer.answer = async (request) => {
    const { pathname } = new URL(request.url);
    if (pathname === "/webhooks") return answerWebhook(request);
    if (pathname in routes) return routes[pathname](request);
    if (pathname !== "/app") return new Response(null, { status: 404 });
    await requireShop(request);
    return new Response("opened");
  };
  const runner = createJobRunner({ workerId: "scenario", queue: getQueue(), handlers: { ...jobRegistry, ...handlers }, findShop, clock: systemClock, log: createLogger({ level: "silent" }), concurrency: 4, pollMs: 10 });
  const truth = new Database(store.databasePath, { readonly: true });
  afterAll(async () => {
    await runner.stop(5_000);
    truth.close();
    await store.stop();
  });

  /** Waits for what must come; how long it takes decides nothing. */
  async function until<T>(what: string, look: () => Seen<T> | Promise<Seen<T>>): Promise<T> {
    for (let i = 0; i < 12_000; i++) {
      const seen = await look();
      if (seen) return seen;
      await sleep(20);
    }
    const jobs = openSqlite().prepare("SELECT kind, status, error FROM Job WHERE status <> 'done'").all();
    const inbox = openSqlite().prepare("SELECT topic, status, error FROM WebhookInbox ORDER BY receivedAt DESC LIMIT 8").all();
    const deliveries = truth.prepare("SELECT topic, status, attempts, last_status_code, last_error FROM webhook_deliveries ORDER BY triggered_at DESC LIMIT 8").all();
    throw new Error(`never seen: ${what}; ${JSON.stringify({ jobs, inbox, deliveries }).slice(0, 4_000)}`);
  }

  return {
    store,
    /** The dev store's own database. */
    truth,
    until,
    /** Nothing is waiting but what is meant for later, or of a kind that the story does not run. */
    quiet: (shopId: Parameters<typeof findShop>[0], ignored: readonly string[] = []) =>
      until("an idle queue", async () => (await getQueue().list(shopId, ["waiting", "active"], 20)).every((job) => ignored.includes(job.kind) || job.runAfterMs > Date.now() + 1_000)),
    /** Installs the app as a merchant does; the worker runs from here on. */
    async install() {
      const { appStatus } = await store.control<{ appStatus: number }>("install", {});
      if (appStatus !== 200) throw new Error(`the app answered ${appStatus}`);
      runner.start();
      const domain = parseShopDomain(DEV_STORE_SHOP);
      if (!domain) throw new Error("bad domain");
      return until("the shop", () => findShopByDomain(domain));
    },
  };
}

/** The value of a use case that must succeed. */
export function valueOf<T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}
