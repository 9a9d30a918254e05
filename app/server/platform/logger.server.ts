import pino, { type DestinationStream, type Logger } from "pino";
import { getEnv } from "./env.server.ts";
import { scrub, scrubText } from "./scrub.server.ts";

export type { Logger };

export interface LoggerOptions {
  readonly level: string;
  /** Values that must not appear in any line, whatever field they stand in. */
  readonly secrets?: readonly string[];
  readonly destination?: DestinationStream;
}

/**
 * JSON lines. Every object, error and message goes through scrub() first, so a caller that logs too much still leaks
 * nothing; the secrets of this process are also replaced in the finished line.
 */
export function createLogger({ level, secrets = [], destination = pino.destination({ dest: 1, sync: true }) }: LoggerOptions): Logger {
  return pino(
    {
      level,
      base: {},
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: (value: unknown) => scrub(value) },
      formatters: {
        level: (label) => ({ level: label }),
        bindings: (bindings) => scrubRecord(bindings),
        log: (fields) => scrubRecord(fields),
      },
      hooks: {
        logMethod(args, method) {
          method.apply(this, args.map((arg: unknown) => (typeof arg === "string" ? scrubText(arg) : arg)) as Parameters<typeof method>);
        },
        streamWrite: (line) => secrets.reduce((clean, secret) => clean.replaceAll(secret, "[hidden]"), line),
      },
    },
    destination,
  );
}

function scrubRecord(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, hide(name, value)]));
}

function hide(name: string, value: unknown): unknown {
  const scrubbed = scrub({ [name]: value });
  return typeof scrubbed === "object" && scrubbed !== null ? Object.values(scrubbed)[0] : scrubbed;
}

let root: Logger | undefined;

function getRootLogger(): Logger {
  const env = getEnv();
  const secrets = [env.SHOPIFY_API_SECRET, env.SHOPIFY_API_SECRET_PREVIOUS, env.TESSERA_ENCRYPTION_KEY, env.TESSERA_ENCRYPTION_KEY_PREVIOUS];
  root ??= createLogger({ level: env.LOG_LEVEL, secrets: secrets.filter((secret) => secret !== undefined) });
  return root;
}

/** A logger that names the operation in every line, e.g. `getLogger("sync-store", { shopId })`. */
export function getLogger(operation: string, fields: Readonly<Record<string, unknown>> = {}): Logger {
  return getRootLogger().child({ operation, ...fields });
}
