import type { Database } from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { EMPTY_DEFINITION, type DiscountDefinition } from "#dev-store/discounts/definition.ts";
import { Shopper, startStorefront, type StorefrontServer } from "#tests/harness/storefront-server.ts";
import { NOW_MS, openShelves } from "#tests/harness/storefront-store.ts";

const shelves = [{ id: 1, title: "Tea pot", price: 4000, stock: 3 }, { id: 2, title: "Cup", price: 1250, stock: 10 }];
const off = (percentage: number): DiscountDefinition => ({ ...EMPTY_DEFINITION, gets: { items: { all: true }, effect: { percentage }, quantity: null } });

interface Offer { readonly code: string; readonly definition: DiscountDefinition; readonly kind?: string; readonly endsAt?: number; readonly oncePerCustomer?: boolean }

function offer(db: Database, { code, definition, kind = "basic", endsAt, oncePerCustomer = false }: Offer): void {
  const { lastInsertRowid } = db
    .prepare("INSERT INTO discounts (kind, title, definition, starts_at, ends_at, once_per_customer, created_at, updated_at) VALUES (?, ?, ?, 0, ?, ?, 0, 0)")
    .run(kind, code, JSON.stringify(definition), endsAt ?? null, oncePerCustomer ? 1 : 0);
  db.prepare("INSERT INTO redeem_codes (discount_id, code) VALUES (?, ?)").run(lastInsertRowid, code);
}

let db: Database;
let front: StorefrontServer;
let webhooks: string[];

beforeEach(async () => {
  db = openShelves(shelves);
  db.prepare("INSERT INTO customers (id, first_name, email, country_code, created_at, updated_at) VALUES (7, 'Ana', 'ana@example.com', 'PT', 0, 0), (8, 'Ben', 'ben@example.com', 'US', 0, 0), (9, NULL, NULL, 'GB', 0, 0)").run();
  offer(db, { code: "TEN", definition: off(0.1) });
  offer(db, { code: "OLD", definition: off(0.5), endsAt: NOW_MS - 1 });
  offer(db, { code: "FORANA", definition: { ...off(0.25), audience: { kind: "customers", ids: [7] } } });
  offer(db, { code: "ONCE", definition: off(0.2), oncePerCustomer: true });
  offer(db, { code: "SHIP", kind: "free_shipping", definition: EMPTY_DEFINITION });
  webhooks = [];
  front = await startStorefront(db, { emitWebhook: (topic) => void webhooks.push(topic) });
});
afterEach(() => front.stop());

const logIn = (shopper: Shopper, login: string) => shopper.post("/account/login", { email: login });
const fill = async (shopper: Shopper, id = 20, quantity = 2) => void (await shopper.postJson("/cart/add.js", { id, quantity }));
const place = (shopper: Shopper, fields: Record<string, string> = {}) => shopper.post("/checkout", { email: "new@example.com", country: "DE", place_order: "1", ...fields });
const countOrders = () => db.prepare<[], { n: number }>("SELECT COUNT(*) AS n FROM orders").get()?.n;

