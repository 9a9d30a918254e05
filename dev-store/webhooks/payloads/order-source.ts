import type { OrderRow } from "#dev-store/db/rows.ts";

interface OrderSource { readonly appId: number; readonly appName: string; readonly locationId: number | null }

/** Numbers that the real sales channels have; the tills of this store stand in two places. */
const APPS: Readonly<Record<string, { readonly id: number; readonly name: string }>> = {
  web: { id: 580_111, name: "Online Store" }, pos: { id: 129_785, name: "Point of Sale" }, shopify_draft_order: { id: 1_354_745, name: "Draft Orders" },
};
const OTHER = { id: 2_329_312, name: "Other" };
export const TILL_LOCATIONS = [68_001, 68_002] as const;

/** Which app (sales channel) took an order, and at which place's till. */
export function orderSource(row: Pick<OrderRow, "id" | "source_name">): OrderSource {
  const app = APPS[row.source_name] ?? OTHER;
  return { appId: app.id, appName: app.name, locationId: row.source_name === "pos" ? TILL_LOCATIONS[row.id % TILL_LOCATIONS.length] : null };
}
