import { createHash } from "node:crypto";
import type { Clock } from "#app/core/time.ts";
import { systemClock } from "#app/server/platform/clock.server.ts";
import { emptyResponse } from "#app/server/platform/http.server.ts";
import { getLogger } from "#app/server/platform/logger.server.ts";
import { openProxyVisit } from "./open-proxy-visit.server.ts";
import { recommendForStorefront, type StorefrontAnswer } from "./recommend-for-storefront.server.ts";

/** The same for every visitor, so browsers and Shopify's edge may keep it for a moment. */
const CACHE_CONTROL = "public, max-age=60, stale-while-revalidate=300";
const NOTHING: StorefrontAnswer = { title: null, items: [] };

/**
 * The whole answer to a forwarded storefront request. A bug or a locked database costs the storefront its
 * recommendations and nothing else: the block falls back to Shopify's own on an empty list.
 */
export async function answerRecommendations(request: Request, clock: Clock = systemClock): Promise<Response> {
  try {
    const visit = await openProxyVisit(new URL(request.url), clock);
    return visit.ok ? cached(request, recommendForStorefront(visit.value, clock)) : emptyResponse(visit.error);
  } catch (error) {
    getLogger("proxy").error({ err: error }, "recommendations could not be read");
    return json(NOTHING, { "Cache-Control": "no-store" });
  }
}

function cached(request: Request, answer: StorefrontAnswer): Response {
  const digest = createHash("sha256").update(JSON.stringify(answer)).digest("base64url");
  const etag = `"${digest.slice(0, 22)}"`;
  const headers = { "Cache-Control": CACHE_CONTROL, ETag: etag };
  const held = request.headers.get("If-None-Match")?.split(",").map((tag) => tag.trim().replace(/^W\//, ""));
  return held?.includes(etag) ? new Response(null, { status: 304, headers }) : json(answer, headers);
}

function json(answer: StorefrontAnswer, headers: Record<string, string>): Response {
  return new Response(JSON.stringify(answer), { headers: { ...headers, "Content-Type": "application/json; charset=utf-8" } });
}
