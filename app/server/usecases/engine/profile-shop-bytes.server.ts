import { deserialize, serialize } from "node:v8";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { ProfileShop } from "#app/engine/features/profile-shop.ts";
import type { PurchaseScorer } from "#app/engine/predict/predict-purchases.ts";

/** What a version's customers were held against and scored with. */
export interface ShopYardstick {
  readonly shop: ProfileShop;
  /** null while predictions are not reliable. */
  readonly scorer: PurchaseScorer | null;
}

/** Maps and typed arrays survive; read back only by the PROFILE_VERSION that wrote them. */
export function encodeYardstick(yardstick: ShopYardstick): Uint8Array {
  return deflateRawSync(serialize(yardstick));
}

/** Null when the bytes are something else. */
export function decodeYardstick(bytes: Uint8Array): ShopYardstick | null {
  try {
    const value: unknown = deserialize(inflateRawSync(bytes));
    return isYardstick(value) ? value : null;
  } catch {
    return null;
  }
}

function isYardstick(value: unknown): value is ShopYardstick {
  if (typeof value !== "object" || value === null || !("shop" in value) || !("scorer" in value)) return false;
  const { shop } = value;
  return typeof shop === "object" && shop !== null && "rfmCuts" in shop && "cadence" in shop && "silence" in shop && "tiers" in shop;
}
