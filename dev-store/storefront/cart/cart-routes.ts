import { randomUUID } from "node:crypto";
import { readDiscountCode, readFields, textOf, type Fields } from "../http/read-body.ts";
import { localPath, sendHtml, sendJson, sendRedirect, setCookie } from "../http/reply.ts";
import type { Route } from "../http/route.ts";
import type { Visit } from "../http/visit.ts";
import type { Storefront } from "../open-storefront.ts";
import { cartJson } from "./cart-json.ts";
import { emptyCart, type Cart } from "./cart-store.ts";
import { addToCart, setQuantity, type CartChange, type CartProblem } from "./change-cart.ts";
import { priceCart, type PricedCart } from "./price-cart.ts";
import { readAttributes, readChange, readLinesToAdd, readUpdates } from "./read-cart-request.ts";

export const cartRoutes: readonly Route[] = [
  ["GET", /^\/cart$/, (front, visit) => showCart(front, visit)],
  ["POST", /^\/cart$/, submitCart],
  ["GET", /^\/cart\.(?:js|json)$/, (front, visit) => sendJson(visit, cartJson(front.priceCartOf(visit), front.context.shop.currency))],
  ["POST", /^\/cart\/add(\.js)?$/, addLines],
  ["POST", /^\/cart\/change(?:\.js)?$/, changeLine],
  ["GET", /^\/cart\/change$/, followChangeLink],
  ["POST", /^\/cart\/update(?:\.js)?$/, updateCart],
  ["POST", /^\/cart\/clear(?:\.js)?$/, (front, visit) => answerCart(front, visit, { ...cartOf(front, visit), lines: [] })],
  ["GET", /^\/discount\/([^/]+)$/, takeDiscountLink],
];

export function cartOf(front: Storefront, visit: Visit): Cart {
  return front.carts.find(visit.cookies.get("cart"));
}

/** Keeps the cart and gives the visitor its cookie the first time. */
export function keepCart(front: Storefront, visit: Visit, cart: Cart): Cart & { token: string } {
  const kept = { ...cart, token: cart.token ?? randomUUID() };
  front.carts.save(kept);
  if (cart.token === null) setCookie(visit, "cart", kept.token);
  return kept;
}

function price(front: Storefront, visit: Visit, cart: Cart): PricedCart {
  const customer = visit.customerId === null ? null : front.customers.findById(visit.customerId);
  return priceCart(cart, { customerId: visit.customerId, email: customer?.email ?? null, countryCode: customer?.countryCode ?? null }, front.catalog, front.context.discounts);
}

function answerCart(front: Storefront, visit: Visit, cart: Cart): void {
  sendJson(visit, cartJson(price(front, visit, keepCart(front, visit, cart)), front.context.shop.currency));
}

function refuse(visit: Visit, problem: CartProblem): void {
  sendJson(visit, { status: problem.status === 400 ? "bad_request" : problem.status, message: problem.message, description: problem.description }, problem.status);
}

const missing = (name: string): CartProblem => ({ status: 400, message: "Parameter Missing or Invalid", description: `Required parameter missing or invalid: ${name}` });

function wantsJson(visit: Visit): boolean {
  return (visit.req.headers.accept ?? "").includes("application/json") || (visit.req.headers["content-type"] ?? "").includes("json");
}

async function addLines(front: Storefront, visit: Visit, [js]: string[]): Promise<void> {
  const fields = await readFields(visit.req);
  const asJson = js !== undefined || wantsJson(visit);
  const wanted = readLinesToAdd(fields);
  const change: CartChange = wanted ? addToCart(cartOf(front, visit), wanted.lines, front.catalog) : { ok: false, problem: missing("items") };
  if (!change.ok) return asJson ? refuse(visit, change.problem) : showCart(front, visit, { problem: change.problem.description, status: change.problem.status });
  const cart = keepCart(front, visit, change.cart);
  if (!asJson) return sendRedirect(visit, localPath(textOf(fields, "return_to") || "/cart"));
  const { items } = cartJson(price(front, visit, cart), front.context.shop.currency);
  const added = change.added.flatMap((key) => items.find((item) => item.key === key) ?? []);
  sendJson(visit, wanted?.isList ? { items: added } : added[0]);
}

async function changeLine(front: Storefront, visit: Visit): Promise<void> {
  const asked = readChange(await readFields(visit.req));
  if (!asked) return refuse(visit, missing("quantity"));
  const change = setQuantity(cartOf(front, visit), asked.which, asked.quantity, front.catalog, asked.by);
  if (!change.ok) return refuse(visit, change.problem);
  answerCart(front, visit, change.cart);
}

