import { randomBytes } from "node:crypto";
import { expect, it } from "vitest";
import { decryptWith, DecryptionError, encryptWith } from "#app/server/platform/encrypt.server.ts";

const key = randomBytes(32);
const text = "shpat_geheim-ключ-鍵";

it("returns what was put in, and never writes the same text twice alike", () => {
  const [one, two] = [encryptWith(key, text), encryptWith(key, text)];
  expect(one).not.toBe(two);
  expect(one).not.toContain("geheim");
  expect(decryptWith([key], one)).toBe(text);
  expect(decryptWith([key], encryptWith(key, ""))).toBe("");
});

it("notices every single changed byte", () => {
  const stored = encryptWith(key, text);
  const [prefix, id, body] = stored.split(".");
  const bytes = Buffer.from(body, "base64url");
  for (let i = 0; i < bytes.length; i++) {
    const changed = Buffer.from(bytes);
    changed[i] ^= 1;
    expect(() => decryptWith([key], `${prefix}.${id}.${changed.toString("base64url")}`)).toThrow(DecryptionError);
  }
});

it("refuses cut, foreign and unencrypted text without showing it", () => {
  const stored = encryptWith(key, text);
  for (const bad of [stored.slice(0, -30), stored.slice(0, 20), "plain-token", "", `${stored}.x`, stored.replace("enc1", "enc2")]) {
    expect(() => decryptWith([key], bad)).toThrow(DecryptionError);
  }
  expect(() => decryptWith([randomBytes(32)], stored)).toThrow(/is not known here/);
});

it("reads the old key's texts during a rotation", () => {
  const newer = randomBytes(32);
  expect(decryptWith([newer, key], encryptWith(key, text))).toBe(text);
  expect(decryptWith([newer, key], encryptWith(newer, text))).toBe(text);
});
