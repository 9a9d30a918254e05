import { DAY_MS } from "#app/core/time.ts";
import { createZoneDays } from "../../features/zone-days.ts";
import type { Test } from "../language/ast.ts";
import { noData, type Clause, type ClauseContext, type NoData } from "./clause.ts";
import { compileDate } from "./number-test.ts";
import { numberClause, showNumber } from "./scalar-clause.ts";

/** Day and month of a date lie in the asked range of days; 29 February is kept on the 28th of a year without one. */
export function compileAnniversary(of: string, test: Test, { columns, today }: ClauseContext): Clause | NoData {
  const days = columns.extra.monthDays?.[of];
  if (days) return compileMonthDays(of, days, test, today);
  const column = columns.find(of);
  if (column?.kind !== "numbers") return noData(of);
  const { values } = column;
  const show = (row: number) => ({ [of]: showNumber(column, row, 1) });
  const asked = compileDate(test, today);
  if (asked.kind === "absent") return numberClause(column, asked, show);
  let earliestMs = today.asOfMs;
  let latestMs = today.asOfMs;
  for (const value of values) {
    if (value < earliestMs) earliestMs = value;
    if (value > latestMs) latestMs = value;
  }
  for (const { from, to } of asked.ranges) {
    earliestMs = Math.min(earliestMs, from);
    latestMs = Math.max(latestMs, to);
  }
  const dayOf = createZoneDays(today.timeZone, earliestMs, latestMs);
  const isWanted = markDays(asked.ranges.map(({ from, to }) => [dayOf(from), dayOf(to - 1)]));
  return {
    kind: "clause",
    cost: 3,
    show,
    test: (row) => !Number.isNaN(values[row]) && isWanted[monthDay(dayOf(values[row]))] === 1,
  };
}

/** The same of dates of which the year is not known. */
function compileMonthDays(of: string, days: Int16Array, test: Test, today: ClauseContext["today"]): Clause {
  const show = (row: number) => ({ [of]: days[row] === 0 ? null : `${two((days[row] >> 5) + 1)}-${two(days[row] & 31)}` });
  const asked = compileDate(test, today);
  if (asked.kind === "absent") return { kind: "clause", cost: 1, show, test: (row) => (days[row] === 0) !== asked.isNegated };
  const limits = asked.ranges.flatMap(({ from, to }) => [from, to]);
  const dayOf = createZoneDays(today.timeZone, Math.min(today.asOfMs, ...limits), Math.max(today.asOfMs, ...limits));
  const isWanted = markDays(asked.ranges.map(({ from, to }) => [dayOf(from), dayOf(to - 1)]));
  // No day is 0 in the marks.
  return { kind: "clause", cost: 1, show, test: (row) => isWanted[days[row]] === 1 };
}

const two = (number: number): string => String(number).padStart(2, "0");

function monthDay(day: number): number {
  const date = new Date(day * DAY_MS);
  return date.getUTCMonth() * 32 + date.getUTCDate();
}

const FEBRUARY_28 = 32 + 28;
const FEBRUARY_29 = 32 + 29;

/** By month * 32 + day. Ranges are days, both ends included; a whole leap cycle holds every day. */
function markDays(ranges: readonly (readonly [number, number])[]): Uint8Array {
  const marks = new Uint8Array(12 * 32 + 32);
  for (const [from, to] of ranges) {
    for (let day = from; day <= Math.min(to, from + 8 * 366); day++) {
      marks[monthDay(day)] = 1;
      const isEndOfFebruary = monthDay(day) === FEBRUARY_28 && monthDay(day + 1) !== FEBRUARY_29;
      if (isEndOfFebruary) marks[FEBRUARY_29] = 1;
    }
  }
  return marks;
}
