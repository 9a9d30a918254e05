import { dayNumber, DAY_MS } from "#app/core/time.ts";
import type { ShopPicture } from "../picture/shop-picture.server.ts";

/** Names of each kind that are offered; a catalogue with more is still understood when it is typed. */
const MOST_NAMES = 400;

/** Names in the shop's data that a query can hold. */
export function answerStudioWords({ snapshot, extra }: ShopPicture, _input: null) {
  const named = (names: readonly string[] | undefined) => [...(names ?? [])].filter((name) => name !== "").sort((a, b) => a.localeCompare(b, "en")).slice(0, MOST_NAMES);
  return {
    productTypes: named(snapshot.products.type.names), vendors: named(snapshot.products.vendor.names), productTags: named(extra.productTags?.names),
    customerTags: named(extra.lists?.customer_tags?.names), countries: named(snapshot.customers.country.names),
    today: new Date(dayNumber(snapshot.asOfMs, snapshot.timeZone) * DAY_MS).toISOString().slice(0, 10),
  };
}
