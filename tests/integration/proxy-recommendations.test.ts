import { beforeEach, describe, expect, it } from "vitest";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { openSqlite } from "#app/server/platform/db.server.ts";
import { answerRecommendations } from "#app/server/usecases/proxy/answer-recommendations.server.ts";
import type { StorefrontAnswer } from "#app/server/usecases/proxy/recommend-for-storefront.server.ts";
import { isSignedByShopify, signProxyQuery } from "#app/server/usecases/proxy/verify-proxy-signature.server.ts";
import { markShopUninstalled } from "#app/server/store/shops.server.ts";
import { addProduct, fixedClock, item, makeShop, NOW_MS, setLists } from "#tests/factories/delivery-shop.ts";
import { testEnv, useAppDatabase } from "#tests/harness/app-database.ts";

useAppDatabase();

describe("the signature of the app proxy", () => {
  // Published by Shopify (shopify.dev, "Authenticate app proxies"); secret "hush".
  const PARAMETERS = "extra=1&extra=2&shop=shop-name.myshopify.com&path_prefix=%2Fapps%2Fawesome_reviews&timestamp=1317327555";
  const vectors = [
    [`${PARAMETERS}&logged_in_customer_id=1`, "4c68c8624d737112c91818c11017d24d334b524cb5c2b8ba08daa056f7395ddb"],
    [`${PARAMETERS}&logged_in_customer_id=`, "e072b6d7e6622d85912a5214b860d3100dc1e73d9bc29f43796ac8c9ff8093cb"],
  ] as const;
  const at = (seconds: number) => seconds * 1000;

  it.each(vectors)("Shopify's vector %s", (query, signature) => {
    expect(signProxyQuery(new URLSearchParams(query), "hush")).toBe(signature);
    expect(isSignedByShopify(new URLSearchParams(`${query}&signature=${signature}`), ["hush"], at(1317327555))).toBe(true);
    expect(isSignedByShopify(new URLSearchParams(`signature=${signature}&${query}`), ["other", "hush"], at(1317327555))).toBe(true);
    expect(isSignedByShopify(new URLSearchParams(`${query}&signature=${signature}`), ["other"], at(1317327555))).toBe(false);
  });

  it("is good for 90 seconds either way", () => {
    const signed = new URLSearchParams(`${vectors[0][0]}&signature=${vectors[0][1]}`);
    const offsets = [-91, -90, 0, 90, 91];
    expect(offsets.map((offset) => isSignedByShopify(signed, ["hush"], at(1317327555 + offset)))).toEqual([false, true, true, true, false]);
  });

  it.each([
    ["a changed value", "&signature=" + vectors[0][1], "&extra=3"],
    ["no signature", "", ""],
    ["an empty signature", "&signature=", ""],
    ["half a signature", `&signature=${vectors[0][1].slice(0, 32)}`, ""],
    ["a signature in capitals", `&signature=${vectors[0][1].toUpperCase()}`, ""],
  ])("%s is refused", (_, signature, more) => {
    expect(isSignedByShopify(new URLSearchParams(vectors[0][0] + signature + more), ["hush"], at(1317327555))).toBe(false);
  });

  it.each(["shop", "timestamp", "logged_in_customer_id", "path_prefix", "signature", "hmac"])("a repeated %s is refused even when the whole is signed", (name) => {
    const query = new URLSearchParams(`shop=a.myshopify.com&timestamp=1317327555&path_prefix=x&logged_in_customer_id=1&hmac=1`);
    query.append(name, "b");
    query.append("signature", signProxyQuery(query, "hush"));
    expect(isSignedByShopify(query, ["hush"], at(1317327555))).toBe(false);
  });
});

