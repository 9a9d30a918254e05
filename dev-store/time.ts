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

export interface ZonedDate { readonly year: number; readonly month: number; readonly day: number }

/** Milliseconds a zone is ahead of UTC at an instant. */
export function zoneOffsetMs(instantMs: number, timeZone: string): number {
  const parts = zoneFormat(timeZone).formatToParts(instantMs);
  const field = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  const local = Date.UTC(field("year"), field("month") - 1, field("day"), field("hour") % 24, field("minute"), field("second"));
  return local - Math.floor(instantMs / 1000) * 1000;
}

/** The calendar day on which an instant falls in a zone. */
export function zonedDate(instantMs: number, timeZone: string): ZonedDate {
  const local = new Date(instantMs + zoneOffsetMs(instantMs, timeZone));
  return { year: local.getUTCFullYear(), month: local.getUTCMonth() + 1, day: local.getUTCDate() };
}

/** Instant of a wall clock reading in a zone; days beyond the month's end roll over. */
export function zonedTimeMs(year: number, month: number, day: number, hour: number, minute: number, second: number, timeZone: string): number {
  const guess = Date.UTC(year, month - 1, day, hour, minute, second);
  const first = guess - zoneOffsetMs(guess, timeZone);
  // Around a change of the clocks the offset at the guess differs from the one at the answer: ask once more.
  return guess - zoneOffsetMs(first, timeZone);
}

/** Instant at which a calendar day begins in a zone. */
export function zonedDayStartMs(year: number, month: number, day: number, timeZone: string): number {
  return zonedTimeMs(year, month, day, 0, 0, 0, timeZone);
}

let lastMs = Number.NaN;
let lastText = "";

/** As the GraphQL API writes DateTime: UTC, whole seconds. The last answer is kept: an order's three dates are mostly one. */
export function isoSecond(instantMs: number): string {
  if (instantMs !== lastMs) {
    lastText = `${new Date(instantMs).toISOString().slice(0, 19)}Z`;
    lastMs = instantMs;
  }
  return lastText;
}

/** As REST payloads write it: the shop's time with its offset. */
export function isoZoned(instantMs: number, timeZone: string): string {
  const offset = zoneOffsetMs(instantMs, timeZone);
  const minutes = Math.abs(offset) / 60_000;
  const sign = offset < 0 ? "-" : "+";
  const two = (value: number) => String(Math.floor(value)).padStart(2, "0");
  return `${new Date(instantMs + offset).toISOString().slice(0, 19)}${sign}${two(minutes / 60)}:${two(minutes % 60)}`;
}
