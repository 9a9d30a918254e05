import { DAY_MS, zoneOffsetMs } from "#app/core/time.ts";

/** Shorter than any time between two changes of a zone's offset (the shortest known: a month, Morocco's Ramadan time). */
const STEP_MS = 7 * DAY_MS;
const FINEST_MS = 60_000;

/**
 * Number of the calendar day in one zone, for many instants of a known range. Agrees with `dayNumber` of app/core/time.ts.
 */
export function createZoneDays(timeZone: string, fromMs: number, toMs: number): (instantMs: number) => number {
  const offsetAt = createZoneOffsets(timeZone, fromMs, toMs);
  return (instantMs) => Math.floor((instantMs + offsetAt(instantMs)) / DAY_MS);
}

/**
 * Milliseconds that a zone is ahead of UTC, for many instants of a known range: the changes are found once by
 * bisection, because asking Intl for a million instants takes seconds.
 */
export function createZoneOffsets(timeZone: string, fromMs: number, toMs: number): (instantMs: number) => number {
  const changes: { atMs: number; offsetMs: number }[] = [{ atMs: -Infinity, offsetMs: zoneOffsetMs(fromMs, timeZone) }];
  let offsetMs = changes[0].offsetMs;
  for (let atMs = fromMs; atMs < toMs; atMs += STEP_MS) {
    const stepEndMs = Math.min(atMs + STEP_MS, toMs);
    const after = zoneOffsetMs(stepEndMs, timeZone);
    if (after === offsetMs) continue;
    changes.push({ atMs: findChange(timeZone, atMs, stepEndMs, offsetMs), offsetMs: after });
    offsetMs = after;
  }
  let current = 0;
  return (instantMs) => {
    while (current + 1 < changes.length && instantMs >= changes[current + 1].atMs) current++;
    while (instantMs < changes[current].atMs) current--;
    return changes[current].offsetMs;
  };
}

/** First whole minute in (fromMs, toMs] at which the offset is no longer `beforeMs`; zones change on whole minutes. */
function findChange(timeZone: string, fromMs: number, toMs: number, beforeMs: number): number {
  let low = Math.floor(fromMs / FINEST_MS);
  let high = Math.ceil(toMs / FINEST_MS);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (zoneOffsetMs(middle * FINEST_MS, timeZone) === beforeMs) low = middle;
    else high = middle;
  }
  return high * FINEST_MS;
}
