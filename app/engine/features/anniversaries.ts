import { DAY_MS } from "#app/core/time.ts";
import type { ShopCalendar } from "./shop-calendar.ts";

/** Days of the shop's calendar; -1 where there is none. The 29th of February is kept on the 28th in other years. */
export interface Anniversaries {
  /** Until the next return of the day of the first order; 0 = today. */
  readonly firstOrderInDays: Int16Array;
  /** Years that day will make. */
  readonly firstOrderYears: Uint8Array;
  /** Null until the shop keeps birthdays (a customer metafield). */
  readonly birthdayInDays: Int16Array | null;
}

/** `birthday`: month * 100 + day by customer, 0 = unknown. */
export function computeAnniversaries(calendar: ShopCalendar, firstOrderAtMs: Float64Array, birthday: Uint16Array | null): Anniversaries {
  const count = firstOrderAtMs.length;
  const firstOrderInDays = new Int16Array(count).fill(-1);
  const firstOrderYears = new Uint8Array(count);
  const next = new NextReturn(calendar.today);
  for (let row = 0; row < count; row++) {
    if (Number.isNaN(firstOrderAtMs[row])) continue;
    const date = new Date(calendar.dayOf(firstOrderAtMs[row]) * DAY_MS);
    const found = next.of(date.getUTCMonth() + 1, date.getUTCDate());
    firstOrderInDays[row] = found.inDays;
    firstOrderYears[row] = Math.min(255, Math.max(0, found.year - date.getUTCFullYear()));
  }
  const birthdayInDays = birthday && Int16Array.from(birthday, (code) => (code === 0 ? -1 : next.of(Math.floor(code / 100), code % 100).inDays));
  return { firstOrderInDays, firstOrderYears, birthdayInDays };
}

/** The next time that a day of the year comes, from one day on; each day is worked out once. */
class NextReturn {
  private readonly known = new Map<number, { readonly inDays: number; readonly year: number }>();
  private readonly thisYear: number;

  constructor(private readonly today: number) {
    this.thisYear = new Date(today * DAY_MS).getUTCFullYear();
  }

  of(month: number, day: number): { readonly inDays: number; readonly year: number } {
    const key = month * 100 + day;
    let found = this.known.get(key);
    if (!found) {
      const dayIn = (year: number) => {
        const isLeap = new Date(Date.UTC(year, 1, 29)).getUTCMonth() === 1;
        return Math.floor(Date.UTC(year, month - 1, key === 229 && !isLeap ? 28 : day) / DAY_MS);
      };
      const year = dayIn(this.thisYear) >= this.today ? this.thisYear : this.thisYear + 1;
      this.known.set(key, (found = { inDays: dayIn(year) - this.today, year }));
    }
    return found;
  }
}
