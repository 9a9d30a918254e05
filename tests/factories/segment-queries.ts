import fc from "fast-check";
import { comparisons, relativeUnits, type Condition, type Expression, type Matches, type Parameter, type Test, type Value } from "#app/engine/segments/language/ast.ts";
import { lineParameters } from "#app/engine/segments/language/shopify-attributes.ts";
import { PRODUCT_IDS, TAGS, TYPES, VENDORS } from "./segment-shop.ts";

const span = { start: 0, end: 0 };
type Values = fc.Arbitrary<Value>;

const numberOf = (values: fc.Arbitrary<number>): Values => values.map((value) => ({ kind: "number", value, span }));
const textOf = (values: fc.Arbitrary<string>): Values => values.map((value) => ({ kind: "text", value, span }));
const two = (n: number) => String(n).padStart(2, "0");
const day = fc.tuple(fc.integer({ min: 2025, max: 2026 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 })).map(([y, m, d]) => `${y}-${two(m)}-${two(d)}`);
/** No hours and no daylight-saving gaps in what is evaluated: those have tests of their own. */
const dates: Values = fc.oneof(
  day.map((value): Value => ({ kind: "day", value, span })),
  fc.tuple(day, fc.integer({ min: 4, max: 23 })).map(([value, hour]): Value => ({ kind: "instant", value: `${value}T${two(hour)}:00:00`, span })),
  fc.record({ amount: fc.integer({ min: -30, max: 2 }), unit: fc.constantFrom("d", "w", "m", "y", "h") }).map(({ amount, unit }): Value => ({ kind: "relative", amount: amount || -1, unit, span })),
  fc.constantFrom<"today" | "yesterday">("today", "yesterday").map((value): Value => ({ kind: "day-word", value, span })),
);

const compare = (values: Values, operators: readonly (typeof comparisons)[number][] = comparisons): fc.Arbitrary<Test> =>
  fc.record({ operator: fc.constantFrom(...operators), value: values }).map(({ operator, value }) => ({ kind: "compare", operator, value, span }));
const between = (values: Values): fc.Arbitrary<Test> => fc.record({ low: values, high: values }).map(({ low, high }) => ({ kind: "between", low, high, span }));
const within = (values: Values): fc.Arbitrary<Test> =>
  fc.record({ isNegated: fc.boolean(), values: fc.array(values, { minLength: 1, maxLength: 3 }) }).map((test) => ({ kind: "in", ...test, span }));
const contains = (values: Values): fc.Arbitrary<Test> => fc.record({ isNegated: fc.boolean(), value: values }).map((test) => ({ kind: "contains", ...test, span }));
const absent: fc.Arbitrary<Test> = fc.boolean().map((isNegated) => ({ kind: "null", isNegated, span }));

const numberTests = (values: fc.Arbitrary<number>) => fc.oneof(compare(numberOf(values)), between(numberOf(values)), within(numberOf(values)));
const textTests = (values: readonly string[]) => fc.oneof(compare(textOf(fc.constantFrom(...values)), ["=", "!="]), within(textOf(fc.constantFrom(...values))));
const dateTests = fc.oneof(compare(dates), between(dates));
const equals = (values: Values) => compare(values, ["="]);

const condition = (attribute: string, tests: fc.Arbitrary<Test | Matches>, argument: string | null = null): fc.Arbitrary<Condition> =>
  tests.map((test) => ({ kind: "condition", attribute, argument, attributeSpan: span, test, span }));
const parameter = (name: string, tests: fc.Arbitrary<Test>): fc.Arbitrary<Parameter> => tests.map((test) => ({ name, nameSpan: span, test }));
const matches = (always: readonly fc.Arbitrary<Parameter>[], sometimes: readonly fc.Arbitrary<Parameter>[]): fc.Arbitrary<Matches> =>
  fc.record({ isNegated: fc.boolean(), first: fc.tuple(...always), rest: fc.array(fc.oneof(...sometimes), { maxLength: 3 }) })
    .map(({ isNegated, first, rest }) => ({ kind: "matches", isNegated, parameters: [...first, ...rest], span }));

const small = fc.integer({ min: 0, max: 5 });
const amounts = fc.integer({ min: 0, max: 4_000 }).map((quarter) => quarter * 0.25);
const lineTests: Readonly<Record<string, fc.Arbitrary<Test>>> = {
  id: numberTests(fc.constantFrom(...PRODUCT_IDS, 99)), tag: textTests(["red", "Summer", "none"]), variant_id: numberTests(fc.integer({ min: 899, max: 904 })),
  product_type: textTests([...TYPES, "shoes"]), vendor: textTests(VENDORS), collection_id: fc.oneof(equals(numberOf(fc.constantFrom(71, 72, 73))), within(numberOf(fc.constantFrom(71, 72)))),
};
const linesOf = (prefix: string) => lineParameters(prefix).map(({ name }) => parameter(name, lineTests[name.slice(prefix.length)]));

