import type { Failure } from "#app/core/failure.ts";
import type { Result } from "#app/core/result.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import type { AdminClient } from "#app/server/shopify/admin-client.server.ts";
import type { ActionOptions } from "../segments/create-segment.server.ts";
import { setBundleAssumptions } from "./bundle-assumptions.server.ts";
import { createBundleDiscount } from "./create-bundle-discount.server.ts";
import { endBundleDiscount } from "./end-bundle-discount.server.ts";
import { retryBundleDiscount } from "./retry-bundle-discount.server.ts";

/** The bundles page's forms: a discount to make, to try again or to end, and what is assumed of shoppers. */
export function actOnBundles(shop: ShopRef, client: AdminClient, form: FormData, options: ActionOptions = {}): Promise<Result<unknown, Failure>> {
  const text = (name: string) => String(form.get(name) ?? "").trim();
  const amountOf = (name: string) => (text(name) === "" ? NaN : Number(text(name)));
  const amountOrNone = (name: string) => (text(name) === "" ? null : Number(text(name)));
  switch (text("intent")) {
    case "end":
      return endBundleDiscount(shop, client, text("id"), options);
    case "retry":
      return retryBundleDiscount(shop, client, text("id"), options);
    case "assume": {
      const margin = amountOrNone("assumedMargin");
      return setBundleAssumptions(shop, { offered: amountOf("offered") / 100, perTenPercent: amountOf("perTenPercent") / 100, assumedMarginShare: margin === null ? null : margin / 100 }, options);
    }
    default:
      return createBundleDiscount(shop, client, {
        id: text("id"), title: text("title"), productIds: form.getAll("product").map(Number), percent: amountOf("percent"), method: text("method"), code: text("code") || null,
        usesPerOrder: amountOrNone("usesPerOrder"), startsAtMs: amountOf("startsAtMs"), endsAtMs: amountOrNone("endsAtMs"),
      }, options);
  }
}
