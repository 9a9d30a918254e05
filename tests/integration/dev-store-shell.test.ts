import { existsSync } from "node:fs";
import { chromium } from "playwright-core";
import type { Browser, FrameLocator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DevStoreFixture } from "./dev-store-fixture.ts";
import { startFixture } from "./dev-store-fixture.ts";

const CHROMIUM = "/usr/bin/chromium";
const ARGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run", "--disable-quic"];

/** A page as an app would serve it, on App Bridge alone. */
const appPage = (origin: () => string) => (url: URL): string => `<!doctype html><html><head><script src="${origin()}/app-bridge.js" data-api-key="test-key"></script></head><body>
<p id="where">${url.pathname}</p><p id="locale"></p>
<ui-nav-menu><a href="/app" rel="home">Home</a><a href="/app/customers">Customers</a><a href="/app/segments">Segments</a></ui-nav-menu>
<ui-title-bar title="Page of ${url.pathname}"><button variant="primary" onclick="document.getElementById('where').textContent = 'title button'">Create</button></ui-title-bar>
<ui-save-bar id="bar"><button variant="primary" onclick="shopify.toast.show('Saved'); this.parentElement.hide()">Save</button><button onclick="this.parentElement.hide()">Discard</button></ui-save-bar>
<form data-save-bar onsubmit="event.preventDefault(); document.getElementById('where').textContent = 'sent'"><input name="field" aria-label="Field"></form>
<ui-modal id="modal"><p>Inside</p><ui-title-bar title="Sure?"><button variant="primary" onclick="document.getElementById('where').textContent = 'confirmed'">Yes</button></ui-title-bar></ui-modal>
<script>document.getElementById("locale").textContent = shopify.config.locale;</script></body></html>`;

