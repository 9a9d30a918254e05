import type { Database } from "better-sqlite3";
import { describe, expect, it } from "vitest";
import { createCatalog } from "#dev-store/storefront/catalog/catalog.ts";
import { loadExtensions } from "#dev-store/storefront/extension/load-extensions.ts";
import { renderBlocks } from "#dev-store/storefront/extension/render-blocks.ts";
import { createProductDrops } from "#dev-store/storefront/liquid/product-drop.ts";
import { moneyFormat } from "#dev-store/storefront/money-format.ts";
import { APP_NAMESPACE, NOW_MS, openShelves, putBundle, type ShelfProduct } from "#tests/harness/storefront-store.ts";

const blocks = loadExtensions("extensions", "USD");

const shelves: ShelfProduct[] = [
  { id: 1, title: "Tea pot", price: 4000 },
  { id: 2, title: "Tea <cup> & saucer", price: 1250 },
  { id: 3, title: "Strainer", price: 599, compareAt: 899 },
  { id: 4, title: "Tin", price: 800, variants: [{ id: 41, title: "Small", price: 800, stock: 0 }, { id: 42, title: "Large", price: 1100, stock: 4 }] },
  { id: 5, title: "Tray", price: 3000 },
  { id: 6, title: "Kettle", price: 6000, stock: 0 },
];

interface Around {
  readonly locale?: string;
  readonly settings?: Record<string, unknown>;
  readonly block?: string;
  readonly template?: string;
  readonly globals?: Record<string, unknown>;
}

/** The page of product 1, as far as a block can see it. */
function render(db: Database, { locale = "en", settings = {}, block = "bought-together", template = "product", globals }: Around = {}): string {
  const catalog = createCatalog(db, () => NOW_MS);
  const toProduct = createProductDrops({ db, catalog, currency: "USD", appNamespace: APP_NAMESPACE });
  const product = catalog.findById(1);
  const rendered = renderBlocks(blocks, [{ id: 9, block, settings }], {
    template,
    globals: globals ?? {
      product: product && toProduct(product), shop: { money_format: moneyFormat("USD") }, request: { locale: { iso_code: locale } },
      routes: { cart_add_url: "/cart/add", product_recommendations_url: "/recommendations/products" }, cart: { currency: { iso_code: "USD" }, items: [] },
    },
    findProduct: () => null,
    onError: (name, error) => { throw new Error(`${name}: ${String(error)}`); },
  });
  return rendered.sections.join("");
}

const idsPosted = (html: string) => [...html.matchAll(/name="items\[\]\[id\]" value="(\d+)"/g)].map((match) => Number(match[1]));

