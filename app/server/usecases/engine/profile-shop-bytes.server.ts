import { deserialize, serialize } from "node:v8";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { ProfileShop } from "#app/engine/features/profile-shop.ts";

/** Figures of the whole shop as bytes. Maps and typed arrays survive; read back only by the PROFILE_VERSION that wrote them. */
export function encodeProfileShop(shop: ProfileShop): Uint8Array {
  return deflateRawSync(serialize(shop));
}

/** Null when the bytes are not those of a shop's figures. */
export function decodeProfileShop(bytes: Uint8Array): ProfileShop | null {
  try {
    const shop: unknown = deserialize(inflateRawSync(bytes));
    return isProfileShop(shop) ? shop : null;
  } catch {
    return null;
  }
}

function isProfileShop(value: unknown): value is ProfileShop {
  return typeof value === "object" && value !== null && "rfmCuts" in value && "cadence" in value && "silence" in value && "tiers" in value;
}
