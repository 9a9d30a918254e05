// Every page of the admin in both languages, on a desk and on a phone: no error, nothing wider than the screen, nothing that axe-core calls serious.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Frame, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eventually } from "./support/eventually.ts";
import { appFrame, startStack, type Stack } from "./support/stack.ts";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let stack: Stack;
const ids: Record<string, string> = {};

beforeAll(async () => {
  stack = await startStack({ customers: 200, seed: 5 });
  const admin = await stack.openPage();
  await admin.goto(`${stack.storeUrl}/admin/apps/tessera`);
  await admin.click("#install");
  await appFrame(admin).getByText("Key figures").waitFor({ timeout: 90_000 });
  await eventually("the first sync, the scores and the models are there", () => {
    const [{ scored, models }] = stack.inApp<{ scored: number; models: number }>("SELECT (SELECT COUNT(*) FROM CustomerScore) AS scored, (SELECT COUNT(*) FROM ModelRun) AS models");
    const [{ busy }] = stack.inApp<{ busy: number }>("SELECT COUNT(*) AS busy FROM Job WHERE status IN ('waiting', 'active')");
    return scored > 0 && models > 0 && busy === 0;
  }, 240_000);
  for (const [name, query] of [["Regulars", "number_of_orders >= 2"], ["Silent", "last_order_date < -180d"]]) {
    await admin.goto(`${stack.storeUrl}/admin/apps/tessera/segments/new?query=${encodeURIComponent(query)}`);
    await appFrame(admin).getByLabel("Name of the segment").fill(name);
    await appFrame(admin).getByRole("button", { name: "Create segment" }).click();
    await appFrame(admin).getByText("Customers in it").waitFor();
  }
  ids.segment = stack.inApp<{ id: string }>("SELECT id FROM Segment WHERE name = 'Regulars'")[0].id;
  await admin.goto(`${stack.storeUrl}/admin/apps/tessera/discounts/new?segment=${ids.segment}`);
  await appFrame(admin).getByRole("button", { name: "Create discount" }).click();
  ids.discount = await eventually("the discount is stored", () => stack.inApp<{ id: string }>("SELECT id FROM Discount")[0]?.id, 60_000);
  ids.customer = String(stack.inApp<{ id: number }>('SELECT customerId AS id FROM "Order" WHERE customerId IS NOT NULL GROUP BY customerId ORDER BY COUNT(*) DESC LIMIT 1')[0].id);
  ids.product = String(stack.inApp<{ id: number }>("SELECT productId AS id FROM OrderLine WHERE productId IS NOT NULL GROUP BY productId ORDER BY COUNT(*) DESC LIMIT 1")[0].id);
  await admin.context().close();
}, 420_000);
afterAll(async () => {
  await stack?.stop();
});

const paths = [
  "", "customers", "customers/:customer", "health", "predictions", "products", "products/:product", "segments", "segments/new", "segments/:segment", "segments/:segment/edit",
  "segments/:segment/changes", "segments/templates", "segments/compare", "segments/import", "recommendations", "recommendations/bundles", "recommendations/evaluation", "discounts",
  "discounts/new", "discounts/:discount", "activity", "privacy",
];

/** What a page has against it, in words; an empty list is a good page. */
async function examine(page: Page, path: string, locale: string): Promise<string[]> {
  const problems: string[] = [];
  const listen = (kind: string, text: string) => problems.push(`${kind}: ${text.slice(0, 300)}`);
  page.removeAllListeners("console");
  page.on("console", (message) => (["error", "warning"].includes(message.type()) ? listen(message.type(), message.text()) : undefined));
  const seen = stack.pageProblems.length;
  await page.goto(`${stack.storeUrl}/admin/apps/tessera/${path.replace(/:(\w+)/g, (_, name: string) => ids[name])}?locale=${locale}`);
  const frame = await (await page.waitForSelector("main iframe")).contentFrame();
  if (!frame) return ["the app's frame is missing"];
  // The frame's document is replaced once, by the token exchange.
  await frame.locator("main h1").first().waitFor();
  // Set by the page itself, so it also says that the page works.
  await frame.waitForFunction(() => document.title.includes("·"));
  problems.push(...stack.pageProblems.slice(seen), ...(await findFlaws(frame)));
  return problems.map((problem) => `${path || "home"} (${locale}): ${problem}`);
}

async function findFlaws(frame: Frame): Promise<string[]> {
  await frame.evaluate(AXE);
  return frame.evaluate(async () => {
    interface Found { readonly id: string; readonly impact: string | null; readonly nodes: readonly { readonly html: string }[] }
    const { axe } = globalThis as unknown as { axe: { run(where: Document, options: object): Promise<{ violations: readonly Found[] }> } };
    const { violations } = await axe.run(document, { resultTypes: ["violations"] });
    const grave = violations.filter(({ impact }) => impact === "serious" || impact === "critical").map(({ id, nodes }) => `${id} at ${nodes[0].html.slice(0, 200)} (${nodes.length})`);
    const root = document.documentElement;
    const headings = [...document.querySelectorAll("h1, h2, h3, h4")].map((one) => Number(one.tagName[1]));
    return [
      ...grave,
      ...(root.scrollWidth > root.clientWidth ? [`${root.scrollWidth - root.clientWidth} px wider than the screen`] : []),
      ...(headings.filter((level) => level === 1).length === 1 ? [] : ["not one h1"]),
      ...(headings.some((level, i) => i > 0 && level > headings[i - 1] + 1) ? [`a heading level is skipped: ${headings.join("")}`] : []),
      ...(/\{\{|\}\}|undefined|NaN|\[object/.test(document.body.innerText) ? ["a value was not put into its sentence"] : []),
    ];
  });
}

describe("every page of the admin", () => {
  it.each([
    { name: "on a desk, in English", locale: "en", width: 1280 },
    { name: "on a phone, in Chinese", locale: "zh-CN", width: 390 },
  ])("is sound $name", async ({ locale, width }) => {
    const page = await stack.openPage({ viewport: { width, height: 900 } });
    page.setDefaultNavigationTimeout(60_000);
    const problems: string[] = [];
    for (const path of paths) problems.push(...(await examine(page, path, locale)));
    await page.context().close();
    expect(problems).toEqual([]);
  });

  it("shows where the keyboard is, at every stop of the way through the segments", async () => {
    const page = await stack.openPage();
    await page.goto(`${stack.storeUrl}/admin/apps/tessera/segments`);
    await appFrame(page).getByRole("searchbox").focus();
    const frame = page.frames().find((one) => one !== page.mainFrame());
    const stops: string[] = [];
    for (let stop = 0; stop < 12; stop++) {
      await page.keyboard.press("Tab");
      const shown = await frame?.evaluate(() => {
        const at = document.activeElement;
        if (!at || at === document.body) return null;
        const ring = (pseudo?: string) => {
          const style = getComputedStyle(at, pseudo);
          return style.outlineStyle !== "none" || style.boxShadow !== "none" || style.textDecorationLine === "underline";
        };
        return { name: (at.getAttribute("aria-label") ?? at.textContent ?? "").slice(0, 40), isVisible: at.matches(":focus-visible") && (ring() || ring("::after") || ring("::before")) };
      });
      if (!shown) break;
      stops.push(shown.name);
      expect(shown).toEqual({ name: shown.name, isVisible: true });
    }
    expect(stops.length).toBeGreaterThan(8);
    await page.context().close();
  });
});