describe("GET /proxy/recommendations", () => {
  let shop: ShopRef;
  beforeEach(async () => {
    // A shop of its own for each test: best sellers are kept per shop for some minutes.
    shop = await makeShop();
  });

  const ask = (parameters: Record<string, string | string[]>, headers: Record<string, string> = {}, secret: string = testEnv.SHOPIFY_API_SECRET) => {
    const query = new URLSearchParams({ shop: shop.domain, timestamp: String(NOW_MS / 1000), path_prefix: "/apps/tessera", logged_in_customer_id: "" });
    for (const [name, value] of Object.entries(parameters)) for (const one of [value].flat()) query.append(name, one);
    query.set("signature", signProxyQuery(query, secret));
    return answerRecommendations(new Request(`http://app.test/proxy/recommendations?${query}`, { headers }), fixedClock());
  };
  const read = async (response: Response): Promise<StorefrontAnswer> => JSON.parse(await response.text());
  const idsOf = async (parameters: Record<string, string | string[]>) => (await read(await ask(parameters))).items.map((one) => one.productId);

  it("answers with what a theme needs", async () => {
    addProduct(shop.id, 1);
    addProduct(shop.id, 2, { title: "Mug", variants: [{ priceMinor: 1_500, isAvailable: true }, { priceMinor: 1_200, isAvailable: true }, { priceMinor: 900, isAvailable: false }] });
    await setLists(shop.id, { 1: [item(2)] });
    const response = await ask({ kind: "bought-together", product_id: "1" });
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("application/json; charset=utf-8");
    expect(await read(response)).toEqual({
      title: null,
      items: [{
        productId: 2, handle: "product-2", title: "Mug", url: "/products/product-2", imageUrl: "https://cdn.test/2.png", imageAlt: null,
        priceMinor: 1_200, currency: "USD", variantId: 21, reason: { code: "bought_together", orders: 5, share: 0.42, text: "Bought together in 5 orders" },
      }],
    });
  });

  it("leaves out what cannot be bought now and keeps the order", async () => {
    for (const id of [1, 2, 3, 4, 5, 6]) addProduct(shop.id, id, { status: id === 3 ? "DRAFT" : "ACTIVE", isPublished: id !== 4, variants: [{ priceMinor: 1, isAvailable: id !== 5 }] });
    await setLists(shop.id, { 1: [item(3), item(4), item(5), item(99), item(6, "co-purchase", { score: 9 }), item(2)] });
    expect(await idsOf({ kind: "bought_together", product_id: "1", limit: "10" })).toEqual([6, 2]);
  });

  it("for a cart merges the lists, without what is in it", async () => {
    for (const id of [1, 2, 3, 4, 5]) addProduct(shop.id, id);
    await setLists(shop.id, { 1: [item(2, "co-purchase", { score: 0.9 }), item(3, "co-purchase", { score: 0.5 }), item(4, "co-purchase", { score: 0.3 })], 2: [item(4, "co-purchase", { score: 0.3 }), item(1), item(5, "shop-best-seller", { score: 8 })] });
    expect(await idsOf({ kind: "bought-together", product_ids: "1,2" })).toEqual([4, 3, 5]);
    expect(await idsOf({ kind: "bought-together", product_ids: ["1", "2"], limit: "1" })).toEqual([4]);
  });

  it("without a product shows the shop's best sellers of the latest orders", async () => {
    for (const id of [1, 2, 3]) addProduct(shop.id, id);
    const order = openSqlite().prepare(`INSERT INTO "Order" (shopId, id, name, placedAt, createdAt, updatedAt, isTest, currency, subtotalMinor, discountMinor, totalMinor, refundedMinor) VALUES (?, ?, '', ?, 0, 0, 0, 'USD', 0, 0, 0, 0)`);
    const line = openSqlite().prepare(`INSERT INTO OrderLine (shopId, id, orderId, productId, quantity, currentQuantity, unitPriceMinor, totalMinor) VALUES (?, ?, ?, ?, 1, 1, 1, 1)`);
    [[3], [3, 2], [3, 2, 1]].forEach((products, i) => {
      order.run(shop.id, i + 1, NOW_MS - i);
      for (const product of products) line.run(shop.id, i * 10 + product, i + 1, product);
    });
    const answer = await read(await ask({ kind: "similar", locale: "zh-CN" }));
    expect(answer.items.map((one) => [one.productId, one.reason.code, one.reason.text])).toEqual([[3, "shop_best_seller", "本店热销商品"], [2, "shop_best_seller", "本店热销商品"], [1, "shop_best_seller", "本店热销商品"]]);
  });

  it("speaks Chinese to Chinese and English to the rest", async () => {
    for (const id of [1, 2, 3]) addProduct(shop.id, id);
    await setLists(shop.id, { 1: [item(2, "co-purchase", { supportOrders: 1 }), item(3, "category-best-seller")] });
    const texts = async (locale: string) => (await read(await ask({ kind: "bought-together", product_id: "1", locale }))).items.map((one) => one.reason.text);
    expect(await texts("zh-TW")).toEqual(["在 1 笔订单中一起购买", "同类热销商品"]);
    expect(await texts("fr")).toEqual(["Bought together in 1 order", "Popular in this category"]);
  });

  it("may be kept for a moment and is not sent twice", async () => {
    addProduct(shop.id, 2);
    await setLists(shop.id, { 1: [item(2)] });
    const first = await ask({ product_id: "1" });
    expect(first.headers.get("cache-control")).toMatch(/^public, max-age=60/);
    const etag = first.headers.get("etag") ?? "";
    const again = await ask({ product_id: "1" }, { "If-None-Match": `"other", W/${etag}` });
    expect([again.status, await again.text(), again.headers.get("etag")]).toEqual([304, "", etag]);
    await setLists(shop.id, {});
    expect((await ask({ product_id: "1" }, { "If-None-Match": etag })).status).toBe(200);
  });

  it("answers 400 without a good signature, whatever the shop", async () => {
    const wrong = await ask({ product_id: "1" }, {}, "another secret");
    expect([wrong.status, await wrong.text()]).toEqual([400, ""]);
  });

  it("answers 404 without a word to a shop that is unknown or has left, and never with another shop's products", async () => {
    addProduct(shop.id, 1);
    addProduct(shop.id, 2);
    await setLists(shop.id, { 1: [item(2)] });
    const owner = shop;
    shop = await makeShop("another");
    expect((await read(await ask({ kind: "bought-together", product_id: "1" }))).items).toEqual([]);
    shop = { ...owner, domain: "nobody.myshopify.com" as ShopRef["domain"] };
    const unknown = await ask({ product_id: "1" });
    expect([unknown.status, await unknown.text()]).toEqual([404, ""]);
    shop = owner;
    await markShopUninstalled(shop.id, NOW_MS, NOW_MS);
    expect((await ask({ product_id: "1" })).status).toBe(404);
  });

  it.each<[string, Record<string, string>]>([
    ["nonsense", { kind: "x", product_id: "abc", product_ids: "1;DROP TABLE", limit: "-5", locale: "☃" }],
    ["numbers beyond reason", { product_id: "9".repeat(40), limit: "1e9" }],
    ["nothing", {}],
  ])("makes the best of %s", async (_, parameters) => {
    expect((await read(await ask(parameters))).items).toEqual([]);
  });

  it("is empty and kept by nobody when the lists cannot be read", async () => {
    addProduct(shop.id, 2);
    await setLists(shop.id, { 1: [item(2)] });
    openSqlite().prepare("UPDATE ProductRecommendation SET items = 'broken'").run();
    const response = await ask({ kind: "bought-together", product_id: "1" });
    expect([response.status, response.headers.get("cache-control"), await read(response)]).toEqual([200, "no-store", { title: null, items: [] }]);
  });
});
