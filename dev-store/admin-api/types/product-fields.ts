import { loadRows } from "#dev-store/db/load-rows.ts";
import type { CollectionRow, ProductRow, VariantRow } from "#dev-store/db/rows.ts";
import { gid } from "#dev-store/gid.ts";
import { imageUrl } from "#dev-store/image-url.ts";
import { formatAmount } from "#dev-store/money.ts";
import { isoSecond } from "#dev-store/time.ts";
import type { Api, Args, FieldTable } from "../field-types.ts";
import { addFields, intArg, textArg } from "../field-types.ts";
import { Group, many, one } from "../items.ts";
import type { Item } from "../items.ts";
import { pageOf } from "../paging.ts";
import { moneyV2, readTexts } from "../values.ts";

type Product = Item<ProductRow>;
type Variant = Item<VariantRow>;

export const LOCATION_ID = 1;

const variantsOf = (product: Product, api: Api) =>
  many(product, "variants", "ProductVariant", (ids) => loadRows(api.db, "variants", ids, "product_id", "product_id, position, id"), (variant) => variant.product_id);

const productOf = (variant: Variant, api: Api) => one(variant, "product", (row) => row.product_id, (ids) => new Group("Product", loadRows(api.db, "products", ids)));

type Membership = CollectionRow & { readonly product_id: number };

const collectionsOf = (product: Product, api: Api) =>
  many(
    product, "collections", "Collection",
    (ids) =>
      api.db
        .prepare<[string], Membership>(
          "SELECT k.*, m.product_id FROM collection_products m JOIN collections k ON k.id = m.collection_id WHERE m.product_id IN (SELECT value FROM json_each(?)) ORDER BY m.product_id, k.id",
        )
        .all(JSON.stringify(ids)),
    (row) => row.product_id,
  );

/** Never requires a paid currency conversion or a media library: a product has at most one picture. */
function imageOf(row: ProductRow, api: Api): object | null {
  if (row.image_path === null) return null;
  return { id: gid("ImageSource", row.id), url: imageUrl(row.image_path, api.store.config.origin), altText: row.image_alt, width: 800, height: 800 };
}

function mediaOf(row: ProductRow, api: Api): { __typename: string; rowId: number } | null {
  const image = imageOf(row, api);
  if (!image) return null;
  return Object.assign({ __typename: "MediaImage", rowId: row.id }, {
    id: gid("MediaImage", row.id), alt: row.image_alt, image, mediaContentType: "IMAGE", status: "READY", preview: { image, status: "READY" },
  });
}

const isForSale = (row: VariantRow) => row.tracked === 0 || row.inventory_policy === "CONTINUE" || row.inventory_quantity > 0;
const plainText = (html: string) => html.replace(/<[^>]*>/g, " ").replace(/\s+/g, " ").trim();
const truncated = (text: string, args: Args) => (intArg(args, "truncateAt") === null ? text : text.slice(0, intArg(args, "truncateAt") ?? undefined));
const pageUrl = (path: string, api: Api) => `${api.store.config.origin}${path}`;

function optionsOf(row: ProductRow, variants: readonly Variant[]): { id: string; name: string; position: number; values: string[] }[] {
  const found: unknown = JSON.parse(row.options);
  const names = Array.isArray(found) ? found.map((entry: unknown) => (typeof entry === "object" && entry !== null && "name" in entry ? String(entry.name) : String(entry))) : [];
  return (names.length ? names : ["Title"]).map((name, index) => ({
    id: gid("ProductOption", row.id * 10 + index),
    name,
    position: index + 1,
    values: [...new Set(variants.map((variant) => readTexts(variant.row.option_values)[index] ?? variant.row.title))],
  }));
}

