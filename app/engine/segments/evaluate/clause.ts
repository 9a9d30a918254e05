import type { ShopColumns } from "./shop-columns.ts";
import { selectRows, type Bitmap } from "./bitmap.ts";
import type { PackedOrders } from "./packed-orders.ts";
import type { Today } from "./resolve-date.ts";

/** What a customer has of the things that a condition asks about, in the units of the language. */
export type ShownValues = Readonly<Record<string, string | number | null | readonly string[]>>;

/** A condition bound to the data of one shop. */
export interface Clause {
  readonly kind: "clause";
  /** Of one test, relative to reading one number. */
  readonly cost: number;
  test(row: number): boolean;
  /** Rows of the whole shop; where it is given it is faster than a test of each. */
  evaluate?(): Bitmap;
  show(row: number): ShownValues;
}

/** The shop has no data for a condition yet. */
export interface NoData {
  readonly kind: "no-data";
  /** Attribute or parameter that lacks it. */
  readonly what: string;
}

export interface ClauseContext {
  readonly columns: ShopColumns;
  readonly orders: PackedOrders;
  readonly today: Today;
}

export const noData = (what: string): NoData => ({ kind: "no-data", what });

export function evaluateClause(clause: Clause, count: number): Bitmap {
  return clause.evaluate ? clause.evaluate() : selectRows(null, count, (row) => clause.test(row));
}
