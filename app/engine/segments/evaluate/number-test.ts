import type { Comparison, Test, Value } from "../language/ast.ts";
import { resolveDate, type Today } from "./resolve-date.ts";

/** Half-open range [from, to) of a number line. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** What a number must be; NaN, which is "no value", passes only where absence is asked for. */
export type NumberTest =
  | { readonly kind: "ranges"; readonly ranges: readonly Range[]; readonly isNegated: boolean }
  | { readonly kind: "absent"; readonly isNegated: boolean };

export function passes(test: NumberTest, value: number): boolean {
  if (test.kind === "absent") return Number.isNaN(value) !== test.isNegated;
  if (Number.isNaN(value)) return false;
  for (let i = 0; i < test.ranges.length; i++) {
    if (value >= test.ranges[i].from && value < test.ranges[i].to) return !test.isNegated;
  }
  return test.isNegated;
}

/** The one range that a number has to lie in, where the test is no more than that. */
export function onlyRange(test: NumberTest): Range | null {
  return test.kind === "ranges" && !test.isNegated && test.ranges.length === 1 ? test.ranges[0] : null;
}

const scratch = new Float64Array(1);
const scratchBits = new BigInt64Array(scratch.buffer);

/** The next larger double, so that "x > v" is "x >= nextUp(v)" and every comparison becomes one range. */
export function nextUp(value: number): number {
  if (value === Infinity || Number.isNaN(value)) return value;
  scratch[0] = value + 0;
  scratchBits[0] += value >= 0 ? 1n : -1n;
  return scratch[0];
}

export function compileTest(test: Test, rangeOf: (value: Value) => Range): NumberTest {
  switch (test.kind) {
    case "compare":
      return compare(test.operator, rangeOf(test.value));
    case "between":
      return ranges([{ from: rangeOf(test.low).from, to: rangeOf(test.high).to }]);
    case "in":
      return ranges(test.values.map(rangeOf), test.isNegated);
    case "null":
      return { kind: "absent", isNegated: test.isNegated };
    case "contains":
      throw new Error("CONTAINS asks for a list");
  }
}

function ranges(list: readonly Range[], isNegated = false): NumberTest {
  return { kind: "ranges", ranges: list, isNegated };
}

function compare(operator: Comparison, { from, to }: Range): NumberTest {
  switch (operator) {
    case "=":
      return ranges([{ from, to }]);
    case "!=":
      return ranges([{ from, to }], true);
    case ">":
      return ranges([{ from: to, to: Infinity }]);
    case ">=":
      return ranges([{ from, to: Infinity }]);
    case "<":
      return ranges([{ from: -Infinity, to: from }]);
    case "<=":
      return ranges([{ from: -Infinity, to }]);
  }
}

/** `scale` turns written units into those of the column (100 for money in cents). */
export function compileNumber(test: Test, scale: number): NumberTest {
  return compileTest(test, (value) => {
    if (value.kind !== "number") throw new Error(`not a number: ${value.kind}`);
    // 1.15 * 100 is 114.99999999999999: a millionth of a minor unit is the finest that is meant.
    const exact = scale === 1 ? value.value : Math.round(value.value * scale * 1e6) / 1e6;
    return { from: exact, to: nextUp(exact) };
  });
}

export function compileDate(test: Test, today: Today): NumberTest {
  return compileTest(test, (value) => {
    const { fromMs, toMs } = resolveDate(value, today);
    return { from: fromMs, to: toMs };
  });
}

/** Texts that a test of texts lets through, as a predicate on one text. */
export function compileText(test: Test, isCaseless = false): (text: string) => boolean {
  const fold = (text: string) => (isCaseless ? text.toLowerCase() : text);
  const textOf = (value: Value) => {
    if (value.kind === "text") return fold(value.value);
    if (value.kind === "number") return String(value.value);
    throw new Error(`not a text: ${value.kind}`);
  };
  switch (test.kind) {
    case "compare": {
      const wanted = textOf(test.value);
      return test.operator === "!=" ? (text) => fold(text) !== wanted : (text) => fold(text) === wanted;
    }
    case "contains": {
      const wanted = textOf(test.value);
      return (text) => fold(text) === wanted;
    }
    case "in": {
      const wanted = new Set(test.values.map(textOf));
      return (text) => wanted.has(fold(text)) !== test.isNegated;
    }
    case "between":
    case "null":
      throw new Error(`${test.kind} is not asked of a text`);
  }
}
