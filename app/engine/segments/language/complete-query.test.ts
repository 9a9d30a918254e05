import { describe, expect, it } from "vitest";
import { completeQuery } from "./complete-query.ts";
import type { ShopNames } from "./find-attribute.ts";

const names: ShopNames = { metafields: new Map([["metafields.facts.birth_date", "date"]]), segments: ["VIP", "O'Neil fans"] };

/** Candidates at the mark |, and what they replace. */
function at(marked: string) {
  const position = marked.indexOf("|");
  const text = marked.replace("|", "");
  const { span, candidates } = completeQuery(text, position, names);
  return { replaces: text.slice(span.start, span.end), texts: candidates.map((candidate) => candidate.text) };
}

describe("completion", () => {
  it("offers attributes first, those that begin with what was typed before those that hold it", () => {
    const { replaces, texts } = at("amount_spent > 5 AND number|");
    expect(replaces).toBe("number");
    expect(texts).toEqual(["number_of_orders", "predicted_number_of_orders"]);
    expect(at("|").texts).toContain("metafields.facts.birth_date");
  });

  it.each([
    ["rfm_group = '|", "'", ["'CHAMPIONS'", "'PROSPECTS'"]],
    ["rfm_group = |", "", ["'CHAMPIONS'"]],
    ["segments CONTAINS 'O|", "'O", ["'O\\'Neil fans'"]],
    ["last_order_date BETWEEN -12m AND tod|", "tod", ["today"]],
    ["products_purchased MATCHES (|", "", ["id", "collection_id", "sum_quantity"]],
    ["products_purchased MATCHES (id = 1, da|", "da", ["date"]],
    ["products_purchased MATCHES (id = 1, date >= |", "", ["-30d", "today"]],
    ["orders_placed MATCHES (discounted = t|", "t", ["true"]],
    ["last_order_date |", "", ["=", "BETWEEN", "IS NULL"]],
    ["customer_tags NOT CONTAINS 'x' |", "", ["AND", "OR"]],
    ["top_customers MATCHES (by = 'amount|", "'amount", ["'amount_spent'"]],
    ["orders_placed MATCHES (count > 1) AND rfm_gr|", "rfm_gr", ["rfm_group", "classic_rfm_group", "klaviyo_rfm_group"]],
  ])("%s", (marked, replaces, expected) => {
    const found = at(marked);
    expect(found.replaces).toBe(replaces);
    expect(found.texts).toEqual(expect.arrayContaining(expected));
  });

  it("offers no operator that the checker would refuse, and nothing after what cannot be read", () => {
    expect(at("customer_tags |").texts).toEqual(["CONTAINS", "NOT CONTAINS", "IS NULL", "IS NOT NULL"]);
    expect(at("amount_spent > > |").texts).toEqual([]);
  });
});
