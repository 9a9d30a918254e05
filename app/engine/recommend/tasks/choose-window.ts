import { DAY_MS } from "#app/core/time.ts";
import { ORDER_COUNTS, type Snapshot } from "../../snapshot/snapshot.ts";
import { firstOrderFrom } from "./cut-snapshot.ts";

/** Training before `validationFromMs` chooses settings and the model; training before `testFromMs` is judged by the days up to `lastMs`. */
export interface EvaluationWindow {
  readonly firstMs: number;
  readonly validationFromMs: number;
  readonly testFromMs: number;
  readonly lastMs: number;
}

const LENGTHS_DAYS = [14, 28, 56, 84, 120, 180];
/** Orders in the test days that give answers steady enough. */
const WANTED_ORDERS = 600;
/** Test and validation days together may take this share of all orders from the training. */
const MOST_HELD_OUT = 0.4;

/** Orders below which nothing is evaluated. */
export const LEAST_ORDERS = 50;
/** Share of its days that a young shop is judged by, where even the shortest window is too long. */
const YOUNG_SHARE = 0.2;

/** The shortest days that hold enough orders; null for a shop with hardly any. */
export function chooseWindow(snapshot: Snapshot): EvaluationWindow | null {
  const { orders } = snapshot;
  const counted = orders.flags.reduce((count, flag) => count + (flag & ORDER_COUNTS), 0);
  if (counted < LEAST_ORDERS) return null;
  const firstMs = orders.placedAtMs[0];
  const lastMs = orders.placedAtMs[orders.count - 1] + 1;
  let widest: EvaluationWindow | null = null;
  for (const days of LENGTHS_DAYS) {
    const window = { firstMs, validationFromMs: lastMs - 2 * days * DAY_MS, testFromMs: lastMs - days * DAY_MS, lastMs };
    const held = orders.count - firstOrderFrom(snapshot, window.validationFromMs);
    if (held > MOST_HELD_OUT * orders.count) break;
    widest = window;
    if (orders.count - firstOrderFrom(snapshot, window.testFromMs) >= WANTED_ORDERS) break;
  }
  const share = YOUNG_SHARE * (lastMs - firstMs);
  return widest ?? { firstMs, validationFromMs: Math.round(lastMs - 2 * share), testFromMs: Math.round(lastMs - share), lastMs };
}
