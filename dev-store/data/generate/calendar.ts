import { WeightedIndex } from "../distributions.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** Relative intensity of orders; each table has mean about 1. */
export interface Intensity {
  /** January first. */
  readonly months: readonly number[];
  /** Sunday first. */
  readonly weekdays: readonly number[];
  /** Local hour 0 first. */
  readonly hours: readonly number[];
}

/**
 * Operational time: [0, 1) is spread over the window so that equal steps hold equal numbers of orders. Renewal processes
 * run in it and come out with the shop's seasons, weekdays and hours.
 */
export interface Calendar {
  readonly startMs: number;
  readonly endMs: number;
  atFraction(fraction: number): number;
  /** The share of the window's orders before this instant; inverse of atFraction up to the hour. */
  fractionAt(atMs: number): number;
  /** An instant of the same local day whose hour is drawn by the hour table. */
  atHourOf(dayMs: number, draw: number): number;
}

/** Offset of the zone from UTC, looked up once a day: orders near a daylight-saving change may be an hour off. */
function dayOffsets(startMs: number, days: number, timeZone: string): Float64Array {
  const format = new Intl.DateTimeFormat("en-US", { timeZone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric" });
  const offsets = new Float64Array(days);
  for (let day = 0; day < days; day++) {
    const at = Math.floor((startMs + day * DAY_MS) / 60_000) * 60_000;
    const parts = new Map(format.formatToParts(at).map((part) => [part.type, Number(part.value)]));
    const field = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? 0;
    offsets[day] = Date.UTC(field("year"), field("month") - 1, field("day"), field("hour"), field("minute")) - at;
  }
  return offsets;
}

export function createCalendar(startMs: number, endMs: number, timeZone: string, intensity: Intensity): Calendar {
  const hours = Math.max(1, Math.ceil((endMs - startMs) / HOUR_MS));
  const offsets = dayOffsets(startMs, Math.ceil(hours / 24) + 1, timeZone);
  const weights = new Float64Array(hours);
  for (let hour = 0; hour < hours; hour++) {
    const local = new Date(startMs + hour * HOUR_MS + offsets[Math.floor(hour / 24)]);
    const share = hour === hours - 1 ? (endMs - startMs - hour * HOUR_MS) / HOUR_MS : 1;
    weights[hour] = share * intensity.months[local.getUTCMonth()] * intensity.weekdays[local.getUTCDay()] * intensity.hours[local.getUTCHours()];
  }
  const index = new WeightedIndex(weights);
  const ofDay = new WeightedIndex(intensity.hours);
  const clamp = (atMs: number) => Math.min(endMs - 1, Math.max(startMs, Math.floor(atMs)));
  return {
    startMs,
    endMs,
    atFraction(fraction) {
      const target = Math.min(0.999999999, Math.max(0, fraction)) * index.total;
      const hour = index.locate(target);
      return clamp(startMs + (hour + index.within(hour, target)) * HOUR_MS);
    },
    fractionAt(atMs) {
      let low = 0;
      let high = 1;
      for (let step = 0; step < 40; step++) {
        const middle = (low + high) / 2;
        if (this.atFraction(middle) < atMs) low = middle;
        else high = middle;
      }
      return low;
    },
    atHourOf(dayMs, draw) {
      const offset = offsets[Math.min(offsets.length - 1, Math.max(0, Math.floor((dayMs - startMs) / DAY_MS)))];
      const localDay = Math.floor((dayMs + offset) / DAY_MS) * DAY_MS;
      const target = draw * ofDay.total;
      const hour = ofDay.locate(target);
      return clamp(localDay + (hour + ofDay.within(hour, target)) * HOUR_MS - offset);
    },
  };
}
