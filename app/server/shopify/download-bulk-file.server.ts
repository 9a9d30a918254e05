import type { Failure } from "#app/core/failure.ts";
import { err, ok, type Result } from "#app/core/result.ts";
import { shopifyFetch } from "./shopify-fetch.server.ts";

const OPERATION = "download of a bulk file";

export interface BulkFile {
  readonly chunks: AsyncIterable<Uint8Array>;
}

/**
 * The file from the given byte on. A server that ignores the range sends the whole file, and the bytes before it are
 * then read and dropped. `not-found` when the address has expired.
 */
export async function downloadBulkFile(url: string, fromByte: number, signal: AbortSignal): Promise<Result<BulkFile, Failure>> {
  let response: Response;
  try {
    response = await shopifyFetch(url, { signal, headers: fromByte > 0 ? { range: `bytes=${fromByte}-` } : {} });
  } catch (error) {
    signal.throwIfAborted();
    return err({ kind: "shopify-unavailable", operation: OPERATION, message: error instanceof Error ? error.message : String(error), retryAfterMs: null });
  }
  // Nothing is left behind the last byte: an earlier run stopped just before it could say so.
  if (response.status === 416) return discard(response, ok({ chunks: nothing() }));
  if (response.status === 403 || response.status === 404 || response.status === 410) return discard(response, err({ kind: "not-found", what: "bulk file", id: String(response.status) }));
  if (!response.ok || !response.body) return discard(response, err({ kind: "shopify-unavailable", operation: OPERATION, message: `HTTP ${response.status}`, retryAfterMs: null }));
  const isRest = response.status === 206 && response.headers.get("content-range")?.startsWith(`bytes ${fromByte}-`) === true;
  const chunks = read(response.body);
  return ok({ chunks: isRest || fromByte === 0 ? chunks : skip(chunks, fromByte) });
}

async function discard<T>(response: Response, result: T): Promise<T> {
  await response.body?.cancel();
  return result;
}

async function* read(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

async function* skip(chunks: AsyncIterable<Uint8Array>, bytes: number): AsyncGenerator<Uint8Array> {
  let left = bytes;
  for await (const chunk of chunks) {
    if (left < chunk.length) yield chunk.subarray(left);
    left = Math.max(0, left - chunk.length);
  }
}
