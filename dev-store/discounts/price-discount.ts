import type { PricedLine } from "#dev-store/context.ts";
import type { Effect } from "./definition.ts";

/** Shares of a whole in proportion to weights, in whole minor units that add up exactly (largest remainder, then order). */
export function allocate(whole: number, weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (total === 0) return weights.map(() => 0);
  const exact = weights.map((weight) => (whole * weight) / total);
  const shares = exact.map(Math.floor);
  let rest = whole - shares.reduce((sum, share) => sum + share, 0);
  const order = exact.map((value, index) => ({ index, remainder: value - shares[index] })).sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  for (const { index } of order) {
    if (rest === 0) break;
    shares[index] += 1;
    rest -= 1;
  }
  return shares;
}

/**
 * Minor units off each line. A fixed amount is shared out over the entitled lines once, unless it counts for each piece. `taken` is what other
 * discounts take off each line already: a share counts from what is left, as Shopify does it for order discounts after product discounts.
 */
export function priceEffect(lines: readonly PricedLine[], isEntitled: readonly boolean[], effect: Effect, taken: readonly number[] = []): number[] {
  const worth = lines.map((line, index) => (isEntitled[index] ? line.price * line.quantity - (taken[index] ?? 0) : 0));
  const subtotal = worth.reduce((sum, value) => sum + value, 0);
  if ("percentage" in effect) return allocate(Math.round(subtotal * effect.percentage), worth);
  if (effect.onEachItem) return lines.map((line, index) => Math.min(worth[index], effect.amount * line.quantity));
  return allocate(Math.min(effect.amount, subtotal), worth);
}

interface Piece { readonly line: number; readonly price: number; isTaken: boolean }

/**
 * Buy X get Y: the dearest bought pieces pay for the deal, the cheapest others are given; a piece never plays both parts.
 */
export function priceBuyGet(
  lines: readonly PricedLine[], isBuy: readonly boolean[], isGet: readonly boolean[], need: { quantity: number } | { amount: number }, getQuantity: number, effect: Effect, usesPerOrder: number | null,
): number[] {
  const pieces: Piece[] = lines.flatMap((line, index) => Array.from({ length: line.quantity }, () => ({ line: index, price: line.price, isTaken: false })));
  const byPrice = [...pieces].sort((a, b) => a.price - b.price);
  const off = lines.map(() => 0);
  for (let uses = 0; uses < (usesPerOrder ?? Infinity); uses += 1) {
    const bought = takeBought([...byPrice].reverse().filter((piece) => !piece.isTaken && isBuy[piece.line]), need);
    if (!bought) break;
    const given = byPrice.filter((piece) => !piece.isTaken && isGet[piece.line] && !bought.includes(piece)).slice(0, getQuantity);
    if (given.length < getQuantity) break;
    for (const piece of [...bought, ...given]) piece.isTaken = true;
    for (const piece of given) off[piece.line] += "percentage" in effect ? Math.round(piece.price * effect.percentage) : Math.min(piece.price, effect.amount);
  }
  return off;
}

function takeBought(free: readonly Piece[], need: { quantity: number } | { amount: number }): Piece[] | null {
  if ("quantity" in need) return free.length >= need.quantity ? free.slice(0, need.quantity) : null;
  const taken: Piece[] = [];
  let sum = 0;
  for (const piece of free) {
    if (sum >= need.amount) break;
    taken.push(piece);
    sum += piece.price;
  }
  return sum >= need.amount && taken.length ? taken : null;
}
