import { readFile } from "node:fs/promises";
import { extname, join, resolve, sep } from "node:path";
import type { Visit } from "./visit.ts";

const types: Record<string, string> = {
  ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg", ".webp": "image/webp", ".json": "application/json; charset=utf-8", ".wasm": "application/wasm", ".woff2": "font/woff2",
};

/** A file below `root`, or 404: nothing outside of it, and no type that is not listed. */
export async function serveFile(visit: Visit, root: string, name: string): Promise<void> {
  const file = resolve(join(root, decodePath(name)));
  const type = types[extname(file).toLowerCase()];
  const body = type && file.startsWith(resolve(root) + sep) ? await readFile(file).catch(() => null) : null;
  if (!body) return void visit.res.writeHead(404, { "content-type": "text/plain", "cache-control": "no-store" }).end("Not found");
  // Addresses carry a digest of the file (?v=) or name a picture that never changes.
  visit.res.writeHead(200, { "content-type": type, "content-length": body.length, "cache-control": "public, max-age=31536000, immutable", "x-content-type-options": "nosniff", "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'" });
  visit.res.end(visit.method === "HEAD" ? undefined : body);
}

function decodePath(name: string): string {
  try {
    return decodeURIComponent(name).replaceAll("\0", "");
  } catch {
    return "";
  }
}
