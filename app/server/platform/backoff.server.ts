import type { Rng } from "#app/core/rng.ts";

const FIRST_MS = 2_000;
const LONGEST_MS = 30 * 60_000;

/**
 * Exponential backoff with "equal jitter" (Brooker, AWS Architecture Blog 2015): half the step is certain, so that a
 * retry is never immediate, and half is random, so that jobs which failed together do not come back together.
 * `attempts` is the number of starts so far, 1 or more.
 */
export function computeBackoffMs(attempts: number, rng: Rng): number {
  const step = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempts - 1, 30));
  return Math.round(step / 2 + rng.next() * (step / 2));
}
