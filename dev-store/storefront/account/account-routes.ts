import { localPath, sendHtml, sendRedirect, setCookie } from "../http/reply.ts";
import { readFields, textOf } from "../http/read-body.ts";
import type { Route } from "../http/route.ts";
import { locales, type Visit } from "../http/visit.ts";
import type { Storefront } from "../open-storefront.ts";

const ORDERS_SHOWN = 50;

export const accountRoutes: readonly Route[] = [
  ["GET", /^\/account\/login$/, (front, visit) => (visit.customerId === null ? showLogin(front, visit) : sendRedirect(visit, "/account"))],
  ["POST", /^\/account\/login$/, logIn],
  ["GET", /^\/account\/logout$/, logOut],
  ["POST", /^\/account\/logout$/, logOut],
  ["GET", /^\/account$/, showAccount],
  ["GET", /^\/account\/orders\/(\d+)$/, showOwnOrder],
  ["GET", /^\/orders\/([\w-]+)$/, showOrderStatus],
  ["POST", /^\/localization$/, chooseLanguage],
];

function showLogin(front: Storefront, visit: Visit, state: { problem?: string; email?: string; status?: number } = {}): void {
  const objects = { samples: front.customers.listSamples().map(({ id, email }) => ({ login: email ?? String(id) })), problem: state.problem, tried_email: state.email, return_to: visit.url.searchParams.get("return_to") };
  sendHtml(visit, front.render(visit, { template: "login", title: front.translate(visit.locale, "account.login_title", {}), objects }), state.status ?? 200);
}

async function logIn(front: Storefront, visit: Visit): Promise<void> {
  const fields = await readFields(visit.req);
  const nested = fields.customer;
  const email = textOf(fields, "email") || (typeof nested === "object" && nested !== null && !Array.isArray(nested) ? textOf(nested, "email") : "");
  const customer = front.customers.findByLogin(email);
  if (!customer) {
    const key = email ? "account.unknown_customer" : "account.email_missing";
    return showLogin(front, visit, { problem: front.translate(visit.locale, key, { email }), email, status: 422 });
  }
  setCookie(visit, "storefront_session", front.customers.openSession(customer.id));
  sendRedirect(visit, localPath(textOf(fields, "return_to") || "/account"));
}

function logOut(front: Storefront, visit: Visit): void {
  const token = visit.cookies.get("storefront_session");
  if (token) front.customers.closeSession(token);
  setCookie(visit, "storefront_session", "", 0);
  sendRedirect(visit, "/");
}

function showAccount(front: Storefront, visit: Visit): void {
  if (visit.customerId === null) return sendRedirect(visit, "/account/login");
  sendHtml(visit, front.render(visit, { template: "account", title: front.translate(visit.locale, "account.title", {}), objects: { orders: front.placedOrders.listOwn(visit.customerId, ORDERS_SHOWN) } }));
}

function showOwnOrder(front: Storefront, visit: Visit, [id]: string[]): void {
  if (visit.customerId === null) return sendRedirect(visit, `/account/login?return_to=${encodeURIComponent(visit.url.pathname)}`);
  showOrder(front, visit, front.placedOrders.findOwn(Number(id), visit.customerId));
}

/** Whoever has the address may see it: the token is the key. */
function showOrderStatus(front: Storefront, visit: Visit, [token]: string[]): void {
  showOrder(front, visit, front.placedOrders.findByToken(token));
}

function showOrder(front: Storefront, visit: Visit, order: ReturnType<Storefront["placedOrders"]["findByToken"]>): void {
  if (!order) return sendHtml(visit, front.renderNotFound(visit), 404);
  sendHtml(visit, front.render(visit, { template: "order", title: front.translate(visit.locale, "order.title", { name: order.name }), objects: { order, is_new: visit.url.searchParams.has("placed") } }));
}

async function chooseLanguage(_front: Storefront, visit: Visit): Promise<void> {
  const fields = await readFields(visit.req);
  const wanted = textOf(fields, "locale_code") || textOf(fields, "language_code");
  const locale = locales.find((each) => each.iso_code === wanted);
  if (locale) setCookie(visit, "localization", locale.iso_code, 365 * 86_400);
  sendRedirect(visit, localPath(textOf(fields, "return_to") || "/"));
}
