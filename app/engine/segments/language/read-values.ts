import type { IToken } from "chevrotain";
import { comparisons, relativeUnits, type Comparison, type RelativeUnit, type Span, type Value } from "./ast.ts";

export function spanOf(token: IToken): Span {
  return { start: token.startOffset, end: token.startOffset + token.image.length };
}

/** `\'` is a quote and `\\` a backslash; a backslash before anything else is itself. */
export function readText(token: IToken): Value {
  return { kind: "text", value: unquote(token.image), span: spanOf(token) };
}

export function unquote(image: string): string {
  return image.slice(1, -1).replace(/\\(['\\])/g, "$1");
}

export function readNumber(token: IToken): Value {
  return { kind: "number", value: Number(token.image) || 0, span: spanOf(token) };
}

export function readRelative(token: IToken): Value {
  const { image } = token;
  return { kind: "relative", amount: Number(image.slice(0, -1)) || 0, unit: unitOf(image.slice(-1)), span: spanOf(token) };
}

/** 7_days_ago is -7d. */
export function readAgo(token: IToken): Value {
  const [amount, unit = "d"] = token.image.split("_");
  return { kind: "relative", amount: -Number(amount) || 0, unit: unitOf(unit[0]), span: spanOf(token) };
}

export function readDayWord(token: IToken): Value {
  return { kind: "day-word", value: token.image.toLowerCase() === "yesterday" ? "yesterday" : "today", span: spanOf(token) };
}

/** While chevrotain records the grammar it passes made-up tokens, so an unknown image is not an error here. */
export function readComparison(token: IToken): Comparison {
  return comparisons.find((operator) => operator === token.image) ?? "=";
}

function unitOf(letter: string): RelativeUnit {
  return relativeUnits.find((unit) => unit === letter) ?? "d";
}
