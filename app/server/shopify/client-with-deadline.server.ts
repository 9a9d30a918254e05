import { err } from "#app/core/result.ts";
import type { AdminClient } from "./admin-client.server.ts";

/**
 * The same client for somebody who is waiting: all calls through it together get `withinMs`, retries included, and what
 * is not there by then is a failure like any other outage.
 */
export function withDeadline(client: AdminClient, withinMs: number): AdminClient {
  const deadline = AbortSignal.timeout(withinMs);
  const passed = new Promise<null>((resolve) => deadline.addEventListener("abort", () => resolve(null), { once: true }));
  return {
    shopDomain: client.shopDomain,
    async run(document, variables, options = {}) {
      const signal = options.signal ? AbortSignal.any([options.signal, deadline]) : deadline;
      const asked = client.run(document, variables, { ...options, signal }).catch((error: unknown) => {
        if (deadline.aborted) return null;
        throw error;
      });
      const answer = await Promise.race([asked, passed]);
      const operation = /\b(?:query|mutation)\s+(\w+)/.exec(document.toString())?.[1] ?? "anonymous operation";
      return answer ?? err({ kind: "shopify-unavailable", operation, message: `no answer within ${withinMs} ms`, retryAfterMs: null });
    },
  };
}
