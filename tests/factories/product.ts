import type { ProductId, ShopId } from "#app/core/ids.ts";
import { getDb } from "#app/server/platform/db.server.ts";
import type { Prisma } from "#app/server/platform/generated/prisma/client.ts";
import { STORY_START_MS } from "./shop.ts";

type Columns = Partial<Omit<Prisma.ProductUncheckedCreateInput, "shopId" | "id">>;

/** A product in stock with one variant, whose id and inventory item id are the product's times ten and times hundred. */
export async function createProduct(shopId: ShopId, id: number, columns: Columns = {}): Promise<ProductId> {
  const at = new Date(STORY_START_MS);
  await getDb().product.create({
    data: {
      shopId, id: BigInt(id), handle: `product-${id}`, title: `Product ${id}`, status: "ACTIVE", vendor: "Acme", productType: "Shirt", minPriceMinor: 2000n,
      totalInventory: 10, tracksInventory: true, createdAt: at, publishedAt: at, updatedAt: at, ...columns,
    },
  });
  await getDb().variant.create({
    data: {
      shopId, id: BigInt(id * 10), productId: BigInt(id), title: "Default Title", priceMinor: 2000n, inventoryItemId: BigInt(id * 100), inventoryQuantity: 10,
      inventoryPolicy: "DENY", isTracked: true, isAvailable: true,
    },
  });
  return id as ProductId;
}
