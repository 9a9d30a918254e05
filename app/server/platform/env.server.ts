import { z } from "zod";

const text = z.string().min(1);
const LOOPBACK = new Set(["127.0.0.1", "localhost", "[::1]"]);
const KEY_BYTES = 32;

const encryptionKey = z.string().refine((value) => Buffer.from(value, "base64").length === KEY_BYTES, `must be ${KEY_BYTES} bytes in base64`);

/** A second secret or key that is still accepted while the first is being rotated. An empty value counts as none. */
const optional = <T extends z.ZodType>(schema: T) => z.preprocess((value) => (value === "" ? undefined : value), schema.optional());

const appSchema = z.object({
  // What is not told is treated as the strict case.
  NODE_ENV: z.enum(["production", "development", "test"]).default("production"),
  DATABASE_URL: z.string().regex(/^file:.+/, "must be file:<path>: SQLite is the only database of this version"),
  SHOPIFY_API_KEY: text,
  SHOPIFY_API_SECRET: text,
  SHOPIFY_API_SECRET_PREVIOUS: optional(text),
  SHOPIFY_APP_URL: z.url().transform((url) => url.replace(/\/$/, "")),
  SCOPES: text,
  TESSERA_ENCRYPTION_KEY: encryptionKey,
  TESSERA_ENCRYPTION_KEY_PREVIOUS: optional(encryptionKey),
  /** Every call to a shop, with its tokens, goes here instead: so only to this machine. */
  SHOPIFY_DEV_STORE_URL: optional(
    z.url().refine((url) => LOOPBACK.has(new URL(url).hostname), "must be an address of this machine").transform((url) => url.replace(/\/$/, "")),
  ),
  LOG_LEVEL: z.enum(["silent", "fatal", "error", "warn", "info", "debug", "trace"]).default("info"),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  /** An OpenAI-compatible endpoint, as in https://host/v1, that may turn sentences into segment queries. Off when absent. */
  TESSERA_LLM_URL: optional(z.url().transform((url) => url.replace(/\/$/, ""))),
  TESSERA_LLM_MODEL: optional(text),
  TESSERA_LLM_KEY: optional(text),
  /** Jobs that one worker process runs side by side. */
  WORKER_CONCURRENCY: z.coerce.number().int().min(1).max(64).default(4),
});

/** A driver cannot be chosen without its settings. */
const queueSchema = z.preprocess(
  (value) => (typeof value === "object" && value !== null ? { ...value, QUEUE_DRIVER: Reflect.get(value, "QUEUE_DRIVER") || "embedded" } : value),
  z.discriminatedUnion("QUEUE_DRIVER", [z.object({ QUEUE_DRIVER: z.literal("embedded") })]),
);

const envSchema = z.intersection(appSchema, queueSchema);
export type Env = z.infer<typeof envSchema>;

/** Stops the start; its message names every value that is missing or wrong and never shows one. */
export class EnvError extends Error {
  constructor(readonly problems: readonly { name: string; message: string }[]) {
    super(`The environment is not complete:\n${problems.map(({ name, message }) => `  ${name}: ${message}`).join("\n")}`);
    this.name = "EnvError";
  }
}

export function parseEnv(source: Readonly<Record<string, string | undefined>>): Env {
  const parsed = envSchema.safeParse(source);
  if (parsed.success) return parsed.data;
  throw new EnvError(
    parsed.error.issues.map((issue) => {
      const name = String(issue.path[0] ?? "environment");
      return { name, message: source[name] === undefined || source[name] === "" ? "is missing" : issue.message };
    }),
  );
}

let env: Env | undefined;

/** The only reader of process.env. Parsed on first use and then fixed for the life of the process. */
export function getEnv(): Env {
  env ??= parseEnv(process.env);
  return env;
}
