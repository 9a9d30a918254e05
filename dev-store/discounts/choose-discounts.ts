import type { AppliedDiscount, CartDiscounts, DiscountDecision, DiscountRules, DiscountSubject } from "#dev-store/context.ts";
import type { DiscountRow } from "#dev-store/db/rows.ts";
import { readDefinition } from "./definition.ts";
import { classOf, mayCombine, type DiscountClass } from "./discount-class.ts";
import { evaluateCode, evaluateDiscount, findByCode, type FoundDiscount, type RuleStore } from "./evaluate-discount.ts";

interface Candidate {
  readonly discount: FoundDiscount;
  readonly class: DiscountClass;
  readonly combinesWith: { readonly orderDiscounts: boolean; readonly productDiscounts: boolean; readonly shippingDiscounts: boolean };
  readonly applied: AppliedDiscount;
}

export function createDiscountRules(store: RuleStore): DiscountRules {
  return { evaluate: (code, subject) => evaluateCode(store, code.trim(), subject), choose: (code, subject) => choose(store, code?.trim() || null, subject) };
}

/** Of what applies, the set that takes off most among those that all agree to each other: what cannot be combined, the shopper gets the best of. */
function choose(store: RuleStore, code: string | null, subject: DiscountSubject): CartDiscounts {
  const decision = code === null ? null : evaluateCode(store, code, subject);
  const byCode = decision?.ok && code !== null ? findByCode(store.db, code) : null;
  const candidates: Candidate[] = [];
  if (byCode && decision?.ok) candidates.push(toCandidate(byCode, decision));
  for (const row of listAutomatic(store)) {
    const found = evaluateDiscount(store, row, subject);
    if (found.ok) candidates.push(toCandidate(row, found));
  }
  const best = combinationsOf(candidates).map((set) => priceTogether(store, set, subject)).reduce((top, next) => (worthOf(next) > worthOf(top) ? next : top), priceTogether(store, [], subject));
  return { ...best, decision: settle(decision, best.applied) };
}

const worthOf = ({ amount, shippingAmount }: Pick<CartDiscounts, "amount" | "shippingAmount">): number => amount + shippingAmount;

function listAutomatic({ db, clock }: RuleStore): FoundDiscount[] {
  const nowMs = clock.nowMs();
  return db
    .prepare<[number, number], DiscountRow>("SELECT * FROM discounts WHERE is_automatic = 1 AND deactivated = 0 AND starts_at <= ? AND (ends_at IS NULL OR ends_at > ?) ORDER BY id")
    .all(nowMs, nowMs)
    .map((row) => ({ ...row, code_id: null, code: row.title, code_usage: 0 }));
}

function toCandidate(discount: FoundDiscount, { ok: _, ...applied }: Extract<DiscountDecision, { ok: true }>): Candidate {
  const definition = readDefinition(discount.definition);
  return { discount, class: classOf(discount, definition), combinesWith: definition.combinesWith, applied };
}

/** Every set of which all may stand together; a handful applies to one cart, so that all can be tried. */
function combinationsOf(candidates: readonly Candidate[]): Candidate[][] {
  let sets: Candidate[][] = [[]];
  for (const next of candidates) sets = [...sets, ...sets.filter((set) => set.every((other) => mayCombine(other, next))).map((set) => [...set, next])];
  return sets;
}

const CLASSES: readonly DiscountClass[] = ["PRODUCT", "ORDER", "SHIPPING"];

/** Product discounts first, of two on one line only the larger counts; then order discounts on what is left. */
function priceTogether(store: RuleStore, set: readonly Candidate[], subject: DiscountSubject): Omit<CartDiscounts, "decision"> {
  const off = subject.lines.map(() => 0);
  const applied: AppliedDiscount[] = [];
  for (const next of [...set].sort((a, b) => CLASSES.indexOf(a.class) - CLASSES.indexOf(b.class) || b.applied.amount - a.applied.amount)) {
    if (next.class === "PRODUCT") {
      const lineAmounts = next.applied.lineAmounts.map((amount, line) => (off[line] === 0 ? amount : 0));
      if (lineAmounts.some((amount) => amount > 0)) applied.push({ ...next.applied, lineAmounts, amount: sum(lineAmounts) });
      lineAmounts.forEach((amount, line) => (off[line] += amount));
      continue;
    }
    const again = next.class === "ORDER" ? evaluateDiscount(store, next.discount, subject, [...off]) : { ok: true as const, ...next.applied };
    if (!again.ok) continue;
    again.lineAmounts.forEach((amount, line) => (off[line] += amount));
    applied.push(again);
  }
  return { applied, lineAmounts: off, amount: sum(off), shippingAmount: applied.reduce((most, one) => Math.max(most, one.shippingAmount), 0) };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** A good code that something better keeps out is told so. */
function settle(decision: DiscountDecision | null, applied: readonly AppliedDiscount[]): DiscountDecision | null {
  if (!decision?.ok || applied.some((one) => one.codeId === decision.codeId)) return decision;
  return { ok: false, reason: "better-discount", message: `${decision.code} cannot be combined with a better discount that is already on the cart.` };
}
