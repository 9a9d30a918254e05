import { parseArgs } from "node:util";
import { z } from "zod";

const optionsSchema = z.object({
  port: z.coerce.number().int().min(0).max(65_535),
  host: z.string(),
  dataDir: z.string().min(1),
  appUrl: z.url().transform((url) => url.replace(/\/$/, "")),
  apiKey: z.string().min(1),
  apiSecret: z.string().min(1),
  toml: z.string(),
  extensions: z.string(),
  schema: z.string(),
  webhookRetryBaseMs: z.coerce.number().int().positive(),
});
export type DevStoreOptions = z.infer<typeof optionsSchema>;

/** Command line of dev-store/main.ts; what is missing is named. */
export function readOptions(argv: readonly string[]): DevStoreOptions {
  const text = { type: "string" as const };
  const { values } = parseArgs({
    args: [...argv],
    options: {
      port: { ...text, default: "4100" }, host: { ...text, default: "127.0.0.1" }, "data-dir": text, "app-url": text, "api-key": text, "api-secret": text,
      toml: { ...text, default: "shopify.app.toml" }, extensions: { ...text, default: "extensions" },
      schema: { ...text, default: ".cache/admin-schema/admin_2026-07.json" },
      // Shopify tries 8 times within 4 hours; doubling from a minute comes to 4 hours and 15 minutes.
      "webhook-retry-base-ms": { ...text, default: "60000" },
    },
  });
  const read = optionsSchema.safeParse({
    port: values.port, host: values.host, dataDir: values["data-dir"], appUrl: values["app-url"], apiKey: values["api-key"], apiSecret: values["api-secret"],
    toml: values.toml, extensions: values.extensions, schema: values.schema, webhookRetryBaseMs: values["webhook-retry-base-ms"],
  });
  if (read.success) return read.data;
  const named = read.error.issues.map((issue) => `--${issue.path.join(".").replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}: ${issue.message}`);
  throw new Error(`dev store: ${named.join("; ")}`);
}
