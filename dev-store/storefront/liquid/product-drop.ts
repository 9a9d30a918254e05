import type { Database } from "better-sqlite3";
import type { Catalog } from "../catalog/catalog.ts";
import { pickVariant, type ProductRecord, type VariantRecord } from "../catalog/product-record.ts";
import { toHundredths } from "../money-format.ts";
import { imageOf } from "./images.ts";
import { createMetafieldReader, type MetafieldTree } from "./metafields.ts";

export interface DropSource {
  readonly db: Database;
  readonly catalog: Catalog;
  readonly currency: string;
  readonly appNamespace: string;
}

export type ProductDrop = ReturnType<ReturnType<typeof createProductDrops>>;
export type VariantDrop = ReturnType<typeof variantDrop>;

export function variantDrop(variant: VariantRecord, product: ProductRecord, currency: string) {
  const cents = (minor: number) => toHundredths(minor, currency);
  return {
    id: variant.id, title: variant.title, sku: variant.sku, price: cents(variant.price),
    compare_at_price: variant.compareAtPrice === null ? null : cents(variant.compareAtPrice),
    available: variant.isAvailable, options: variant.options, option1: variant.options[0] ?? null, option2: variant.options[1] ?? null, option3: variant.options[2] ?? null,
    inventory_quantity: variant.inventoryQuantity, inventory_management: variant.isLimited ? "shopify" : null, inventory_policy: variant.isLimited ? "deny" : "continue",
    featured_image: null, product_id: product.id, url: `/products/${product.handle}?variant=${variant.id}`,
  };
}

/** Turns records into what Liquid calls `product`. Metafields and what they point to are read when asked for. */
export function createProductDrops(source: DropSource) {
  const readMetafields = createMetafieldReader(source.db, source.appNamespace);
  const cents = (minor: number) => toHundredths(minor, source.currency);

  function toDrop(product: ProductRecord, selectedVariantId?: number | null) {
    const variants = product.variants.map((variant) => variantDrop(variant, product, source.currency));
    const dropOf = (variant: VariantRecord | undefined) => variants.find((candidate) => candidate.id === variant?.id) ?? null;
    const prices = product.variants.map((variant) => variant.price);
    const image = imageOf(product);
    const selected = product.variants.find((variant) => variant.id === selectedVariantId);
    return {
      id: product.id, title: product.title, handle: product.handle, url: `/products/${product.handle}`,
      description: product.descriptionHtml, content: product.descriptionHtml, vendor: product.vendor, type: product.type, tags: product.tags,
      price: cents(Math.min(...prices)), price_min: cents(Math.min(...prices)), price_max: cents(Math.max(...prices)), price_varies: Math.min(...prices) !== Math.max(...prices),
      compare_at_price: pickVariant(product).compareAtPrice === null ? null : cents(pickVariant(product).compareAtPrice ?? 0),
      available: product.variants.some((variant) => variant.isAvailable),
      variants, has_only_default_variant: product.variants.length === 1 && product.variants[0].title === "Default Title",
      options: product.optionNames,
      options_with_values: product.optionNames.map((name, at) => ({ name, position: at + 1, values: [...new Set(product.variants.map((variant) => variant.options[at]))] })),
      featured_image: image, images: image ? [image] : [],
      first_available_variant: dropOf(product.variants.find((variant) => variant.isAvailable)),
      selected_variant: dropOf(selected), selected_or_first_available_variant: dropOf(pickVariant(product, selectedVariantId)),
      created_at: new Date(product.createdAtMs).toISOString(), published_at: new Date(product.publishedAtMs).toISOString(),
      get metafields(): MetafieldTree {
        return readMetafields("PRODUCT", product.id, { products: (ids) => source.catalog.listByIds(ids).map((found): object => toDrop(found)) });
      },
    };
  }
  return toDrop;
}
