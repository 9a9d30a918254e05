import type { BuyingHistory } from "./buying-history.ts";
import { selectNth } from "./select-middle.ts";

/** Klaviyo's six groups on scores 1..3; customers without orders are prospects. */
export const thirdsGroups = ["PROSPECTS", "CHAMPIONS", "LOYAL", "RECENT", "NEEDS_ATTENTION", "AT_RISK", "INACTIVE"] as const;
export type ThirdsGroup = (typeof thirdsGroups)[number];

/** A third and two thirds of the buyers do not exceed them; values that occur. Days ascend, so a buyer up to the first cut of recency has R 3. */
export interface ThirdsCuts {
  readonly recencyDays: readonly [number, number];
  readonly orders: readonly [number, number];
  readonly monetaryMinor: readonly [number, number];
}

/**
 * Groups by code RFM, a partition of all 27. Klaviyo publishes five of the loyal codes and that 111 is inactive (shared reference, 2); the rest
 * follows their words: champions buy often, recently and much; recent ones bought last but rarely; at risk were good and have been silent.
 */
const thirdsCodes: Readonly<Record<Exclude<ThirdsGroup, "PROSPECTS">, string>> = {
  CHAMPIONS: "333 332 323",
  LOYAL: "331 322 321 233 232",
  RECENT: "313 312 311",
  NEEDS_ATTENTION: "231 223 222 221 213 212 211",
  AT_RISK: "133 132 131 123 122 121 113",
  INACTIVE: "112 111",
};

const groupByCode = new Map(thirdsGroups.slice(1).flatMap((group) => (group === "PROSPECTS" ? [] : thirdsCodes[group].split(" ").map((code) => [Number(code), thirdsGroups.indexOf(group)] as const))));

/** Null without buyers. Ties as in the fifths: equal values, equal scores. */
export function computeThirdsCuts({ ordersCount, recencyDays, monetaryMinor }: Pick<BuyingHistory, "ordersCount" | "recencyDays" | "monetaryMinor">): ThirdsCuts | null {
  const values = new Float64Array(ordersCount.length);
  let buyers = 0;
  const cutsOf = (column: Int32Array | Float64Array): readonly [number, number] => {
    buyers = 0;
    for (let row = 0; row < ordersCount.length; row++) if (ordersCount[row] > 0) values[buyers++] = column[row];
    const own = values.subarray(0, buyers);
    return [selectNth(own, Math.ceil(buyers / 3) - 1), selectNth(own, Math.ceil((buyers * 2) / 3) - 1)];
  };
  const recency = cutsOf(recencyDays);
  return buyers === 0 ? null : { recencyDays: recency, orders: cutsOf(ordersCount), monetaryMinor: cutsOf(monetaryMinor) };
}

/** Index into thirdsGroups of each customer. */
export function computeThirds({ ordersCount, recencyDays, monetaryMinor }: Pick<BuyingHistory, "ordersCount" | "recencyDays" | "monetaryMinor">, cuts: ThirdsCuts | null): Uint8Array {
  const groups = new Uint8Array(ordersCount.length);
  if (!cuts) return groups;
  for (let row = 0; row < groups.length; row++) {
    if (ordersCount[row] === 0) continue;
    groups[row] = thirdsGroupOf(4 - thirdOf(recencyDays[row], cuts.recencyDays), thirdOf(ordersCount[row], cuts.orders), thirdOf(monetaryMinor[row], cuts.monetaryMinor));
  }
  return groups;
}

function thirdOf(value: number, cuts: readonly [number, number]): number {
  return value <= cuts[0] ? 1 : value <= cuts[1] ? 2 : 3;
}

/** Scores 1..3; index into thirdsGroups. Throws on any other score. */
export function thirdsGroupOf(r: number, f: number, m: number): number {
  const group = groupByCode.get(r * 100 + f * 10 + m);
  if (group === undefined) throw new RangeError(`not an RFM code in thirds: ${r}${f}${m}`);
  return group;
}
