import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Shopper, startStorefront, type StorefrontServer } from "#tests/harness/storefront-server.ts";
import { openShelves } from "#tests/harness/storefront-store.ts";

const shelves = [
  { id: 1, title: "Tea pot", price: 4000, stock: 3 },
  { id: 2, title: "Cup", price: 1250, type: "Cups" },
  { id: 3, title: "Gone", price: 500, stock: 0 },
  { id: 4, title: "Tin", price: 800, type: "Cups", variants: [{ id: 41, title: "Small", price: 800, stock: 2 }, { id: 42, title: "Large", price: 1100, stock: 4 }] },
];

let front: StorefrontServer;
let shopper: Shopper;
beforeAll(async () => {
  front = await startStorefront(openShelves(shelves));
});
beforeEach(() => {
  shopper = new Shopper(front.origin);
});
afterAll(() => front.stop());

const cart = async () => (await shopper.ask("/cart.js")).json();

describe("cart AJAX API", () => {
  it("starts empty, and a visitor who only looks gets no cart", async () => {
    const answer = await shopper.ask("/cart.js");
    expect(answer.headers.getSetCookie()).toEqual([]);
    expect(await answer.json()).toMatchObject({ token: null, item_count: 0, items: [], total_price: 0, currency: "USD", requires_shipping: false, attributes: {}, note: null, cart_level_discount_applications: [] });
  });

  it("adds one line and answers it in Shopify's shape", async () => {
    const added = await (await shopper.postJson("/cart/add.js", { id: 42, quantity: 2, properties: { For: "Ana" } })).json();
    expect(added).toMatchObject({
      id: 42, variant_id: 42, product_id: 4, quantity: 2, title: "Tin - Large", product_title: "Tin", variant_title: "Large", price: 1100, line_price: 2200, final_line_price: 2200, original_line_price: 2200,
      properties: { For: "Ana" }, url: "/products/tin?variant=42", handle: "tin", options_with_values: [{ name: "Size", value: "Large" }], product_has_only_default_variant: false, line_level_discount_allocations: [], image: "/cdn/images/4.svg",
    });
    expect(added.key).toMatch(/^42:[0-9a-f]+$/);
    expect(await cart()).toMatchObject({ item_count: 2, total_price: 2200, items_subtotal_price: 2200, total_discount: 0 });
  });

  it("adds several lines at once, or none of them", async () => {
    const both = await (await shopper.postJson("/cart/add.js", { items: [{ id: 10, quantity: 1 }, { id: "20", quantity: 3 }] })).json();
    expect(both.items.map((item: { id: number }) => item.id)).toEqual([10, 20]);
    const refused = await shopper.postJson("/cart/add.js", { items: [{ id: 41, quantity: 1 }, { id: 30, quantity: 1 }] });
    expect(refused.status).toBe(422);
    expect(await cart()).toMatchObject({ item_count: 4 });
  });

  it("keeps the same variant with other properties on a line of its own", async () => {
    await shopper.postJson("/cart/add.js", { id: 20 });
    await shopper.postJson("/cart/add.js", { id: 20, quantity: 2 });
    await shopper.postJson("/cart/add.js", { id: 20, properties: { Engraving: "A" } });
    expect((await cart()).items.map((item: { quantity: number }) => item.quantity)).toEqual([1, 3]);
  });

  it("refuses with Shopify's statuses and words", async () => {
    const problem = async (path: string, body: unknown) => {
      const answer = await shopper.postJson(path, body);
      return [answer.status, await answer.json()] as const;
    };
    expect(await problem("/cart/add.js", { id: 30 })).toEqual([422, { status: 422, message: "The product 'Gone' is already sold out.", description: "The product 'Gone' is already sold out." }]);
    expect(await problem("/cart/add.js", { id: 10, quantity: 4 })).toEqual([422, expect.objectContaining({ description: "You can only add 3 Tea pot to the cart." })]);
    expect((await problem("/cart/add.js", { id: 10, quantity: 3 }))[0]).toBe(200);
    expect(await problem("/cart/add.js", { id: 10 })).toEqual([422, expect.objectContaining({ description: "All 3 Tea pot are in your cart." })]);
    expect(await problem("/cart/add.js", { id: 999 })).toEqual([404, { status: 404, message: "Cart Error", description: "Cannot find variant" }]);
    expect(await problem("/cart/add.js", {})).toEqual([400, expect.objectContaining({ status: "bad_request" })]);
    expect(await problem("/cart/change.js", { id: 77, quantity: 1 })).toEqual([404, expect.objectContaining({ message: "Cart Error" })]);
    expect(await problem("/cart/change.js", { line: 9, quantity: 1 })).toEqual([400, expect.objectContaining({ status: "bad_request" })]);
    const broken = await shopper.ask("/cart/add.js", { method: "POST", headers: { "content-type": "application/json" }, body: "{" });
    expect(broken.status).toBe(400);
  });

  it("changes, updates and clears", async () => {
    await shopper.postJson("/cart/add.js", { items: [{ id: 10 }, { id: 20 }, { id: 41 }] });
    const lines = (await cart()).items;
    expect(await (await shopper.postJson("/cart/change.js", { id: lines[0].key, quantity: 2 })).json()).toMatchObject({ item_count: 4 });
    expect((await shopper.postJson("/cart/change.js", { line: 1, quantity: 3 })).status).toBe(422);
    expect(await (await shopper.postJson("/cart/change.js", { line: 1, quantity: 0 })).json()).toMatchObject({ item_count: 2 });
    expect(await (await shopper.postJson("/cart/update.js", { updates: { 20: 5, 10: 0 }, attributes: { gift: "yes" } })).json()).toMatchObject({ item_count: 5, attributes: { gift: "yes" } });
    expect(await (await shopper.postJson("/cart/update.js", { updates: [2] })).json()).toMatchObject({ item_count: 2 });
    expect(await (await shopper.postJson("/cart/clear.js", {})).json()).toMatchObject({ item_count: 0, attributes: { gift: "yes" } });
  });
});

