import { expect, it } from "vitest";
import { MOST_DESCRIPTION } from "#app/core/records.ts";
import { incomingProduct, toProductPatch } from "./product.server.ts";

const sent = { id: 7, handle: "scarf", title: "Scarf", status: "active", updated_at: "2026-01-01T00:00:00Z", variants: [] };
const descriptionOf = (body_html: string | null | undefined) => toProductPatch(incomingProduct.parse({ ...sent, body_html }), { currency: "USD" }).description;

it("a product's text is kept without its marks, as Shopify's own plain field has it", () => {
  expect(descriptionOf("<p>Soft &amp; <b>warm</b>,\n wool&nbsp;&lt;100 %&gt;</p><ul><li>羊毛</li></ul>")).toBe("Soft & warm , wool <100 %> 羊毛");
  expect(descriptionOf(null)).toBe("");
  expect(descriptionOf(undefined)).toBe("");
  expect(descriptionOf("x".repeat(9000))).toHaveLength(MOST_DESCRIPTION);
});
