import { describe, expect, it } from "vitest";
import { SMALL_CUSTOMERS, SMALL_ORDERS, SMALL_STORE_NOW_MS, createSmallStore, discountOf, subtotalOf } from "../db/small-store.ts";
import type { SmallCustomer, SmallOrder } from "../db/small-store.ts";
import { zonedDate } from "../time.ts";
import { checkSegment, isSegmentMember } from "./segment-members.ts";
import { rfmGroup, scoreOf } from "./rfm.ts";

const db = createSmallStore();
const shop = { id: 1, domain: "x.myshopify.com", name: "x", currency: "USD", timeZone: "America/New_York", shippingRate: 0 };
const store = { db, shop, clock: { nowMs: () => SMALL_STORE_NOW_MS, wallMs: () => SMALL_STORE_NOW_MS } };

const members = (query: string): number[] => {
  const checked = checkSegment(store, query);
  if (!checked.ok) throw new Error(checked.message);
  return db.prepare<(string | number)[], { id: number }>(`SELECT c.id FROM customers c WHERE ${checked.where.sql} ORDER BY c.id`).all(...checked.where.params).map(({ id }) => id);
};

const who = (test: (customer: SmallCustomer, orders: SmallOrder[]) => boolean): number[] =>
  SMALL_CUSTOMERS.filter((customer) => test(customer, SMALL_ORDERS.filter((order) => order.customerId === customer.id && !order.isTest))).map(({ id }) => id);
const spent = (orders: SmallOrder[]) => orders.reduce((sum, order) => sum + subtotalOf(order) - discountOf(order), 0) / 100;
const lastDaysAgo = (orders: SmallOrder[]) => (orders.length ? Math.min(...orders.map((order) => order.daysAgo)) : null);
const pieces = (orders: SmallOrder[], product: number) => orders.flatMap((order) => order.lines).filter((line) => line.product === product).reduce((sum, line) => sum + line.quantity, 0);

describe("members of a segment, beside what plain code says", () => {
  it.each<[string, (customer: SmallCustomer, orders: SmallOrder[]) => boolean]>([
    ["number_of_orders >= 2", (_, orders) => orders.length >= 2],
    ["number_of_orders = 0", (_, orders) => orders.length === 0],
    ["number_of_orders != 1", (_, orders) => orders.length !== 1],
    ["number_of_orders BETWEEN 1 AND 2", (_, orders) => orders.length >= 1 && orders.length <= 2],
    ["amount_spent > 99.99", (_, orders) => spent(orders) > 99.99],
    ["amount_spent BETWEEN 10 AND 60", (_, orders) => spent(orders) >= 10 && spent(orders) <= 60],
    ["last_order_date >= -30d", (_, orders) => lastDaysAgo(orders) !== null && Number(lastDaysAgo(orders)) <= 30],
    ["last_order_date > -30d", (_, orders) => lastDaysAgo(orders) !== null && Number(lastDaysAgo(orders)) < 30],
    ["last_order_date < -3m", (_, orders) => Number(lastDaysAgo(orders) ?? 0) > 92],
    ["last_order_date = today", (_, orders) => lastDaysAgo(orders) === 0],
    ["last_order_date = yesterday", (_, orders) => lastDaysAgo(orders) === 1],
    ["last_order_date BETWEEN -1w AND today", (_, orders) => lastDaysAgo(orders) !== null && Number(lastDaysAgo(orders)) <= 7],
    ["last_order_date IS NULL", (_, orders) => orders.length === 0],
    ["last_order_date IS NOT NULL", (_, orders) => orders.length > 0],
    ["first_order_date < -1y", (_, orders) => orders.some((order) => order.daysAgo > 365)],
    ["first_order_date > 90_days_ago", (_, orders) => orders.length > 0 && Math.max(...orders.map((order) => order.daysAgo)) < 90],
    ["customer_added_date >= 2026-10-11", ({ joinedDaysAgo }) => joinedDaysAgo <= 40],
    ["customer_added_date <= 2026-10-10T23:59:59", ({ joinedDaysAgo }) => joinedDaysAgo > 40],
    ["customer_tags CONTAINS 'vip'", ({ tags }) => tags.some((tag) => tag.toLowerCase() === "vip")],
    ["customer_tags NOT CONTAINS 'VIP'", ({ tags }) => !tags.some((tag) => tag.toLowerCase() === "vip")],
    ["customer_tags IS NULL", ({ tags }) => tags.length === 0],
    ["customer_countries CONTAINS 'US'", ({ country }) => country === "US"],
    ["customer_countries NOT CONTAINS 'US'", ({ country }) => country !== "US"],
    ["customer_regions CONTAINS 'ES-NY'", ({ country }) => country === "ES"],
    ["customer_cities CONTAINS 'FR-NY-Townville'", ({ country }) => country === "FR"],
    ["email_subscription_status = 'SUBSCRIBED'", ({ consent }) => consent === "SUBSCRIBED"],
    ["email_subscription_status != 'SUBSCRIBED'", ({ consent }) => consent !== "SUBSCRIBED"],
    ["customer_email_domain = 'example.com'", ({ email }) => email?.endsWith("@example.com") === true],
    ["products_purchased MATCHES (id = 2)", (_, orders) => pieces(orders, 2) > 0],
    ["products_purchased NOT MATCHES (id = 2)", (_, orders) => pieces(orders, 2) === 0],
    ["products_purchased MATCHES (id IN (3, 7))", (_, orders) => pieces(orders, 3) + pieces(orders, 7) > 0],
    ["products_purchased MATCHES (id = 2, count >= 2)", (_, orders) => orders.filter((order) => order.lines.some((line) => line.product === 2)).length >= 2],
    ["products_purchased MATCHES (id = 2, sum_quantity >= 4)", (_, orders) => pieces(orders, 2) >= 4],
    ["products_purchased MATCHES (id = 1, date >= -30d)", (_, orders) => pieces(orders.filter((order) => order.daysAgo <= 30), 1) > 0],
    ["products_purchased MATCHES (tag = 'summer')", (_, orders) => pieces(orders, 2) > 0],
    ["products_purchased(id: 4) = true", (_, orders) => pieces(orders, 4) > 0],
    ["orders_placed MATCHES (count >= 2, date >= -365d)", (_, orders) => orders.filter((order) => order.daysAgo <= 365).length >= 2],
    ["orders_placed MATCHES (amount > 50)", (_, orders) => orders.some((order) => subtotalOf(order) > 5000)],
    ["orders_placed MATCHES (sum_amount >= 150)", (_, orders) => spent(orders) >= 150],
    ["orders_placed IS NULL", (_, orders) => orders.length === 0],
    ["number_of_orders > 1 AND customer_countries CONTAINS 'ES' OR customer_tags CONTAINS 'vip'", ({ country, tags }, orders) => (orders.length > 1 && country === "ES") || tags.some((tag) => tag.toLowerCase() === "vip")],
    ["number_of_orders > 1 AND (customer_countries CONTAINS 'ES' OR customer_tags CONTAINS 'vip')", ({ country, tags }, orders) => orders.length > 1 && (country === "ES" || tags.some((tag) => tag.toLowerCase() === "vip"))],
  ])("%s", (query, test) => {
    expect(members(query)).toEqual(who(test));
  });

  it("judges one customer as it lists them all", () => {
    const query = "products_purchased MATCHES (id = 1) AND last_order_date > -60d";
    expect(SMALL_CUSTOMERS.filter(({ id }) => isSegmentMember(store, query, id)).map(({ id }) => id)).toEqual(members(query));
  });

  it("counts days in the shop's time zone", () => {
    // Half past eleven at night in New York is already the next day in UTC.
    const late = Date.UTC(2026, 10, 20, 4, 30);
    expect(zonedDate(late, "America/New_York")).toEqual({ year: 2026, month: 11, day: 19 });
    db.prepare("UPDATE customers SET last_order_at = ? WHERE id = 4").run(late);
    expect(members("last_order_date = 2026-11-19")).toContain(4);
    expect(members("last_order_date = 2026-11-20")).not.toContain(4);
    db.prepare("UPDATE customers SET last_order_at = ? WHERE id = 4").run(SMALL_STORE_NOW_MS);
  });
});