describe("Frequently bought together", () => {
  it("shows the product with three others, their reasons and one form for all", () => {
    const db = openShelves(shelves);
    putBundle(db, 1, [[2, 37], [3, 1], [5, 9]]);
    const html = render(db);
    expect(html).toContain("Frequently bought together</h2>");
    expect(html.match(/<form\s/g)).toHaveLength(1);
    expect(html).toMatch(/<form[^>]*method="post"[^>]*action="\/cart\/add"/);
    expect(idsPosted(html)).toEqual([10, 20, 30, 50]);
    expect(html.match(/type="checkbox"[^>]*checked/g)).toHaveLength(3);
    // 40.00 + 12.50 + 5.99 + 30.00
    expect(html).toContain('<strong data-tessera-total aria-live="polite">$88.49</strong>');
    expect(html).toContain("Bought together in 37 orders");
    expect(html).toContain("Bought together in 1 order<");
    expect(html).toContain("<s>$8.99</s>");
    expect(html.match(/<img /g)).toHaveLength(4);
    for (const image of html.match(/<img [^>]*>/g) ?? []) expect(image).toMatch(/ width="\d+" height="\d+".* alt="[^"]+"/);
  });

  it("escapes what merchants write", () => {
    const db = openShelves(shelves);
    putBundle(db, 1, [[2, 3]]);
    const html = render(db, { settings: { heading: "Tea & <b>more</b>" } });
    expect(html).not.toMatch(/<cup>|<b>more/);
    expect(html).toContain("Tea &amp; &lt;b&gt;more");
    expect(html).toContain("Tea &lt;cup&gt; &amp; saucer");
  });

  it("leaves out what is sold out, and takes the variant that is left of another", () => {
    const db = openShelves(shelves);
    putBundle(db, 1, [[6, 50], [4, 20], [3, 10]]);
    const html = render(db);
    expect(html).not.toContain("Kettle");
    expect(idsPosted(html)).toEqual([10, 42, 30]);
    expect(html).toContain("Large");
    expect(html).toContain("$56.99");
  });

  it("fills the place of a sold-out product with the next one", () => {
    const db = openShelves(shelves);
    putBundle(db, 1, [[6, 50], [2, 20], [3, 10], [5, 5]]);
    expect(idsPosted(render(db))).toEqual([10, 20, 30, 50]);
  });

  it.each<[string, [number, number][], number]>([
    ["no metafield", [], 10],
    ["only sold-out companions", [[6, 4]], 10],
    ["only itself", [[1, 4]], 10],
    ["a product that is gone", [[99, 4]], 10],
    ["a sold-out main product", [[2, 4]], 0],
  ])("prints nothing at all with %s", (_name, companions, stock) => {
    const db = openShelves(shelves.map((product) => (product.id === 1 ? { ...product, stock } : product)));
    if (companions.length > 0) putBundle(db, 1, companions);
    expect(render(db).replace(/^<div[^>]*>|<\/div>$/g, "").trim()).toBe("");
  });

  it("does as its settings say", () => {
    const db = openShelves(shelves);
    putBundle(db, 1, [[2, 37], [3, 12], [5, 9]]);
    const html = render(db, { settings: { max_items: 1, show_reasons: false, heading: "Goes well with" } });
    expect(idsPosted(html)).toEqual([10, 20]);
    expect(html).not.toContain("Bought together in");
    expect(html).toContain("Goes well with</h2>");
  });

  it("speaks Chinese to a visitor who reads it", () => {
    const db = openShelves(shelves);
    putBundle(db, 1, [[2, 37]]);
    const html = render(db, { locale: "zh-CN" });
    expect(html).toContain("经常一起购买");
    expect(html).toContain("在 37 笔订单中一起购买");
    expect(html).not.toContain("Translation missing");
  });

  it("stands on product pages only", () => {
    const db = openShelves(shelves);
    putBundle(db, 1, [[2, 37]]);
    expect(render(db, { template: "cart" })).toBe("");
  });
});

describe("You may also like", () => {
  it("reserves one place for each item, and asks the app and then Shopify for this product", () => {
    const html = render(openShelves(shelves), { block: "also-like", settings: { max_items: 6 } });
    expect(html.match(/<li class="tessera-also__item tessera-also__item--empty" aria-hidden="true">/g)).toHaveLength(6);
    expect(html).toContain('data-url="/apps/tessera/recommendations?kind=similar&amp;product_id=1&amp;product_ids=1&amp;limit=6&amp;locale=en"');
    expect(html).toContain('data-fallback-url="/recommendations/products.json?product_id=1&amp;limit=6&amp;intent=related"');
    expect(html).toContain('data-reason-many="Bought together in [n] orders"');
    expect(html).not.toMatch(/customer/i);
  });

  it("stands on a page without a product, and takes the cart's where there is one", () => {
    const globals = (items: object[]) => ({ shop: {}, request: { locale: { iso_code: "en" } }, routes: { product_recommendations_url: "/recommendations/products" }, cart: { currency: { iso_code: "USD" }, items } });
    const bare = render(openShelves(shelves), { block: "also-like", template: "index", globals: globals([]) });
    expect(bare).toContain("product_id=&amp;");
    expect(bare).not.toContain("data-fallback-url");
    const full = render(openShelves(shelves), { block: "also-like", template: "cart", globals: globals([{ product_id: 3 }, { product_id: 5 }, { product_id: 3 }]) });
    expect(full).toContain("product_id=3&amp;product_ids=3,5&amp;");
  });

  it("follows a moved app proxy", () => {
    expect(render(openShelves(shelves), { block: "also-like", settings: { proxy_path: "/a/picks" } })).toContain('data-url="/a/picks/recommendations?');
  });
});
