import { MINUTE_MS } from "#app/core/time.ts";
import { createInteractions, type InteractionRows } from "../../features/interactions.ts";
import { radixOrder } from "../../math/radix-order.ts";
import type { Interactions } from "../recommender.ts";

/** Product pages that visitors opened, in any order; one entry a view. */
export interface ProductViews {
  /** Any number that is the same for one visitor. */
  readonly visitor: Int32Array;
  /** Row of the product; views with -1 (a product that is gone) are left out. */
  readonly product: Int32Array;
  readonly atMs: Float64Array;
}

export type ViewSessions =
  /** Views are collected, or not yet, but too few to learn from. */
  | { readonly kind: "no-data-yet"; readonly sessions: number; readonly neededSessions: number }
  | {
      readonly kind: "sessions";
      /** One row a session, for the sequence members (markov, sequential-rules, session-knn, stan, item2vec). */
      readonly interactions: InteractionRows;
      /** Distinct products of each session, for item-to-item co-view: fit `copurchase` with it. */
      readonly baskets: Interactions;
    };

/** A visitor who comes back after this time starts anew (the usual half hour of web analytics). */
const SESSION_GAP_MS = 30 * MINUTE_MS;
/** Fewer sessions of two products and more tell chance from habit for next to no product. */
export const NEEDED_VIEW_SESSIONS = 200;
/** Crawlers look at everything. */
const MOST_VIEWS = 200;

/** Splits each visitor's views into sessions by half an hour of silence; sessions of one product say nothing and are left out. */
export function buildViewSessions(views: ProductViews, productIds: Float64Array): ViewSessions {
  const order = radixOrder(Float64Array.from(views.visitor), radixOrder(views.atMs));
  const rows: number[][] = [];
  const times: number[][] = [];
  let row: number[] = [];
  let at: number[] = [];
  const close = () => {
    if (row.length <= MOST_VIEWS && new Set(row).size > 1) {
      rows.push(row);
      times.push(at);
    }
    [row, at] = [[], []];
  };
  let visitor = NaN;
  for (const n of order) {
    if (views.product[n] < 0) continue;
    if (views.visitor[n] !== visitor || (at.length > 0 && views.atMs[n] - at[at.length - 1] > SESSION_GAP_MS)) close();
    visitor = views.visitor[n];
    // Reloading a page is not a second look.
    if (row[row.length - 1] === views.product[n]) continue;
    row.push(views.product[n]);
    at.push(views.atMs[n]);
  }
  close();
  if (rows.length < NEEDED_VIEW_SESSIONS) return { kind: "no-data-yet", sessions: rows.length, neededSessions: NEEDED_VIEW_SESSIONS };
  return { kind: "sessions", interactions: createInteractions(rows, productIds.length, times), baskets: collectBaskets(rows, productIds) };
}

function collectBaskets(rows: readonly number[][], productIds: Float64Array): Interactions {
  const distinct = rows.map((row) => Int32Array.from(new Set(row)).sort());
  const start = new Int32Array(new SharedArrayBuffer((rows.length + 1) * Int32Array.BYTES_PER_ELEMENT));
  distinct.forEach((row, n) => (start[n + 1] = start[n] + row.length));
  const values = new Int32Array(new SharedArrayBuffer(start[rows.length] * Int32Array.BYTES_PER_ELEMENT));
  distinct.forEach((row, n) => values.set(row, start[n]));
  return { productIds, baskets: { start, values }, oversized: 0 };
}
