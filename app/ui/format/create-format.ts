import { currencyExponent } from "#app/core/money.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS, dayNumber } from "#app/core/time.ts";

/** Numbers, dates and money as this merchant reads them: the admin's language, the shop's currency and time zone. */
export interface Format {
  readonly timeZone: string;
  readonly currency: string;
  number(value: number, maximumFractionDigits?: number): string;
  /** `share` is 0..1 */
  percent(share: number, maximumFractionDigits?: number): string;
  money(minor: number): string;
  /** Short form for pictures and key figures: 12.3K */
  moneyShort(minor: number): string;
  numberShort(value: number): string;
  day(atMs: number): string;
  dayShort(atMs: number): string;
  /** "June 2026" in the shop's time zone. */
  month(atMs: number): string;
  /** The same of an instant that stands for a month of the calendar (UTC). */
  calendarMonth(atMs: number): string;
  dateTime(atMs: number): string;
  /** "3 minutes ago"; the caller passes now so that server and browser print the same. */
  ago(atMs: number, nowMs: number): string;
  /** A length of time: "2 minutes" */
  duration(ms: number): string;
  list(items: readonly string[]): string;
}

const steps = [
  { unit: "day", ms: DAY_MS },
  { unit: "hour", ms: HOUR_MS },
  { unit: "minute", ms: MINUTE_MS },
  { unit: "second", ms: SECOND_MS },
] as const;

export function createFormat(locale: string, currency: string, timeZone: string): Format {
  const scale = 10 ** currencyExponent(currency);
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  const number = (digits: number) => new Intl.NumberFormat(locale, { maximumFractionDigits: digits });
  const money = new Intl.NumberFormat(locale, { style: "currency", currency, currencyDisplay: "narrowSymbol" });
  // The least number of digits is said, since Node and browsers differ in what they take it to be: $41.0K and $41K do not hydrate.
  const moneyShort = new Intl.NumberFormat(locale, { style: "currency", currency, currencyDisplay: "narrowSymbol", notation: "compact", minimumFractionDigits: 0, maximumFractionDigits: 1 });
  const numberShort = new Intl.NumberFormat(locale, { notation: "compact", maximumFractionDigits: 1 });
  const day = new Intl.DateTimeFormat(locale, { timeZone, year: "numeric", month: "short", day: "numeric" });
  const dayShort = new Intl.DateTimeFormat(locale, { timeZone, month: "short", day: "numeric" });
  const month = (zone: string) => new Intl.DateTimeFormat(locale, { timeZone: zone, year: "numeric", month: "short" });
  const dateTime = new Intl.DateTimeFormat(locale, { timeZone, year: "numeric", month: "short", day: "numeric", hour: "numeric", minute: "2-digit" });
  // ICU versions differ between Node and browsers in narrow spaces before "PM": one plain space keeps hydration quiet.
  const plain = (text: string) => text.replace(/[\u202f\u2009]/g, " ");
  return {
    timeZone,
    currency,
    number: (value, digits = 0) => number(digits).format(value),
    // 8.0% beside 14.8%, so that columns line up; nothing and all are exact, and what is little is not called nothing.
    percent: (share, digits = 0) => {
      const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: digits, minimumFractionDigits: share === 0 || share === 1 ? 0 : digits });
      const least = 10 ** -(digits + 2);
      return share > 0 && share < least / 2 ? `<${percent.format(least)}` : percent.format(share);
    },
    money: (minor) => money.format(minor / scale),
    moneyShort: (minor) => (Math.abs(minor / scale) < 10_000 ? money.format(minor / scale) : moneyShort.format(minor / scale)),
    numberShort: (value) => (Math.abs(value) < 10_000 ? number(0).format(value) : numberShort.format(value)),
    day: (atMs) => day.format(atMs),
    dayShort: (atMs) => dayShort.format(atMs),
    month: (atMs) => month(timeZone).format(atMs),
    calendarMonth: (atMs) => month("UTC").format(atMs),
    dateTime: (atMs) => plain(dateTime.format(atMs)),
    ago: (atMs, nowMs) => {
      const past = nowMs - atMs;
      if (Math.abs(past) >= DAY_MS) return relative.format(dayNumber(atMs, timeZone) - dayNumber(nowMs, timeZone), "day");
      const step = steps.find((candidate) => Math.abs(past) >= candidate.ms) ?? steps[3];
      return relative.format(-Math.trunc(past / step.ms), step.unit);
    },
    duration: (ms) => {
      const step = steps.find((candidate) => ms >= candidate.ms) ?? steps[3];
      return new Intl.NumberFormat(locale, { style: "unit", unit: step.unit, unitDisplay: "long" }).format(Math.max(1, Math.round(ms / step.ms)));
    },
    list: (items) => new Intl.ListFormat(locale, { style: "long", type: "conjunction" }).format(items),
  };
}
