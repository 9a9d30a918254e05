/** Takes secrets and personal data out of anything that is about to be logged or stored as the text of an error. */
const HIDDEN = "[hidden]";
const MAX_DEPTH = 6;
const MAX_ITEMS = 50;

/** Names of fields whose value is never shown, whatever it is. */
const SECRET_NAME = /token|secret|password|passphrase|authorization|cookie|hmac|signature|api[-_]?key|encryption[-_]?key|id_token/i;
const PERSONAL_NAME = /^(e-?mail|phone|first_?name|last_?name|display_?name|full_?name|address\d?|street|zip|postal_?code|latitude|longitude|ip|browser_?ip)$/i;

const PATTERNS: readonly RegExp[] = [
  /\bshp[a-z]{2,3}_[A-Za-z0-9_-]{8,}/g,
  /\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]{8,}/g,
  /\bBearer\s+[\w.~+/=-]{8,}/gi,
  /\b(?:id_token|access_token|refresh_token|client_secret|hmac|signature|session)=[^&\s"']+/gi,
  /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu,
];

export function scrubText(text: string): string {
  return PATTERNS.reduce((clean, pattern) => clean.replace(pattern, HIDDEN), text);
}

export function scrub(value: unknown, depth = 0): unknown {
  if (typeof value === "string") return scrubText(value);
  if (typeof value === "bigint") return Number(value);
  if (typeof value !== "object" || value === null) return value;
  if (depth >= MAX_DEPTH) return "[deep]";
  if (value instanceof Error) return scrubError(value, depth);
  if (value instanceof Date) return value.toISOString();
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (Array.isArray(value)) return value.slice(0, MAX_ITEMS).map((item) => scrub(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, isHidden(name, item) ? HIDDEN : scrub(item, depth + 1)]),
  );
}

function isHidden(name: string, item: unknown): boolean {
  return item !== null && item !== undefined && (SECRET_NAME.test(name) || PERSONAL_NAME.test(name));
}

function scrubError(error: Error, depth: number): Record<string, unknown> {
  return {
    type: error.name,
    message: scrubText(error.message),
    stack: error.stack ? scrubText(error.stack) : undefined,
    ...(error.cause === undefined ? {} : { cause: scrub(error.cause, depth + 1) }),
  };
}
