import { z } from "zod";
import { parseMinor } from "#app/core/money.ts";
import { MOST_DESCRIPTION, productRecord, variantRecord } from "#app/core/records.ts";
import type { ProductPatch } from "#app/core/webhook-payloads.ts";
import { instant, price, shopifyId, tagList } from "./fields.server.ts";

const upper = z.string().transform((text) => text.toUpperCase());

export const incomingProduct = z.object({
  id: shopifyId,
  handle: z.string(),
  title: z.string(),
  status: upper.pipe(productRecord.shape.status),
  vendor: z.string().nullish(),
  product_type: z.string().nullish(),
  tags: tagList.default([]),
  body_html: z.string().nullish(),
  image: z.object({ src: z.string().nullish(), alt: z.string().nullish() }).nullish(),
  created_at: instant.nullish(),
  published_at: instant.nullish(),
  updated_at: instant,
  variants: z.array(
    z.object({
      id: shopifyId,
      title: z.string(),
      sku: z.string().nullish(),
      price,
      compare_at_price: price.nullish(),
      inventory_item_id: shopifyId.nullish(),
      inventory_quantity: z.number().int().nullish(),
      inventory_policy: upper.pipe(variantRecord.shape.inventoryPolicy),
    }),
  ),
  variant_gids: z.array(z.object({ admin_graphql_api_id: z.string() })).optional(),
});

/** What Shopify's own `description` field holds: the text without its marks. */
function toPlainText(html: string): string {
  const text = html.replace(/<[^>]*>/g, " ").replace(/&nbsp;/g, " ").replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&quot;/g, '"').replace(/&#39;/g, "'").replace(/&amp;/g, "&");
  return text.replace(/\s+/g, " ").trim().slice(0, MOST_DESCRIPTION);
}

export function toProductPatch(product: z.output<typeof incomingProduct>, { currency }: { readonly currency: string }): ProductPatch {
  return {
    id: product.id,
    handle: product.handle,
    title: product.title,
    status: product.status,
    vendor: product.vendor ?? "",
    productType: product.product_type ?? "",
    tags: product.tags,
    description: toPlainText(product.body_html ?? ""),
    imageUrl: product.image?.src ?? null,
    imageAlt: product.image?.alt ?? null,
    createdAtMs: product.created_at ?? product.updated_at,
    publishedAtMs: product.published_at ?? null,
    updatedAtMs: product.updated_at,
    variants: product.variants.map((variant) => ({
      id: variant.id,
      title: variant.title,
      sku: variant.sku ?? null,
      priceMinor: parseMinor(variant.price, currency),
      compareAtMinor: variant.compare_at_price ? parseMinor(variant.compare_at_price, currency) : null,
      inventoryItemId: variant.inventory_item_id ?? null,
      inventoryQuantity: variant.inventory_quantity ?? 0,
      inventoryPolicy: variant.inventory_policy,
    })),
    hasAllVariants: (product.variant_gids?.length ?? product.variants.length) <= product.variants.length,
  };
}