/** Conditions that a shop of makeSegmentShop can answer, and one attribute of which it has no data. */
export const evaluableConditions: fc.Arbitrary<Condition> = fc.oneof(
  condition("number_of_orders", numberTests(small)), condition("amount_spent", numberTests(amounts)), condition("average_order_value", fc.oneof(numberTests(amounts), absent)),
  condition("discount_share", fc.oneof(numberTests(fc.constantFrom(0, 0.25, 0.5, 1)), absent)), condition("recency_days", fc.oneof(numberTests(fc.integer({ min: 0, max: 400 })), absent)),
  condition("units_bought", numberTests(small)), condition("last_order_date", fc.oneof(dateTests, dateTests, absent)), condition("first_order_date", fc.oneof(dateTests, absent)),
  condition("customer_added_date", dateTests), condition("customer_countries", fc.oneof(contains(textOf(fc.constantFrom("US", "us", "CA"))), absent)),
  condition("customer_tags", fc.oneof(contains(textOf(fc.constantFrom(...TAGS, "VIP", "SPÄTI", "x"))), absent)), condition("customer_email_domain", fc.oneof(textTests(["gmail.com", "Gmail.com", "qq.com"]), absent)),
  condition("email_subscription_status", textTests(["SUBSCRIBED", "PENDING"])), condition("predicted_clv", numberTests(small)), condition("segments", contains(textOf(fc.constantFrom("VIP", "Loop")))),
  condition("anniversary", fc.oneof(equals(dates), between(dates), fc.constant<Test>({ kind: "null", isNegated: false, span })), "metafields.facts.birth_date"),
  condition("products_purchased", matches([], [...linesOf(""), parameter("date", dateTests), parameter("quantity", numberTests(small)), parameter("count", numberTests(small)), parameter("sum_quantity", numberTests(small)), parameter("sum_amount", numberTests(amounts))])),
  condition("orders_placed", fc.oneof(absent, matches([], [
    parameter("date", dateTests), parameter("amount", numberTests(amounts)), parameter("count", numberTests(small)), parameter("sum_amount", numberTests(amounts)), parameter("average_amount", numberTests(amounts)),
    parameter("discounted", equals(fc.boolean().map((value): Value => ({ kind: "boolean", value, span })))), parameter("refunded", equals(fc.boolean().map((value): Value => ({ kind: "boolean", value, span })))),
    parameter("discount_amount", numberTests(amounts)), parameter("discount_code", textTests(["welcome", "VIP10"])),
  ]))),
  condition("first_order_contains", matches([], linesOf(""))), condition("last_order_contains", matches([], [...linesOf(""), parameter("date", dateTests)])),
  condition("order_contains", matches([parameter("position", equals(numberOf(fc.constantFrom(1, 2, 3, -1, -2))))], linesOf(""))),
  condition("products_purchased_in_sequence", matches([], [...linesOf("first_"), ...linesOf("then_"), parameter("first_date", dateTests), parameter("days_between", numberTests(fc.integer({ min: 0, max: 200 }))), parameter("hours_between", numberTests(fc.integer({ min: 0, max: 900 })))])),
  condition("top_customers", matches([parameter("by", equals(textOf(fc.constantFrom("amount_spent", "number_of_orders")))), parameter("percent", equals(numberOf(fc.constantFrom(0.5, 5, 33, 100))))], [parameter("by", equals(textOf(fc.constant("amount_spent"))))]).map((test) => ({ ...test, parameters: test.parameters.slice(0, 2) }))),
  condition("top_customers", matches([parameter("by", equals(textOf(fc.constantFrom("recency_days", "amount_spent")))), parameter("count", equals(numberOf(fc.integer({ min: 1, max: 90 }))))], [parameter("by", equals(textOf(fc.constant("amount_spent"))))]).map((test) => ({ ...test, parameters: test.parameters.slice(0, 2) }))),
);

/** Anything that can be written, sensible or not: for reading and writing alone. */
const anyValue: Values = fc.oneof(
  numberOf(fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value || 0))), textOf(fc.string({ unit: "binary" })), textOf(fc.constantFrom("'", "\\", "\\'", "a\\", "\n", "AND")), dates,
  fc.boolean().map((value): Value => ({ kind: "boolean", value, span })),
  fc.record({ amount: fc.integer({ min: -99, max: 99 }), unit: fc.constantFrom(...relativeUnits) }).map((value): Value => ({ kind: "relative", ...value, span })),
);
const anyName = fc.oneof(fc.stringMatching(/^[a-z_][a-z0-9_]{0,8}$/), fc.constantFrom("android", "in_x", "betweens", "null_able", "shopify_email.opened", "metafields.my-app.key-1", "isnt"))
  .filter((name) => !/^(and|or|not|in|is|null|between|contains|matches|true|false|today|yesterday)$/.test(name));
const anyTest: fc.Arbitrary<Test> = fc.oneof(compare(anyValue), between(anyValue), within(anyValue), contains(anyValue), absent);
const anyMatches: fc.Arbitrary<Matches> = fc.record({ isNegated: fc.boolean(), parameters: fc.array(fc.record({ name: anyName, nameSpan: fc.constant(span), test: anyTest }), { maxLength: 4 }) }).map((test) => ({ kind: "matches", ...test, span }));
export const anyConditions: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({ attribute: anyName, test: fc.oneof(anyTest, anyMatches) }).map(({ attribute, test }): Condition => ({ kind: "condition", attribute, argument: null, attributeSpan: span, test, span })),
  fc.record({ attribute: anyName, argument: fc.string(), test: anyTest }).map((rest): Condition => ({ kind: "condition", attributeSpan: span, span, ...rest })),
);

export function expressionsOf(conditions: fc.Arbitrary<Condition>): fc.Arbitrary<Expression> {
  return fc.letrec<{ any: Expression }>((tie) => ({
    any: fc.oneof(
      { maxDepth: 3, depthSize: "small" },
      conditions,
      fc.record({ kind: fc.constantFrom<"and" | "or">("and", "or"), terms: fc.array(tie("any"), { minLength: 2, maxLength: 3 }) }).map((group): Expression => ({ ...group, span })),
      tie("any").map((term): Expression => ({ kind: "not", term, span })),
    ),
  })).any;
}
