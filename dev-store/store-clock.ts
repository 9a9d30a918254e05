import type { Database } from "better-sqlite3";
import type { StoreClock } from "./context.ts";
import { readMeta, writeMeta } from "./db/meta.ts";

const DAY_MS = 86_400_000;

export interface MovableClock extends StoreClock {
  /** Moves the shop's time forward; kept in meta.clock_offset_ms. */
  advanceDays(days: number): void;
}

export function createClock(db: Database): MovableClock {
  let offsetMs = Number(readMeta(db, "clock_offset_ms") ?? 0);
  return {
    nowMs: () => Date.now() + offsetMs,
    wallMs: () => Date.now(),
    advanceDays(days) {
      offsetMs += Math.round(days * DAY_MS);
      writeMeta(db, "clock_offset_ms", String(offsetMs));
    },
  };
}
