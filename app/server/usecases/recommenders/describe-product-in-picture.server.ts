import type { ProductFacts } from "#app/core/product-views.ts";
import { describeProduct } from "#app/engine/recommend/tasks/describe-product.ts";
import { rowOfProduct } from "#app/engine/recommend/tasks/row-index.ts";
import type { ShopPicture } from "../picture/shop-picture.server.ts";
import { openServing } from "./shop-serving.server.ts";

/** null for a product that the picture does not hold. */
export function describeProductInPicture({ shop, snapshot }: ShopPicture, { productId }: { readonly productId: number }): ProductFacts | null {
  const row = rowOfProduct(snapshot, productId);
  return row < 0 ? null : describeProduct(openServing(shop.id, snapshot), row);
}
