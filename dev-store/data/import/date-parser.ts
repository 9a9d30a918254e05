const ISO = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/;

/** Wall-clock time as if it were UTC, and the zone when the text named one. */
export interface ParsedTime {
  readonly localMs: number;
  /** Minutes east of UTC; null when the text has no zone. */
  readonly offsetMinutes: number | null;
}

/** Null when the text is no date, or one that no calendar has (30 February). */
export type DateParser = (text: string) => ParsedTime | null;

function build(parts: Partial<Record<"y" | "M" | "d" | "H" | "m" | "s", number>>, offsetMinutes: number | null): ParsedTime | null {
  const { y = 0, M = 1, d = 1, H = 0, m = 0, s = 0 } = parts;
  if (M < 1 || M > 12 || d < 1 || H > 23 || m > 59 || s > 59 || d > new Date(Date.UTC(y, M, 0)).getUTCDate()) return null;
  return { localMs: Date.UTC(y, M - 1, d, H, m, s), offsetMinutes };
}

function parseIso(text: string): ParsedTime | null {
  const match = ISO.exec(text);
  if (!match) return null;
  const [y, M, d, H, m, s] = match.slice(1, 7).map((part) => (part === undefined ? 0 : Number(part)));
  const zone = match[7];
  const offset = zone === undefined ? null : zone === "Z" ? 0 : (zone.startsWith("-") ? -1 : 1) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2)));
  return build({ y, M, d, H, m, s }, offset);
}

const TOKEN = /yyyy|MM|dd|HH|mm|ss|M|d|H/g;

function compilePattern(format: string): DateParser {
  const order: ("y" | "M" | "d" | "H" | "m" | "s")[] = [];
  let source = "";
  let at = 0;
  for (const match of format.matchAll(TOKEN)) {
    source += format.slice(at, match.index).replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    const letter = match[0][0];
    if (letter === "y" || letter === "M" || letter === "d" || letter === "H" || letter === "m" || letter === "s") order.push(letter);
    source += match[0].length === 1 ? "(\\d{1,2})" : `(\\d{${match[0].length}})`;
    at = match.index + match[0].length;
  }
  const regex = new RegExp(`^${source}${format.slice(at).replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`);
  return (text) => {
    const match = regex.exec(text);
    return match ? build(Object.fromEntries(order.map((letter, i) => [letter, Number(match[i + 1])])), null) : null;
  };
}

export function createDateParser(formats: readonly string[]): DateParser {
  const parsers = formats.map((format) => (format === "iso" ? parseIso : compilePattern(format)));
  return (text) => {
    for (const parse of parsers) {
      const parsed = parse(text);
      if (parsed) return parsed;
    }
    return null;
  };
}
