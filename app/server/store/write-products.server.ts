import type { ShopId } from "#app/core/ids.ts";
import type { ProductRecord, VariantRecord } from "#app/core/records.ts";
import type { ProductPatch, VariantPatch } from "#app/core/webhook-payloads.ts";
import { atomically, bit, NEWER_WINS, statement, staysDeleted, upsertSql } from "./statements.server.ts";

/** What Shopify says of a product itself, without variants and collections. */
export type ProductHead = Omit<ProductRecord, "variants" | "collectionIds">;

export interface CollectionRow {
  readonly id: number;
  readonly handle: string;
  readonly title: string;
}

const PRODUCT = upsertSql({
  table: "Product",
  key: ["shopId", "id"],
  columns: ["handle", "title", "status", "vendor", "productType", "tags", "description", "imageUrl", "imageAlt", "createdAt", "publishedAt", "updatedAt"],
  // Counted from the variants once they are here.
  start: { minPriceMinor: "0", totalInventory: "0", tracksInventory: "0" },
  also: [staysDeleted("Product")],
  onlyIf: NEWER_WINS,
});

const known = ["productId", "title", "sku", "priceMinor", "compareAtMinor", "inventoryItemId", "inventoryQuantity", "inventoryPolicy"] as const;
const VARIANT = upsertSql({ table: "Variant", key: ["shopId", "id"], columns: [...known, "costMinor", "isTracked", "isAvailable"] });
/** A webhook does not tell cost and tracking: a known variant keeps its own, a new one counts as tracked until it is read. */
const VARIANT_PATCH = upsertSql({ table: "Variant", key: ["shopId", "id"], columns: known, start: { isTracked: "1", isAvailable: "1" } });
const JUDGE = `UPDATE "Variant" SET "isAvailable" = NOT ("isTracked" AND "inventoryQuantity" <= 0 AND "inventoryPolicy" = 'DENY') WHERE "shopId" = ? AND "productId" = ?`;

/** False when the stored product is newer. */
export function writeProductHead(shopId: ShopId, product: ProductHead): boolean {
  return statement(PRODUCT).run(
    shopId, product.id, product.handle, product.title, product.status, product.vendor, product.productType, JSON.stringify(product.tags),
    product.description, product.imageUrl, product.imageAlt, product.createdAtMs, product.publishedAtMs, product.updatedAtMs,
  ).changes > 0;
}

const knownValues = (productId: number, variant: VariantPatch) =>
  [productId, variant.title, variant.sku, variant.priceMinor, variant.compareAtMinor, variant.inventoryItemId, variant.inventoryQuantity, variant.inventoryPolicy];

export function writeVariant(shopId: ShopId, productId: number, variant: VariantRecord): void {
  statement(VARIANT).run(shopId, variant.id, ...knownValues(productId, variant), variant.costMinor, bit(variant.isTracked), bit(variant.isAvailable));
}

const COLLECTION = upsertSql({ table: "Collection", key: ["shopId", "id"], columns: ["handle", "title"] });
const MEMBERSHIP = upsertSql({ table: "ProductCollection", key: ["shopId", "productId", "collectionId"], columns: [] });

export function writeCollection(shopId: ShopId, collection: CollectionRow): void {
  statement(COLLECTION).run(shopId, collection.id, collection.handle, collection.title);
}

export function writeMembership(shopId: ShopId, productId: number, collectionId: number): void {
  statement(MEMBERSHIP).run(shopId, productId, collectionId);
}

/** A whole product as read from Shopify: variants and memberships that it no longer has go. False when the stored one is newer. */
export function writeProduct(shopId: ShopId, product: ProductRecord, collections: readonly CollectionRow[]): boolean {
  return atomically(() => {
    if (!writeProductHead(shopId, product)) return false;
    keepVariants(shopId, product.id, product.variants);
    for (const variant of product.variants) writeVariant(shopId, product.id, variant);
    statement(`DELETE FROM "ProductCollection" WHERE "shopId" = ? AND "productId" = ?`).run(shopId, product.id);
    for (const collection of collections) writeCollection(shopId, collection);
    for (const collectionId of product.collectionIds) writeMembership(shopId, product.id, collectionId);
    countVariants(shopId, product.id);
    return true;
  });
}

/** What a webhook tells of a product; cost, tracking and collections keep what they were. False when the stored one is newer. */
export function patchProduct(shopId: ShopId, patch: ProductPatch): boolean {
  return atomically(() => {
    if (!writeProductHead(shopId, patch)) return false;
    if (patch.hasAllVariants) keepVariants(shopId, patch.id, patch.variants);
    for (const variant of patch.variants) statement(VARIANT_PATCH).run(shopId, variant.id, ...knownValues(patch.id, variant));
    statement(JUDGE).run(shopId, patch.id);
    countVariants(shopId, patch.id);
    return true;
  });
}

function keepVariants(shopId: ShopId, productId: number, variants: readonly { id: number }[]): void {
  statement(`DELETE FROM "Variant" WHERE "shopId" = ? AND "productId" = ? AND "id" NOT IN (SELECT value FROM json_each(?))`)
    .run(shopId, productId, JSON.stringify(variants.map((variant) => variant.id)));
}

const ofProduct = (what: string) => `(SELECT coalesce(${what}, 0) FROM "Variant" v WHERE v."shopId" = "Product"."shopId" AND v."productId" = "Product"."id")`;
const COUNT = `UPDATE "Product" SET "minPriceMinor" = ${ofProduct(`min(v."priceMinor")`)}, "tracksInventory" = ${ofProduct(`max(v."isTracked")`)},
  "totalInventory" = ${ofProduct(`sum(CASE WHEN v."isTracked" THEN v."inventoryQuantity" ELSE 0 END)`)} WHERE "shopId" = ?`;

function countVariants(shopId: ShopId, productId: number): void {
  statement(`${COUNT} AND "id" = ?`).run(shopId, productId);
}

/** The same for every product of the shop, once, at the end of a bulk read. */
export function countAllVariants(shopId: ShopId): void {
  statement(COUNT).run(shopId);
}

const DELETE = `INSERT INTO "Product" ("shopId", "id", "handle", "title", "status", "vendor", "productType", "minPriceMinor", "totalInventory", "tracksInventory", "createdAt", "updatedAt", "deletedAt")
  VALUES (?, ?, '', '', 'ARCHIVED', '', '', 0, 0, 0, 0, 0, ?)
  ON CONFLICT ("shopId", "id") DO UPDATE SET "deletedAt" = max(coalesce("deletedAt", 0), excluded."deletedAt") WHERE excluded."deletedAt" >= "updatedAt"`;

/** Also of a product not seen yet: the row it leaves keeps a late, older record from bringing the product back. */
export function deleteProduct(shopId: ShopId, productId: number, atMs: number): boolean {
  return statement(DELETE).run(shopId, productId, atMs).changes > 0;
}

/** Products that changed after the instant: their variants in an older bulk file are old news. */
export function listProductsNewerThan(shopId: ShopId, instantMs: number): Set<number> {
  const ids = statement(`SELECT "id" FROM "Product" WHERE "shopId" = ? AND "updatedAt" > ?`).pluck().all(shopId, instantMs);
  return new Set(ids.filter((id) => typeof id === "number"));
}

/** Null when no variant of the shop has this inventory item. */
export function findProductOfInventoryItem(shopId: ShopId, inventoryItemId: number): number | null {
  const id = statement(`SELECT "productId" FROM "Variant" WHERE "shopId" = ? AND "inventoryItemId" = ?`).pluck().get(shopId, inventoryItemId);
  return typeof id === "number" ? id : null;
}
