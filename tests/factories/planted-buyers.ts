import { createRng } from "#app/core/rng.ts";
import { DAY_MS } from "#app/core/time.ts";
import { drawBeta, drawExponential, drawGamma } from "#app/engine/math/draw.ts";
import type { Snapshot } from "#app/engine/snapshot/snapshot.ts";
import { makeSnapshot, type OrderSpec } from "./snapshot.ts";

export interface PlantedBuyer {
  /** Day of the first order, then days of all others up to the end of the story (which may lie after the snapshot). */
  readonly days: readonly number[];
  /** Mean days between orders while active. */
  readonly cycleDays: number;
  /** Per day of active life; 0 in stories of dropout after orders. */
  readonly leaveRate: number;
  /** Day from which on the buyer never orders again; Infinity for those who stay. */
  readonly goneOn: number;
}

export interface PlantedStory {
  readonly buyers: number;
  readonly seed: number;
  /** First orders fall evenly on days 0 .. joinDays. */
  readonly joinDays: number;
  readonly endDay: number;
  /** Shape of the gaps: 1 = random (Poisson), 4 and more = regular, as of weekly shoppers. */
  readonly regularity: number;
  /** Rate of orders per day over buyers: Gamma(shape, rate). */
  readonly rate: readonly [shape: number, rate: number];
  /** Days of active life: exponential with a rate of its own, Gamma(shape, rate); null: dropout after each order, Beta(a, b). */
  readonly life: readonly [shape: number, rate: number] | null;
  readonly dropout?: readonly [a: number, b: number];
}

/** Buyers whose rates and ends are known: the truth that a model is to find. */
export function plantBuyers(story: PlantedStory): PlantedBuyer[] {
  const rng = createRng(story.seed);
  return Array.from({ length: story.buyers }, () => {
    const first = Math.floor(rng.next() * story.joinDays);
    const rate = Math.min(0.5, drawGamma(story.rate[0], story.rate[1], rng));
    const leaving = story.dropout ? drawBeta(story.dropout[0], story.dropout[1], rng) : 0;
    const leaveRate = story.life ? drawGamma(story.life[0], story.life[1], rng) : 0;
    let goneOn = story.life ? first + drawExponential(leaveRate, rng) : Infinity;
    const days = [first];
    // MBG/NBD's story: the first order can be the last one too.
    if (rng.next() < leaving) goneOn = first;
    for (let at = first + drawGamma(story.regularity, story.regularity * rate, rng); at < Math.min(story.endDay, goneOn); at += drawGamma(story.regularity, story.regularity * rate, rng)) {
      if (Math.floor(at) > days[days.length - 1]) days.push(Math.floor(at));
      if (rng.next() < leaving) goneOn = at;
    }
    return { days, cycleDays: 1 / rate, leaveRate, goneOn };
  });
}

const EPOCH_MS = Date.parse("2024-01-01T00:00:00Z");

/** The shop as it was known on `day`: later orders are left out, buyers who had not come yet too. Customer ids are positions + 1. */
export function snapshotOn(buyers: readonly PlantedBuyer[], day: number, seed = 5): Snapshot {
  const rng = createRng(seed);
  const orders = buyers
    .flatMap(({ days }, i): OrderSpec[] => {
      const level = 2000 * Math.exp(rng.next() * 2 - 1);
      return days.map((on) => ({ customer: i + 1, atMs: EPOCH_MS + on * DAY_MS + 10 * 3_600_000, totalMinor: Math.round(level * (0.5 + rng.next())) }));
    })
    .filter(({ atMs }) => atMs <= EPOCH_MS + (day + 1) * DAY_MS)
    .sort((p, q) => p.atMs - q.atMs);
  return makeSnapshot({ asOfMs: EPOCH_MS + day * DAY_MS + 12 * 3_600_000, orders });
}

/** Probability that a living one is ranked above a dead one. */
export function computeAuc(score: (i: number) => number, isAlive: readonly boolean[]): number {
  const order = isAlive.map((_, i) => i).sort((p, q) => score(p) - score(q));
  const ranks = new Map<number, number>();
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to < order.length && score(order[to]) === score(order[from])) to += 1;
    for (let k = from; k < to; k += 1) ranks.set(order[k], (from + to + 1) / 2);
    from = to;
  }
  const alive = isAlive.flatMap((is, i) => (is ? [ranks.get(i) ?? 0] : []));
  return (alive.reduce((sum, rank) => sum + rank, 0) - (alive.length * (alive.length + 1)) / 2) / (alive.length * (isAlive.length - alive.length));
}
