import type { ProductRecord } from "../catalog/product-record.ts";
import { imageOf } from "../liquid/images.ts";
import { toHundredths } from "../money-format.ts";

/** A product as /products/:handle.js and /recommendations/products.json write it. */
export function productJson(product: ProductRecord, currency: string) {
  const cents = (minor: number) => toHundredths(minor, currency);
  const prices = product.variants.map((variant) => variant.price);
  const compared = product.variants.map((variant) => variant.compareAtPrice ?? 0);
  const image = imageOf(product);
  const isDefault = product.variants.length === 1 && product.variants[0].title === "Default Title";
  return {
    id: product.id, title: product.title, handle: product.handle, description: product.descriptionHtml, content: product.descriptionHtml,
    published_at: new Date(product.publishedAtMs).toISOString(), created_at: new Date(product.createdAtMs).toISOString(),
    vendor: product.vendor, type: product.type, tags: product.tags, available: product.variants.some((variant) => variant.isAvailable),
    price: cents(Math.min(...prices)), price_min: cents(Math.min(...prices)), price_max: cents(Math.max(...prices)), price_varies: Math.min(...prices) !== Math.max(...prices),
    compare_at_price: Math.max(...compared) > 0 ? cents(compared[0]) : null, compare_at_price_min: cents(Math.min(...compared)), compare_at_price_max: cents(Math.max(...compared)), compare_at_price_varies: Math.min(...compared) !== Math.max(...compared),
    variants: product.variants.map((variant) => ({
      id: variant.id, title: variant.title, option1: variant.options[0] ?? null, option2: variant.options[1] ?? null, option3: variant.options[2] ?? null, sku: variant.sku,
      requires_shipping: true, taxable: true, featured_image: null, available: variant.isAvailable, name: isDefault ? product.title : `${product.title} - ${variant.title}`,
      public_title: isDefault ? null : variant.title, options: variant.options, price: cents(variant.price), weight: 0,
      compare_at_price: variant.compareAtPrice === null ? null : cents(variant.compareAtPrice), inventory_management: variant.isLimited ? "shopify" : null, barcode: null, requires_selling_plan: false,
    })),
    images: image ? [image.src] : [], featured_image: image?.src ?? null,
    options: product.optionNames.map((name, at) => ({ name, position: at + 1, values: [...new Set(product.variants.map((variant) => variant.options[at]))] })),
    url: `/products/${product.handle}`, media: [], requires_selling_plan: false, selling_plan_groups: [],
  };
}
