import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hasBit } from "#app/engine/segments/evaluate/bitmap.ts";
import { SegmentEvaluator } from "#app/engine/segments/evaluate/segment-evaluator.ts";
import type { Expression } from "#app/engine/segments/language/ast.ts";
import { formatQuery } from "#app/engine/segments/language/format-query.ts";
import { parseQuery } from "#app/engine/segments/language/parse-query.ts";
import { anyConditions, evaluableConditions, expressionsOf } from "#tests/factories/segment-queries.ts";
import { makeSegmentShop } from "#tests/factories/segment-shop.ts";
import { NaiveEvaluator } from "#tests/harness/naive-segments.ts";

const RUNS = 10_000;

function parse(text: string): Expression {
  const parsed = parseQuery(text);
  if (!parsed.ok) throw new Error(`${parsed.error.message} at ${parsed.error.span.start}: ${text}`);
  return parsed.value;
}

/** Positions are those of the text that was read. */
function withoutSpans(expression: Expression): unknown {
  return JSON.parse(JSON.stringify(expression, (key, value: unknown) => (/span$/i.test(key) ? undefined : value)));
}

describe("reading and writing", () => {
  it("what is written reads as what it was", () => {
    fc.assert(fc.property(expressionsOf(anyConditions), (expression) => {
      expect(withoutSpans(parse(formatQuery(expression)))).toEqual(withoutSpans(expression));
    }), { numRuns: 2_000 });
  });

  it("any text is either read or refused with a place inside it", () => {
    const word = fc.constantFrom("amount_spent", "AND", "or", "NOT", "(", ")", ",", "=", ">=", "'a'", "'", "\\", "-7d", "12.5", "IN", "BETWEEN", "MATCHES", "IS", "NULL", "CONTAINS", "2026-01-01", "true", ":", "7_days_ago", "é", "😀");
    fc.assert(fc.property(fc.array(word, { maxLength: 12 }), (words) => {
      const text = words.join(" ");
      const parsed = parseQuery(text);
      if (parsed.ok) return;
      expect(parsed.error.message).not.toBe("");
      expect(parsed.error.span.start).toBeGreaterThanOrEqual(0);
      expect(parsed.error.span.start).toBeLessThanOrEqual(parsed.error.span.end);
      expect(parsed.error.span.end).toBeLessThanOrEqual(text.length);
    }), { numRuns: 2_000 });
  });
});

describe(`${RUNS} random queries`, () => {
  const segments = {
    VIP: parse("amount_spent >= 100 OR customer_tags CONTAINS 'vip'"),
    Loop: parse("number_of_orders > 2 AND segments CONTAINS 'Loop' OR segments CONTAINS 'VIP'"),
  };
  const shops = [["UTC", 1], ["America/New_York", 2], ["Asia/Kolkata", 3]] as const;
  it.each(shops)("agree with an evaluator that looks at one customer after the other (%s)", (timeZone, seed) => {
    const shop = makeSegmentShop(timeZone, seed);
    const naive = new NaiveEvaluator(shop, segments);
    const evaluator = new SegmentEvaluator(shop.snapshot, { extra: shop.extra, findSegment: (name) => (name === "VIP" || name === "Loop" ? segments[name] : null), mostKept: 50 });
    let undecided = 0;
    let members = 0;
    fc.assert(fc.property(expressionsOf(evaluableConditions), (expression) => {
      const expected = shop.customers.map((customer) => naive.holds(expression, customer));
      const found = evaluator.evaluate(expression);
      const ids = (wanted: boolean | null, of: readonly (boolean | null)[]) => shop.customers.filter((_, row) => of[row] === wanted).map((customer) => customer.id);
      const message = formatQuery(expression);
      expect(shop.customers.filter((_, row) => hasBit(found.members, row)).map((customer) => customer.id), message).toEqual(ids(true, expected));
      expect([found.count, found.undecided], message).toEqual([ids(true, expected).length, ids(null, expected).length]);
      const row = Math.abs(message.length * 31) % shop.customers.length;
      expect(evaluator.testRow(expression, row), message).toBe(expected[row]);
      if (found.undecided > 0) expect(found.missing, message).not.toEqual([]);
      undecided += found.undecided;
      members += found.count;
    }), { numRuns: Math.ceil(RUNS / shops.length) });
    // The comparison means something only when there was something to compare.
    expect(members).toBeGreaterThan(RUNS / 2);
    expect(undecided).toBeGreaterThan(RUNS / 10);
  });
});
