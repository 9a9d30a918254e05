import { describe, expect, it } from "vitest";
import { makeSegmentShop } from "#tests/factories/segment-shop.ts";
import { SegmentEvaluator } from "../evaluate/segment-evaluator.ts";
import { checkQuery } from "../language/check-query.ts";
import { parseQuery } from "../language/parse-query.ts";
import { fillTemplate } from "./fill-template.ts";
import { templateFamilies } from "./segment-template.ts";
import { segmentTemplates } from "./segment-templates.ts";

const shop = makeSegmentShop("Europe/Berlin", 9, 300);
const evaluator = new SegmentEvaluator(shop.snapshot, { extra: shop.extra });
const names = { metafields: new Map([["metafields.facts.birth_date", "date" as const]]), segments: [] };
const chosen = { "product-type": "Shoes", "birth-date": "metafields.facts.birth_date", segment: "VIP" };

describe("templates", () => {
  it("are many, have keys of their own and fill every shelf", () => {
    expect(segmentTemplates.length).toBeGreaterThan(30);
    expect(new Set(segmentTemplates.map(({ key }) => key)).size).toBe(segmentTemplates.length);
    expect(new Set(segmentTemplates.map(({ family }) => family))).toEqual(new Set(templateFamilies));
  });

  it.each(segmentTemplates.filter(({ choice }) => choice !== "segment").map((template) => [template.key, template] as const))("%s parses, checks and is answered", (_, template) => {
    expect(fillTemplate(template, null) === null).toBe(template.choice !== undefined);
    const query = fillTemplate(template, template.choice ? chosen[template.choice] : null);
    const parsed = parseQuery(query ?? "?");
    if (!parsed.ok) throw new Error(parsed.error.message);
    expect(checkQuery(parsed.value, names)).toEqual([]);
    const { count, undecided, missing } = evaluator.evaluate(parsed.value);
    expect(count + undecided).toBeLessThanOrEqual(300);
    // Nobody is silently left out: what cannot be decided is named.
    expect(undecided === 0 || missing.length > 0).toBe(true);
  });
});
