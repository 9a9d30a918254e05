import { z } from "zod";

/** Prices are minor units of the shop's currency. */
export interface VariantRecord {
  readonly id: number;
  readonly productId: number;
  readonly title: string;
  readonly sku: string | null;
  readonly options: readonly string[];
  readonly price: number;
  readonly compareAtPrice: number | null;
  readonly inventoryQuantity: number;
  /** False when the shelf may go below zero: not tracked, or sold on. */
  readonly isLimited: boolean;
  readonly isAvailable: boolean;
}

export interface ProductRecord {
  readonly id: number;
  readonly handle: string;
  readonly title: string;
  readonly descriptionHtml: string;
  readonly vendor: string;
  readonly type: string;
  readonly tags: readonly string[];
  readonly optionNames: readonly string[];
  readonly imagePath: string | null;
  readonly imageAlt: string | null;
  readonly createdAtMs: number;
  readonly publishedAtMs: number;
  readonly variants: readonly VariantRecord[];
}

export interface ProductRow {
  id: number; handle: string; title: string; description_html: string; vendor: string; product_type: string; tags: string;
  options: string; image_path: string | null; image_alt: string | null; created_at: number; published_at: number;
}

export interface VariantRow {
  id: number; product_id: number; title: string; sku: string | null; option_values: string; price: number;
  compare_at_price: number | null; inventory_quantity: number; inventory_policy: string; tracked: number;
}

const text = z.array(z.string()).catch([]);
// Options are written as words or as {name, ...}; values as words or as {name, value}.
const optionNames = z.array(z.union([z.string(), z.object({ name: z.string() }).transform((option) => option.name)])).catch([]);
const optionValues = z
  .array(z.union([z.string(), z.object({ value: z.string() }).transform((option) => option.value), z.object({ name: z.string() }).transform((option) => option.name)]))
  .catch([]);

export function readVariant(row: VariantRow): VariantRecord {
  const isLimited = row.tracked === 1 && row.inventory_policy !== "CONTINUE";
  const options = optionValues.parse(JSON.parse(row.option_values));
  return {
    id: row.id, productId: row.product_id, title: row.title, sku: row.sku, options: options.length > 0 ? options : [row.title], price: row.price,
    compareAtPrice: row.compare_at_price, inventoryQuantity: row.inventory_quantity, isLimited, isAvailable: !isLimited || row.inventory_quantity > 0,
  };
}

export function readProduct(row: ProductRow, variants: readonly VariantRecord[]): ProductRecord {
  const names = optionNames.parse(JSON.parse(row.options));
  return {
    id: row.id, handle: row.handle, title: row.title, descriptionHtml: row.description_html, vendor: row.vendor, type: row.product_type,
    tags: text.parse(JSON.parse(row.tags)), optionNames: names.length > 0 ? names : ["Title"], imagePath: row.image_path, imageAlt: row.image_alt,
    createdAtMs: row.created_at, publishedAtMs: row.published_at, variants,
  };
}

/** The variant a page opens with: the first that can be bought, else the first. */
export function pickVariant(product: ProductRecord, selectedId?: number | null): VariantRecord {
  const selected = selectedId ? product.variants.find((variant) => variant.id === selectedId) : undefined;
  return selected ?? product.variants.find((variant) => variant.isAvailable) ?? product.variants[0];
}
