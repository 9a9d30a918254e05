import type { StoreConfig, ShopFacts } from "#dev-store/context.ts";
import type { ProductRow, VariantRow } from "#dev-store/db/rows.ts";
import { gid } from "#dev-store/gid.ts";
import { imageUrl } from "#dev-store/image-url.ts";
import { joinedTags, payloadValues } from "./payload-values.ts";

const texts = (json: string): string[] => {
  const found: unknown = JSON.parse(json);
  return Array.isArray(found) ? found.map((entry: unknown) => (typeof entry === "object" && entry !== null && "name" in entry ? String(entry.name) : String(entry))) : [];
};

/** products/create and products/update: the whole product with its variants. */
export function productPayload(row: ProductRow, variants: readonly VariantRow[], shop: ShopFacts, config: Pick<StoreConfig, "origin">): Record<string, unknown> {
  const { amount, when, whenOrNull } = payloadValues(shop);
  const createdAt = when(row.created_at);
  const updatedAt = when(row.updated_at);
  const names = texts(row.options);
  const src = row.image_path === null ? null : imageUrl(row.image_path, config.origin);
  const image = src === null ? null : {
    id: row.id, alt: row.image_alt, position: 1, product_id: row.id, created_at: createdAt, updated_at: updatedAt,
    admin_graphql_api_id: gid("ProductImage", row.id), width: 800, height: 800, src, variant_ids: [],
  };
  const media = src === null ? [] : [{
    id: row.id, product_id: row.id, position: 1, created_at: createdAt, updated_at: updatedAt, alt: row.image_alt ?? "", status: "READY", media_content_type: "IMAGE",
    preview_image: { width: 800, height: 800, src, status: "READY" }, variant_ids: [], admin_graphql_api_id: gid("MediaImage", row.id),
  }];
  return {
    admin_graphql_api_id: gid("Product", row.id), body_html: row.description_html, created_at: createdAt, handle: row.handle, id: row.id, product_type: row.product_type,
    published_at: whenOrNull(row.published_at), template_suffix: null, title: row.title, updated_at: updatedAt, vendor: row.vendor, status: row.status.toLowerCase(),
    published_scope: "web", tags: joinedTags(row.tags),
    variants: variants.map((variant) => {
      const values = texts(variant.option_values);
      return {
        admin_graphql_api_id: gid("ProductVariant", variant.id), barcode: null, compare_at_price: variant.compare_at_price === null ? null : amount(variant.compare_at_price),
        created_at: createdAt, id: variant.id, inventory_policy: variant.inventory_policy.toLowerCase(), position: variant.position, price: amount(variant.price), product_id: row.id,
        sku: variant.sku, taxable: true, title: variant.title, updated_at: updatedAt, option1: values[0] ?? variant.title, option2: values[1] ?? null, option3: values[2] ?? null,
        image_id: null, inventory_item_id: variant.inventory_item_id, inventory_quantity: variant.inventory_quantity, old_inventory_quantity: variant.inventory_quantity,
      };
    }),
    options: (names.length ? names : ["Title"]).map((name, index) => ({
      name, id: row.id * 10 + index, product_id: row.id, position: index + 1, values: [...new Set(variants.map((variant) => texts(variant.option_values)[index] ?? variant.title))],
    })),
    images: image ? [image] : [], image, media,
    variant_gids: variants.map((variant) => ({ admin_graphql_api_id: gid("ProductVariant", variant.id), updated_at: new Date(row.updated_at).toISOString() })),
    has_variants_that_requires_components: false, category: null,
  };
}
