import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import { getEnv } from "./env.server.ts";

const IV_BYTES = 12;
const TAG_BYTES = 16;
const PREFIX = "enc1";

/** The text was changed, cut, moved to another place or written with a key that is not known here. Never says which value. */
export class DecryptionError extends Error {
  override readonly name = "DecryptionError";
}

/** Names a key in the stored text, so that a rotated key is found; tells nothing of the key itself. */
function keyId(key: Buffer): string {
  return createHash("sha256").update("tessera-key-id").update(key).digest("hex").slice(0, 8);
}

/** AES-256-GCM (NIST SP 800-38D): `enc1.<key id>.<base64url of iv, tag and text>`. The random 96-bit iv is used once. */
export function encryptWith(key: Buffer, text: string): string {
  const head = `${PREFIX}.${keyId(key)}`;
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, iv).setAAD(Buffer.from(head));
  const body = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return `${head}.${Buffer.concat([iv, cipher.getAuthTag(), body]).toString("base64url")}`;
}

/** Takes the keys that may still be in use, newest first. */
export function decryptWith(keys: readonly Buffer[], stored: string): string {
  const [prefix, id, body, ...rest] = stored.split(".");
  if (prefix !== PREFIX || !id || !body || rest.length > 0) throw new DecryptionError("not an encrypted text");
  const key = keys.find((candidate) => keyId(candidate) === id);
  if (!key) throw new DecryptionError(`written with key ${id}, which is not known here`);
  const bytes = Buffer.from(body, "base64url");
  if (bytes.length < IV_BYTES + TAG_BYTES) throw new DecryptionError("too short");
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(`${prefix}.${id}`))
    .setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]).toString("utf8");
  } catch {
    throw new DecryptionError("changed since it was written");
  }
}

function getKeys(): [Buffer, ...Buffer[]] {
  const { TESSERA_ENCRYPTION_KEY, TESSERA_ENCRYPTION_KEY_PREVIOUS } = getEnv();
  const current = Buffer.from(TESSERA_ENCRYPTION_KEY, "base64");
  return TESSERA_ENCRYPTION_KEY_PREVIOUS ? [current, Buffer.from(TESSERA_ENCRYPTION_KEY_PREVIOUS, "base64")] : [current];
}

export function encryptText(text: string): string {
  return encryptWith(getKeys()[0], text);
}

export function decryptText(stored: string): string {
  return decryptWith(getKeys(), stored);
}