/** Themes' "remove" links work without JavaScript: /cart/change?line=1&quantity=0 */
function followChangeLink(front: Storefront, visit: Visit): void {
  const asked = readChange(Object.fromEntries(visit.url.searchParams));
  const change = asked && setQuantity(cartOf(front, visit), asked.which, asked.quantity, front.catalog, asked.by);
  if (change?.ok) keepCart(front, visit, change.cart);
  sendRedirect(visit, "/cart");
}

function applyUpdates(front: Storefront, cart: Cart, fields: Fields): CartChange {
  const updates = readUpdates(fields);
  if (!updates) return { ok: false, problem: missing("updates") };
  let changed = { ...cart, attributes: { ...cart.attributes, ...readAttributes(fields) } };
  // From the last place on, so that a line taken out does not move those before it.
  for (const { which, by, quantity } of [...updates].reverse()) {
    const known = by === "line" ? changed.lines.length >= Number(which) : changed.lines.some((line) => String(line.variantId) === which.split(":")[0]);
    const next = known ? setQuantity(changed, which, quantity, front.catalog, by) : by === "id" && quantity > 0 ? addToCart(changed, [{ variantId: Number(which.split(":")[0]), quantity, properties: {} }], front.catalog) : null;
    if (next && !next.ok) return next;
    if (next) changed = { ...next.cart, attributes: changed.attributes };
  }
  return { ok: true, cart: changed, added: [] };
}

async function updateCart(front: Storefront, visit: Visit): Promise<void> {
  const fields = await readFields(visit.req);
  const change = applyUpdates(front, cartOf(front, visit), fields);
  if (!change.ok) return refuse(visit, change.problem);
  const discount = fields.discount;
  answerCart(front, visit, typeof discount === "string" ? { ...change.cart, discountCode: discount.split(",")[0].trim() || null } : change.cart);
}

/** The cart page's form: quantities, a discount code, and where to go next. */
async function submitCart(front: Storefront, visit: Visit): Promise<void> {
  const fields = await readFields(visit.req);
  const change = applyUpdates(front, cartOf(front, visit), fields);
  if (!change.ok) return showCart(front, visit, { problem: change.problem.description, status: change.problem.status });
  let cart = change.cart;
  if ("remove_discount" in fields) cart = { ...cart, discountCode: null };
  const code = readDiscountCode(fields, "checkout");
  if (code && cart.lines.length > 0) {
    const { decision } = price(front, visit, { ...cart, discountCode: code });
    if (decision && !decision.ok) {
      const kept = keepCart(front, visit, cart);
      return showCart(front, visit, { cart: kept, discountProblem: decision.message, triedCode: code, status: 422 });
    }
    cart = { ...cart, discountCode: decision?.ok ? decision.code : code };
  }
  keepCart(front, visit, cart);
  sendRedirect(visit, "checkout" in fields && cart.lines.length > 0 ? "/checkout" : "/cart");
}

interface CartPageState {
  readonly cart?: Cart;
  readonly problem?: string;
  readonly discountProblem?: string;
  readonly triedCode?: string;
  readonly status?: number;
}

function showCart(front: Storefront, visit: Visit, state: CartPageState = {}): void {
  const priced = price(front, visit, state.cart ?? cartOf(front, visit));
  const stale = priced.decision && !priced.decision.ok ? priced.decision.message : undefined;
  const html = front.render(visit, {
    template: "cart", title: front.translate(visit.locale, "cart.title", {}), cart: priced,
    objects: { problem: state.problem, discount_problem: state.discountProblem ?? stale, tried_code: state.triedCode ?? (stale ? priced.cart.discountCode : undefined), original_total: cartJson(priced, front.context.shop.currency).original_total_price },
  });
  sendHtml(visit, html, state.status ?? 200);
}

/** A shared link puts its code on the cart; like Shopify, it does not say yet whether the code applies. */
function takeDiscountLink(front: Storefront, visit: Visit, [code]: string[]): void {
  const cart = cartOf(front, visit);
  keepCart(front, visit, { ...(cart.token ? cart : emptyCart), discountCode: decodeURIComponent(code).trim().slice(0, 255) || null });
  sendRedirect(visit, localPath(visit.url.searchParams.get("redirect") ?? "/"), 302);
}

