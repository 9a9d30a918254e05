import { describe, expect, it } from "vitest";
import type { CustomerListView } from "#app/core/customer-views.ts";
import { readText, renderPage } from "#tests/harness/render-page.tsx";
import { CustomersPage } from "./customers-page.tsx";
import { customersPath } from "./customers-path.ts";

const now = Date.UTC(2026, 5, 15, 9);
const never = new Promise<never>(() => {});
const list: CustomerListView = {
  rows: [
    { customerId: 1234, city: "Leeds", countryCode: "GB", score: { ordersCount: 3, spentMinor: 12_345, lastOrderAtMs: now - 5 * 86_400_000, r: 5, f: 4, m: 4, shopifyGroup: "CHAMPIONS", classicGroup: "CHAMPIONS" } },
    { customerId: 5678, city: null, countryCode: null, score: { ordersCount: 0, spentMinor: 0, lastOrderAtMs: null, r: 0, f: 0, m: 0, shopifyGroup: "PROSPECTS", classicGroup: "PROSPECTS" } },
  ],
  page: 2, pageCount: 3, total: 120,
  groupCounts: [{ group: "CHAMPIONS", count: 20 }, { group: "PROSPECTS", count: 100 }],
  sort: "spent", direction: "desc", group: null, query: "", search: "none", isScored: true,
};

describe("customer list", () => {
  it("works without names and says how each customer buys", async () => {
    const text = readText(await renderPage(<CustomersPage list={list} names={never} nowMs={now} />));
    expect(text).toContain("Customer 1234");
    expect(text).toMatch(/Champions Last order 5 days ago Orders 3 Spent £123.45 Place Leeds, GB/);
    expect(text).toContain("Page 2 of 3, 120 customers");
  });

  it("says how it is sorted and turns the order round on the same column", async () => {
    const html = await renderPage(<CustomersPage list={list} names={never} nowMs={now} />);
    expect(html).toMatch(/aria-sort="descending"><a[^>]*href="\/app\/customers\?sort=spent&amp;dir=asc"/);
    expect(html).toMatch(/aria-sort="none"><a[^>]*href="\/app\/customers"/);
  });

  it.each([
    [{ ...list, rows: [], total: 0, groupCounts: [], isScored: false }, "No customers yet"],
    [{ ...list, rows: [], total: 0, query: "ana" }, "No customer found"],
    [{ ...list, rows: [], total: 0, group: "LOYAL" }, "Nobody in this group"],
    [{ ...list, rows: [], total: 0, query: "ana", search: "failed" as const }, "Shopify did not answer the search"],
    [{ ...list, isScored: false }, "have not been scored yet"],
  ])("says why it is empty or incomplete", async (view, words) => {
    expect(readText(await renderPage(<CustomersPage list={view} names={never} nowMs={now} />))).toContain(words);
  });

  it("keeps what was chosen in its addresses and leaves out what is usual", () => {
    expect(customersPath(list, { page: 3 })).toBe("/app/customers?sort=spent&page=3");
    expect(customersPath(list, { sort: "last-order", page: 1 })).toBe("/app/customers");
    expect(customersPath({ ...list, group: "LOYAL", query: "" }, { page: 1 })).toBe("/app/customers?group=LOYAL&sort=spent");
  });
});
