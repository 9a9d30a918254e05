import { isAppInstalled } from "../extension/placed-blocks.ts";
import { readBytes } from "../http/read-body.ts";
import { sendHtml, sendJson } from "../http/reply.ts";
import type { Visit } from "../http/visit.ts";
import type { Storefront } from "../open-storefront.ts";
import { signedQuery } from "./signature.ts";

const TIMEOUT_MS = 10_000;

/** Never sent on: who the visitor is, and what belongs to one connection. */
const notForwarded = new Set(["host", "cookie", "authorization", "connection", "content-length", "transfer-encoding", "keep-alive", "upgrade", "expect", "te", "trailer", "accept-encoding"]);
const notReturned = new Set(["set-cookie", "connection", "transfer-encoding", "keep-alive", "content-encoding", "content-length"]);

/** `/apps/tessera/rest` goes to `{app proxy url}/rest` with Shopify's signed parameters; null when the path is not the proxy's. */
export function proxyPath(front: Storefront, path: string): string | null {
  const proxy = front.context.config.app.appProxy;
  if (!proxy) return null;
  const prefix = `/${proxy.prefix}/${proxy.subpath}`;
  return path === prefix || path.startsWith(`${prefix}/`) ? prefix : null;
}

export async function forwardToApp(front: Storefront, visit: Visit, pathPrefix: string, timeoutMs = TIMEOUT_MS): Promise<void> {
  const { config, clock, shop, db } = front.context;
  if (!config.app.appProxy || !isAppInstalled(db)) return void sendHtml(visit, front.renderNotFound(visit), 404);
  const query = signedQuery(visit.url.searchParams, { shopDomain: shop.domain, customerId: visit.customerId, pathPrefix, wallMs: clock.wallMs() }, config.apiSecret);
  const target = `${config.app.appProxy.url}${visit.url.pathname.slice(pathPrefix.length)}?${query}`;
  const headers = new Headers();
  for (const [name, value] of Object.entries(visit.req.headers)) {
    if (value !== undefined && !notForwarded.has(name)) headers.set(name, Array.isArray(value) ? value.join(", ") : value);
  }
  headers.set("x-forwarded-host", shop.domain);
  headers.set("x-forwarded-for", visit.req.socket.remoteAddress ?? "127.0.0.1");
  headers.set("x-shopify-shop-domain", shop.domain);
  try {
    const hasBody = visit.method !== "GET" && visit.method !== "HEAD";
    const answer = await fetch(target, { method: visit.method, headers, body: hasBody ? await readBytes(visit.req) : undefined, redirect: "manual", signal: AbortSignal.timeout(timeoutMs) });
    const body = Buffer.from(await answer.arrayBuffer());
    if (answer.headers.get("content-type")?.startsWith("application/liquid")) return void sendHtml(visit, front.renderLiquid(visit, body.toString("utf8")), answer.status);
    for (const [name, value] of answer.headers) if (!notReturned.has(name)) visit.res.setHeader(name, value);
    if (answer.status !== 304) visit.res.setHeader("content-length", body.length);
    visit.res.writeHead(answer.status).end(visit.method === "HEAD" ? undefined : body);
  } catch (error) {
    const isLate = error instanceof DOMException && error.name === "TimeoutError";
    sendJson(visit, { error: isLate ? "The app did not answer in time" : "The app cannot be reached" }, isLate ? 504 : 502);
  }
}
