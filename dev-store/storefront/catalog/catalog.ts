import type { Database } from "better-sqlite3";
import { readProduct, readVariant, type ProductRecord, type ProductRow, type VariantRecord, type VariantRow } from "./product-record.ts";

export interface CollectionRecord {
  readonly id: number;
  readonly handle: string;
  readonly title: string;
  readonly descriptionHtml: string;
}

export const collectionSorts = ["manual", "title-ascending", "price-ascending", "price-descending", "created-descending"] as const;
export type CollectionSort = (typeof collectionSorts)[number];

export interface ProductPage {
  readonly products: ProductRecord[];
  readonly total: number;
}

/** What a visitor may see: active products with a variant that are published by `nowMs`. */
export type Catalog = ReturnType<typeof createCatalog>;

const VISIBLE = "p.status = 'ACTIVE' AND p.published_at IS NOT NULL AND p.published_at <= @nowMs AND EXISTS (SELECT 1 FROM variants x WHERE x.product_id = p.id)";
const LOWEST_PRICE = "(SELECT MIN(price) FROM variants x WHERE x.product_id = p.id)";
const orders: Record<CollectionSort, string> = {
  manual: "position, p.id",
  "title-ascending": "p.title COLLATE NOCASE, p.id",
  "price-ascending": `${LOWEST_PRICE}, p.id`,
  "price-descending": `${LOWEST_PRICE} DESC, p.id`,
  "created-descending": "p.created_at DESC, p.id DESC",
};

export function createCatalog(db: Database, nowMs: () => number) {
  const byIds = db.prepare<[{ ids: string; nowMs: number }], ProductRow>(`SELECT p.* FROM products p WHERE p.id IN (SELECT value FROM json_each(@ids)) AND ${VISIBLE}`);
  const variantsByProducts = db.prepare<[{ ids: string }], VariantRow>("SELECT * FROM variants WHERE product_id IN (SELECT value FROM json_each(@ids)) ORDER BY product_id, position, id");
  const idByHandle = db.prepare<[string], { id: number }>("SELECT id FROM products WHERE handle = ?");
  const productOfVariant = db.prepare<[number], { product_id: number }>("SELECT product_id FROM variants WHERE id = ?");
  const collection = db.prepare<[string], { id: number; handle: string; title: string; description_html: string }>("SELECT * FROM collections WHERE handle = ?");
  const collections = db.prepare<[{ nowMs: number }], { id: number; handle: string; title: string; description_html: string; cover: number | null }>(
    `SELECT c.*, (SELECT p.id FROM collection_products cp JOIN products p ON p.id = cp.product_id WHERE cp.collection_id = c.id AND ${VISIBLE} ORDER BY cp.position, p.id LIMIT 1) AS cover FROM collections c ORDER BY c.id`,
  );
  const related = db.prepare<[{ id: number; type: string; vendor: string; nowMs: number; limit: number }], { id: number }>(
    `SELECT p.id FROM products p WHERE p.id <> @id AND ${VISIBLE} AND EXISTS (SELECT 1 FROM variants x WHERE x.product_id = p.id AND (x.tracked = 0 OR x.inventory_policy = 'CONTINUE' OR x.inventory_quantity > 0))
     ORDER BY (p.product_type = @type) DESC, (p.vendor = @vendor) DESC, ABS(p.id - @id), p.id LIMIT @limit`,
  );

  /** In the order of `ids`; what may not be seen is left out. */
  function listByIds(ids: readonly number[]): ProductRecord[] {
    if (ids.length === 0) return [];
    const wanted = JSON.stringify(ids);
    const variants = new Map<number, VariantRecord[]>();
    for (const row of variantsByProducts.all({ ids: wanted })) {
      const list = variants.get(row.product_id) ?? [];
      list.push(readVariant(row));
      variants.set(row.product_id, list);
    }
    const found = new Map(byIds.all({ ids: wanted, nowMs: nowMs() }).map((row) => [row.id, readProduct(row, variants.get(row.id) ?? [])]));
    return ids.flatMap((id) => found.get(id) ?? []);
  }

  function listPage(from: string, where: string, values: Record<string, string | number>, sort: CollectionSort, page: number, size: number): ProductPage {
    const parameters = { ...values, nowMs: nowMs() };
    const total = db.prepare<[typeof parameters], { n: number }>(`SELECT COUNT(*) AS n FROM ${from} WHERE ${where} AND ${VISIBLE}`).get(parameters)?.n ?? 0;
    const rows = db
      .prepare<[typeof parameters & { limit: number; offset: number }], { id: number }>(`SELECT p.id FROM ${from} WHERE ${where} AND ${VISIBLE} ORDER BY ${orders[sort]} LIMIT @limit OFFSET @offset`)
      .all({ ...parameters, limit: size, offset: (page - 1) * size });
    return { products: listByIds(rows.map((row) => row.id)), total };
  }

  return {
    listByIds,
    findById: (id: number): ProductRecord | null => listByIds([id])[0] ?? null,
    findByHandle(handle: string): ProductRecord | null {
      const row = idByHandle.get(handle);
      return row ? (listByIds([row.id])[0] ?? null) : null;
    },
    findByVariant(variantId: number): { product: ProductRecord; variant: VariantRecord } | null {
      const owner = productOfVariant.get(variantId);
      const product = owner ? listByIds([owner.product_id])[0] : undefined;
      const variant = product?.variants.find((candidate) => candidate.id === variantId);
      return product && variant ? { product, variant } : null;
    },
    findCollection(handle: string): CollectionRecord | null {
      const row = collection.get(handle);
      return row ? { id: row.id, handle: row.handle, title: row.title, descriptionHtml: row.description_html } : null;
    },
    /** With a product of each for its picture; null for an empty one. */
    listCollections(): { collection: CollectionRecord; cover: ProductRecord | null }[] {
      const rows = collections.all({ nowMs: nowMs() });
      const covers = new Map(listByIds(rows.flatMap((row) => row.cover ?? [])).map((product) => [product.id, product]));
      return rows.map((row) => ({
        collection: { id: row.id, handle: row.handle, title: row.title, descriptionHtml: row.description_html },
        cover: row.cover === null ? null : (covers.get(row.cover) ?? null),
      }));
    },
    listInCollection: (collectionId: number, sort: CollectionSort, page: number, size: number) =>
      listPage("collection_products cp JOIN products p ON p.id = cp.product_id", "cp.collection_id = @collectionId", { collectionId }, sort, page, size),
    listAll: (sort: CollectionSort, page: number, size: number) => listPage("(SELECT *, 0 AS position FROM products) p", "1 = 1", {}, sort, page, size),
    search: (words: string, page: number, size: number) =>
      listPage("(SELECT *, 0 AS position FROM products) p", "(p.title LIKE @like ESCAPE '\\' OR p.product_type LIKE @like ESCAPE '\\' OR p.vendor LIKE @like ESCAPE '\\')", { like: `%${words.replace(/[\\%_]/g, "\\$&")}%` }, "title-ascending", page, size),
    /** Shopify's own "related": same type, then same maker, what can be bought. */
    listRelated: (product: ProductRecord, limit: number) =>
      listByIds(related.all({ id: product.id, type: product.type, vendor: product.vendor, nowMs: nowMs(), limit }).map((row) => row.id)),
  };
}
