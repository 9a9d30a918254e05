// The whole slice the way its three kinds of people use it: a merchant in the admin, staff with a discount, shoppers in the storefront.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eventually } from "./support/eventually.ts";
import { appFrame, startStack, type Stack } from "./support/stack.ts";

let stack: Stack;
let admin: Page;

beforeAll(async () => {
  stack = await startStack({ customers: 250, seed: 7 });
  admin = await stack.openPage();
});
afterAll(async () => {
  await stack?.stop();
});

const openInApp = (page: Page, path: string, locale = "en") => page.goto(`${stack.storeUrl}/admin/apps/tessera${path}${locale === "en" ? "" : `?locale=${locale}`}`);
const isIdle = () => stack.inApp<{ n: number }>("SELECT COUNT(*) AS n FROM Job WHERE status IN ('waiting', 'active')")[0].n === 0;

async function logIn(page: Page, email: string): Promise<void> {
  await page.goto(`${stack.storeUrl}/account/login`);
  await page.fill("#login-email", email);
  await page.press("#login-email", "Enter");
  await page.waitForURL(/\/account$/);
}

describe("first slice", () => {
  it("is installed from the admin by one click, and the first sync runs to its end", async () => {
    await openInApp(admin, "");
    await admin.click("#install");
    await appFrame(admin).getByText("Key figures").waitFor({ timeout: 90_000 });
    await eventually("the first sync and its jobs end", () => stack.inApp<{ firstSyncedAt: number | null }>("SELECT firstSyncedAt FROM Shop")[0]?.firstSyncedAt && isIdle(), 90_000);
    const truth = stack.inStore<{ products: number; customers: number; orders: number }>("SELECT (SELECT COUNT(*) FROM products) AS products, (SELECT COUNT(*) FROM customers) AS customers, (SELECT COUNT(*) FROM orders) AS orders")[0];
    const copy = stack.inApp<typeof truth>('SELECT (SELECT COUNT(*) FROM Product) AS products, (SELECT COUNT(*) FROM Customer) AS customers, (SELECT COUNT(*) FROM "Order") AS orders')[0];
    expect(copy).toEqual(truth);
    await admin.reload();
    await appFrame(admin).getByText("Your customers by group").waitFor();
    await appFrame(admin).getByText("Champions", { exact: true }).filter({ visible: true }).first().waitFor();
  });

  it("shows what is bought together on the product page, and the bundle goes to the cart without scripts", async () => {
    const [{ handle, value }] = stack.inStore<{ handle: string; value: string }>("SELECT p.handle, m.value FROM metafields m JOIN products p ON p.id = m.owner_id WHERE m.key = 'bought_together' ORDER BY length(m.value) DESC LIMIT 1");
    expect(JSON.parse(value).length).toBeGreaterThan(0);
    const shopper = await stack.openPage({ javaScriptEnabled: false });
    await shopper.goto(`${stack.storeUrl}/products/${handle}`);
    const bundle = shopper.locator(".tessera-bundle");
    await bundle.waitFor();
    expect(await bundle.innerText()).toMatch(/Bought together in \d+ orders?/);
    await bundle.locator(".tessera-bundle__add").click();
    await shopper.waitForURL(/\/cart/);
    expect(await shopper.locator("[name=checkout]").count()).toBe(1);
    await shopper.context().close();
  });

  it("an order placed in the storefront appears in the customer's profile within 2 seconds", async () => {
    const [customer] = stack.inStore<{ id: number; email: string }>("SELECT id, email FROM customers WHERE number_of_orders BETWEEN 1 AND 3 AND email IS NOT NULL ORDER BY id LIMIT 1");
    const [variant] = stack.inStore<{ handle: string }>("SELECT p.handle FROM variants v JOIN products p ON p.id = v.product_id WHERE p.status = 'ACTIVE' AND v.position = 1 AND v.inventory_quantity > 20 ORDER BY p.id LIMIT 1");
    const shopper = await stack.openPage();
    await logIn(shopper, customer.email);
    await shopper.goto(`${stack.storeUrl}/products/${variant.handle}`);
    await shopper.locator("form[action*='/cart/add'] button[type=submit]").first().click();
    await shopper.waitForURL(/\/cart/);
    await shopper.locator("[name=checkout]").click();
    await shopper.locator("[name=place_order]").click();
    await shopper.waitForURL(/\/orders\//);
    const [placed] = stack.inStore<{ name: string; id: number }>("SELECT name, id FROM orders WHERE customer_id = ? ORDER BY id DESC LIMIT 1", customer.id);
    const [times] = await eventually("the order's webhook is applied", () => {
      const rows = stack.inApp<{ triggeredAt: number; appliedAt: number }>("SELECT w.triggeredAt, w.appliedAt FROM WebhookInbox w JOIN \"Order\" o ON o.id = ? WHERE w.topic LIKE 'orders/%' AND w.status = 'applied' ORDER BY w.receivedAt DESC LIMIT 1", placed.id);
      return rows.length > 0 && rows[0].appliedAt ? rows : null;
    });
    expect(times.appliedAt - times.triggeredAt).toBeLessThan(2_000);
    await openInApp(admin, `/customers/${customer.id}`);
    await appFrame(admin).getByText(placed.name).first().waitFor();
    await shopper.context().close();
  });

  it("a discount made for a segment works for a member and not for a stranger", async () => {
    await openInApp(admin, "/segments");
    const app = appFrame(admin);
    await app.getByText("Your buyers at a glance").waitFor();
    await app.getByRole("button", { name: /^Champions/ }).last().click();
    await app.getByRole("button", { name: "Create segment" }).click();
    await app.getByRole("link", { name: /Create discount/ }).or(app.getByRole("button", { name: /Create discount/ })).first().click();
    await app.getByLabel("Percentage", { exact: true }).last().fill("20");
    await app.getByText("What will happen").waitFor();
    await app.getByRole("button", { name: "Create discount" }).last().click();
    const active = await eventually("the discount is active", () => stack.inApp<{ code: string; segmentId: string }>("SELECT code, segmentId FROM Discount WHERE status = 'active'")[0], 60_000);
    await app.getByText(active.code).first().waitFor();

    const emailOf = (id: number) => stack.inStore<{ email: string }>("SELECT email FROM customers WHERE id = ?", id)[0].email;
    const [member] = stack.inApp<{ customerId: number }>("SELECT customerId FROM SegmentMember WHERE segmentId = ? AND leftAt IS NULL ORDER BY customerId LIMIT 1", active.segmentId);
    const [stranger] = stack.inApp<{ customerId: number }>("SELECT customerId FROM CustomerScore WHERE customerId NOT IN (SELECT customerId FROM SegmentMember WHERE segmentId = ?) ORDER BY customerId LIMIT 1", active.segmentId);
    expect(await checkOutWith(emailOf(member.customerId), active.code)).toMatchObject({ isRefused: false, discounts: 1 });
    expect(await checkOutWith(emailOf(stranger.customerId), active.code)).toMatchObject({ isRefused: true });
  });

  /** Logs in, fills a cart, tries the code at the checkout, and places the order when it was taken. */
  async function checkOutWith(email: string, code: string): Promise<{ isRefused: boolean; discounts: number }> {
    const shopper = await stack.openPage();
    await logIn(shopper, email);
    const [{ handle }] = stack.inStore<{ handle: string }>("SELECT p.handle FROM variants v JOIN products p ON p.id = v.product_id WHERE p.status = 'ACTIVE' AND v.position = 1 AND v.inventory_quantity > 20 ORDER BY p.id LIMIT 1");
    await shopper.goto(`${stack.storeUrl}/products/${handle}`);
    await shopper.locator("form[action*='/cart/add'] button[type=submit]").first().click();
    await shopper.waitForURL(/\/cart/);
    await shopper.locator("[name=checkout]").click();
    await shopper.fill("#discount-code", code);
    await shopper.locator("[name=apply_discount]").click();
    await shopper.waitForLoadState("load");
    if ((await shopper.locator("#discount-problem").count()) > 0) {
      await shopper.context().close();
      return { isRefused: true, discounts: 0 };
    }
    await shopper.locator("[name=place_order]").click();
    await shopper.waitForURL(/\/orders\//);
    await shopper.context().close();
    const used = stack.inStore<{ n: number }>("SELECT COUNT(*) AS n FROM order_discounts WHERE code = ?", code)[0].n;
    return { isRefused: false, discounts: used };
  }

  it.each([["en", "Customers"], ["zh-CN", "客户"]])("every page fits a phone in %s", async (locale, menuWord) => {
    const phone = await stack.openPage({ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });
    const [{ customerId }] = stack.inApp<{ customerId: number }>("SELECT customerId FROM CustomerScore ORDER BY monetaryMinor DESC LIMIT 1");
    const [{ segmentId }] = stack.inApp<{ segmentId: string }>("SELECT id AS segmentId FROM Segment LIMIT 1");
    for (const path of ["", "/customers", `/customers/${customerId}`, "/predictions", "/segments", `/segments/${segmentId}`, "/recommendations", "/discounts", "/discounts/new"]) {
      await openInApp(phone, path, locale);
      await appFrame(phone).locator(".Polaris-Page").first().waitFor();
      const frame = phone.frames().find((one) => one.url().includes("/app"));
      const width = await frame?.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
      expect(width?.[0], `${path} in ${locale}`).toBeLessThanOrEqual(width?.[1] ?? 0);
    }
    await phone.locator("#menu-button").click();
    await phone.locator("#app-items").getByText(menuWord, { exact: false }).first().waitFor();
    await phone.context().close();
  });

  it("is uninstalled and installed again, and keeps working", async () => {
    await stack.control("uninstall", {});
    await eventually("the app knows that it was uninstalled", () => stack.inApp<{ uninstalledAt: number | null }>("SELECT uninstalledAt FROM Shop")[0].uninstalledAt);
    await eventually("its tokens are gone", () => stack.inApp<{ n: number }>("SELECT COUNT(*) AS n FROM Session")[0].n === 0);
    await openInApp(admin, "");
    await admin.click("#install");
    await appFrame(admin).getByText("Key figures").waitFor({ timeout: 90_000 });
    await eventually("the app is installed again", () => stack.inApp<{ uninstalledAt: number | null }>("SELECT uninstalledAt FROM Shop")[0].uninstalledAt === null);
    await eventually("its jobs end", isIdle, 90_000);
    expect(stack.inApp<{ status: string }>("SELECT status FROM Job WHERE status = 'dead'")).toEqual([]);
    expect([...new Set(stack.pageProblems)].join("\n")).toBe("");
  });
});
