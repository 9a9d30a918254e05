import { Session } from "@shopify/shopify-api";
import { z } from "zod";
import type { Failure } from "#app/core/failure.ts";
import type { ShopDomain } from "#app/core/ids.ts";
import { err, ok, type Result } from "#app/core/result.ts";
import { SECOND_MS, type Clock } from "#app/core/time.ts";
import { getEnv } from "#app/server/platform/env.server.ts";
import { shopifyFetch } from "./shopify-fetch.server.ts";

const OPERATION = "refresh of the access token";
const TIME_LIMIT_MS = 10 * SECOND_MS;

const answer = z.object({
  access_token: z.string().min(1),
  scope: z.string().optional(),
  expires_in: z.number().optional(),
  refresh_token: z.string().optional(),
  refresh_token_expires_in: z.number().optional(),
});

/** Trades the session's refresh token for new tokens. A refusal (4xx) means that the app is no longer installed. */
export async function refreshSession(shopDomain: ShopDomain, session: Session, clock: Clock): Promise<Result<Session, Failure>> {
  const env = getEnv();
  const body = { client_id: env.SHOPIFY_API_KEY, client_secret: env.SHOPIFY_API_SECRET, grant_type: "refresh_token", refresh_token: session.refreshToken };
  let response: Response;
  let text: string;
  try {
    response = await shopifyFetch(`https://${shopDomain}/admin/oauth/access_token`, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json" },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(TIME_LIMIT_MS),
    });
    text = await response.text();
  } catch (error) {
    return unavailable(error instanceof Error ? error.message : String(error));
  }
  if (response.status >= 500 || response.status === 429) return unavailable(`HTTP ${response.status}`);
  if (!response.ok) return err({ kind: "not-installed", shopDomain });
  const parsed = answer.safeParse(parseJson(text));
  if (!parsed.success) return unavailable("the answer holds no access token");
  const at = (seconds: number | undefined) => (seconds === undefined ? undefined : new Date(clock.nowMs() + seconds * SECOND_MS));
  return ok(
    new Session({
      id: session.id,
      shop: shopDomain,
      state: "",
      isOnline: false,
      scope: parsed.data.scope ?? session.scope,
      accessToken: parsed.data.access_token,
      expires: at(parsed.data.expires_in),
      refreshToken: parsed.data.refresh_token ?? session.refreshToken,
      refreshTokenExpires: at(parsed.data.refresh_token_expires_in) ?? session.refreshTokenExpires,
    }),
  );
}

const unavailable = (message: string): Result<never, Failure> => err({ kind: "shopify-unavailable", operation: OPERATION, message, retryAfterMs: null });

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
