import { parseShopDomain, type ShopDomain } from "#app/core/ids.ts";
import { installShop, type Shop, type ShopDetails } from "#app/server/store/shops.server.ts";

/** 2026-01-01T00:00:00Z: the day on which the stories of tests begin. */
export const STORY_START_MS = Date.UTC(2026, 0, 1);

export function toDomain(name: string): ShopDomain {
  const domain = parseShopDomain(`${name}.myshopify.com`);
  if (!domain) throw new Error(`not a shop name: ${name}`);
  return domain;
}

export function createShop(name = "ana", details: Partial<ShopDetails> = {}, installedAtMs = STORY_START_MS): Promise<Shop> {
  const defaults = { name, shopifyId: 548_380_009, currency: "USD", timeZone: "America/New_York", planName: "Basic", scopes: ["read_orders"] };
  return installShop(toDomain(name), { ...defaults, ...details }, installedAtMs);
}
