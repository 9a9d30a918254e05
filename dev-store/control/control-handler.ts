import { readFileSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { z } from "zod";
import type { DevStoreContext, RequestHandler } from "#dev-store/context.ts";
import { readObject, sendJson, sendText } from "#dev-store/http.ts";
import type { TokenDesk } from "#dev-store/oauth/token-desk.ts";
import type { MovableClock } from "#dev-store/store-clock.ts";
import type { WebhookDesk } from "#dev-store/webhooks/webhook-desk.ts";
import { compliancePayload } from "#dev-store/webhooks/build-payload.ts";
import { changeStore, storeChange } from "./change-store.ts";
import type { Faults } from "./faults.ts";
import { faultsSchema } from "./faults.ts";
import type { Installer } from "./install-app.ts";
import { findPeople, listCalls, listFlowTriggers, listDeliveries, listWares, readState } from "./read-state.ts";

export interface ControlParts {
  readonly store: DevStoreContext;
  readonly tokens: TokenDesk;
  readonly webhooks: WebhookDesk;
  readonly faults: Faults;
  readonly installer: Installer;
  readonly clock: MovableClock;
}

const id = z.coerce.number().int().positive();
const orderBody = z.object({
  customerId: id.nullish(), email: z.email().nullish(), lines: z.array(z.object({ variantId: id, quantity: z.number().int().positive() })).min(1),
  discountCode: z.string().nullish(), firstName: z.string().nullish(), lastName: z.string().nullish(), countryCode: z.string().length(2).nullish(), attributes: z.record(z.string(), z.string()).optional(),
});
const refundBody = z.object({ lines: z.array(z.object({ lineItemId: id, quantity: z.number().int().positive() })).optional() });
const clockBody = z.object({ advanceDays: z.number().min(0).max(3_650) });
const complianceBody = z.object({ topic: z.enum(["customers/data_request", "customers/redact", "shop/redact"]), customerId: id.nullish() });

type Answer = readonly [status: number, body: unknown];
interface Asked { readonly body: unknown; readonly url: URL; readonly id: number; readonly name: string }
type Route = readonly [method: "GET" | "POST", path: RegExp, answer: (asked: Asked, parts: ControlParts) => Answer | Promise<Answer>];

const bad = (error: z.ZodError): Answer => [400, { error: error.issues.map((issue) => `${issue.path.join(".") || "body"}: ${issue.message}`).join("; ") }];
const STATUS = { "not-found": 404, invalid: 422, "out-of-stock": 422, discount: 422 } as const;
const settled = (outcome: { ok: true; value: unknown } | { ok: false; code: keyof typeof STATUS; message: string }): Answer =>
  outcome.ok ? [200, outcome.value] : [STATUS[outcome.code], { error: outcome.message, code: outcome.code }];

function parsed<T>(schema: z.ZodType<T>, body: unknown, answer: (value: T) => Answer | Promise<Answer>): Answer | Promise<Answer> {
  const read = schema.safeParse(body);
  return read.success ? answer(read.data) : bad(read.error);
}

const limitOf = (url: URL) => Math.min(500, Math.max(1, Number(url.searchParams.get("limit")) || 50));

const ROUTES: readonly Route[] = [
  ["GET", /^state$/, (_, parts) => [200, readState(parts)]],
  ["POST", /^install$/, async (_, { installer }) => [200, await installer.install()]],
  ["POST", /^uninstall$/, (_, { installer }) => (installer.uninstall() ? [200, { installed: false }] : [409, { error: "the app is not installed" }])],
  ["POST", /^orders$/, ({ body }, { store }) =>
    parsed(orderBody, body, (order) => settled(store.orders.place({ ...order, customerId: order.customerId ?? null, email: order.email ?? null, discountCode: order.discountCode ?? null })))],
  ["POST", /^orders\/(\d+)\/refund$/, ({ body, id: orderId }, { store }) => parsed(refundBody, body, ({ lines }) => settled(store.orders.refund(orderId, lines)))],
  ["POST", /^orders\/(\d+)\/cancel$/, ({ id: orderId }, { store }) => settled(store.orders.cancel(orderId))],
  ["POST", /^clock$/, ({ body }, { clock }) =>
    parsed(clockBody, body, ({ advanceDays }) => {
      clock.advanceDays(advanceDays);
      return [200, { now: new Date(clock.nowMs()).toISOString() }];
    })],
  ["GET", /^deliveries$/, ({ url }, { store }) => [200, listDeliveries(store, url.searchParams.get("topic"), limitOf(url))]],
  ["POST", /^deliveries\/([0-9a-f-]{36})\/replay$/, ({ name }, { webhooks }) => (webhooks.replay(name) ? [200, { replayed: name }] : [404, { error: `no delivery ${name}` }])],
  ["POST", /^faults$/, ({ body }, { faults }) => parsed(faultsSchema.partial().strict(), body, (change) => [200, faults.set(change)])],
  ["POST", /^compliance$/, ({ body }, { store, webhooks }) =>
    parsed(complianceBody, body, ({ topic, customerId }) => {
      if (topic !== "shop/redact" && !store.db.prepare("SELECT 1 FROM customers WHERE id = ?").get(customerId ?? 0)) return [404, { error: `no customer ${customerId}` }];
      webhooks.emitPayload(topic, compliancePayload(topic, customerId ?? null, store));
      return [202, { sent: topic }];
    })],
  // What a merchant or another app does to the store, so that every topic can be made to happen.
  ["POST", /^changes$/, ({ body }, { store, webhooks }) => parsed(storeChange, body, (change) => settled(changeStore(store, webhooks, change)))],
  ["GET", /^app-calls$/, ({ url }, { store }) => [200, listCalls(store, limitOf(url))]],
  ["GET", /^flow-triggers$/, ({ url }, { store }) => [200, listFlowTriggers(store, limitOf(url))]],
  ["GET", /^customers$/, ({ url }, { store }) => [200, findPeople(store, url.searchParams.get("query") ?? "")]],
  ["GET", /^products$/, ({ url }, { store }) => [200, listWares(store, url.searchParams.get("query") ?? "")]],
];

const PAGES: Readonly<Record<string, readonly [file: string, type: string]>> = {
  "/__control": ["control.html", "text/html"], "/__control/": ["control.html", "text/html"], "/__control/control.js": ["control.js", "text/javascript"], "/__control/control.css": ["control.css", "text/css"],
};

/** The control page and its API. */
export function createControlHandler(parts: ControlParts): RequestHandler {
  return async (req, res, url) => {
    const page = PAGES[url.pathname];
    if (page && req.method === "GET") {
      sendText(res, 200, page[1], readFileSync(new URL(`./assets/${page[0]}`, import.meta.url), "utf8"), { "cache-control": "no-cache" });
      return true;
    }
    if (!url.pathname.startsWith("/__control")) return false;
    // A page elsewhere on the web must not be able to work the controls of a store on this machine.
    if (req.method === "POST" && req.headers.origin !== undefined && req.headers.origin !== parts.store.config.origin) return answer(res, [403, { error: "wrong origin" }]);
    const path = url.pathname.replace(/^\/__control\/api\//, "");
    for (const [method, pattern, run] of ROUTES) {
      const match = pattern.exec(path);
      if (!match || (req.method !== method)) continue;
      const body = method === "POST" ? await readObject(req) : undefined;
      if (method === "POST" && body === undefined) return answer(res, [400, { error: "the body is not JSON" }]);
      return answer(res, await run({ body, url, id: Number(match[1]), name: match[1] ?? "" }, parts));
    }
    return answer(res, [404, { error: `no such control: ${req.method} ${url.pathname}` }]);
  };
}

function answer(res: ServerResponse, [status, body]: Answer): true {
  sendJson(res, status, body, { "cache-control": "no-store" });
  return true;
}
