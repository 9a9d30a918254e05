import type { Rng } from "#app/core/rng.ts";
import type { Candidate } from "./candidate.ts";

export interface ExplorationRules {
  /** At most this share of the list is new products; 0..1. */
  readonly share: number;
  /** Places before this one (from 0) are never given to exploration: the best of the list stays where it is. */
  readonly firstPlace: number;
}

/**
 * Gives some places of a list to new products that no model can rank yet, so that they get the chance to be seen. `fresh` says how promising each new
 * product is; which ones come out is drawn in proportion, which places is drawn evenly among those allowed. The others keep their order and
 * move down, the last ones out of the list; new products that stood in it anyway count for the share.
 */
export function exploreNew(list: readonly Candidate[], fresh: readonly Candidate[], rules: ExplorationRules, rng: Rng): Candidate[] {
  const isFresh = new Set(fresh.map(({ row }) => row));
  const present = new Set(list.map(({ row }) => row));
  const already = list.filter(({ row }) => isFresh.has(row)).length;
  const places = Array.from({ length: Math.max(0, list.length - rules.firstPlace) }, (_, n) => rules.firstPlace + n).filter((place) => !isFresh.has(list[place].row));
  const left = fresh.filter(({ row, score }) => !present.has(row) && score > 0);
  const count = Math.min(Math.max(0, Math.floor(rules.share * list.length) - already), places.length, left.length);
  const chosen = new Map<number, Candidate>();
  for (let n = 0; n < count; n += 1) {
    const [place] = places.splice(rng.below(places.length), 1);
    const [product] = left.splice(drawByScore(left, rng), 1);
    chosen.set(place, product);
  }
  if (count === 0) return [...list];
  // Explored products push what they displace down, and the last ones out.
  const old = list.values();
  return Array.from({ length: list.length }, (_, place) => chosen.get(place) ?? old.next().value).filter((one) => one !== undefined);
}

function drawByScore(products: readonly Candidate[], rng: Rng): number {
  const total = products.reduce((sum, { score }) => sum + score, 0);
  let left = rng.next() * total;
  for (let n = 0; n < products.length; n += 1) {
    left -= products[n].score;
    if (left < 0) return n;
  }
  return products.length - 1;
}
