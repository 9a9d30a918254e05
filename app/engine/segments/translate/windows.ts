import type { WindowPhrase } from "./draft.ts";

const months = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
const N = "\\d+(?:\\.\\d+)?";
const unit = "(?:hour|day|week|fortnight|month|quarter|year)s?";
const DAY = "\\d{4}-\\d{2}-\\d{2}";
const month = `(?:${months.join("|")})(?: \\d{4})?`;

/** A stretch of time in English: "in the last 90 days", "since March", "more than 60 days ago". */
export const englishWindow = [
  `(?:(?:in|within|during|over|for|from) )?(?:the |a |an )?(?:(?:last|past|previous|preceding) )(?:${N} )?${unit}`,
  `(?:in|within|for|over|during) (?:the |a |an )?(?:${N} )?${unit}`,
  `(?:between )?${N} (?:and|to) ${N} ${unit} ago`,
  `(?:(?:more than|over|at least|longer than|less than|within|not more than|up to) )?(?:${N}|a|an) ${unit}(?: or more)? ago`,
  `(?:since|after|before|until|on|from) (?:${DAY}|${month}|\\d{4}|yesterday|today)`,
  `(?:between|from) ${DAY} (?:and|to|until) ${DAY}`,
  `in ${month}`, `in \\d{4}`, "(?:in )?this (?:week|month|year|quarter)", "today", "yesterday",
].join("|");

/** The same in Chinese: 最近90天, 半年内, 今年, 2026-01-01以来, 60天前. */
export const chineseWindow = [
  `在?(?:最近|过去|近|前)的?${N}个?(?:小时|天|日|周|星期|月|季度|年)(?:之内|以内|内|里|间|中)?`,
  `在?${N}个?(?:小时|天|日|周|星期|月|季度|年)(?:之内|以内|内|里)`,
  `(?:超过|已经|已|有|连续)?${N}个?(?:天|日|周|星期|月|季度|年)(?:以上)?(?=都?(?:没|未))`,
  `${N}个?(?:到|至|-|~)${N}个?(?:天|日|周|星期|月|年)(?:之前|以前|前)`,
  `(?:超过)?${N}个?(?:天|日|周|星期|月|季度|年)(?:之前|以前|前)`,
  `(?:自|从)?${DAY}(?:以来|之后|以后|后|起)`, `在?${DAY}(?:之前|以前|前)`, `在?${DAY}(?:到|至)${DAY}(?:之间|期间)?`,
  "在?(?:今年|本年|去年|本月|这个月|上个月|上月|本周|这周|今天|昨天)(?:内|里)?", "\\d{4}年",
].join("|");

/** `today` (yyyy-mm-dd) decides what "this year" is. Null when the text is no window. */
export function readWindow(text: string, today: string): WindowPhrase | null {
  const said = text.toLowerCase();
  return readDays(said) ?? readAgo(said) ?? readCalendar(said, today) ?? readLast(said);
}

const dayAfter = (day: string) => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);

function readDays(said: string): WindowPhrase | null {
  const [from, until] = said.match(/\d{4}-\d{2}-\d{2}/g) ?? [];
  if (from === undefined) return null;
  if (until !== undefined) return { kind: "between", from, until };
  if (/^before|^until|前$/.test(said)) return { kind: "before", until: from };
  if (/^after|之后|以后|后$/.test(said)) return { kind: "since", from: dayAfter(from) };
  return /^on/.test(said) ? { kind: "on", day: from } : { kind: "since", from };
}

function readAgo(said: string): WindowPhrase | null {
  if (!/ago$|前$/.test(said)) return null;
  const numbers = said.match(/\d+(?:\.\d+)?/g) ?? ["1"];
  const suffix = unitOf(said);
  if (numbers.length > 1) return { kind: "between", from: relative(numbers[1], suffix), until: relative(numbers[0], suffix) };
  const point = relative(numbers[0], suffix);
  if (/^less than|^within|^not more than|^up to/.test(said)) return { kind: "since", from: point };
  return /^\d+ \w+ ago$|^an? /.test(said) ? { kind: "on", day: point } : { kind: "before", until: point };
}

