import type { Failure } from "#app/core/failure.ts";

/** HTTP status of each expected failure; exhaustive, so a new kind does not compile until it is placed. */
export function statusOf(failure: Failure): number {
  switch (failure.kind) {
    case "invalid":
      return 422;
    case "not-found":
      return 404;
    case "conflict":
      return 409;
    case "shopify-refused":
      return 422;
    case "shopify-unavailable":
      return 503;
    case "not-installed":
      return 401;
    case "not-ready":
      return 409;
  }
}

/** The answer of a loader or action that failed as expected: the failure itself, for the page to put into words. */
export function toResponse(failure: Failure): Response {
  const headers = new Headers({ "Content-Type": "application/json; charset=utf-8", "Cache-Control": "no-store" });
  if (failure.kind === "shopify-unavailable" && failure.retryAfterMs !== null) headers.set("Retry-After", String(Math.ceil(failure.retryAfterMs / 1000)));
  return new Response(JSON.stringify({ failure }), { status: statusOf(failure), headers });
}

export function emptyResponse(status: number): Response {
  return new Response(null, { status, headers: { "Cache-Control": "no-store" } });
}

export type BodyRead = { readonly ok: true; readonly bytes: Buffer } | { readonly ok: false; readonly status: 400 | 413 };

/** Reads the raw body and gives up at `maxBytes`, whatever Content-Length claims. */
export async function readBody(request: Request, maxBytes: number): Promise<BodyRead> {
  if (Number(request.headers.get("Content-Length") ?? 0) > maxBytes) return { ok: false, status: 413 };
  if (!request.body) return { ok: false, status: 400 };
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return { ok: true, bytes: Buffer.concat(chunks) };
    size += value.byteLength;
    if (size > maxBytes) {
      await reader.cancel();
      return { ok: false, status: 413 };
    }
    chunks.push(value);
  }
}