describe.skipIf(!existsSync(CHROMIUM))("the admin shell", () => {
  let fixture: DevStoreFixture;
  let browser: Browser;
  let page: Page;
  let app: FrameLocator;
  let origin = "";

  beforeAll(async () => {
    fixture = await startFixture({ html: appPage(() => origin) });
    origin = fixture.store.origin;
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGS });
    page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.setDefaultTimeout(10_000);
    app = page.frameLocator("#app");
  });
  afterAll(async () => {
    await browser.close();
    await fixture.close();
  });

  it("offers to install, then opens the app with its menu and title", async () => {
    await page.goto(`${origin}/admin`);
    await page.getByRole("button", { name: "Install app" }).click();
    await app.locator("#where").waitFor();
    expect(await app.locator("#where").textContent()).toBe("/app");
    const menu = page.getByRole("navigation");
    await menu.getByRole("link", { name: "Customers" }).waitFor();
    expect(await page.locator("#app-items a").allTextContents()).toEqual(["Customers", "Segments"]);
    await expect.poll(() => page.locator("#page-title").textContent()).toBe("Page of /app");
    await page.getByRole("button", { name: "Create" }).click();
    await expect.poll(() => app.locator("#where").textContent()).toBe("title button");
  });

  it("moves the app by the menu and the address with it, and opens deep links", async () => {
    await page.getByRole("navigation").getByRole("link", { name: "Customers" }).click();
    await expect.poll(() => app.locator("#where").textContent()).toBe("/app/customers");
    await expect.poll(() => new URL(page.url()).pathname).toBe("/admin/apps/tessera/customers");
    expect(await page.locator('#app-items a[aria-current="page"]').textContent()).toBe("Customers");
    await page.goto(`${origin}/admin/apps/tessera/segments/7?tab=members`);
    await expect.poll(() => app.locator("#where").textContent()).toBe("/app/segments/7");
    await expect.poll(() => page.url()).toBe(`${origin}/admin/apps/tessera/segments/7?tab=members`);
    await app.locator("body").evaluate(() => history.pushState(null, "", "/app/segments/8"));
    await expect.poll(() => new URL(page.url()).pathname).toBe("/admin/apps/tessera/segments/8");
  });

  it("gives the page id tokens and puts them on its own requests", async () => {
    const token = await app.locator("body").evaluate(() => (globalThis as unknown as { shopify: { idToken(): Promise<string> } }).shopify.idToken());
    expect(token.split(".")).toHaveLength(3);
    const before = fixture.received.length;
    await app.locator("body").evaluate(() => fetch("/app/data", { method: "POST" }).then((response) => response.status));
    expect(fixture.received[before]).toMatchObject({ path: "/app/data" });
    expect(String(fixture.received[before].headers["authorization"]).startsWith("Bearer ey")).toBe(true);
  });

  it("asks again with a new token when the app answers that the old one will not do", async () => {
    const before = fixture.received.length;
    fixture.answerWith(401, { "x-shopify-retry-invalid-session-request": "1" });
    const status = await app.locator("body").evaluate(() => fetch("/app/data", { method: "POST", body: "once" }).then((response) => response.status));
    fixture.answerWith(200);
    expect(status).toBe(401);
    const tries = fixture.received.slice(before);
    expect(tries.map(({ body }) => body)).toEqual(["once", "once"]);
    expect(tries[0].headers["authorization"]).not.toBe(tries[1].headers["authorization"]);
  });

  it("shows toasts and the save bar, and keeps an unsaved page from leaving", async () => {
    const call = (name: string) => app.locator("body").evaluate((_, which) => {
      const { saveBar } = (globalThis as unknown as { shopify: { saveBar: Record<string, (id: string) => Promise<void>> } }).shopify;
      return saveBar[which]("bar").then(() => "done", () => "stays");
    }, name);
    await call("show");
    const bar = page.getByRole("region", { name: "Unsaved changes" });
    await bar.waitFor();
    expect(await call("leaveConfirmation")).toBe("stays");
    await bar.getByRole("button", { name: "Save" }).click();
    await page.getByRole("status").getByText("Saved").waitFor();
    await bar.waitFor({ state: "hidden" });
    expect(await call("leaveConfirmation")).toBe("done");
  });

  it("follows a form with data-save-bar by itself", async () => {
    await app.getByLabel("Field").fill("changed");
    const bar = page.getByRole("region", { name: "Unsaved changes" });
    await bar.getByRole("button", { name: "Discard" }).click();
    await bar.waitFor({ state: "hidden" });
    expect(await app.getByLabel("Field").inputValue()).toBe("");
    await app.getByLabel("Field").fill("again");
    await bar.getByRole("button", { name: "Save" }).click();
    await expect.poll(() => app.locator("#where").textContent()).toBe("sent");
  });

  it("shows a modal with the actions of its title bar", async () => {
    await app.locator("body").evaluate(() => (globalThis as unknown as { shopify: { modal: { show(id: string): Promise<void> } } }).shopify.modal.show("modal"));
    const dialog = app.getByRole("dialog");
    await dialog.getByText("Inside").waitFor();
    await dialog.getByRole("button", { name: "Yes" }).click();
    await expect.poll(() => app.locator("#where").textContent()).toBe("confirmed");
    await dialog.getByRole("button", { name: "Close" }).click();
    await dialog.waitFor({ state: "hidden" });
  });

  it("lets products be picked, and says nothing was when the merchant leaves", async () => {
    const pick = () => app.locator("body").evaluate(() =>
      (globalThis as unknown as { shopify: { resourcePicker(options: object): Promise<{ id: string }[] | undefined> } }).shopify.resourcePicker({ type: "product", multiple: true }).then((found) => found?.map(({ id }) => id) ?? null));
    const first = pick();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Product 3").check();
    await dialog.getByLabel("Product 7").check();
    await dialog.getByRole("button", { name: "Add" }).click();
    expect(await first).toEqual(["gid://shopify/Product/3", "gid://shopify/Product/7"]);
    const second = pick();
    await dialog.getByRole("button", { name: "Cancel" }).click();
    expect(await second).toBeNull();
  });

  it("tells which blocks stand in the theme, and places one from the editor's deep link", async () => {
    const status = () => app.locator("body").evaluate(() =>
      (globalThis as unknown as { shopify: { app: { extensions(): Promise<{ type: string; activations: { handle: string; status: string }[] }[]> } } }).shopify.app
        .extensions().then((found) => Object.fromEntries(found.flatMap(({ activations }) => activations.map((one) => [one.handle, one.status])))));
    fixture.store.context.db.prepare("DELETE FROM theme_blocks").run();
    expect(await status()).toMatchObject({ "bought-together": "available" });
    await page.goto(`${origin}/admin/themes/current/editor?template=product&addAppBlockId=key/bought-together&target=newAppsSection`);
    await page.getByRole("button", { name: /Add app block/ }).click();
    await page.getByText("The block is placed").waitFor();
    await page.goto(`${origin}/admin`);
    await app.locator("#where").waitFor();
    expect(await status()).toMatchObject({ "bought-together": "active", "also-like": "available" });
  });

  it("speaks Chinese and passes the locale on", async () => {
    await page.goto(`${origin}/admin?locale=zh-CN`);
    await expect.poll(() => app.locator("#locale").textContent()).toBe("zh-CN");
    expect(await page.locator(".rail").textContent()).toContain("产品");
    expect(await page.locator("html").getAttribute("lang")).toBe("zh-CN");
  });

  it("works at phone width: the menu opens over the page and nothing scrolls sideways", async () => {
    await page.setViewportSize({ width: 375, height: 720 });
    for (const path of ["/admin", "/__control"]) {
      await page.goto(`${origin}${path}`);
      await page.waitForLoadState("load");
      expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(375);
    }
    await page.goto(`${origin}/admin`);
    await page.getByRole("button", { name: "Menu" }).click();
    await page.getByRole("navigation").getByRole("link", { name: "Segments" }).click();
    await expect.poll(() => app.locator("#where").textContent()).toBe("/app/segments");
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  it("takes a page opened outside the admin back into it", async () => {
    await page.goto(`${fixture.store.context.config.appUrl}/app/customers?tab=all`);
    await expect.poll(() => page.url()).toBe(`${origin}/admin/apps/tessera/customers?tab=all`);
  });

  it("the control page orders as a customer and shows the webhook", async () => {
    await page.goto(`${origin}/__control`);
    await page.getByRole("combobox", { name: "Customer" }).fill("2 First2 Last2");
    await page.getByRole("combobox", { name: "Product" }).fill("10 Product 1");
    await page.getByRole("button", { name: "Place order" }).click();
    await page.getByRole("status").getByText("Order #1013 placed").waitFor();
    await page.getByRole("cell", { name: "orders/create" }).first().waitFor();
    await page.getByLabel("Days").fill("3");
    await page.getByRole("button", { name: "Advance" }).click();
    await page.getByRole("status").getByText("2026-11-23").waitFor();
  });
});
