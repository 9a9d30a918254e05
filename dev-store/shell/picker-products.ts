import type { DevStoreContext } from "#dev-store/context.ts";
import { loadRows } from "#dev-store/db/load-rows.ts";
import type { ProductRow } from "#dev-store/db/rows.ts";
import { gid } from "#dev-store/gid.ts";
import { imageUrl } from "#dev-store/image-url.ts";
import { formatAmount } from "#dev-store/money.ts";

const SHOWN = 50;

/** Products as `resourcePicker` hands them over, found by a word of the title. */
export function listPickerProducts({ db, shop, config }: DevStoreContext, query: string): object[] {
  const pattern = `%${query.trim().replace(/[\\%_]/g, "\\$&")}%`;
  const rows = db.prepare<[string, number], ProductRow>("SELECT * FROM products WHERE title LIKE ? ESCAPE '\\' ORDER BY title, id LIMIT ?").all(pattern, SHOWN);
  const variants = loadRows(db, "variants", rows.map(({ id }) => id), "product_id", "product_id, position");
  return rows.map((row) => ({
    id: gid("Product", row.id), title: row.title, handle: row.handle, status: row.status, vendor: row.vendor, productType: row.product_type,
    images: row.image_path === null ? [] : [{ id: gid("ProductImage", row.id), altText: row.image_alt ?? "", originalSrc: imageUrl(row.image_path, config.origin) }],
    variants: variants.filter((variant) => variant.product_id === row.id).map((variant) => ({ id: gid("ProductVariant", variant.id), title: variant.title, price: formatAmount(variant.price, shop.currency), sku: variant.sku })),
  }));
}
