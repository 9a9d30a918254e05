import { describe, expect, it } from "vitest";
import type { CustomerListView } from "#app/core/customer-views.ts";
import { readText, renderPage } from "#tests/harness/render-page.tsx";
import { CustomersPage } from "./customers-page.tsx";
import { customersPath, usualColumns } from "./customers-path.ts";

const now = Date.UTC(2026, 5, 15, 9);
const never = new Promise<never>(() => {});
const list: CustomerListView = {
  rows: [
    { customerId: 1234, city: "Leeds", countryCode: "GB", values: ["CHAMPIONS", now - 5 * 86_400_000, 3, 12_345, "1", 0.123] },
    { customerId: 5678, city: null, countryCode: null, values: ["PROSPECTS", null, 0, 0, null, null] },
  ],
  columns: ["shopifyGroup", "lastOrderAt", "ordersCount", "monetaryMinor", "cluster", "churn"],
  page: 2, pageCount: 3, total: 120,
  choices: { shopifyGroup: [{ value: "CHAMPIONS", count: 20 }, { value: "PROSPECTS", count: 100 }], stage: [], tier: [], cluster: [] },
  clusters: [{ number: 1, named: [{ key: "orders", distance: 1.2 }, { key: "discounts", distance: -0.8 }] }],
  sort: "monetaryMinor", direction: "desc", filters: {}, where: "", problems: [], query: "", search: "none", asOfMs: now, isReady: true,
};

describe("customer list", () => {
  it("works without names and says how each customer buys", async () => {
    const text = readText(await renderPage(<CustomersPage list={list} names={never} nowMs={now} />));
    expect(text).toContain("Customer 1234");
    expect(text).toMatch(/Champions Last order 5 days ago Orders 3 Spent £123.45 Way of buying Many orders, full price No order in 90 days 12% Place Leeds, GB/);
    expect(text).toContain("Page 2 of 3, 120 customers");
  });

  it("says how it is sorted and turns the order round on the same column", async () => {
    const html = await renderPage(<CustomersPage list={list} names={never} nowMs={now} />);
    expect(html).toMatch(/aria-sort="descending"><a[^>]*href="\/app\/customers\?cols=[^"]*&amp;sort=monetaryMinor&amp;dir=asc"/);
    expect(html).toMatch(/aria-sort="none"><a[^>]*href="\/app\/customers\?cols=[^"&]*"/);
  });

  it.each([
    [{ ...list, rows: [], total: 0, asOfMs: null }, "No customers yet"],
    [{ ...list, rows: [], total: 0, query: "ana" }, "No customer found"],
    [{ ...list, rows: [], total: 0, filters: { shopifyGroup: "LOYAL" } }, "Nobody fits"],
    [{ ...list, rows: [], total: 0, query: "ana", search: "failed" as const }, "Shopify did not answer the search"],
    [{ ...list, asOfMs: null }, "have not been scored yet"],
    [{ ...list, isReady: false }, "are being read"],
    [{ ...list, where: "orders > 3", problems: [{ message: "no attribute orders", from: 0, to: 6, suggestion: "number_of_orders" }] }, "no attribute orders Did you mean number_of_orders?"],
  ])("says why it is empty or incomplete", async (view, words) => {
    expect(readText(await renderPage(<CustomersPage list={view} names={never} nowMs={now} />))).toContain(words);
  });

  it("keeps what was chosen in its addresses and leaves out what is usual", () => {
    const usual = { ...list, columns: usualColumns };
    expect(customersPath(usual, { page: 3 })).toBe("/app/customers?sort=monetaryMinor&page=3");
    expect(customersPath(usual, { sort: "lastOrderAt", page: 1 })).toBe("/app/customers");
    expect(customersPath({ ...usual, filters: { shopifyGroup: "LOYAL" } }, { page: 1, where: "number_of_orders > 2" })).toBe("/app/customers?shopifyGroup=LOYAL&where=number_of_orders+%3E+2&sort=monetaryMinor");
    expect(customersPath({ ...usual, columns: ["churn"] }, { page: 1, sort: "lastOrderAt" })).toBe("/app/customers?cols=churn");
  });
});
