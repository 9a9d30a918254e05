import { randomBytes, randomUUID } from "node:crypto";
import { isIP } from "node:net";
import { z } from "zod";
import type { Failure } from "#app/core/failure.ts";
import { err, ok, type Result } from "#app/core/result.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { systemClock } from "#app/server/platform/clock.server.ts";
import { encryptText } from "#app/server/platform/encrypt.server.ts";
import { getEnv } from "#app/server/platform/env.server.ts";
import { isPublicAddress } from "#app/server/platform/public-address.server.ts";
import { recordAudit } from "#app/server/store/audit-log.server.ts";
import { FLOW, insertEventEndpoint, listEventEndpoints } from "#app/server/store/event-endpoints.server.ts";
import { plainProblems, toProblems } from "../input-problems.server.ts";
import type { ActionOptions } from "./create-segment.server.ts";

const MOST_ENDPOINTS = 10;
const newEndpoint = z.object({
  /** "flow" stands for the triggers of Shopify Flow. */
  url: z.string().trim().max(2_000).refine((url) => url === FLOW || isCallable(url), "this must be a public https address"),
  segmentIds: z.array(z.string().max(100)).min(1).max(500).nullish(),
});

export interface AddedEndpoint {
  readonly id: string;
  /** Key of the signature: shown now and never again. */
  readonly secret: string;
}

/** From now on the address is told who joins and leaves: the named segments, or all. */
export async function addEventEndpoint(shop: ShopRef, input: unknown, { clock = systemClock, actor = "app" }: ActionOptions = {}): Promise<Result<AddedEndpoint, Failure>> {
  const parsed = newEndpoint.safeParse(input, plainProblems);
  if (!parsed.success) return err({ kind: "invalid", problems: toProblems(parsed.error) });
  const { url, segmentIds } = parsed.data;
  const known = await listEventEndpoints(shop.id);
  if (known.length >= MOST_ENDPOINTS) return err({ kind: "invalid", problems: [{ field: "url", message: "there are as many addresses as are allowed" }] });
  if (known.some((endpoint) => endpoint.url === url)) return err({ kind: "invalid", problems: [{ field: "url", message: "this address is told already" }] });
  const [id, secret, nowMs] = [randomUUID(), randomBytes(32).toString("base64url"), clock.nowMs()];
  await insertEventEndpoint(shop.id, { id, url, secret: encryptText(secret), segmentIds: segmentIds ?? null, isOn: true, createdAtMs: nowMs });
  await recordAudit(shop.id, { atMs: nowMs, actor, action: "endpoint.add", subject: `endpoint/${id}`, detail: JSON.stringify({ host: url === FLOW ? FLOW : new URL(url).host, segments: segmentIds?.length ?? null }) });
  return ok({ id, secret });
}

/** What a name leads to is looked at again each time it is called. */
function isCallable(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  if (username || password || /\s/.test(text)) return false;
  const host = hostname.replace(/^\[|\]$/g, "");
  const isDevelopment = getEnv().NODE_ENV !== "production";
  if (isIP(host) !== 0 && !isPublicAddress(host, isDevelopment)) return false;
  const isLoopback = isIP(host) !== 0 && !isPublicAddress(host, false);
  return protocol === "https:" || (protocol === "http:" && isLoopback);
}
