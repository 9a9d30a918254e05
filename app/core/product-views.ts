/** What the orders say of one product. */
export interface SequenceFact {
  readonly productId: number;
  /** Customers who bought it in the order before (or after) one with the product. */
  readonly customers: number;
  /** Of the customers with such an order. */
  readonly share: number;
  /** Times as often as in any order of the shop. */
  readonly lift: number;
}

export interface ProductFacts {
  readonly orders: number;
  readonly units: number;
  readonly revenueMinor: number;
  /** Known customers who bought it. */
  readonly buyers: number;
  readonly guestOrders: number;
  /** Buyers who bought it in two orders or more. */
  readonly repeatBuyers: number;
  /** Buyers whose first order of all held it. */
  readonly firstOrderBuyers: number;
  /** Mean number of orders of its buyers, and of all buyers of the shop. */
  readonly ordersPerBuyer: number;
  readonly ordersPerShopBuyer: number;
  /** Countries of its buyers, most first; null = not known. */
  readonly countries: readonly { readonly country: string | null; readonly buyers: number }[];
  /** The last twelve months (30 days each), oldest first. */
  readonly months: readonly { readonly fromMs: number; readonly orders: number }[];
  readonly before: readonly SequenceFact[];
  readonly after: readonly SequenceFact[];
  /** Days between two orders of it by the same customer; null with fewer than five such pairs. */
  readonly gap: { readonly pairs: number; readonly fromDays: number; readonly medianDays: number; readonly toDays: number; readonly bins: readonly { readonly toDays: number; readonly pairs: number }[] } | null;
  readonly asOfMs: number;
}
