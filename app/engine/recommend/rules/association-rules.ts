import { fisherRightTail, benjaminiHochberg } from "../../math/fisher-exact.ts";
import type { FrequentSets } from "./frequent-sets.ts";

/** Who buys all of `left` also buys `right`. */
export interface AssociationRule {
  /** Ascending, at least one. */
  readonly left: readonly number[];
  readonly right: number;
  /** Baskets with all of left and right. */
  readonly supportBaskets: number;
  readonly support: number;
  readonly confidence: number;
  readonly lift: number;
  /** P(left, right) - P(left) P(right) */
  readonly leverage: number;
  /** P(left) P(not right) / P(left, not right); Infinity when the rule has no exception. */
  readonly conviction: number;
  /** Fisher's exact test, one-sided: chance of at least this many joint baskets if left and right had nothing to do with each other. */
  readonly pValue: number;
  /** False-discovery rate (Benjamini & Hochberg 1995) at which this rule just passes, among all rules tested. */
  readonly qValue: number;
}

export interface RuleOptions {
  readonly minConfidence: number;
  /** Rules above this false-discovery rate are left out; 1 keeps all. */
  readonly mostQ: number;
}

/**
 * Rules with one item on the right (Agrawal & Srikant 1994) of all frequent sets of two and more, most confident first, then most supported, then
 * by items. Lift filters and explains here; it does not rank.
 */
export function deriveRules(sets: FrequentSets, options: RuleOptions): AssociationRule[] {
  const supportOf = new Map<string, number>();
  const setItems = (s: number) => sets.items.subarray(sets.start[s], sets.start[s + 1]);
  for (let s = 0; s < sets.support.length; s += 1) supportOf.set(setItems(s).join(","), sets.support[s]);
  const total = sets.baskets;
  const found: Omit<AssociationRule, "qValue">[] = [];
  for (let s = 0; s < sets.support.length; s += 1) {
    const items = setItems(s);
    if (items.length < 2) continue;
    const both = sets.support[s];
    for (const right of items) {
      const left = [...items].filter((i) => i !== right);
      const withLeft = supportOf.get(left.join(","));
      const withRight = supportOf.get(String(right));
      if (withLeft === undefined || withRight === undefined) throw new Error("a subset of a frequent set is missing");
      const confidence = both / withLeft;
      if (confidence < options.minConfidence) continue;
      found.push({
        left, right, supportBaskets: both, support: both / total, confidence,
        lift: (both * total) / (withLeft * withRight),
        leverage: both / total - (withLeft / total) * (withRight / total),
        conviction: confidence === 1 ? Infinity : (1 - withRight / total) / (1 - confidence),
        pValue: fisherRightTail(both, withLeft, withRight, total),
      });
    }
  }
  const q = benjaminiHochberg(found.map((rule) => rule.pValue));
  return found
    .map((rule, n): AssociationRule => ({ ...rule, qValue: q[n] }))
    .filter((rule) => rule.qValue <= options.mostQ)
    .sort((a, b) => b.confidence - a.confidence || b.supportBaskets - a.supportBaskets || a.right - b.right || compareItems(a.left, b.left));
}

function compareItems(a: readonly number[], b: readonly number[]): number {
  for (let n = 0; n < Math.min(a.length, b.length); n += 1) if (a[n] !== b[n]) return a[n] - b[n];
  return a.length - b.length;
}
