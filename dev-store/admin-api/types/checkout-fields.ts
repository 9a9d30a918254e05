import type { CheckoutRow } from "#dev-store/checkouts/checkout-row.ts";
import { loadRows } from "#dev-store/db/load-rows.ts";
import { gid } from "#dev-store/gid.ts";
import { isoSecond } from "#dev-store/time.ts";
import type { FieldTable } from "../field-types.ts";
import { addFields } from "../field-types.ts";
import { Group, one } from "../items.ts";
import type { Item } from "../items.ts";
import type { ListSpec } from "../list-rows.ts";
import { listRows } from "../list-rows.ts";
import { idFilter, indexedDateFilter, wordFilter } from "../search-sql.ts";
import { moneyBag } from "../values.ts";

const CHECKOUTS: ListSpec = {
  type: "AbandonedCheckout",
  from: "checkouts k",
  alias: "k",
  name: "abandonedCheckouts",
  search: {
    fields: {
      id: idFilter("k.id"), created_at: indexedDateFilter("k.created_at"), updated_at: indexedDateFilter("k.updated_at"),
      recovery_state: ({ value }) => ({ sql: `k.completed_at IS ${value === "recovered" ? "NOT NULL" : "NULL"}`, params: [] }),
    },
    text: wordFilter("k.email"),
  },
  sorts: { ID: "k.id", CHECKOUT_ID: "k.id", CREATED_AT: "k.created_at", TOTAL_PRICE: "k.total", RELEVANCE: "k.id" },
  defaultSort: "ID",
};

/** Checkouts that were left; recovered ones too. One that is under way is listed as soon as its contact is known. */
export function addCheckoutFields(table: FieldTable): void {
  addFields<Item<CheckoutRow>>(table, "AbandonedCheckout", {
    id: ({ row }) => gid("AbandonedCheckout", row.id),
    name: ({ row }) => `#${row.id}`,
    createdAt: ({ row }) => isoSecond(row.created_at),
    updatedAt: ({ row }) => isoSecond(row.updated_at),
    completedAt: ({ row }) => (row.completed_at === null ? null : isoSecond(row.completed_at)),
    abandonedCheckoutUrl: ({ row }, _, api) => `${api.store.config.origin}/checkout?recover=${row.token}`,
    subtotalPriceSet: ({ row }, _, api) => moneyBag(row.subtotal, api.store.shop.currency),
    totalPriceSet: ({ row }, _, api) => moneyBag(row.total, api.store.shop.currency),
    customer: (checkout, _, api) => one(checkout, "customer", (row) => row.customer_id, (ids) => new Group("Customer", loadRows(api.db, "customers", ids)), api.rows),
  });
  addFields<unknown>(table, "QueryRoot", { abandonedCheckouts: (_, args, api) => listRows<CheckoutRow>(api, CHECKOUTS, args) });
}
