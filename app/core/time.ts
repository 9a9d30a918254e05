export const SECOND_MS = 1_000;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

/** Passed in wherever "now" is needed, so that a test can tell a story in dates. */
export interface Clock {
  nowMs(): number;
}

/** Offset of a time zone from UTC at one instant, in milliseconds. */
export function zoneOffsetMs(instantMs: number, timeZone: string): number {
  const parts = zoneFormat(timeZone).formatToParts(instantMs);
  const field = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  const local = Date.UTC(field("year"), field("month") - 1, field("day"), field("hour") % 24, field("minute"), field("second"));
  return local - Math.floor(instantMs / SECOND_MS) * SECOND_MS;
}

/** Number of the calendar day (days since 1970-01-01) that an instant falls on in the shop's time zone. */
export function dayNumber(instantMs: number, timeZone: string): number {
  return Math.floor((instantMs + zoneOffsetMs(instantMs, timeZone)) / DAY_MS);
}

const formats = new Map<string, Intl.DateTimeFormat>();

function zoneFormat(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-US", {
      timeZone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric",
    });
    formats.set(timeZone, format);
  }
  return format;
}

/** First instant of a calendar day in a time zone; the inverse of dayNumber, also on days when the clocks change. */
export function dayStartMs(day: number, timeZone: string): number {
  const utc = day * DAY_MS;
  const guess = utc - zoneOffsetMs(utc, timeZone);
  return utc - zoneOffsetMs(guess, timeZone);
}