describe("refused queries", () => {
  it.each([
    ["", "blank"],
    ["shoe_size > 3", "cannot be found"],
    ["number_of_orders >", "a value expected"],
    ["number_of_orders = 1.5", "whole number"],
    ["number_of_orders CONTAINS 3", "takes"],
    ["email_subscription_status = 'subscribed'", "needs one of"],
    ["customer_tags = 'vip'", "takes CONTAINS"],
    ["last_order_date > 'long ago'", "needs a date"],
    ["last_order_date > 2026-02-30", "does not exist"],
    ["(number_of_orders > 1", "')'"],
    ["number_of_orders > 1 number_of_orders < 5", "AND or OR"],
    ["products_purchased MATCHES (colour = 'red')", "no parameter"],
    ["customer_tags CONTAINS \"vip\"", "unexpected"],
    [Array.from({ length: 11 }, (_, index) => `number_of_orders != ${index}`).join(" AND "), "10 clauses"],
  ])("%s", (query, words) => {
    const checked = checkSegment(store, query);
    expect(checked.ok).toBe(false);
    if (!checked.ok) expect(checked.message).toContain(words);
  });

  it("ten clauses are still taken", () => {
    expect(checkSegment(store, Array.from({ length: 10 }, (_, index) => `number_of_orders != ${index}`).join(" AND ")).ok).toBe(true);
  });

  it("a filter of Shopify that is not simulated is an error of its own, never an empty segment", () => {
    expect(() => checkSegment(store, "abandoned_checkout_date > -7d")).toThrow("not simulated");
  });
});

describe("RFM groups", () => {
  it("score by the share of smaller values, ties alike", () => {
    const score = scoreOf([1, 1, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect([1, 2, 3, 4, 5, 6, 7, 8].map(score)).toEqual([1, 2, 3, 3, 4, 4, 5, 5]);
    expect(scoreOf([7, 7, 7])(7)).toBe(1);
  });

  it("cover every cell of the grid with the help page's names", () => {
    const grid = [1, 2, 3, 4, 5].map((recency) => [1, 2, 3, 4, 5].map((fm) => rfmGroup(recency, fm)));
    expect(grid).toEqual([
      ["DORMANT", "DORMANT", "AT_RISK", "AT_RISK", "PREVIOUSLY_LOYAL"],
      ["DORMANT", "DORMANT", "AT_RISK", "AT_RISK", "PREVIOUSLY_LOYAL"],
      ["ALMOST_LOST", "ALMOST_LOST", "NEEDS_ATTENTION", "LOYAL", "LOYAL"],
      ["PROMISING", "ACTIVE", "ACTIVE", "LOYAL", "LOYAL"],
      ["NEW", "ACTIVE", "ACTIVE", "CHAMPIONS", "CHAMPIONS"],
    ]);
  });

  it("can be asked for in a segment; who never ordered is a prospect", () => {
    expect(members("rfm_group = 'PROSPECTS'")).toEqual(who((_, orders) => orders.length === 0));
  });
});
