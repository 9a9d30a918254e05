import type { OrderRow } from "#dev-store/db/rows.ts";
import { gid } from "#dev-store/gid.ts";
import { orderSource } from "#dev-store/webhooks/payloads/order-source.ts";
import type { FieldTable } from "../field-types.ts";
import { addFields } from "../field-types.ts";
import type { Item } from "../items.ts";

/** The app (sales channel) of an order and the place of a sale at a till. */
export function addOrderSourceFields(table: FieldTable): void {
  addFields<Item<OrderRow>>(table, "Order", {
    app: ({ row }) => ({ __typename: "OrderApp", id: gid("App", orderSource(row).appId), name: orderSource(row).appName }),
    retailLocation: ({ row }) => {
      const { locationId } = orderSource(row);
      return locationId === null ? null : { __typename: "Location", id: gid("Location", locationId), legacyResourceId: String(locationId), name: `Shop ${locationId % 10}` };
    },
  });
}
