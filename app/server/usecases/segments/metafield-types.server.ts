import type { ShopId } from "#app/core/ids.ts";
import type { ShopNames } from "#app/engine/segments/language/find-attribute.ts";
import { listCustomerFields } from "#app/server/store/customer-fields.server.ts";

const TYPES = { "month-day": "date", date: "date", number: "float", text: "text" } as const;

/** The customer metafields that the merchant let in, as the language types them. */
export function loadMetafieldTypes(shopId: ShopId): ShopNames["metafields"] {
  return new Map(listCustomerFields(shopId).map(({ name, kind }) => [name, TYPES[kind]]));
}