describe("cart without JavaScript", () => {
  it("takes a bundle's form, with a box left unchecked", async () => {
    const answer = await shopper.post("/cart/add", [["form_type", "product"], ["utf8", "✓"], ["items[][id]", "10"], ["items[][quantity]", "1"], ["items[][id]", "20"], ["items[][id]", "42"]]);
    expect([answer.status, answer.headers.get("location")]).toEqual([303, "/cart"]);
    const { items } = await cart();
    expect(items.map((item: { id: number; quantity: number }) => [item.id, item.quantity]).sort()).toEqual([[10, 1], [20, 1], [42, 1]]);
  });

  it("takes a multipart product form and shows why a product cannot be had", async () => {
    const form = new FormData();
    form.set("id", "30");
    const answer = await shopper.ask("/cart/add", { method: "POST", body: form });
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain("The product &#39;Gone&#39; is already sold out.");
  });

  it("updates quantities in the form and removes by a link", async () => {
    await shopper.post("/cart/add", { id: "10", quantity: "1" });
    await shopper.post("/cart/add", { id: "20", quantity: "1" });
    await shopper.post("/cart", [["updates[]", "4"], ["updates[]", "2"], ["update", "1"]]);
    expect((await cart()).items.map((item: { quantity: number }) => item.quantity)).toEqual([4, 2]);
    expect((await shopper.ask("/cart/change?line=1&quantity=0")).status).toBe(303);
    expect((await cart()).items).toHaveLength(1);
    const next = await shopper.post("/cart", [["updates[]", "1"], ["checkout", "1"]]);
    expect(next.headers.get("location")).toBe("/checkout");
  });

  it("puts a shared code on the cart and goes nowhere else", async () => {
    const answer = await shopper.ask("/discount/SPRING?redirect=//elsewhere.example");
    expect([answer.status, answer.headers.get("location")]).toEqual([302, "/"]);
    await shopper.postJson("/cart/add.js", { id: 20 });
    expect(await cart()).toMatchObject({ discount_codes: [{ code: "SPRING", applicable: false }] });
    expect(await (await shopper.ask("/cart")).text()).toContain("SPRING is not a valid discount code.");
  });
});

describe("pages of products", () => {
  it("serves a product as JSON, and Shopify's own recommendations without what is sold out", async () => {
    expect(await (await shopper.ask("/products/tin.js")).json()).toMatchObject({ id: 4, handle: "tin", price: 800, price_max: 1100, price_varies: true, available: true, variants: [{ id: 41, option1: "Small" }, { id: 42, public_title: "Large" }] });
    expect((await shopper.ask("/products/none.js")).status).toBe(404);
    const { products, intent } = await (await shopper.ask("/recommendations/products.json?product_id=2&limit=2&intent=related")).json();
    expect([intent, products.map((product: { id: number }) => product.id)]).toEqual(["related", [4, 1]]);
    expect((await shopper.ask("/recommendations/products.json")).status).toBe(422);
  });

  it.each([["/", 200], ["/collections", 200], ["/collections/all?page=2", 200], ["/collections/none", 404], ["/products/tin?variant=42", 200], ["/products/none", 404], ["/search?q=t%25", 200], ["/cart", 200], ["/account/login", 200], ["/account", 303], ["/orders/none", 404], ["/none", 404], ["/cdn/images/..%2f..%2fpackage.json", 404], ["/cdn/theme/theme.css", 200], ["/cdn/extensions/tessera-blocks/assets/also-like.js", 200]])("%s answers %i", async (path, status) => {
    const answer = await shopper.ask(path);
    expect(answer.status).toBe(status);
    expect(await answer.text()).not.toMatch(/Translation missing|Liquid error|[>" ]undefined[<" ]|\[object Object\]/);
  });

  it("leaves the Admin side's paths alone", async () => {
    for (const path of ["/admin", "/admin/api/2026-07/graphql.json", "/__control", "/bulk/1.jsonl", "/app-bridge.js"]) expect(await (await shopper.ask(path)).text()).toBe("");
  });

  it("speaks the language a visitor chose", async () => {
    await shopper.post("/localization", { locale_code: "zh-CN", return_to: "/cart" });
    const page = await (await shopper.ask("/cart")).text();
    expect(page).toContain('<html lang="zh-CN">');
    expect(page).toContain("购物车是空的");
  });
});
