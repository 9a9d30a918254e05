import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { DevStoreContext, RequestHandler } from "#dev-store/context.ts";
import { readBody, sendText } from "#dev-store/http.ts";
import type { StagedTarget } from "./bulk-desk.ts";

const MAX_UPLOAD_BYTES = 100 * 1024 * 1024;

export interface StagedUploads {
  create(): StagedTarget;
  /** Path of the file that was uploaded under this key; null when none was. */
  find(key: string): string | null;
  readonly handle: RequestHandler;
}

/** Stands in for the object storage to which Shopify lets apps upload the variables of a bulk mutation. */
export function createStagedUploads(store: DevStoreContext): StagedUploads {
  const folder = join(store.config.dataDir, "staged-uploads");
  const pathOf = (key: string) => {
    const match = /^tmp\/([0-9a-f-]{36})\/variables\.jsonl$/.exec(key);
    return match ? join(folder, `${match[1]}.jsonl`) : null;
  };
  return {
    create() {
      const key = `tmp/${randomUUID()}/variables.jsonl`;
      return { url: `${store.config.origin}/staged-uploads`, resourceUrl: `${store.config.origin}/staged-uploads/${key}`, parameters: [{ name: "key", value: key }, { name: "Content-Type", value: "text/jsonl" }] };
    },
    find(key) {
      const path = pathOf(key);
      return path && existsSync(path) ? path : null;
    },
    async handle(req, res, url) {
      if (!url.pathname.startsWith("/staged-uploads")) return false;
      const body = await readBody(req, MAX_UPLOAD_BYTES);
      const type = req.headers["content-type"] ?? "";
      const form = type.startsWith("multipart/form-data") ? await new Response(new Uint8Array(body), { headers: { "content-type": type } }).formData() : null;
      const file = form?.get("file");
      const key = form ? String(form.get("key") ?? "") : url.pathname.replace("/staged-uploads/", "");
      const path = pathOf(key);
      if (!path || (form && !(file instanceof File)) || (req.method !== "POST" && req.method !== "PUT")) {
        sendText(res, 400, "text/plain", "unknown upload");
        return true;
      }
      mkdirSync(folder, { recursive: true });
      writeFileSync(path, file instanceof File ? Buffer.from(await file.arrayBuffer()) : body);
      sendText(res, 201, "application/xml", `<?xml version="1.0" encoding="UTF-8"?><PostResponse><Key>${key}</Key></PostResponse>`);
      return true;
    },
  };
}
