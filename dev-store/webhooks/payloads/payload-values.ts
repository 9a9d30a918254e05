import type { ShopFacts } from "#dev-store/context.ts";
import { formatAmount } from "#dev-store/money.ts";
import { isoZoned } from "#dev-store/time.ts";

/** How REST payloads write this shop's amounts and instants. */
export interface PayloadValues {
  amount(minor: number): string;
  priceSet(minor: number): object;
  when(instantMs: number): string;
  whenOrNull(instantMs: number | null): string | null;
}

export function payloadValues(shop: ShopFacts): PayloadValues {
  const amount = (minor: number) => formatAmount(minor, shop.currency);
  const when = (instantMs: number) => isoZoned(instantMs, shop.timeZone);
  return {
    amount,
    priceSet(minor) {
      const money = { amount: amount(minor), currency_code: shop.currency };
      return { shop_money: money, presentment_money: money };
    },
    when,
    whenOrNull: (instantMs) => (instantMs === null ? null : when(instantMs)),
  };
}

/** Order numbers as the admin counts them: the digits of the name. */
export function orderNumber(name: string, id: number): number {
  return Number(name.replace(/\D/g, "")) || id;
}

/** JSON text list to "a, b", as REST writes tags. */
export function joinedTags(json: string): string {
  const found: unknown = JSON.parse(json);
  return Array.isArray(found) ? found.map(String).join(", ") : "";
}
