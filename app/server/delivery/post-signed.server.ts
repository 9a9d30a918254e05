import { createHmac } from "node:crypto";
import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { isIP } from "node:net";
import { SECOND_MS } from "#app/core/time.ts";
import { isPublicAddress, lookupPublic } from "#app/server/platform/public-address.server.ts";

export interface SignedPost {
  readonly url: URL;
  readonly body: string;
  readonly secret: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly nowMs: number;
  readonly signal: AbortSignal;
  /** Development and tests: http, and addresses of this machine. */
  readonly allowsLoopback: boolean;
}

/** The status that was answered, or why there was none. */
export type PostOutcome = { readonly status: number } | { readonly error: string };

const TIME_LIMIT_MS = 10 * SECOND_MS;

/** `v1=` and the HMAC-SHA256, in hex, of the seconds, a dot and the body: a receiver that checks the seconds cannot be fooled by a replay. */
export function signBody(secret: string, seconds: number, body: string): string {
  return `v1=${createHmac("sha256", secret).update(`${seconds}.${body}`).digest("hex")}`;
}

/** Redirects are not followed and what is answered is not read: only the status counts. */
export function postSigned({ url, body, secret, headers, nowMs, signal, allowsLoopback }: SignedPost): Promise<PostOutcome> {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  // An address in place of a name is not looked up, so it is checked here.
  if (isIP(host) !== 0 && !isPublicAddress(host, allowsLoopback)) return Promise.resolve({ error: `${url.hostname} is not a public address` });
  if (url.protocol !== "https:" && !(allowsLoopback && url.protocol === "http:")) return Promise.resolve({ error: "only https is called" });
  const seconds = Math.floor(nowMs / SECOND_MS);
  const send = url.protocol === "https:" ? requestHttps : requestHttp;
  return new Promise((resolve) => {
    const sent = send(url, {
      method: "POST",
      lookup: lookupPublic(allowsLoopback),
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIME_LIMIT_MS)]),
      headers: {
        ...headers, "content-type": "application/json", "content-length": Buffer.byteLength(body), "user-agent": "Tessera",
        "x-tessera-timestamp": String(seconds), "x-tessera-signature": signBody(secret, seconds, body),
      },
    }, (response) => {
      resolve({ status: response.statusCode ?? 0 });
      response.destroy();
    });
    sent.on("error", (error) => resolve({ error: error.name === "TimeoutError" || error.name === "AbortError" ? "no answer in time" : error.message }));
    sent.end(body);
  });
}
