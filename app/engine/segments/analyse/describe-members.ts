import { ORDER_COUNTS } from "../../snapshot/snapshot.ts";
import { countBits, hasBit, listBits, type Bitmap } from "../evaluate/bitmap.ts";
import type { ShopColumns } from "../evaluate/shop-columns.ts";

export interface GroupCount {
  readonly group: string;
  readonly count: number;
}

export interface ProductCount {
  /** Row in the snapshot's products. */
  readonly row: number;
  readonly productId: number;
  /** Members' orders that hold it. */
  readonly orders: number;
}

/** Who the members are, taken together. */
export interface MemberBreakdown {
  /** Shopify's eleven groups, those with anybody, in their own order. */
  readonly rfm: readonly GroupCount[];
  readonly lifecycle: readonly GroupCount[];
  /** Most orders first, equal ones by product id. */
  readonly topProducts: readonly ProductCount[];
}

export interface MemberDescription {
  readonly count: number;
  /** Of all customers; null in a shop without any. */
  readonly share: number | null;
  /** What the members' counting orders brought, net of refunds, minor units. */
  readonly valueMinor: number;
  /** Of what all customers brought; null when nothing was sold yet. */
  readonly revenueShare: number | null;
  /** Null for a group smaller than `minimumGroup`: what is said of it would be said of single people. */
  readonly breakdown: MemberBreakdown | null;
}

export interface DescribeOptions {
  /** Smallest group of which a breakdown is shown (k of k-anonymity). */
  readonly minimumGroup: number;
  readonly topProducts?: number;
}

/**
 * Size, value and mix of a set of customers. Money of a group below `minimumGroup` is left out too (0 and null): with few
 * members it is nearly a person's own figure. One pass over customers and one over the orders of the members.
 */
export function describeMembers(columns: ShopColumns, members: Bitmap, { minimumGroup, topProducts = 5 }: DescribeOptions): MemberDescription {
  const { snapshot } = columns;
  const total = snapshot.customers.count;
  const count = countBits(members);
  const share = total > 0 ? count / total : null;
  if (count < minimumGroup) return { count, share, valueMinor: 0, revenueShare: null, breakdown: null };
  const spent = columns.find("amount_spent");
  let valueMinor = 0;
  let allMinor = 0;
  if (spent?.kind === "numbers") {
    const { values } = spent;
    for (let row = 0; row < total; row++) {
      allMinor += values[row];
      if (hasBit(members, row)) valueMinor += values[row];
    }
  }
  const rows = listBits(members);
  return {
    count, share, valueMinor, revenueShare: allMinor > 0 ? valueMinor / allMinor : null,
    breakdown: { rfm: countGroups(columns, "computed_rfm_group", rows), lifecycle: countGroups(columns, "lifecycle_stage", rows), topProducts: countProducts(columns, members, rows, topProducts) },
  };
}

/** Members by a text attribute, in the order of its names; none when the shop has no data for it. */
export function countGroups(columns: ShopColumns, attribute: string, rows: Int32Array): GroupCount[] {
  const column = columns.find(attribute);
  if (column?.kind !== "texts") return [];
  const { codes, names } = column.values;
  const counts = new Int32Array(names.length);
  for (let at = 0; at < rows.length; at++) if (codes[rows[at]] >= 0) counts[codes[rows[at]]]++;
  return names.map((group, code) => ({ group, count: counts[code] })).filter(({ count }) => count > 0);
}

/** From this share of the customers on, all orders are read in their own order: faster than jumping to those of each member. */
const MANY = 1 / 16;

function countProducts({ snapshot }: ShopColumns, members: Bitmap, rows: Int32Array, most: number): ProductCount[] {
  const { ordersByCustomer, orders, lines, products } = snapshot;
  const counts = new Int32Array(products.count);
  // Order in which a product was last counted, so that two lines of it in one order count once.
  const lastOrder = new Int32Array(products.count).fill(-1);
  const countOrder = (order: number) => {
    for (let line = orders.lineStart[order]; line < orders.lineStart[order + 1]; line++) {
      const product = lines.product[line];
      if (product < 0 || lastOrder[product] === order) continue;
      lastOrder[product] = order;
      counts[product]++;
    }
  };
  if (rows.length > snapshot.customers.count * MANY) {
    for (let order = 0; order < orders.count; order++) {
      const customer = orders.customer[order];
      if (customer >= 0 && (orders.flags[order] & ORDER_COUNTS) !== 0 && hasBit(members, customer)) countOrder(order);
    }
  } else {
    for (let at = 0; at < rows.length; at++) {
      const row = rows[at];
      for (let i = ordersByCustomer.start[row]; i < ordersByCustomer.start[row + 1]; i++) countOrder(ordersByCustomer.values[i]);
    }
  }
  const best: number[] = [];
  for (let product = 0; product < counts.length; product++) {
    if (counts[product] === 0) continue;
    let place = best.length;
    while (place > 0 && counts[best[place - 1]] < counts[product]) place--;
    if (place >= most) continue;
    best.splice(place, 0, product);
    if (best.length > most) best.pop();
  }
  return best.map((row) => ({ row, productId: products.id[row], orders: counts[row] }));
}
