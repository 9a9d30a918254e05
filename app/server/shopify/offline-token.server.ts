import { setTimeout as sleep } from "node:timers/promises";
import type { Session } from "@shopify/shopify-api";
import type { Failure } from "#app/core/failure.ts";
import type { ShopDomain } from "#app/core/ids.ts";
import { err, ok, type Result } from "#app/core/result.ts";
import { MINUTE_MS, SECOND_MS, type Clock } from "#app/core/time.ts";
import { claimTokenRefresh, releaseTokenRefresh } from "#app/server/platform/session-storage.server.ts";
import { refreshSession } from "./refresh-token.server.ts";
import { getShopify } from "./shopify.server.ts";

/** The library refreshes at the same margin. */
const MARGIN_MS = 5 * MINUTE_MS;
const LEASE_MS = 15 * SECOND_MS;
const LOOK_AGAIN_MS = 50;

const underWay = new Map<ShopDomain, Promise<Result<string, Failure>>>();

export interface TokenRequest {
  readonly clock: Clock;
  /** A token that Shopify has just answered with 401: it is replaced even when it looks valid. */
  readonly rejectedToken?: string;
}

/**
 * A valid offline access token for work without a request. It is refreshed within five minutes of its end, by one
 * caller at a time: within the process they share one promise, between processes a lease in the session's row decides.
 */
export function getOfflineToken(shopDomain: ShopDomain, request: TokenRequest): Promise<Result<string, Failure>> {
  const running = underWay.get(shopDomain);
  if (running) return request.rejectedToken ? running.then(() => getOfflineToken(shopDomain, request)) : running;
  const started = findOrRefresh(shopDomain, request).finally(() => underWay.delete(shopDomain));
  underWay.set(shopDomain, started);
  return started;
}

async function findOrRefresh(shopDomain: ShopDomain, { clock, rejectedToken }: TokenRequest): Promise<Result<string, Failure>> {
  const storage = getShopify().sessionStorage;
  const sessionId = `offline_${shopDomain}`;
  // Another process's refresh ends, or its lease does; so this loop does too.
  for (;;) {
    const session = await storage.loadSession(sessionId);
    if (!session?.accessToken) return err({ kind: "not-installed", shopDomain });
    if (session.accessToken !== rejectedToken && !isNearItsEnd(session, clock)) return ok(session.accessToken);
    if (!session.refreshToken) return err({ kind: "not-installed", shopDomain });
    if (!claimTokenRefresh(sessionId, clock.nowMs(), LEASE_MS)) {
      await sleep(LOOK_AGAIN_MS);
      continue;
    }
    try {
      // Read again under the lease: the process before us may have refreshed between our read and our claim.
      const current = await storage.loadSession(sessionId);
      if (current?.accessToken !== session.accessToken) continue;
      const refreshed = await refreshSession(shopDomain, session, clock);
      if (!refreshed.ok) return refreshed;
      await storage.storeSession(refreshed.value);
      return refreshed.value.accessToken ? ok(refreshed.value.accessToken) : err({ kind: "not-installed", shopDomain });
    } finally {
      releaseTokenRefresh(sessionId);
    }
  }
}

function isNearItsEnd(session: Session, clock: Clock): boolean {
  return session.expires !== undefined && session.expires.getTime() <= clock.nowMs() + MARGIN_MS;
}
