import { beforeEach, describe, expect, it } from "vitest";
import { DAY_MS } from "#app/core/time.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { openSqlite } from "#app/server/platform/db.server.ts";
import { writeCustomers } from "#app/server/store/write-customers.server.ts";
import { writeOrders } from "#app/server/store/write-orders.server.ts";
import { writeProduct } from "#app/server/store/write-products.server.ts";
import { createShop } from "#tests/factories/shop.ts";
import { makeCustomerRecord, makeOrderRecord, makeProductRecord } from "#tests/factories/store-records.ts";
import { useAppDatabase } from "#tests/harness/app-database.ts";
import { findMembers } from "#tests/harness/find-members.ts";

useAppDatabase();
const NOW_MS = Date.UTC(2026, 5, 15, 12);
const ago = (days: number) => NOW_MS - days * DAY_MS;
let shop: ShopRef;

beforeEach(async () => {
  shop = await createShop("ana", { timeZone: "UTC", currency: "GBP" });
  const other = await createShop("other", { timeZone: "UTC", currency: "GBP" });
  for (const { id: shopId } of [shop, other]) {
    writeProduct(shopId, makeProductRecord(1, { tags: ["Summer"], collectionIds: [70], productType: "Shoes" }), [{ id: 70, handle: "c", title: "C" }]);
    writeProduct(shopId, makeProductRecord(2, { productType: "Hats" }), []);
  }
  writeCustomers(shop.id, [
    makeCustomerRecord(11, { tags: ["VIP", "news"], countryCode: "US", provinceCode: "CA", city: "Los Angeles", smsConsent: "SUBSCRIBED", emailDomain: "gmail.com", shopifyRfmGroup: "CHAMPIONS", shopifySpendTier: "HIGH" }),
    makeCustomerRecord(12, { tags: ["new"], locale: "de", state: "DISABLED", shopifyRfmGroup: "LOYAL" }),
    makeCustomerRecord(13, { locale: null }),
  ]);
  writeCustomers(other.id, [makeCustomerRecord(11, { tags: ["theirs"] })]);
  // Newest first, so that the rows of the snapshot are not in the order of the ids.
  writeOrders(shop.id, [
    makeOrderRecord(901, 11, ago(1), [1, 2], { discountCodes: ["TEN"], discountMinor: 100, totalMinor: 1_900 }),
    makeOrderRecord(902, 11, ago(40), [2]),
    makeOrderRecord(903, 12, ago(400), [1]),
  ]);
});

const ask = (query: string) => findMembers(shop, query, NOW_MS);

describe("queries see what is stored besides orders", () => {
  it.each<[string, number[]]>([
    ["customer_tags CONTAINS 'vip'", [11]],
    ["customer_tags NOT CONTAINS 'news'", [12, 13]],
    ["customer_tags CONTAINS 'theirs'", []],
    ["customer_cities CONTAINS 'US-CA-LosAngeles'", [11]],
    ["customer_regions CONTAINS 'US-CA'", [11]],
    ["customer_language = 'de'", [12]],
    ["customer_language IS NULL", [13]],
    ["customer_account_status = 'DISABLED'", [12]],
    ["sms_subscription_status = 'SUBSCRIBED'", [11]],
    ["customer_email_domain = 'gmail.com'", [11]],
    ["rfm_group = 'CHAMPIONS'", [11]],
    ["predicted_spend_tier = 'HIGH'", [11]],
    ["orders_placed MATCHES (discount_code = 'TEN')", [11]],
    ["products_purchased MATCHES (tag = 'summer')", [11, 12]],
    ["products_purchased MATCHES (collection_id = 70, date >= -30d)", [11]],
    ["products_purchased MATCHES (variant_id = 21, date < -30d)", [11]],
    ["products_purchased MATCHES (variant_id = 11)", [11, 12]],
    ["computed_rfm_group = 'PROSPECTS'", [13]],
    ["category_affinity IS NOT NULL OR price_sensitivity IS NOT NULL OR gross_margin > 0", [11, 12]],
  ])("%s", async (query, expected) => {
    expect(await ask(query)).toEqual(expected);
  });

  it("predictions are there once a model has passed its test, and no data before", async () => {
    expect(await ask("predicted_clv > 10")).toBe("predicted_clv");
    expect(await ask("total_clv > 10")).toBe("total_clv");
    const insert = openSqlite().prepare(
      `INSERT INTO CustomerPrediction (shopId, customerId, runId, asOf, expectedRevenue365dMinor, churnProbability, churnHorizonDays, nextOrderAt, cadenceSource, lifecycleStage, valueTier, updatedAt) VALUES (?, ?, 'r', 1, ?, ?, 90, ?, 'shop', 'new', 'A', 1)`,
    );
    insert.run(shop.id, 11, 5_000, 0.2, NOW_MS + 3 * DAY_MS);
    insert.run(shop.id, 12, 900, null, null);
    expect(await ask("predicted_clv > 10")).toEqual([11]);
    expect(await ask("total_clv >= 19")).toEqual([11, 12]);
    expect(await ask("total_clv >= 19.01")).toEqual([11]);
    expect(await ask("churn_probability <= 0.5")).toEqual([11]);
    expect(await ask("expected_date_of_next_order BETWEEN today AND +7d")).toEqual([11]);
    expect(await ask("probability_alive > 0.1")).toBe("probability_alive");
  });

  it("offers of ours that were received and redeemed, by Shopify's number of the discount", async () => {
    expect(await ask("campaign_event.redeemed MATCHES (count >= 1)")).toBe("campaign_event.redeemed");
    const sqlite = openSqlite();
    sqlite.prepare(
      `INSERT INTO Discount (id, shopId, title, kind, value, segmentId, codeMode, code, startsAt, oncePerCustomer, status, shopifyId, createdAt, updatedAt, publishedAt) VALUES ('d', ?, 't', 'percentage', '{}', 's', 'unique', NULL, ?, 1, 'active', 555, 1, 1, ?)`,
    ).run(shop.id, ago(50), ago(50));
    const code = sqlite.prepare("INSERT INTO DiscountCode (shopId, discountId, code, customerId, status) VALUES (?, 'd', ?, ?, ?)");
    code.run(shop.id, "TEN", 11, "imported");
    code.run(shop.id, "TWO", 12, "imported");
    code.run(shop.id, "BAD", 13, "failed");
    expect(await ask("campaign_event.exposed MATCHES (id = 555)")).toEqual([11, 12]);
    expect(await ask("campaign_event.exposed MATCHES (id = 556)")).toEqual([]);
    expect(await ask("campaign_event.redeemed MATCHES (id = 555, date >= -7d)")).toEqual([11]);
    expect(await ask("campaign_event.exposed MATCHES (id = 555) AND campaign_event.redeemed NOT MATCHES (id = 555)")).toEqual([12]);
  });

  it("what no part of the product collects yet says so", async () => {
    expect(await ask("storefront_event.product_viewed MATCHES (count >= 1)")).toBe("storefront_event.product_viewed");
    expect(await ask("abandoned_checkout_date >= -7d")).toBe("abandoned_checkout_date");
  });
});
