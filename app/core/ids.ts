/**
 * Shopify ids are carried as the numeric part of their gid. They stay below 2^53, so a plain number is exact and
 * fits typed arrays; the brand keeps a customer from being passed where a product is meant.
 */
declare const brand: unique symbol;
type Branded<T, B extends string> = T & { readonly [brand]: B };

export type ShopId = Branded<number, "ShopId">;
export type CustomerId = Branded<number, "CustomerId">;
export type ProductId = Branded<number, "ProductId">;
export type VariantId = Branded<number, "VariantId">;
export type CollectionId = Branded<number, "CollectionId">;
export type OrderId = Branded<number, "OrderId">;
export type OrderLineId = Branded<number, "OrderLineId">;
export type RefundId = Branded<number, "RefundId">;

/** `*.myshopify.com`, lower case. */
export type ShopDomain = Branded<string, "ShopDomain">;

const GID = /^gid:\/\/shopify\/([A-Za-z]+)\/(\d+)(?:\?.*)?$/;

/** Numeric part of a gid of the given type, e.g. `parseGid("Customer", "gid://shopify/Customer/7")` is 7. Throws on anything else. */
export function parseGid<T extends number = number>(type: string, gid: string): T {
  const match = GID.exec(gid);
  if (!match || match[1] !== type) throw new Error(`not a gid of ${type}: ${gid.slice(0, 80)}`);
  const id = Number(match[2]);
  if (!Number.isSafeInteger(id)) throw new Error(`gid out of range: ${gid}`);
  return id as T;
}

export function formatGid(type: string, id: number): string {
  return `gid://shopify/${type}/${id}`;
}

const SHOP_DOMAIN = /^[a-z0-9][a-z0-9-]*\.myshopify\.com$/;

/** Null when the text is not a myshopify domain. */
export function parseShopDomain(text: string): ShopDomain | null {
  const domain = text.trim().toLowerCase();
  return SHOP_DOMAIN.test(domain) ? (domain as ShopDomain) : null;
}
