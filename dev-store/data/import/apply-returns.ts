import type { DraftOrder, DraftRefund, DraftReturn } from "./draft-orders.ts";
import { takeBack } from "./match-returns.ts";
import type { StagedLine } from "./staging.ts";

const HOUR_MS = 3_600_000;

export interface ReturnOutcome {
  /** cancelled: took back a whole order soon after it; refunded: took back something; unmatched: nothing was found. */
  readonly kind: "cancelled" | "refunded" | "unmatched";
  readonly unmatched: readonly { line: StagedLine; reason: string }[];
}

/** One cancellation document against the earlier orders of the same customer (oldest first), which it changes. */
export function applyReturn(orders: readonly DraftOrder[], back: DraftReturn, wholeOrderWithinHours: number): ReturnOutcome {
  const refunds = new Map<DraftOrder, DraftRefund>();
  const unmatched: { line: StagedLine; reason: string }[] = [];
  const refundOf = (order: DraftOrder): DraftRefund => {
    let refund = refunds.get(order);
    if (!refund) {
      refund = { atMs: back.atMs, note: back.key, amount: 0, lines: [] };
      refunds.set(order, refund);
      order.refunds.push(refund);
    }
    return refund;
  };
  for (const line of back.lines) {
    if (line.treat === "shipping" || line.treat === "order-discount") {
      if (!giveMoneyBack(orders, line, back.atMs, refundOf)) unmatched.push({ line, reason: "money given back without an earlier order to take it from" });
      continue;
    }
    const { taken, unmatched: left } = takeBack(orders, { productKey: line.product_key, quantity: line.quantity, unitPrice: line.unit_price }, back.atMs);
    for (const { order, line: bought, quantity, amount } of taken) {
      const refund = refundOf(orders[order]);
      refund.lines.push({ line: bought, quantity, amount });
      refund.amount += amount;
    }
    if (left > 0) unmatched.push({ line, reason: left < line.quantity ? "more taken back than was bought in this data" : line.customer_key === "" ? "taken back without a customer id" : "taken back but not bought before in this data" });
  }
  let isCancelled = false;
  for (const [order, refund] of refunds) {
    const pieces = order.lines.reduce((sum, line) => sum + line.quantity, 0);
    const takenNow = refund.lines.reduce((sum, line) => sum + line.quantity, 0);
    if (takenNow < pieces || back.atMs - order.atMs > wholeOrderWithinHours * HOUR_MS) continue;
    order.cancelledAtMs = back.atMs;
    isCancelled = true;
  }
  return { kind: isCancelled ? "cancelled" : refunds.size > 0 ? "refunded" : "unmatched", unmatched };
}

/** Carriage, or a discount granted afterwards: money from the newest earlier order that still has it, without goods. */
function giveMoneyBack(orders: readonly DraftOrder[], line: StagedLine, atMs: number, refundOf: (order: DraftOrder) => DraftRefund): boolean {
  for (let i = orders.length - 1; i >= 0; i--) {
    const order = orders[i];
    if (order.atMs > atMs || order.cancelledAtMs !== null) continue;
    const left = line.treat === "shipping" ? order.shipping - order.shippingRefunded : order.lines.reduce((sum, bought) => sum + bought.paid - bought.refunded, 0);
    if (left < line.gross) continue;
    if (line.treat === "shipping") order.shippingRefunded += line.gross;
    else takeFromLines(order, line.gross);
    refundOf(order).amount += line.gross;
    return true;
  }
  return false;
}

/** Later returns of the same lines must not give the money back a second time. */
function takeFromLines(order: DraftOrder, amount: number): void {
  let left = amount;
  for (const line of order.lines) {
    const share = Math.min(left, line.paid - line.refunded);
    line.refunded += share;
    left -= share;
  }
}
