import { z } from "zod";
import { completeCheckout, keepCheckout } from "../../checkouts/checkout-desk.ts";
import type { PlaceOrderInput } from "../../context.ts";
import { cartOf, keepCart } from "../cart/cart-routes.ts";
import { priceCart, type PricedCart } from "../cart/price-cart.ts";
import { readDiscountCode, readFields, textOf, type Fields } from "../http/read-body.ts";
import { sendHtml, sendRedirect, setCookie } from "../http/reply.ts";
import type { Route } from "../http/route.ts";
import type { Visit } from "../http/visit.ts";
import type { Storefront } from "../open-storefront.ts";
import { toHundredths } from "../money-format.ts";
import { listCountries } from "./countries.ts";

export const checkoutRoutes: readonly Route[] = [
  ["GET", /^\/checkout$/, openCheckout],
  ["POST", /^\/checkout$/, submitCheckout],
];

interface Contact {
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly countryCode: string;
  readonly acceptsMarketing: boolean;
}

interface Problems {
  readonly email?: string;
  readonly discount?: string;
  readonly order?: string;
}

function knownContact(front: Storefront, visit: Visit): Contact {
  const customer = visit.customerId === null ? null : front.customers.findById(visit.customerId);
  return { email: customer?.email ?? "", firstName: customer?.firstName ?? "", lastName: customer?.lastName ?? "", countryCode: customer?.countryCode ?? "US", acceptsMarketing: false };
}

function readContact(front: Storefront, visit: Visit, fields: Fields): Contact {
  const known = knownContact(front, visit);
  const country = textOf(fields, "country");
  return {
    email: visit.customerId !== null && known.email ? known.email : textOf(fields, "email").toLowerCase(), firstName: textOf(fields, "first_name") || known.firstName, lastName: textOf(fields, "last_name") || known.lastName,
    countryCode: /^[A-Z]{2}$/.test(country) ? country : known.countryCode, acceptsMarketing: textOf(fields, "accepts_marketing") === "1",
  };
}

/** The cart as this person would pay it: a code for some customers counts once we know who asks. */
function priceFor(front: Storefront, visit: Visit, contact: Contact, code?: string | null): PricedCart {
  const cart = cartOf(front, visit);
  const shopper = { customerId: visit.customerId, email: contact.email || null, countryCode: contact.countryCode };
  return priceCart(code === undefined ? cart : { ...cart, discountCode: code }, shopper, front.catalog, front.context.discounts);
}

function openCheckout(front: Storefront, visit: Visit): void {
  const contact = knownContact(front, visit);
  const priced = priceFor(front, visit, contact);
  if (priced.lines.length === 0) return sendRedirect(visit, "/cart");
  noteCheckout(front, visit, contact, priced);
  showCheckout(front, visit, contact, priced, {});
}

async function submitCheckout(front: Storefront, visit: Visit): Promise<void> {
  const fields = await readFields(visit.req);
  const contact = readContact(front, visit, fields);
  const cart = cartOf(front, visit);
  if (cart.lines.length === 0) return sendRedirect(visit, "/cart");
  if ("remove_discount" in fields) keepCart(front, visit, { ...cart, discountCode: null });
  const typed = readDiscountCode(fields, "place_order");
  if (typed) {
    const tried = priceFor(front, visit, contact, typed);
    if (tried.decision && !tried.decision.ok) return showCheckout(front, visit, contact, priceFor(front, visit, contact), { discount: tried.decision.message }, typed);
    keepCart(front, visit, { ...cart, discountCode: tried.decision?.ok ? tried.decision.code : typed });
  }
  const priced = priceFor(front, visit, contact);
  noteCheckout(front, visit, contact, priced);
  if (!("place_order" in fields)) return showCheckout(front, visit, contact, priced, {}, undefined, 200);
  if (visit.customerId === null && !z.email().safeParse(contact.email).success) {
    const key = contact.email ? "checkout.email_invalid" : "checkout.email_missing";
    return showCheckout(front, visit, contact, priced, { email: front.translate(visit.locale, key, {}) });
  }
  placeOrder(front, visit, contact, priced);
}

/** Shopify keeps a checkout from the moment on at which it knows whom to write to. */
function noteCheckout({ context }: Storefront, { customerId }: Visit, { email }: Contact, { cart, lines }: PricedCart): void {
  if (!z.email().safeParse(email).success) return;
  keepCheckout(context, { cartToken: cart.token, customerId, email, lines: lines.map((line) => ({ variantId: line.variant.id, quantity: line.quantity })) });
}

function placeOrder(front: Storefront, visit: Visit, contact: Contact, priced: PricedCart): void {
  const input: PlaceOrderInput = {
    customerId: visit.customerId, email: contact.email || null, firstName: contact.firstName || null, lastName: contact.lastName || null, countryCode: contact.countryCode,
    acceptsMarketing: contact.acceptsMarketing, discountCode: priced.cart.discountCode, attributes: priced.cart.attributes, sourceName: "web",
    lines: priced.lines.map((line) => ({ variantId: line.variant.id, quantity: line.quantity, properties: line.properties })),
  };
  const placed = front.context.orders.place(input);
  if (!placed.ok) {
    const problems: Problems = placed.code === "discount" ? { discount: placed.message } : { order: placed.message };
    return showCheckout(front, visit, contact, priceFor(front, visit, contact), problems);
  }
  completeCheckout(front.context, priced.cart.token, placed.value.customerId);
  if (priced.cart.token) front.carts.remove(priced.cart.token);
  setCookie(visit, "cart", "", 0);
  sendRedirect(visit, `/orders/${placed.value.token}?placed=1`);
}

function showCheckout(front: Storefront, visit: Visit, contact: Contact, priced: PricedCart, problems: Problems, triedCode?: string, status?: number): void {
  const { shop } = front.context;
  const cents = (minor: number) => toHundredths(minor, shop.currency);
  const { decision } = priced;
  const shippingOff = Math.min(priced.shippingDiscount, shop.shippingRate);
  const stale = decision && !decision.ok ? decision.message : undefined;
  const objects = {
    contact: { email: contact.email, first_name: contact.firstName, last_name: contact.lastName, country: contact.countryCode, accepts_marketing: contact.acceptsMarketing },
    countries: listCountries(visit.locale, contact.countryCode), problems: { ...problems, discount: problems.discount ?? stale }, tried_code: triedCode ?? (stale ? priced.cart.discountCode : undefined),
    totals: {
      subtotal: cents(priced.subtotal), discount: cents(priced.discount), shipping: cents(shop.shippingRate - shippingOff), total: cents(priced.total + shop.shippingRate - shippingOff),
      code: decision?.ok ? decision.code : null, is_shipping_free: shippingOff > 0 && shippingOff === shop.shippingRate,
    },
  };
  const failed = Object.values(problems).some((problem) => problem !== undefined);
  sendHtml(visit, front.render(visit, { template: "checkout", title: front.translate(visit.locale, "checkout.title", {}), objects, cart: priced }), status ?? (failed ? 422 : 200));
}
