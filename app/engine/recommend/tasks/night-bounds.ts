import type { ModelFamily } from "#app/core/recommendation-tasks.ts";

/** What bounds a night's work; kept with each run, since figures depend on it. */
export const NIGHT_BOUNDS: { readonly mostAsked: number; readonly mostRows: Readonly<Record<ModelFamily, number>> } = {
  /** Customers (carts) asked; more would not tell apart what differs by less than a few percent. */
  mostAsked: 600,
  /** Customers or orders that train while members are compared; what is chosen is fitted on all of them. An order is a tenth of a history, or less. */
  mostRows: { histories: 8_000, categories: 8_000, orders: 150_000 },
};