describe("checkout", () => {
  it("sends a visitor with an empty cart back to it", async () => {
    const answer = await front.shopper.ask("/checkout");
    expect([answer.status, answer.headers.get("location")]).toEqual([303, "/cart"]);
  });

  it("takes a guest's order with a code that applies, and shows it", async () => {
    await fill(front.shopper);
    const page = await (await front.shopper.post("/checkout", { discount: "ten", apply_discount: "1" })).text();
    // 2 x 12.50, a tenth off, 5.00 shipping
    for (const words of ["<strong>TEN</strong>", "−$2.50", "$27.50 USD"]) expect(page).toContain(words);
    const placed = await place(front.shopper, { first_name: "Nora", accepts_marketing: "1" });
    expect(placed.status).toBe(303);
    const address = placed.headers.get("location") ?? "";
    expect(address).toMatch(/^\/orders\/[0-9a-f]+\?placed=1$/);
    const status = await (await front.shopper.ask(address)).text();
    for (const words of ["Order #1001", "Thank you", "new@example.com", "TEN", "−$2.50", "$27.50 USD"]) expect(status).toContain(words);
    expect(db.prepare("SELECT name, email, country_code, subtotal, total_discounts, shipping, total FROM orders").all()).toEqual([
      { name: "#1001", email: "new@example.com", country_code: "DE", subtotal: 2500, total_discounts: 250, shipping: 500, total: 2750 },
    ]);
    expect(db.prepare("SELECT first_name, email_marketing FROM customers WHERE email = 'new@example.com'").get()).toEqual({ first_name: "Nora", email_marketing: "SUBSCRIBED" });
    expect(db.prepare("SELECT inventory_quantity FROM variants WHERE id = 20").get()).toEqual({ inventory_quantity: 8 });
    expect(webhooks).toContain("orders/create");
    expect(await (await front.shopper.ask("/cart.js")).json()).toMatchObject({ item_count: 0, token: null });
    expect(db.prepare("SELECT COUNT(*) AS n FROM carts").get()).toEqual({ n: 0 });
  });

  it.each([
    ["NOSUCH", "NOSUCH is not a valid discount code."],
    ["OLD", "OLD has expired."],
    ["FORANA", "Log in to use FORANA."],
  ])("refuses %s beside its field, in words, and keeps it off the cart", async (code, words) => {
    await fill(front.shopper);
    for (const path of ["/cart", "/checkout"]) {
      const answer = await front.shopper.post(path, { discount: code, apply_discount: "1" });
      const page = await answer.text();
      expect(answer.status).toBe(422);
      expect(page).toContain(words);
      expect(page).toMatch(new RegExp(`id="discount-code" name="discount" value="${code}"[^>]* aria-invalid="true" aria-describedby="discount-problem"`));
      expect(await (await front.shopper.ask("/cart.js")).json()).toMatchObject({ discount_codes: [], total_discount: 0 });
    }
  });

  it("gives a member's code to the member and to nobody else", async () => {
    const [ana, ben] = [new Shopper(front.origin), new Shopper(front.origin)];
    await logIn(ana, "ana@example.com");
    await logIn(ben, "ben@example.com");
    for (const shopper of [ana, ben]) await fill(shopper);
    const refused = await ben.post("/checkout", { discount: "FORANA", apply_discount: "1" });
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain("FORANA is not available to this customer.");
    expect((await ana.post("/checkout", { discount: "FORANA", place_order: "1" })).status).toBe(303);
    expect(db.prepare("SELECT customer_id, total_discounts FROM orders").all()).toEqual([{ customer_id: 7, total_discounts: 625 }]);
  });

  it("refuses to place an order whose code stopped applying to this buyer, and says so", async () => {
    await fill(front.shopper);
    expect((await place(front.shopper, { email: "ana@example.com", discount: "ONCE" })).status).toBe(303);
    await fill(front.shopper);
    expect((await front.shopper.post("/cart", { discount: "ONCE" })).status).toBe(422);
    await front.shopper.ask("/discount/ONCE");
    const again = await place(front.shopper, { email: "ana@example.com" });
    expect(again.status).toBe(422);
    expect(await again.text()).toContain("ONCE can be used once by each customer.");
    expect(countOrders()).toBe(1);
    await front.shopper.post("/checkout", { remove_discount: "1" });
    expect((await place(front.shopper, { email: "ana@example.com" })).status).toBe(303);
  });

  it("does not hold up a shopper who has read that a code is refused", async () => {
    await fill(front.shopper);
    expect((await front.shopper.post("/cart", { discount: "OLD", checkout: "1" })).status).toBe(422);
    expect((await front.shopper.post("/cart", { discount: "OLD", refused_code: "OLD", checkout: "1" })).headers.get("location")).toBe("/checkout");
    expect((await place(front.shopper, { discount: "OLD" })).status).toBe(422);
    expect((await place(front.shopper, { discount: "OLD", refused_code: "OLD" })).status).toBe(303);
    expect(db.prepare("SELECT total_discounts FROM orders").all()).toEqual([{ total_discounts: 0 }]);
  });

  it("makes shipping free", async () => {
    await fill(front.shopper);
    const page = await (await front.shopper.post("/checkout", { discount: "SHIP", apply_discount: "1" })).text();
    expect(page).toContain("<dd>Free</dd>");
    await place(front.shopper);
    expect(db.prepare("SELECT shipping, total FROM orders").get()).toEqual({ shipping: 0, total: 2500 });
  });

  it.each([["", "Enter your e-mail address."], ["ana@", "Enter an e-mail address such as name@example.com."]])("asks for an e-mail address in place of '%s' and keeps what was typed", async (email, words) => {
    await fill(front.shopper);
    const answer = await place(front.shopper, { email, first_name: "Nora" });
    const page = await answer.text();
    expect(answer.status).toBe(422);
    expect(page).toContain(words);
    expect(page).toContain('name="first_name" value="Nora"');
    expect(countOrders()).toBe(0);
  });

  it("says when somebody else took the last one", async () => {
    await fill(front.shopper, 10, 3);
    db.prepare("UPDATE variants SET inventory_quantity = 1 WHERE id = 10").run();
    const answer = await place(front.shopper);
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain("Only 1 of Tea pot are left.");
  });
});

describe("account", () => {
  it("logs in by e-mail in any case or by number, and lists that customer's orders", async () => {
    await fill(front.shopper);
    await logIn(front.shopper, "ANA@example.com");
    await front.shopper.post("/checkout", { place_order: "1" });
    const page = await (await front.shopper.ask("/account")).text();
    for (const words of ["Hello, Ana", "#1001", "$30.00"]) expect(page).toContain(words);
    await front.shopper.post("/account/logout", {});
    expect((await front.shopper.ask("/account")).headers.get("location")).toBe("/account/login");
    await logIn(front.shopper, "9");
    expect(await (await front.shopper.ask("/account")).text()).toContain("Customer 9");
  });

  it("shows an order by its number to its own customer only", async () => {
    await fill(front.shopper);
    await logIn(front.shopper, "ana@example.com");
    await front.shopper.post("/checkout", { place_order: "1" });
    const { id } = db.prepare<[], { id: number }>("SELECT id FROM orders").get() ?? { id: 0 };
    expect((await front.shopper.ask(`/account/orders/${id}`)).status).toBe(200);
    const stranger = new Shopper(front.origin);
    await logIn(stranger, "ben@example.com");
    expect((await stranger.ask(`/account/orders/${id}`)).status).toBe(404);
  });

  it("says when nobody is called so", async () => {
    const answer = await logIn(front.shopper, "<no>@example.com");
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain("There is no customer &lt;no&gt;@example.com in this store.");
  });
});
