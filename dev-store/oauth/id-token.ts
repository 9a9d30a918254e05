import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";
import { z } from "zod";

const LIFETIME_S = 60;
const LEEWAY_S = 10;

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
const sign = (text: string, secret: string) => createHmac("sha256", secret).update(text).digest("base64url");

export interface IdTokenFacts { readonly shopDomain: string; readonly apiKey: string; readonly apiSecret: string; readonly wallMs: number; readonly sessionId: string; readonly userId: number }

/** The session ("id") token of an embedded app, as the admin mints it: HS256 with the app's secret, valid for a minute. */
export function mintIdToken({ shopDomain, apiKey, apiSecret, wallMs, sessionId, userId }: IdTokenFacts): string {
  const now = Math.floor(wallMs / 1000);
  const payload = {
    iss: `https://${shopDomain}/admin`, dest: `https://${shopDomain}`, aud: apiKey, sub: String(userId), exp: now + LIFETIME_S, nbf: now, iat: now,
    jti: randomUUID(), sid: sessionId, sig: createHmac("sha256", apiSecret).update(sessionId).digest("hex"),
  };
  const unsigned = `${encode({ alg: "HS256", typ: "JWT" })}.${encode(payload)}`;
  return `${unsigned}.${sign(unsigned, apiSecret)}`;
}

const claims = z.object({ iss: z.string(), dest: z.string(), aud: z.string(), sub: z.string(), exp: z.number(), nbf: z.number() });

/** True when the token is one that the admin minted for this app and shop and is still good. */
export function isIdTokenValid(token: string, { shopDomain, apiKey, apiSecret, wallMs }: Pick<IdTokenFacts, "shopDomain" | "apiKey" | "apiSecret" | "wallMs">): boolean {
  const [header, payload, signature, ...rest] = token.split(".");
  if (!header || !payload || !signature || rest.length) return false;
  const expected = Buffer.from(sign(`${header}.${payload}`, apiSecret));
  const given = Buffer.from(signature);
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) return false;
  try {
    const found = claims.parse(JSON.parse(Buffer.from(payload, "base64url").toString("utf8")));
    const now = wallMs / 1000;
    return found.iss === `https://${shopDomain}/admin` && found.dest === `https://${shopDomain}` && found.aud === apiKey && found.exp + LEEWAY_S > now && found.nbf - LEEWAY_S < now;
  } catch {
    return false;
  }
}
