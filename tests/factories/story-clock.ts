import type { Clock } from "#app/core/time.ts";
import { STORY_START_MS } from "./shop.ts";

/** A clock that stands still until it is told to go on. */
export interface StoryClock extends Clock {
  advance(ms: number): void;
}

export function createStoryClock(startMs = STORY_START_MS): StoryClock {
  let nowMs = startMs;
  return { nowMs: () => nowMs, advance: (ms) => void (nowMs += ms) };
}
