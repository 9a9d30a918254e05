import { DAY_MS, dayNumber, dayStartMs, HOUR_MS, SECOND_MS, zoneOffsetMs } from "#app/core/time.ts";
import type { Value } from "../language/ast.ts";

/** Instants that a date value stands for: [fromMs, toMs). */
export interface DateInterval {
  readonly fromMs: number;
  readonly toMs: number;
}

export interface Today {
  readonly asOfMs: number;
  readonly timeZone: string;
}

/**
 * A day stands for its 24 hours (23 or 25 when clocks change) in the shop's time zone, a written time for its second,
 * hours ago for their millisecond. Relative days, weeks, months and years count calendar days from today; a day that a
 * month lacks becomes its last: a month before 31 March is the end of February.
 */
export function resolveDate(value: Value, today: Today): DateInterval {
  switch (value.kind) {
    case "day":
      return dayInterval(utcDay(...datePartsOf(value.value)), today.timeZone);
    case "instant": {
      const fromMs = localInstantMs(value.value, today.timeZone);
      return { fromMs, toMs: fromMs + SECOND_MS };
    }
    case "day-word":
      return dayInterval(dayNumber(today.asOfMs, today.timeZone) - (value.value === "yesterday" ? 1 : 0), today.timeZone);
    case "relative": {
      if (value.unit !== "h") return dayInterval(shiftDay(dayNumber(today.asOfMs, today.timeZone), value.amount, value.unit), today.timeZone);
      const fromMs = today.asOfMs + value.amount * HOUR_MS;
      return { fromMs, toMs: fromMs + 1 };
    }
    case "number":
    case "text":
    case "boolean":
      throw new Error(`not a date: ${value.kind}`);
  }
}

function dayInterval(day: number, timeZone: string): DateInterval {
  return { fromMs: dayStartMs(day, timeZone), toMs: dayStartMs(day + 1, timeZone) };
}

/** Day number `amount` units away. */
export function shiftDay(day: number, amount: number, unit: "d" | "w" | "m" | "y"): number {
  if (unit === "d") return day + amount;
  if (unit === "w") return day + 7 * amount;
  const date = new Date(day * DAY_MS);
  const months = date.getUTCFullYear() * 12 + date.getUTCMonth() + (unit === "y" ? 12 : 1) * amount;
  const year = Math.floor(months / 12);
  const month = months - year * 12;
  const lastOfMonth = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return utcDay(year, month + 1, Math.min(date.getUTCDate(), lastOfMonth));
}

function datePartsOf(text: string): [number, number, number] {
  const [year, month, day] = text.split("-").map(Number);
  return [year, month, day];
}

function utcDay(year: number, month: number, day: number): number {
  return Math.round(Date.UTC(year, month - 1, day) / DAY_MS);
}

/** A wall-clock time that a change of clocks skips is read with the offset before the change. */
function localInstantMs(text: string, timeZone: string): number {
  const local = Date.parse(`${text}Z`);
  const guess = local - zoneOffsetMs(local, timeZone);
  return local - zoneOffsetMs(guess, timeZone);
}
