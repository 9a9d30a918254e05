import { z } from "zod";
import { computeBuyingHistory } from "#app/engine/features/buying-history.ts";
import type { CodedColumn } from "#app/engine/snapshot/snapshot.ts";
import { ORDER_DISCOUNTED } from "#app/engine/snapshot/snapshot.ts";
import type { ListColumn } from "#app/engine/segments/evaluate/columns.ts";
import { ShopColumns } from "#app/engine/segments/evaluate/shop-columns.ts";
import { drawSegmentShop, segmentsInput } from "./segments-shop.ts";

export const segmentsFileInput = segmentsInput.extend({ path: z.string() });
export type Cell = number | string | null;

export interface Table {
  readonly name: string;
  /** Name and type of each column, in words that both databases know. */
  readonly columns: readonly string[];
  readonly count: number;
  row(at: number): Cell[];
}

/**
 * The shop as tables in the peers' favour: what a customer has done in total stands ready on the customer, and lines
 * carry the customer and the date of their order, so that no question joins lines to orders.
 */
export function buildSegmentTables(customers: number, seed: number): Table[] {
  const { snapshot, extra } = drawSegmentShop(customers, seed);
  const { orders, lines, products, ordersByCustomer: { start, values } } = snapshot;
  const columns = new ShopColumns(snapshot, extra);
  const history = computeBuyingHistory(snapshot);
  const scores = ["rfm_recency_score", "rfm_frequency_score", "rfm_monetary_score"].map((name) => {
    const column = columns.find(name);
    return (row: number) => (column?.kind === "numbers" && !Number.isNaN(column.values[row]) ? column.values[row] : null);
  });
  const texts = ["rfm_group", "classic_rfm_group", "lifecycle_stage"].map((name) => {
    const column = columns.find(name);
    return (row: number) => (column?.kind === "texts" ? textOf(column.values, row) : null);
  });
  const orderOf = new Int32Array(lines.count);
  for (let order = 0; order < orders.count; order++) orderOf.fill(order, orders.lineStart[order], orders.lineStart[order + 1]);
  const at = (row: number, position: "first" | "last") => (start[row] === start[row + 1] ? -1 : values[position === "first" ? start[row] : start[row + 1] - 1]);
  return [
    {
      name: "customer", count: customers,
      columns: ["id BIGINT PRIMARY KEY", "created_at BIGINT", "country TEXT", "consent TEXT", "orders_count INTEGER", "spent_minor BIGINT", "first_at BIGINT", "last_at BIGINT", "first_order_id BIGINT", "last_order_id BIGINT", "recency_days INTEGER", "r INTEGER", "f INTEGER", "m INTEGER", "rfm_group TEXT", "classic_group TEXT", "lifecycle TEXT"],
      row: (row) => {
        const [first, last] = [at(row, "first"), at(row, "last")];
        return [
          snapshot.customers.id[row], snapshot.customers.createdAtMs[row], textOf(snapshot.customers.country, row), textOf(snapshot.customers.emailConsent, row), start[row + 1] - start[row],
          history.monetaryMinor[row], first < 0 ? null : orders.placedAtMs[first], last < 0 ? null : orders.placedAtMs[last], first < 0 ? null : orders.id[first], last < 0 ? null : orders.id[last],
          history.recencyDays[row] < 0 ? null : history.recencyDays[row], ...scores.map((score) => score(row)), ...texts.map((text) => text(row)),
        ];
      },
    },
    {
      name: "orders", count: orders.count, columns: ["id BIGINT PRIMARY KEY", "customer_id BIGINT", "placed_at BIGINT", "total_minor BIGINT", "is_discounted INTEGER"],
      row: (row) => [orders.id[row], snapshot.customers.id[orders.customer[row]], orders.placedAtMs[row], orders.totalMinor[row], orders.flags[row] & ORDER_DISCOUNTED ? 1 : 0],
    },
    {
      name: "line", count: lines.count, columns: ["order_id BIGINT", "customer_id BIGINT", "placed_at BIGINT", "product_id BIGINT", "quantity INTEGER", "total_minor BIGINT"],
      row: (row) => [orders.id[orderOf[row]], snapshot.customers.id[orders.customer[orderOf[row]]], orders.placedAtMs[orderOf[row]], products.id[lines.product[row]], lines.quantity[row], lines.totalMinor[row]],
    },
    { name: "product", count: products.count, columns: ["id BIGINT PRIMARY KEY", "type TEXT", "vendor TEXT"], row: (row) => [products.id[row], textOf(products.type, row), textOf(products.vendor, row)] },
    pairs("customer_tag", "customer_id", snapshot.customers.id, extra.lists?.customer_tags),
    pairs("product_tag", "product_id", products.id, extra.productTags),
  ];
}

function textOf({ codes, names }: CodedColumn, row: number): string | null {
  return codes[row] < 0 ? null : names[codes[row]];
}

function pairs(name: string, idName: string, ids: Float64Array, list: ListColumn | undefined): Table {
  if (!list) throw new Error(`the drawn shop has no values for ${name}`);
  const owner = new Int32Array(list.values.length);
  for (let row = 0; row < ids.length; row++) owner.fill(row, list.start[row], list.start[row + 1]);
  return { name, count: owner.length, columns: [`${idName} BIGINT`, "tag TEXT"], row: (at) => [ids[owner[at]], list.names[list.values[at]]] };
}
