import type { Clock } from "#app/core/time.ts";

export const systemClock: Clock = { nowMs: () => Date.now() };
