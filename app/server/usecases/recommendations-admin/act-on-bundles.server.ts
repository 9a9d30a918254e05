import type { Failure } from "#app/core/failure.ts";
import type { Result } from "#app/core/result.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import type { AdminClient } from "#app/server/shopify/admin-client.server.ts";
import type { ActionOptions } from "../segments/create-segment.server.ts";
import { createBundleDiscount } from "./create-bundle-discount.server.ts";
import { endBundleDiscount } from "./end-bundle-discount.server.ts";

/** The bundles page's form: a discount to make, or one to end. */
export function actOnBundles(shop: ShopRef, client: AdminClient, form: FormData, options: ActionOptions = {}): Promise<Result<unknown, Failure>> {
  const text = (name: string) => String(form.get(name) ?? "");
  if (text("intent") === "end") return endBundleDiscount(shop, client, text("id"), options);
  return createBundleDiscount(shop, client, { title: text("title"), code: text("code"), percent: text("percent").trim() === "" ? NaN : Number(text("percent")), productIds: form.getAll("product").map(Number) }, options);
}
