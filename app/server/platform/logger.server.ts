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
 * JSON lines. Each finished line goes through scrub() as a whole, whatever way its parts came in, so a caller that
 * logs too much still leaks nothing; the secrets of this process are replaced wherever they stand.
 */
export function createLogger({ level, secrets = [], destination = pino.destination({ dest: 1, sync: true }) }: LoggerOptions): Logger {
  return pino(
    {
      level,
      base: undefined,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: (value: unknown) => scrub(value) },
      formatters: { level: (label) => ({ level: label }) },
      hooks: { streamWrite: (line) => `${secrets.reduce((clean, secret) => clean.replaceAll(secret, "[hidden]"), scrubLine(line))}\n` },
    },
    destination,
  );
}

function scrubLine(line: string): string {
  try {
    return JSON.stringify(scrub(JSON.parse(line)));
  } catch {
    return scrubText(line.trimEnd());
  }
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
