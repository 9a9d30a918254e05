import { findRow } from "#dev-store/db/load-rows.ts";
import type { OrderRow } from "#dev-store/db/rows.ts";
import { readGidOf } from "#dev-store/gid.ts";
import type { FieldTable } from "../field-types.ts";
import { addFields, textArg } from "../field-types.ts";
import { Group } from "../items.ts";
import type { ListSpec } from "../list-rows.ts";
import { countRows, listRows } from "../list-rows.ts";
import { amountFilter, enumFilter, flagFilter, idFilter, indexedDateFilter, textFilter, wordFilter } from "../search-sql.ts";

export const ORDERS: ListSpec = {
  type: "Order",
  from: "orders o",
  alias: "o",
  name: "orders",
  search: {
    fields: {
      id: idFilter("o.id"),
      name: textFilter("o.name"),
      email: textFilter("o.email"),
      updated_at: indexedDateFilter("o.updated_at"),
      created_at: indexedDateFilter("o.created_at"),
      processed_at: indexedDateFilter("o.processed_at"),
      customer_id: idFilter("o.customer_id"),
      financial_status: enumFilter("o.financial_status"),
      test: flagFilter("o.test"),
      total_price: amountFilter("o.total"),
      source_name: textFilter("o.source_name"),
      // The three that a merchant filters by; "open" is everything not cancelled, this store archives nothing.
      status: ({ value }) => ({ sql: value === "cancelled" ? "o.cancelled_at IS NOT NULL" : value === "open" || value === "not_closed" ? "o.cancelled_at IS NULL" : "1", params: [] }),
      discount_code: (term, setting) => {
        const code = textFilter("d.code")(term, setting);
        return { sql: `EXISTS (SELECT 1 FROM order_discounts d WHERE d.order_id = o.id AND d.is_automatic IS NOT 1 AND ${code.sql})`, params: code.params };
      },
      sku: (term, setting) => {
        const sku = textFilter("l.sku")(term, setting);
        return { sql: `EXISTS (SELECT 1 FROM line_items l WHERE l.order_id = o.id AND ${sku.sql})`, params: sku.params };
      },
    },
    text: wordFilter("o.name", "o.email"),
  },
  sorts: {
    ID: "o.id", CREATED_AT: "o.created_at", UPDATED_AT: "o.updated_at", PROCESSED_AT: "o.processed_at", TOTAL_PRICE: "o.total",
    ORDER_NUMBER: "o.id", FINANCIAL_STATUS: "o.financial_status", RELEVANCE: "o.id",
  },
  defaultSort: "PROCESSED_AT",
};

export function addOrderLists(table: FieldTable): void {
  addFields<unknown>(table, "QueryRoot", {
    orders: (_, args, api) => listRows<OrderRow>(api, ORDERS, args),
    ordersCount: (_, args, api) => countRows(api, ORDERS, args),
    order: (_, args, api) => {
      const id = readGidOf("Order", textArg(args, "id") ?? "");
      const row = id === null ? null : findRow(api.db, "orders", id);
      return row ? new Group<OrderRow>("Order", [row]).items[0] : null;
    },
  });
}
