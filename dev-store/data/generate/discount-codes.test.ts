import { expect, it } from "vitest";
import { readDefinition } from "../../discounts/definition.ts";
import { describeOffer, listCodeOffers } from "./discount-codes.ts";

it("every seeded code is a discount that the checkout can read", () => {
  const offers = listCodeOffers(Date.UTC(2025, 0, 1), Date.UTC(2026, 11, 31));
  expect(offers.length).toBeGreaterThan(6);
  for (const offer of offers) {
    const definition = readDefinition(JSON.stringify(describeOffer(offer)));
    expect(definition.audience).toEqual({ kind: "all" });
    expect(definition.gets?.effect).toEqual(offer.kind === "percentage" ? { percentage: offer.value / 100 } : { amount: offer.value, onEachItem: false });
    expect(definition.minimum).toEqual(offer.minimumSubtotal > 0 ? { subtotal: offer.minimumSubtotal } : null);
  }
});
