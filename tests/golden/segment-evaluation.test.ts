import { describe, expect, it } from "vitest";
import { IdIndex } from "#app/engine/snapshot/id-index.ts";
import { classicGroupOf, shopifyGroupOf } from "#app/engine/features/rfm-schemes.ts";
import { countBits, hasBit, listBits } from "#app/engine/segments/evaluate/bitmap.ts";
import { explainMember } from "#app/engine/segments/evaluate/explain-member.ts";
import { SegmentEvaluator } from "#app/engine/segments/evaluate/segment-evaluator.ts";
import { checkQuery } from "#app/engine/segments/language/check-query.ts";
import { attributes, noShopNames } from "#app/engine/segments/language/find-attribute.ts";
import { parseQuery } from "#app/engine/segments/language/parse-query.ts";
import { makeSegmentShop } from "#tests/factories/segment-shop.ts";
import { makeSnapshot } from "#tests/factories/snapshot.ts";

const shop = makeSegmentShop("Europe/Berlin", 9, 1000);
const evaluator = new SegmentEvaluator(shop.snapshot, { extra: shop.extra });

function parse(text: string) {
  const parsed = parseQuery(text);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.value;
}

const evaluate = (text: string) => evaluator.evaluate(parse(text));
const members = (text: string) => Array.from(listBits(evaluate(text).members), (row) => shop.customers[row]);

describe("evaluation", () => {
  it("the empty query is everybody", () => {
    expect(evaluate("").count).toBe(1000);
  });

  it("scores, groups and code of a customer say the same", () => {
    for (const r of [1, 3, 5]) for (const f of [1, 4, 5]) for (const m of [1, 2, 5]) {
      const scores = `rfm_recency_score = ${r} AND rfm_frequency_score = ${f} AND rfm_monetary_score = ${m}`;
      const { count } = evaluate(scores);
      expect(evaluate(`rfm_code = '${r}${f}${m}'`).count).toBe(count);
      expect(evaluate(`${scores} AND classic_rfm_group = '${classicGroupOf(r, f, m)}' AND rfm_group = '${shopifyGroupOf(r, f, m)}'`).count).toBe(count);
    }
    expect(evaluate("rfm_group = 'PROSPECTS'").count).toBe(shop.customers.filter((customer) => customer.orders.every((order) => (order.flags & 1) === 0)).length);
  });

  it("every customer has one lifecycle stage, and the stages are those of the engine", () => {
    const stages = ["PROSPECT", "NEW", "ACTIVE", "LOYAL", "AT_RISK", "LAPSED", "WON_BACK"].map((stage) => evaluate(`lifecycle_stage = '${stage}'`).count);
    expect(stages.reduce((sum, count) => sum + count, 0)).toBe(1000);
    expect(stages[0]).toBe(evaluate("number_of_orders = 0").count);
    expect(evaluate("lifecycle_stage = 'NEW' AND number_of_orders != 1").count).toBe(0);
    expect(evaluate("lifecycle_stage = 'LOYAL' AND number_of_orders < 3").count).toBe(0);
  });

  it("a sample has its size, is the same each time, differs by seed and grows without anybody leaving", () => {
    expect(evaluate("random_sample MATCHES (count = 37, seed = 4)").count).toBe(37);
    const tenth = evaluate("random_sample MATCHES (percent = 10, seed = 4)");
    // Binomial(1000, 0.1) has a standard deviation of 9.5; the draw is fixed, so this holds or fails for good.
    expect(Math.abs(tenth.count - 100)).toBeLessThan(38);
    expect(evaluate("random_sample MATCHES (percent = 10, seed = 5)").members).not.toEqual(tenth.members);
    const fifth = evaluate("random_sample MATCHES (percent = 20, seed = 4)").members;
    expect(listBits(tenth.members).every((row) => hasBit(fifth, row))).toBe(true);
  });

  it("what has no data yet decides nothing and is named", () => {
    expect(evaluate("predicted_clv > 5")).toMatchObject({ count: 0, undecided: 1000, missing: [{ condition: "predicted_clv > 5", what: "predicted_clv" }] });
    const known = evaluate("number_of_orders > 2").count;
    expect(evaluate("number_of_orders > 2 OR predicted_clv > 5")).toMatchObject({ count: known, undecided: 1000 - known });
    expect(evaluate("number_of_orders > 2 AND NOT (predicted_clv > 5)")).toMatchObject({ count: 0, undecided: known });
    expect(evaluate("orders_placed MATCHES (app_id = 1)").missing).toEqual([{ condition: "orders_placed MATCHES (app_id = 1)", what: "app_id" }]);
  });

  it("every attribute either evaluates or says that it has no data", () => {
    for (const { name, example } of attributes) {
      const { missing, undecided } = evaluate(example);
      expect(missing.length > 0, name).toBe(undecided > 0);
    }
  });

  it("an expensive clause beside a rare one gives the members of both", () => {
    const rare = members("amount_spent > 270");
    expect(rare.length).toBeGreaterThan(0);
    expect(rare.length).toBeLessThan(62);
    const shoes = new Set(members("products_purchased MATCHES (product_type = 'Shoes')").map(({ id }) => id));
    expect(members("products_purchased MATCHES (product_type = 'Shoes', count >= 1) AND amount_spent > 270")).toEqual(rare.filter(({ id }) => shoes.has(id)));
  });

  it("a window of hours cuts at the hour", () => {
    const at = (iso: string) => Date.parse(iso);
    const two = makeSnapshot({ asOfMs: at("2026-03-20T12:00:00Z"), orders: [{ customer: 1, atMs: at("2026-03-19T12:00:00Z") }, { customer: 2, atMs: at("2026-03-19T11:59:59Z") }] });
    const found = new SegmentEvaluator(two).evaluate(parse("orders_placed MATCHES (date >= -24h)"));
    expect([...listBits(found.members)].map((row) => two.customers.id[row])).toEqual([1]);
  });

  it("an amount in a currency without minor units is taken as it stands", () => {
    const yen = { ...makeSnapshot({ orders: [{ customer: 1, atMs: -5, totalMinor: 500 }] }), currency: "JPY" };
    expect(countBits(new SegmentEvaluator(yen).evaluate(parse("amount_spent = 500")).members)).toBe(1);
  });
});

describe("explaining a member", () => {
  const query = parse("number_of_orders >= 2 AND (amount_spent > 150 OR predicted_clv > 10) AND NOT (customer_countries CONTAINS 'CA')");
  const index = new IdIndex(shop.snapshot.customers.id);

  it("shows at every clause whether it holds, and the customer's own values", () => {
    const customer = shop.customers.find(({ country, orders }) => country === "US" && orders.filter(({ flags }) => (flags & 1) !== 0).length === 3);
    if (!customer) throw new Error("the generated shop has no such customer");
    const spent = customer.orders.filter(({ flags }) => (flags & 1) !== 0).reduce((sum, order) => sum + order.totalMinor, 0) / 100;
    const explained = explainMember(evaluator, query, index.rowOf(customer.id));
    expect(explained).toMatchObject({
      kind: "and", holds: spent > 150 ? true : null,
      parts: [
        { text: "number_of_orders >= 2", holds: true, values: { number_of_orders: 3 } },
        { kind: "or", parts: [{ holds: spent > 150, values: { amount_spent: spent } }, { text: "predicted_clv > 10", holds: null, missing: "predicted_clv" }] },
        { kind: "not", holds: true, parts: [{ holds: false, values: { customer_countries: ["US"] } }] },
      ],
    });
  });

  it("passes the checker", () => {
    expect(checkQuery(query, noShopNames)).toEqual([]);
  });
});