export function addProductFields(table: FieldTable): void {
  const range = (product: Product, _: Args, api: Api) => {
    const prices = variantsOf(product, api).map(({ row }) => row.price);
    const money = (minor: number) => moneyV2(minor, api.store.shop.currency);
    return { minVariantPrice: money(prices.length ? Math.min(...prices) : 0), maxVariantPrice: money(prices.length ? Math.max(...prices) : 0) };
  };
  addFields<Product>(table, "Product", {
    id: ({ row }) => gid("Product", row.id),
    legacyResourceId: ({ row }) => String(row.id),
    handle: ({ row }) => row.handle,
    title: ({ row }) => row.title,
    description: ({ row }, args) => truncated(plainText(row.description_html), args),
    descriptionHtml: ({ row }) => row.description_html,
    status: ({ row }) => row.status,
    vendor: ({ row }) => row.vendor,
    productType: ({ row }) => row.product_type,
    tags: ({ row }) => readTexts(row.tags),
    createdAt: ({ row }) => isoSecond(row.created_at),
    updatedAt: ({ row }) => isoSecond(row.updated_at),
    publishedAt: ({ row }) => (row.published_at === null ? null : isoSecond(row.published_at)),
    category: () => null,
    isGiftCard: () => false,
    templateSuffix: () => null,
    featuredMedia: ({ row }, _, api) => mediaOf(row, api),
    featuredImage: ({ row }, _, api) => imageOf(row, api),
    media: ({ row }, args, api) => pageOf([mediaOf(row, api)].filter((media) => media !== null), args, (media) => media.rowId),
    priceRangeV2: range,
    priceRange: range,
    totalInventory: (product, _, api) => variantsOf(product, api).reduce((sum, { row }) => sum + (row.tracked ? row.inventory_quantity : 0), 0),
    tracksInventory: (product, _, api) => variantsOf(product, api).some(({ row }) => row.tracked === 1),
    hasOutOfStockVariants: (product, _, api) => variantsOf(product, api).some(({ row }) => !isForSale(row)),
    hasOnlyDefaultVariant: (product, _, api) => variantsOf(product, api).every(({ row }) => row.title === "Default Title"),
    variantsCount: (product, _, api) => ({ count: variantsOf(product, api).length, precision: "EXACT" }),
    variants: (product, args, api) => pageOf(variantsOf(product, api), args, (variant) => variant.row.id),
    collections: (product, args, api) => pageOf(collectionsOf(product, api), args, (collection) => collection.row.id),
    options: (product, args, api) => optionsOf(product.row, variantsOf(product, api)).slice(0, intArg(args, "first") ?? undefined),
    onlineStoreUrl: ({ row }, _, api) => (row.published_at === null || row.status !== "ACTIVE" ? null : pageUrl(`/products/${row.handle}`, api)),
    onlineStorePreviewUrl: ({ row }, _, api) => pageUrl(`/products/${row.handle}`, api),
    inCollection: (product, args, api) => collectionsOf(product, api).some(({ row }) => gid("Collection", row.id) === textArg(args, "id")),
  });

  addFields<Variant>(table, "ProductVariant", {
    id: ({ row }) => gid("ProductVariant", row.id),
    legacyResourceId: ({ row }) => String(row.id),
    title: ({ row }) => row.title,
    displayName: (variant, _, api) => `${productOf(variant, api)?.row.title ?? ""} - ${variant.row.title}`,
    sku: ({ row }) => row.sku,
    barcode: () => null,
    position: ({ row }) => row.position,
    price: ({ row }, _, api) => formatAmount(row.price, api.store.shop.currency),
    compareAtPrice: ({ row }, _, api) => (row.compare_at_price === null ? null : formatAmount(row.compare_at_price, api.store.shop.currency)),
    inventoryQuantity: ({ row }) => row.inventory_quantity,
    sellableOnlineQuantity: ({ row }) => Math.max(0, row.inventory_quantity),
    inventoryPolicy: ({ row }) => row.inventory_policy,
    availableForSale: ({ row }) => isForSale(row),
    taxable: () => true,
    createdAt: (variant, _, api) => isoSecond(productOf(variant, api)?.row.created_at ?? 0),
    updatedAt: (variant, _, api) => isoSecond(productOf(variant, api)?.row.updated_at ?? 0),
    image: (variant, _, api) => {
      const product = productOf(variant, api);
      return product ? imageOf(product.row, api) : null;
    },
    selectedOptions: (variant, _, api) => {
      const product = productOf(variant, api);
      const values = readTexts(variant.row.option_values);
      return product ? optionsOf(product.row, [variant]).map(({ name }, index) => ({ name, value: values[index] ?? variant.row.title })) : [];
    },
    product: (variant, _, api) => productOf(variant, api),
    inventoryItem: (variant) => ({ __typename: "InventoryItem", variant }),
  });

  addFields<{ variant: Variant }>(table, "InventoryItem", {
    id: ({ variant }) => gid("InventoryItem", variant.row.inventory_item_id),
    legacyResourceId: ({ variant }) => String(variant.row.inventory_item_id),
    sku: ({ variant }) => variant.row.sku,
    tracked: ({ variant }) => variant.row.tracked === 1,
    requiresShipping: () => true,
    unitCost: ({ variant }, _, api) => (variant.row.cost === null ? null : moneyV2(variant.row.cost, api.store.shop.currency)),
    variants: ({ variant }, args) => pageOf([variant], args, ({ row }) => row.id),
    inventoryLevels: ({ variant }, args) => pageOf([{ __typename: "InventoryLevel", variant }], args, () => variant.row.inventory_item_id),
    inventoryLevel: ({ variant }) => ({ __typename: "InventoryLevel", variant }),
  });

  addFields<{ variant: Variant }>(table, "InventoryLevel", {
    id: ({ variant }) => `${gid("InventoryLevel", LOCATION_ID)}?inventory_item_id=${variant.row.inventory_item_id}`,
    isActive: () => true,
    item: ({ variant }) => ({ __typename: "InventoryItem", variant }),
    location: (_, __, api) => theLocation(api),
    // One warehouse and nothing reserved: what is on hand is available.
    quantities: ({ variant }, args) =>
      (Array.isArray(args["names"]) ? args["names"] : []).map((name: unknown) => ({
        id: gid("InventoryQuantity", variant.row.inventory_item_id), name: String(name),
        quantity: name === "available" || name === "on_hand" ? variant.row.inventory_quantity : 0,
      })),
  });
}


export const theLocation = (api: Api): object => ({
  __typename: "Location", id: gid("Location", LOCATION_ID), legacyResourceId: String(LOCATION_ID), name: `${api.store.shop.name} warehouse`, isActive: true,
  shipsInventory: true, fulfillsOnlineOrders: true,
});
