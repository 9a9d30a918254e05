import { formatDecimal } from "#app/core/money.ts";
import type { SegmentDefinition } from "./segment-definition.ts";

/**
 * The definition in Shopify's segment language, or null when that language cannot say it.
 *
 * `rfm_group = '…'` is never written for our own groups: Shopify scores with its own cuts and its own rule of which
 * orders count, so the same name can hold other people. R, F and M quintiles have no attribute at all.
 * Shopify's figures may still count an order that ours leaves out (cancelled, test): whoever publishes compares the
 * members before trusting the query.
 */
export function definitionToNativeQuery(definition: SegmentDefinition, currency: string): string | null {
  switch (definition.kind) {
    case "all-buyers":
      return "number_of_orders >= 1";
    case "prospects":
      return "number_of_orders = 0";
    case "order-count":
      return orderCountQuery(definition.min, definition.max);
    case "spent-at-least":
      return `amount_spent >= ${formatDecimal(definition.minor, currency)}`;
    case "lapsed":
      return `last_order_date < -${definition.days}d`;
    case "shopify-group":
      return definition.groups.length === 1 && definition.groups[0] === "PROSPECTS" ? "number_of_orders = 0" : null;
    case "rfm-cells":
    case "classic-group":
      return null;
  }
}

function orderCountQuery(min: number, max: number | null): string {
  if (max === null) return `number_of_orders >= ${min}`;
  return max === min ? `number_of_orders = ${min}` : `number_of_orders BETWEEN ${min} AND ${max}`;
}
