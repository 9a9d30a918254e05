import type { ShopRef } from "#app/core/shop-ref.ts";
import type { AdminClient } from "#app/server/shopify/admin-client.server.ts";
import { deleteProduct, writeProduct } from "#app/server/store/write-products.server.ts";
import { findWholeProduct } from "./read-whole-records.server.ts";

/** Reads one product from Shopify and writes all of it. False when nothing was written: what is stored is newer. */
export async function refreshProduct(shop: Pick<ShopRef, "id" | "currency">, productId: number, client: AdminClient, nowMs: number): Promise<boolean> {
  const found = await findWholeProduct(client, productId, shop.currency);
  return found ? writeProduct(shop.id, found.product, found.collections) : deleteProduct(shop.id, productId, nowMs);
}
