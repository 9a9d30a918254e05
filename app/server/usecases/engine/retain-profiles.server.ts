import { DAY_MS, dayNumber } from "#app/core/time.ts";
import type { ProfileVersion } from "#app/server/store/profile-versions.server.ts";

const DAILY = 7;
const WEEKLY = 8;
const MONTHLY = 12;
/** 1970-01-01 was a Thursday: weeks begin on Monday. */
const MONDAY = 3;

/** Versions to drop so that the latest stays, one a day for a week, one a week for 8 weeks and one a month for a year: of each the last one. */
export function listOutdatedVersions(versions: readonly Pick<ProfileVersion, "id" | "asOfMs" | "createdAtMs">[], nowMs: number, timeZone: string): string[] {
  const newestFirst = [...versions].sort((a, b) => b.asOfMs - a.asOfMs || b.createdAtMs - a.createdAtMs);
  const today = dayNumber(nowMs, timeZone);
  const kept = new Set(newestFirst.slice(0, 1).map(({ id }) => id));
  const keepLastOf = (periodOf: (day: number) => number, count: number) => {
    const seen = new Set<number>();
    const now = periodOf(today);
    for (const { id, asOfMs } of newestFirst) {
      const period = periodOf(dayNumber(asOfMs, timeZone));
      if (period <= now - count || seen.has(period)) continue;
      seen.add(period);
      kept.add(id);
    }
  };
  keepLastOf((day) => day, DAILY);
  keepLastOf((day) => Math.floor((day + MONDAY) / 7), WEEKLY);
  keepLastOf(monthOf, MONTHLY);
  return newestFirst.filter(({ id }) => !kept.has(id)).map(({ id }) => id);
}

function monthOf(day: number): number {
  const date = new Date(day * DAY_MS);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}
