/** Takes returns back out of what a customer bought before: newest first, as people send back what they bought last. */

export interface OpenLine {
  readonly productKey: string;
  readonly unitPrice: number;
  readonly quantity: number;
  /** What is left after earlier returns. */
  current: number;
  /** Paid for the whole line after its discounts. */
  readonly paid: number;
  /** Given back for the line so far. */
  refunded: number;
}

export interface OpenOrder<L extends OpenLine> {
  readonly atMs: number;
  readonly lines: readonly L[];
}

export interface ReturnLine {
  readonly productKey: string;
  /** Positive. */
  readonly quantity: number;
  readonly unitPrice: number;
}

export interface Taken<L extends OpenLine> {
  /** Index into `orders`. */
  readonly order: number;
  readonly line: L;
  readonly quantity: number;
  readonly amount: number;
}

/** `orders` oldest first. Gives what was taken from where, and the quantity for which nothing was found. Changes `current` and `refunded`. */
export function takeBack<L extends OpenLine>(orders: readonly OpenOrder<L>[], back: ReturnLine, atMs: number): { taken: Taken<L>[]; unmatched: number } {
  const taken: Taken<L>[] = [];
  let left = back.quantity;
  // A line of the same price first, then any price: a shop gives back what was paid.
  for (const samePrice of [true, false]) {
    for (let i = orders.length - 1; i >= 0 && left > 0; i--) {
      if (orders[i].atMs > atMs) continue;
      for (const line of orders[i].lines) {
        if (left === 0) break;
        if (line.productKey !== back.productKey || line.current === 0 || (line.unitPrice === back.unitPrice) !== samePrice) continue;
        const quantity = Math.min(left, line.current);
        const isRest = quantity === line.current;
        const share = isRest ? line.paid - line.refunded : Math.floor((line.paid * quantity) / line.quantity);
        const amount = Math.max(0, Math.min(share, back.unitPrice * quantity, line.paid - line.refunded));
        line.current -= quantity;
        line.refunded += amount;
        left -= quantity;
        taken.push({ order: i, line, quantity, amount });
      }
    }
  }
  return { taken, unmatched: left };
}
