import { findRow, loadRows } from "#dev-store/db/load-rows.ts";
import type { CollectionRow, ProductRow, VariantRow } from "#dev-store/db/rows.ts";
import { gid, readGidOf } from "#dev-store/gid.ts";
import { isoSecond } from "#dev-store/time.ts";
import type { Api, Args, FieldTable } from "../field-types.ts";
import { addFields, textArg } from "../field-types.ts";
import { Group } from "../items.ts";
import type { Item } from "../items.ts";
import type { ListSpec } from "../list-rows.ts";
import { countRows, listRows } from "../list-rows.ts";
import { pageOf } from "../paging.ts";
import { amountFilter, enumFilter, idFilter, indexedDateFilter, numberFilter, tagFilter, textFilter, wordFilter } from "../search-sql.ts";
import { theLocation } from "./product-fields.ts";

const STOCK = "COALESCE((SELECT SUM(v.inventory_quantity) FROM variants v WHERE v.product_id = p.id AND v.tracked = 1), 0)";

export const PRODUCTS: ListSpec = {
  type: "Product",
  from: "products p",
  alias: "p",
  name: "products",
  search: {
    fields: {
      id: idFilter("p.id"),
      title: textFilter("p.title"),
      handle: textFilter("p.handle"),
      vendor: textFilter("p.vendor"),
      product_type: textFilter("p.product_type"),
      tag: tagFilter("p.tags"),
      status: enumFilter("p.status"),
      updated_at: indexedDateFilter("p.updated_at"),
      created_at: indexedDateFilter("p.created_at"),
      published_at: indexedDateFilter("p.published_at"),
      inventory_total: numberFilter(STOCK),
      collection_id: (term, setting) => {
        const id = idFilter("m.collection_id")(term, setting);
        return { sql: `EXISTS (SELECT 1 FROM collection_products m WHERE m.product_id = p.id AND ${id.sql})`, params: id.params };
      },
      sku: (term, setting) => {
        const sku = textFilter("v.sku")(term, setting);
        return { sql: `EXISTS (SELECT 1 FROM variants v WHERE v.product_id = p.id AND ${sku.sql})`, params: sku.params };
      },
      price: (term, setting) => {
        const price = amountFilter("v.price")(term, setting);
        return { sql: `EXISTS (SELECT 1 FROM variants v WHERE v.product_id = p.id AND ${price.sql})`, params: price.params };
      },
      out_of_stock_somewhere: ({ value }) => ({
        sql: "EXISTS (SELECT 1 FROM variants v WHERE v.product_id = p.id AND v.tracked = 1 AND v.inventory_quantity <= 0) = ?",
        params: [value === "true" ? 1 : 0],
      }),
    },
    text: wordFilter("p.title", "p.vendor", "p.product_type"),
  },
  sorts: {
    ID: "p.id", TITLE: "p.title", VENDOR: "p.vendor", PRODUCT_TYPE: "p.product_type", UPDATED_AT: "p.updated_at", CREATED_AT: "p.created_at",
    PUBLISHED_AT: "COALESCE(p.published_at, 0)", INVENTORY_TOTAL: STOCK, RELEVANCE: "p.id",
  },
  defaultSort: "ID",
};

export const VARIANTS: ListSpec = {
  type: "ProductVariant",
  from: "variants v",
  alias: "v",
  name: "productVariants",
  search: {
    fields: {
      id: idFilter("v.id"), product_id: idFilter("v.product_id"), sku: textFilter("v.sku"), title: textFilter("v.title"),
      inventory_quantity: numberFilter("v.inventory_quantity"),
      updated_at: (term, setting) => {
        const updated = indexedDateFilter("p.updated_at")(term, setting);
        return { sql: `EXISTS (SELECT 1 FROM products p WHERE p.id = v.product_id AND ${updated.sql})`, params: updated.params };
      },
      product_status: (term, setting) => {
        const status = enumFilter("p.status")(term, setting);
        return { sql: `EXISTS (SELECT 1 FROM products p WHERE p.id = v.product_id AND ${status.sql})`, params: status.params };
      },
    },
    text: wordFilter("v.title", "v.sku"),
  },
  sorts: { ID: "v.id", TITLE: "v.title", SKU: "COALESCE(v.sku, '')", POSITION: "v.position", INVENTORY_QUANTITY: "v.inventory_quantity", RELEVANCE: "v.id" },
  defaultSort: "ID",
};

