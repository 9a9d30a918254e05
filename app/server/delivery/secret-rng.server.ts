import { randomInt } from "node:crypto";
import type { Rng } from "#app/core/rng.ts";

const STEPS = 2 ** 47;

/** Randomness that nobody can guess, for codes that are worth money. */
export const secretRng: Rng = { next: () => randomInt(STEPS) / STEPS, below: (bound) => randomInt(bound) };
