import type { Candidate } from "./candidate.ts";

/** What the merchant decides, after all models; rows of products. */
export interface BusinessRules {
  /** Never shown. Wins over a pin. */
  readonly excluded: ReadonlySet<number>;
  /** Shown first, in this order, if they can be bought. */
  readonly pinned: readonly number[];
  /** Products of one vendor in the list, pins included; Infinity = no limit. Products without a vendor are not limited. */
  readonly mostPerVendor: number;
  readonly onlyAvailable: boolean;
  /** 0 = scores as they are; 1 = a product whose margin rate is .2 above the candidates' mean counts a fifth more. */
  readonly marginBoost: number;
}

export interface RuledProducts {
  /** -1 = none */
  readonly vendor: Int32Array;
  /** 1 = can be bought now */
  readonly isAvailable: Uint8Array;
  /** Share of the price that stays, 0..1; NaN when the cost is not known, which neither lifts nor sinks a product. */
  readonly marginRate: Float64Array;
}

/**
 * Business rules last: whatever the models say, what comes out keeps the rules. The order of the candidates is kept but for the margin
 * boost. Fewer than `count` come out when the rules leave no more.
 */
export function applyRules(candidates: readonly Candidate[], products: RuledProducts, rules: BusinessRules, count: number): Candidate[] {
  const isAllowed = (row: number) => !rules.excluded.has(row) && (!rules.onlyAvailable || products.isAvailable[row] === 1);
  const scoreOf = new Map(candidates.map(({ row, score }) => [row, score]));
  const pins = [...new Set(rules.pinned)].map((row) => ({ row, score: scoreOf.get(row) ?? 0 }));
  const pinned = new Set(rules.pinned);
  const others = boost(candidates.filter(({ row }) => !pinned.has(row)), products, rules.marginBoost);
  const list: Candidate[] = [];
  const ofVendor = new Map<number, number>();
  const taken = new Set<number>();
  for (const candidate of [...pins, ...others]) {
    if (list.length >= count) break;
    if (!isAllowed(candidate.row) || taken.has(candidate.row)) continue;
    const vendor = products.vendor[candidate.row];
    const held = ofVendor.get(vendor) ?? 0;
    if (vendor >= 0 && held >= rules.mostPerVendor) continue;
    ofVendor.set(vendor, held + 1);
    taken.add(candidate.row);
    list.push(candidate);
  }
  return list;
}

function boost(candidates: readonly Candidate[], { marginRate }: RuledProducts, marginBoost: number): Candidate[] {
  if (marginBoost === 0) return [...candidates];
  const known = candidates.map(({ row }) => marginRate[row]).filter((rate) => !Number.isNaN(rate));
  const mean = known.reduce((sum, rate) => sum + rate, 0) / Math.max(1, known.length);
  const boosted = candidates.map(({ row, score }, place) => ({ row, score, place, worth: score + Math.abs(score) * marginBoost * (Number.isNaN(marginRate[row]) ? 0 : marginRate[row] - mean) }));
  return boosted.sort((a, b) => b.worth - a.worth || a.place - b.place).map(({ row, score }) => ({ row, score }));
}