function readCalendar(said: string, today: string): WindowPhrase | null {
  const year = Number(today.slice(0, 4));
  const monthStart = (offset: number) => new Date(Date.UTC(year, Number(today.slice(5, 7)) - 1 + offset, 1)).toISOString().slice(0, 10);
  const before = (day: string) => new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);
  const word = /today|今天/.test(said) ? "today" : /yesterday|昨天/.test(said) ? "yesterday" : null;
  if (word) return /since|from|after/.test(said) ? { kind: "since", from: word } : { kind: "on", day: word };
  if (/this year|今年|本年/.test(said)) return { kind: "since", from: `${year}-01-01` };
  if (/^(?:(?:in|during|from) )?(?:the )?last year$|去年/.test(said)) return { kind: "between", from: `${year - 1}-01-01`, until: `${year - 1}-12-31` };
  if (/this month|本月|这个月/.test(said)) return { kind: "since", from: monthStart(0) };
  if (/^(?:(?:in|during|from) )?(?:the )?last month$|上个?月/.test(said)) return { kind: "between", from: monthStart(-1), until: before(monthStart(0)) };
  if (/this quarter/.test(said)) return { kind: "since", from: monthStart(-((Number(today.slice(5, 7)) - 1) % 3)) };
  if (/this week|本周|这周/.test(said)) {
    const day = new Date(Date.parse(today)).getUTCDay();
    return { kind: "since", from: new Date(Date.parse(today) - ((day + 6) % 7) * 86_400_000).toISOString().slice(0, 10) };
  }
  return readMonth(said, today) ?? readYear(said);
}

function readMonth(said: string, today: string): WindowPhrase | null {
  const index = months.findIndex((name) => new RegExp(`\\b${name}\\b`).test(said));
  if (index < 0) return null;
  const thisYear = Number(today.slice(0, 4));
  const written = /\d{4}/.exec(said);
  // Without a year the latest one that has begun is meant.
  const year = written ? Number(written[0]) : index + 1 > Number(today.slice(5, 7)) ? thisYear - 1 : thisYear;
  const from = new Date(Date.UTC(year, index, 1)).toISOString().slice(0, 10);
  const until = new Date(Date.UTC(year, index + 1, 0)).toISOString().slice(0, 10);
  return bounded(said, from, until);
}

function readYear(said: string): WindowPhrase | null {
  const year = /^(?:in|since|after|before|until|on|from) (\d{4})$|^(\d{4})年$/.exec(said);
  const number = year?.[1] ?? year?.[2];
  return number === undefined ? null : bounded(said, `${number}-01-01`, `${number}-12-31`);
}

function bounded(said: string, from: string, until: string): WindowPhrase {
  if (/^(?:since|from)/.test(said)) return { kind: "since", from };
  if (/^after/.test(said)) return { kind: "since", from: dayAfter(until) };
  return /^(?:before|until)/.test(said) ? { kind: "before", until: from } : { kind: "between", from, until };
}

function readLast(said: string): WindowPhrase | null {
  const suffix = unitOf(said);
  return suffix === "" ? null : { kind: "since", from: relative(/\d+(?:\.\d+)?/.exec(said)?.[0] ?? "1", suffix) };
}

function unitOf(said: string): string {
  if (/hour|小时/.test(said)) return "h";
  if (/fortnight/.test(said)) return "fortnight";
  if (/week|周|星期/.test(said)) return "w";
  if (/quarter|季度/.test(said)) return "quarter";
  if (/month|月/.test(said)) return "m";
  if (/year|年/.test(said)) return "y";
  return /day|天|日/.test(said) ? "d" : "";
}

/** Halves are said in the next smaller unit; a quarter is three months, a fortnight two weeks. */
export function relative(amount: string, suffix: string, sign = "-"): string {
  const number = Number(amount);
  if (suffix === "fortnight") return `${sign}${Math.round(number * 2)}w`;
  if (suffix === "quarter") return `${sign}${Math.round(number * 3)}m`;
  if (Number.isInteger(number)) return `${sign}${number}${suffix}`;
  const [factor, smaller] = suffix === "y" ? [12, "m"] : suffix === "m" ? [30, "d"] : suffix === "w" ? [7, "d"] : [24, "h"];
  return `${sign}${Math.round(number * factor)}${smaller}`;
}

/** "30 days" or 30天 as a date ahead: +30d. */
export function readAhead(text: string): string {
  return relative(/\d+(?:\.\d+)?/.exec(text)?.[0] ?? "1", unitOf(text.toLowerCase()) || "d", "+");
}
