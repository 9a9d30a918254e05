import type { Value } from "./ast.ts";
import type { ScalarType } from "./attribute-spec.ts";
import { findNearestName } from "./nearest-name.ts";
import { quote } from "./format-query.ts";
import type { QueryProblem } from "./problem.ts";

export interface ValueRule {
  readonly name: string;
  readonly type: ScalarType;
  readonly values?: readonly string[];
}

const kinds: Readonly<Record<ScalarType, { readonly accepts: readonly Value["kind"][]; readonly words: string }>> = {
  date: { accepts: ["day", "instant", "relative", "day-word"], words: "a date: yyyy-mm-dd, yyyy-mm-ddThh:mm:ss, -30d, today or yesterday" },
  float: { accepts: ["number"], words: "a number" },
  integer: { accepts: ["number"], words: "a whole number" },
  text: { accepts: ["text"], words: "text in single quotes" },
  enum: { accepts: ["text"], words: "one of its values in single quotes" },
  list: { accepts: ["text"], words: "text in single quotes" },
  boolean: { accepts: ["boolean"], words: "true or false" },
};

/** Null when the value suits the rule. */
export function checkValue(value: Value, rule: ValueRule): QueryProblem | null {
  const { accepts, words } = kinds[rule.type];
  const refuse = (message: string, suggestion: string | null = null): QueryProblem => ({ message, span: value.span, suggestion });
  if (!accepts.includes(value.kind)) {
    const asText = value.kind === "number" && accepts[0] === "text" ? quote(String(value.value)) : null;
    const asNumber = value.kind === "text" && accepts[0] === "number" && /^-?\d+(\.\d+)?$/.test(value.value) ? value.value : null;
    const asDate = value.kind === "text" && rule.type === "date" && /^\d{4}-\d\d-\d\d$/.test(value.value) ? value.value : null;
    return refuse(`${rule.name} takes ${words}`, asText ?? asNumber ?? asDate);
  }
  if (rule.type === "integer" && value.kind === "number" && !Number.isSafeInteger(value.value)) return refuse(`${rule.name} takes a whole number`, String(Math.round(value.value)));
  if (value.kind === "day" && !isCalendarDay(value.value)) return refuse(`${value.value} is not a day of the calendar`);
  if (value.kind === "instant" && !(isCalendarDay(value.value.slice(0, 10)) && /T([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/.test(value.value))) return refuse(`${value.value} is not a time of the calendar`);
  if (value.kind === "relative" && Math.abs(value.amount) > 100_000) return refuse("That is further away than dates are kept");
  if (rule.values && value.kind === "text" && !rule.values.includes(value.value)) {
    const near = findNearestName(value.value, rule.values);
    return refuse(`${rule.name} has no value ${quote(value.value)}; its values are ${rule.values.join(", ")}`, near === null ? null : quote(near));
  }
  return null;
}

function isCalendarDay(text: string): boolean {
  const [year, month, day] = text.split("-").map(Number);
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
