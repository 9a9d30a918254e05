import { createStream, STREAM, type Rng } from "../counter-rng.ts";
import { drawGamma, drawNegativeBinomial, drawNormal, type WeightedIndex } from "../distributions.ts";
import type { Preset } from "../presets/preset.ts";
import type { Calendar } from "./calendar.ts";
import type { Catalogue } from "./catalogue.ts";

const DAY_MS = 86_400_000;
/** Gamma shape of the gaps between orders: coefficient of variation .67 within a customer. */
const GAP_SHAPE = 2.2;

export interface Cycle {
  /** Row of the catalogue. */
  readonly product: number;
  readonly days: number;
}

export interface PlannedOrder {
  readonly atMs: number;
  /** The cycle that made the customer come back; null for an ordinary order. */
  readonly cycle: Cycle | null;
}

/** Everything that is true of a customer before a basket is filled; drawn from (seed, row) alone. */
export interface Timeline {
  readonly joinedMs: number;
  readonly orders: readonly PlannedOrder[];
  /** Instant after which a churner never orders; null for the living. */
  readonly deathMs: number | null;
  readonly isDiscountLover: boolean;
  /** Rows of `categories`. */
  readonly home: number;
  readonly secondHome: number;
  readonly basketMu: number;
  readonly cycles: readonly Cycle[];
}

export interface TimelineSettings {
  readonly preset: Preset;
  readonly calendar: Calendar;
  readonly seed: number;
  readonly categoryIndex: WeightedIndex;
  /** Rows of products with a cycle, and their popularity. */
  readonly consumables: readonly number[];
  readonly consumableIndex: WeightedIndex;
  readonly catalogue: Catalogue;
}

const SIGNED_UP_ONLY = 0.04;

export function drawTimeline(settings: TimelineSettings, row: number): Timeline {
  const { preset, calendar } = settings;
  const rng = createStream(settings.seed, STREAM.timeline, row);
  const home = settings.categoryIndex.draw(rng);
  const secondHome = settings.categoryIndex.draw(rng);
  const isDiscountLover = rng.next() < 0.08;
  const basketMu = drawNormal(rng, preset.basketMuMean, preset.basketMuSd);
  const traits = { isDiscountLover, home, secondHome, basketMu };
  if (rng.next() < SIGNED_UP_ONLY) return { ...traits, joinedMs: calendar.atFraction(rng.next()), orders: [], deathMs: null, cycles: [] };

  const count = 1 + drawNegativeBinomial(rng, preset.repeatMean, preset.repeatShape);
  const isChurner = rng.next() < preset.churnShare;
  // Those who order often have, as a rule, been here longer.
  const first = rng.next() ** (1 + Math.min(2.5, 0.15 * (count - 1)));
  const last = isChurner ? first + (1 - first) * (0.03 + 0.72 * rng.next()) : 1;
  const deathMs = isChurner ? calendar.atFraction(last) : null;
  const orders: PlannedOrder[] = drawGaps(rng, count, first, last).map((fraction) => ({ atMs: calendar.atFraction(fraction), cycle: null }));
  const firstMs = orders[0].atMs;
  const cycles: Cycle[] = [];
  const wanted = rng.next() < preset.cycleShare ? 1 + (rng.next() < 0.25 ? 1 : 0) : 0;
  for (let i = 0; i < wanted && settings.consumables.length > 0; i++) {
    const planned = drawCycle(settings, rng, firstMs, deathMs ?? calendar.endMs);
    if (!planned || cycles.some((cycle) => cycle.product === planned[0].cycle.product)) continue;
    cycles.push(planned[0].cycle);
    orders.push(...planned);
  }
  orders.sort((a, b) => a.atMs - b.atMs);
  const waitDays = rng.next() < 0.6 ? 0 : rng.next() * 25;
  return { ...traits, joinedMs: Math.floor(orders[0].atMs - 120_000 - waitDays * DAY_MS), orders, deathMs, cycles };
}

/** Renewal process: gamma gaps that fill [first, last] with a residual gap at the end. */
function drawGaps(rng: Rng, count: number, first: number, last: number): number[] {
  const gaps = Array.from({ length: count }, () => drawGamma(rng, GAP_SHAPE));
  gaps[count - 1] *= rng.next();
  const total = gaps.reduce((sum, gap) => sum + gap, 0);
  let at = 0;
  return [first, ...gaps.slice(0, -1).map((gap) => first + ((last - first) * (at += gap)) / total)];
}

/** At least four purchases a cycle apart (jitter 8 %), or none. */
function drawCycle(settings: TimelineSettings, rng: Rng, firstMs: number, untilMs: number): { atMs: number; cycle: Cycle }[] | null {
  const product = settings.consumables[settings.consumableIndex.draw(rng)];
  const [shortest, longest] = settings.catalogue.products[product].cycleDays ?? [30, 60];
  const cycle = { product, days: Math.round(shortest + rng.next() * (longest - shortest)) };
  const startMs = firstMs + (1 + rng.next() * 20) * DAY_MS;
  const planned: { atMs: number; cycle: Cycle }[] = [];
  for (let k = 0; ; k++) {
    const dayMs = startMs + (k + drawNormal(rng, 0, 0.08)) * cycle.days * DAY_MS;
    if (dayMs >= untilMs - DAY_MS) break;
    planned.push({ atMs: Math.max(firstMs, settings.calendar.atHourOf(dayMs, rng.next())), cycle });
  }
  return planned.length >= 4 ? planned : null;
}
