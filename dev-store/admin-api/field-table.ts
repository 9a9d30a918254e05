import type { FieldTable } from "./field-types.ts";
import { addBulkFields } from "./types/bulk-fields.ts";
import { addCheckoutFields } from "./types/checkout-fields.ts";
import { addCustomerFields } from "./types/customer-fields.ts";
import { addDiscountFields } from "./types/discount-fields.ts";
import { addDiscountMutations } from "./types/discount-mutations.ts";
import { addLineFields } from "./types/line-fields.ts";
import { addMetafieldDefinitions } from "./types/metafield-definitions.ts";
import { addMetafieldFields } from "./types/metafields.ts";
import { addOrderFields } from "./types/order-fields.ts";
import { addOrderLists } from "./types/order-lists.ts";
import { addOrderSourceFields } from "./types/order-source-fields.ts";
import { addFlowFields } from "./types/flow-fields.ts";
import { addPixelFields } from "./types/pixel-fields.ts";
import { addProductFields } from "./types/product-fields.ts";
import { addProductLists } from "./types/product-lists.ts";
import { addSegmentFields } from "./types/segment-fields.ts";
import { addShopFields } from "./types/shop-fields.ts";
import { addTagMutations } from "./types/tag-mutations.ts";

/** Everything of the Admin API that this store can answer. */
export function buildFieldTable(): FieldTable {
  const table: FieldTable = new Map();
  for (const add of [
    addShopFields, addProductFields, addProductLists, addCustomerFields, addOrderFields, addOrderSourceFields, addCheckoutFields, addLineFields, addOrderLists, addSegmentFields,
    addDiscountFields, addDiscountMutations, addTagMutations, addMetafieldFields, addMetafieldDefinitions, addPixelFields, addFlowFields, addBulkFields,
  ]) {
    add(table);
  }
  return table;
}
