import type { Catalog } from "../catalog/catalog.ts";
import { lineKey, type Cart, type CartLine } from "./cart-store.ts";

/** The words and statuses of Shopify's cart API. */
export interface CartProblem {
  readonly status: 400 | 404 | 422;
  readonly message: string;
  readonly description: string;
}
export type CartChange = { readonly ok: true; readonly cart: Cart; readonly added: readonly string[] } | { readonly ok: false; readonly problem: CartProblem };

const refuse = (status: CartProblem["status"], message: string, description = message): CartChange => ({ ok: false, problem: { status, message, description } });

/** All of the lines or none: one that cannot be had refuses the whole call, as on Shopify. */
export function addToCart(cart: Cart, wanted: readonly CartLine[], catalog: Catalog): CartChange {
  if (wanted.length === 0) return refuse(400, "Parameter Missing or Invalid", "Required parameter missing or invalid: items");
  const lines = cart.lines.map((line) => ({ ...line }));
  const added: string[] = [];
  for (const want of wanted) {
    const found = catalog.findByVariant(want.variantId);
    if (!found) return refuse(404, "Cart Error", "Cannot find variant");
    const { product, variant } = found;
    const title = variant.title === "Default Title" ? product.title : `${product.title} - ${variant.title}`;
    if (!variant.isAvailable) return refuse(422, `The product '${title}' is already sold out.`);
    const key = lineKey(want.variantId, want.properties);
    const has = lines.filter((line) => line.variantId === want.variantId).reduce((sum, line) => sum + line.quantity, 0);
    if (variant.isLimited && has + want.quantity > variant.inventoryQuantity) {
      return refuse(422, has >= variant.inventoryQuantity ? `All ${variant.inventoryQuantity} ${title} are in your cart.` : `You can only add ${variant.inventoryQuantity - has} ${title} to the cart.`);
    }
    const same = lines.find((line) => lineKey(line.variantId, line.properties) === key);
    if (same) same.quantity += want.quantity;
    // The newest stands first in Shopify's cart.
    else lines.unshift({ ...want });
    added.push(key);
  }
  return { ok: true, cart: { ...cart, lines }, added };
}

/** Sets the quantity of one line, named by its key, its variant or its place (from 1); 0 takes it out. */
export function setQuantity(cart: Cart, which: string | number, quantity: number, catalog: Catalog, by: "id" | "line" = "id"): CartChange {
  const at = by === "line" ? Number(which) - 1 : cart.lines.findIndex((line) => lineKey(line.variantId, line.properties) === String(which) || String(line.variantId) === String(which));
  const line = cart.lines[at];
  if (!line) return refuse(by === "line" ? 400 : 404, "Cart Error", by === "line" ? "no valid id or line parameter" : "Cannot find variant");
  const rest = cart.lines.filter((_, index) => index !== at);
  if (quantity <= 0) return { ok: true, cart: { ...cart, lines: rest }, added: [] };
  const found = catalog.findByVariant(line.variantId);
  if (!found) return { ok: true, cart: { ...cart, lines: rest }, added: [] };
  const elsewhere = rest.filter((other) => other.variantId === line.variantId).reduce((sum, other) => sum + other.quantity, 0);
  if (quantity > line.quantity && found.variant.isLimited && quantity + elsewhere > found.variant.inventoryQuantity) {
    return refuse(422, `You can't add more ${found.product.title} to the cart.`);
  }
  return { ok: true, cart: { ...cart, lines: cart.lines.map((each, index) => (index === at ? { ...each, quantity } : each)) }, added: [] };
}
