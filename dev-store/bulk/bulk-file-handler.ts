import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { RequestHandler } from "#dev-store/context.ts";
import { sendText } from "#dev-store/http.ts";

/** GET /bulk/<id>.jsonl with HTTP ranges, as the object storage behind Shopify's urls serves them. */
export function createBulkFileHandler(folder: string): RequestHandler {
  return async (req, res, url) => {
    const match = /^\/bulk\/(\d+)\.jsonl$/.exec(url.pathname);
    if (!match) return false;
    const path = join(folder, `${match[1]}.jsonl`);
    const found = await stat(path).catch(() => null);
    if (!found || (req.method !== "GET" && req.method !== "HEAD")) {
      sendText(res, 404, "application/xml", "<Error><Code>NoSuchKey</Code></Error>");
      return true;
    }
    const headers = { "content-type": "application/jsonl", "accept-ranges": "bytes", etag: `"${found.size}-${found.mtimeMs}"` };
    const range = readRange(req.headers.range, found.size);
    if (range === "unsatisfiable") {
      res.writeHead(416, { ...headers, "content-range": `bytes */${found.size}` }).end();
      return true;
    }
    const { start, end } = range ?? { start: 0, end: found.size - 1 };
    res.writeHead(range ? 206 : 200, { ...headers, "content-length": end - start + 1, ...(range ? { "content-range": `bytes ${start}-${end}/${found.size}` } : {}) });
    if (req.method === "HEAD" || found.size === 0) res.end();
    else {
      // A reader that goes away ends its own stream; there is nobody left to tell.
      await pipeline(createReadStream(path, { start, end }), res).catch(() => undefined);
    }
    return true;
  };
}

function readRange(header: string | undefined, size: number): { start: number; end: number } | "unsatisfiable" | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? "");
  if (!match || (!match[1] && !match[2])) return null;
  const start = match[1] ? Number(match[1]) : Math.max(0, size - Number(match[2]));
  const end = match[1] && match[2] ? Math.min(Number(match[2]), size - 1) : size - 1;
  return start >= size || start > end ? "unsatisfiable" : { start, end };
}
