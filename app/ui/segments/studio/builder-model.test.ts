import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { attributes, noShopNames } from "#app/engine/segments/language/find-attribute.ts";
import { checkQuery } from "#app/engine/segments/language/check-query.ts";
import { formatQuery } from "#app/engine/segments/language/format-query.ts";
import { parseQuery } from "#app/engine/segments/language/parse-query.ts";
import { operatorsOf } from "#app/engine/segments/language/attribute-spec.ts";
import { firstCondition, firstValue, fromBuilder, newCondition, newGroup, replaceNode, toBuilder, withOperator, writeBuilder } from "./builder-model.ts";

function read(text: string) {
  const parsed = parseQuery(text);
  if (!parsed.ok) throw new Error(`${text}: ${parsed.error.message}`);
  return parsed.value;
}

const leaf = fc.constantFrom("number_of_orders >= 3", "last_order_date < -90d", "customer_tags NOT CONTAINS 'vip'", "products_purchased NOT MATCHES (id IN (1, 2), date >= -1y)", "rfm_group IN ('NEW', 'LOYAL')", "anniversary ('first_order_date') = today");
const query = fc.letrec<{ tree: string }>((tie) => ({
  tree: fc.oneof({ maxDepth: 4 }, leaf, fc.tuple(fc.constantFrom("AND", "OR"), fc.array(tie("tree"), { minLength: 2, maxLength: 3 })).map(([join, terms]) => terms.map((term) => `(${term})`).join(` ${join} `)), tie("tree").map((term) => `NOT (${term})`)),
})).tree;

describe("the builder's view", () => {
  it("is the same query, whatever stands in it", () => {
    fc.assert(fc.property(query, (text) => {
      const expression = read(text);
      expect(writeBuilder(toBuilder(expression))).toBe(formatQuery(expression));
    }));
  });

  it("says none and not-all for what is denied", () => {
    expect(toBuilder(read("NOT (amount_spent > 1 OR amount_spent < 2)"))).toMatchObject({ join: "none", nodes: [{ kind: "condition" }, { kind: "condition" }] });
    expect(toBuilder(read("NOT (amount_spent > 1 AND amount_spent < 2)"))).toMatchObject({ join: "not-all" });
    expect(toBuilder(read("NOT amount_spent > 1"))).toMatchObject({ join: "none", nodes: [{ kind: "condition" }] });
    expect(toBuilder(read(""))).toMatchObject({ join: "all", nodes: [] });
  });

  it("leaves out groups that are still empty", () => {
    const condition = read("amount_spent > 1");
    if (condition.kind !== "condition") throw new Error("condition");
    const tree = newGroup("all", [newGroup("any", []), newCondition(condition), newGroup("none", [newGroup("all", [])])]);
    expect(writeBuilder(tree)).toBe("amount_spent > 1");
    expect(fromBuilder(newGroup("any", []))).toBeNull();
  });

  it("replaces and takes out a part wherever it stands", () => {
    const tree = toBuilder(read("amount_spent > 1 AND (number_of_orders = 1 OR number_of_orders = 2)"));
    const inner = tree.nodes[1];
    if (inner.kind !== "group") throw new Error("group");
    expect(writeBuilder(replaceNode(tree, inner.nodes[0].id, null))).toBe("amount_spent > 1 AND number_of_orders = 2");
    expect(writeBuilder(replaceNode(tree, inner.id, { ...inner, join: "none" }))).toBe("amount_spent > 1 AND NOT (number_of_orders = 1 OR number_of_orders = 2)");
    expect(writeBuilder(replaceNode(tree, tree.id, null))).toBe("");
  });

  it.each(attributes.map((spec) => [spec.name, spec] as const))("begins a condition on %s that can be evaluated, with every operator", (name, spec) => {
    const known = (parameter: string) => (parameter === "segments" ? ["VIP"] : parameter === "coordinates" ? ["45.4,-75.7"] : []);
    const names = { ...noShopNames, segments: ["VIP"] };
    const first = firstCondition(spec, known);
    expect(checkQuery(read(formatQuery(first)), names)).toEqual([]);
    const { test } = first;
    if (spec.type === "function" || spec.type === "modifier" || test.kind === "matches") return;
    for (const operator of operatorsOf(spec)) {
      const changed = { ...first, test: withOperator(test, operator, firstValue(spec.type, spec.values, known(name))) };
      expect([operator, checkQuery(read(formatQuery(changed)), names)]).toEqual([operator, []]);
    }
  });
});