export const COLLECTIONS: ListSpec = {
  type: "Collection",
  from: "collections k",
  alias: "k",
  name: "collections",
  search: {
    fields: { id: idFilter("k.id"), title: textFilter("k.title"), handle: textFilter("k.handle"), updated_at: indexedDateFilter("k.updated_at") },
    text: wordFilter("k.title"),
  },
  sorts: { ID: "k.id", TITLE: "k.title", UPDATED_AT: "k.updated_at", RELEVANCE: "k.id" },
  defaultSort: "ID",
};

/** `collection.products` sorts by another enum than `products` does. */
const IN_COLLECTION: ListSpec = {
  ...PRODUCTS,
  from: "collection_products m JOIN products p ON p.id = m.product_id",
  sorts: { ...PRODUCTS.sorts, COLLECTION_DEFAULT: "m.position", MANUAL: "m.position", CREATED: "p.created_at" },
};

export function addProductLists(table: FieldTable): void {
  const inCollection = (collection: Item<CollectionRow>) => ({ sql: "m.collection_id = ?", params: [collection.row.id] });
  addFields<Item<CollectionRow>>(table, "Collection", {
    id: ({ row }) => gid("Collection", row.id),
    legacyResourceId: ({ row }) => String(row.id),
    handle: ({ row }) => row.handle,
    title: ({ row }) => row.title,
    description: ({ row }) => row.description_html.replace(/<[^>]*>/g, " ").trim(),
    descriptionHtml: ({ row }) => row.description_html,
    updatedAt: ({ row }) => isoSecond(row.updated_at),
    templateSuffix: () => null,
    image: () => null,
    products: (collection, args, api) => listRows<ProductRow>(api, IN_COLLECTION, { sortKey: "COLLECTION_DEFAULT", ...args }, inCollection(collection)),
    productsCount: ({ row }, _, api) => ({
      count: api.db.prepare<[number], { n: number }>("SELECT count(*) AS n FROM collection_products WHERE collection_id = ?").get(row.id)?.n ?? 0,
      precision: "EXACT",
    }),
    hasProduct: ({ row }, args, api) =>
      api.db.prepare("SELECT 1 FROM collection_products WHERE collection_id = ? AND product_id = ?").get(row.id, readGidOf("Product", textArg(args, "id") ?? "")) !== undefined,
  });

  const byId = <Type extends "products" | "variants" | "collections">(rows: Type, type: string) => (_: unknown, args: Args, api: Api) => {
    const id = readGidOf(type, textArg(args, "id") ?? "");
    const row = id === null ? null : findRow(api.db, rows, id);
    return row ? new Group<{ readonly id: number }>(type, [row]).items[0] : null;
  };
  addFields<unknown>(table, "QueryRoot", {
    products: (_, args, api) => listRows<ProductRow>(api, PRODUCTS, args),
    productsCount: (_, args, api) => countRows(api, PRODUCTS, args),
    product: byId("products", "Product"),
    productVariants: (_, args, api) => listRows<VariantRow>(api, VARIANTS, args),
    productVariantsCount: (_, args, api) => countRows(api, VARIANTS, args),
    productVariant: byId("variants", "ProductVariant"),
    collections: (_, args, api) => listRows<CollectionRow>(api, COLLECTIONS, args),
    collectionsCount: (_, args, api) => countRows(api, COLLECTIONS, args),
    collection: byId("collections", "Collection"),
    inventoryItem: (_, args, api) => {
      const id = readGidOf("InventoryItem", textArg(args, "id") ?? "");
      const [row] = id === null ? [] : loadRows(api.db, "variants", [id], "inventory_item_id");
      return row ? { __typename: "InventoryItem", variant: new Group<VariantRow>("ProductVariant", [row]).items[0] } : null;
    },
    locations: (_, args, api) => pageOf([theLocation(api)], args, () => 1),
    location: (_, __, api) => theLocation(api),
  });
}
