import type { StagedLine } from "./staging.ts";
import type { OpenLine, OpenOrder } from "./match-returns.ts";

export interface DraftLine extends OpenLine {
  readonly title: string;
  readonly isProduct: boolean;
  discount: number;
  paid: number;
  current: number;
  refunded: number;
}

export interface DraftRefund {
  readonly atMs: number;
  readonly note: string;
  amount: number;
  readonly lines: { line: DraftLine; quantity: number; amount: number }[];
}

export interface DraftOrder extends OpenOrder<DraftLine> {
  readonly key: string;
  readonly rank: number;
  readonly country: string;
  readonly lines: DraftLine[];
  readonly refunds: DraftRefund[];
  shipping: number;
  shippingRefunded: number;
  orderDiscount: number;
  cancelledAtMs: number | null;
}

export interface DraftReturn {
  readonly key: string;
  readonly atMs: number;
  readonly lines: StagedLine[];
}

/** The staged lines of one customer as orders (oldest first) and returns (oldest first). */
export function draftOrders(lines: readonly StagedLine[], toInstant: (localMs: number) => number): { orders: DraftOrder[]; returns: DraftReturn[] } {
  const orders = new Map<string, DraftOrder>();
  const returns = new Map<string, DraftReturn>();
  for (const line of lines) {
    if (line.is_cancellation === 1) {
      const found = returns.get(line.order_key) ?? { key: line.order_key, atMs: toInstant(line.at), lines: [] };
      returns.set(line.order_key, found);
      found.lines.push(line);
      continue;
    }
    let order = orders.get(line.order_key);
    if (!order) {
      order = { key: line.order_key, rank: line.rank ?? 0, atMs: toInstant(line.at), country: line.country, lines: [], refunds: [], shipping: 0, shippingRefunded: 0, orderDiscount: 0, cancelledAtMs: null };
      orders.set(line.order_key, order);
    }
    if (line.treat === "shipping") order.shipping += line.gross;
    else if (line.treat === "order-discount") order.orderDiscount += line.gross;
    else order.lines.push(...toDraftLines(line));
  }
  for (const order of orders.values()) spreadOrderDiscount(order);
  return { orders: [...orders.values()].sort((a, b) => a.rank - b.rank), returns: [...returns.values()].sort((a, b) => a.atMs - b.atMs) };
}

/** One line, or two when a total does not divide by the quantity: 3 pieces for 10.00 are 2 at 3.33 and 1 at 3.34. */
function toDraftLines(line: StagedLine): DraftLine[] {
  const build = (quantity: number, unitPrice: number, discount: number): DraftLine => ({
    productKey: line.product_key, title: line.title, isProduct: line.treat === "product", unitPrice, quantity, current: quantity, discount, paid: unitPrice * quantity - discount, refunded: 0,
  });
  const rest = line.gross % line.quantity;
  if (rest === 0) return [build(line.quantity, line.gross / line.quantity, line.discount)];
  const low = Math.floor(line.gross / line.quantity);
  const lowQuantity = line.quantity - rest;
  const lowDiscount = Math.min(low * lowQuantity, Math.floor((line.discount * lowQuantity) / line.quantity));
  return [build(lowQuantity, low, lowDiscount), build(rest, low + 1, line.discount - lowDiscount)];
}

/** In proportion to what each line costs; the last line takes what rounding left. */
function spreadOrderDiscount(order: DraftOrder): void {
  const whole = order.lines.reduce((sum, line) => sum + line.paid, 0);
  const amount = Math.min(order.orderDiscount, whole);
  let left = amount;
  order.lines.forEach((line, i) => {
    const share = i === order.lines.length - 1 ? Math.min(left, line.paid) : Math.floor((amount * line.paid) / Math.max(1, whole));
    line.discount += share;
    line.paid -= share;
    left -= share;
  });
  order.orderDiscount = amount - left;
}
