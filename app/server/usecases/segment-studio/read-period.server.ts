import { DAY_MS, dayNumber, dayStartMs } from "#app/core/time.ts";

export interface Period {
  /** yyyy-mm-dd, days of the shop. */
  readonly from: string;
  readonly to: string;
  /** Ends of those days; "to" is never later than now. */
  readonly fromMs: number;
  readonly toMs: number;
}

const USUAL_DAYS = 30;

/** `from` and `to` of the address; the last 30 days where they are missing, wrong or the wrong way round. */
export function readPeriod(asked: URLSearchParams, nowMs: number, timeZone: string): Period {
  const today = dayNumber(nowMs, timeZone);
  const read = (name: string) => {
    const text = asked.get(name) ?? "";
    const atMs = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : NaN;
    return Number.isNaN(atMs) ? null : Math.min(today, Math.round(atMs / DAY_MS));
  };
  const to = read("to") ?? today;
  const asFrom = read("from");
  const from = asFrom !== null && asFrom < to ? asFrom : to - USUAL_DAYS;
  const text = (day: number) => new Date(day * DAY_MS).toISOString().slice(0, 10);
  const endMs = (day: number) => Math.min(nowMs, dayStartMs(day + 1, timeZone) - 1);
  return { from: text(from), to: text(to), fromMs: endMs(from), toMs: endMs(to) };
}
