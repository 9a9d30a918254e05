import { createServer, type IncomingMessage, type Server } from "node:http";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { signProxyQuery } from "#dev-store/storefront/proxy/signature.ts";
import { startStorefront, type StorefrontServer } from "#tests/harness/storefront-server.ts";
import { close, listen, NOW_MS, openShelves } from "#tests/harness/storefront-store.ts";

interface Seen {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** An app that notes what reaches it and answers by path. */
let app: Server;
let seen: Seen[];
let front: StorefrontServer;
let db: ReturnType<typeof openShelves>;

beforeEach(async () => {
  seen = [];
  app = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on("data", (chunk: Buffer) => void chunks.push(chunk));
    req.on("end", () => {
      const url = new URL(req.url ?? "/", "http://app");
      seen.push({ method: req.method ?? "", url, headers: req.headers, body: Buffer.concat(chunks).toString() });
      const answers: Record<string, [string, string]> = {
        "/proxy/liquid": ["application/liquid", "<h1>Hello from {{ shop.name }}</h1>"],
        "/proxy/bare": ["application/liquid; charset=utf-8", "{% layout none %}<p>{{ 1999 | money }}</p>"],
        "/proxy/broken": ["text/plain", "no"],
      };
      const [type, body] = answers[url.pathname] ?? ["application/json", JSON.stringify({ items: [] })];
      res.writeHead(url.pathname === "/proxy/broken" ? 503 : 200, { "content-type": type, "set-cookie": "tracker=1", "x-app": "yes" }).end(body);
    });
  });
  db = openShelves([{ id: 1, title: "Tea pot", price: 4000 }]);
  db.prepare("INSERT INTO customers (id, email, created_at, updated_at) VALUES (7, 'ana@example.com', 0, 0)").run();
  front = await startStorefront(db, { appUrl: await listen(app), wallMs: NOW_MS });
});
afterEach(async () => {
  await front.stop();
  await close(app);
});

describe("app proxy", () => {
  it("forwards a visitor's question, signed, without the visitor's cookies", async () => {
    await front.shopper.post("/account/login", { email: "ana@example.com" });
    const answer = await front.shopper.ask("/apps/tessera/recommendations?kind=similar&id=1&id=2&logged_in_customer_id=99");
    expect(await answer.json()).toEqual({ items: [] });
    const [{ url, headers }] = seen;
    expect(url.pathname).toBe("/proxy/recommendations");
    expect(url.searchParams.getAll("id")).toEqual(["1", "2"]);
    expect(Object.fromEntries(url.searchParams)).toMatchObject({ kind: "similar", shop: "shelves.myshopify.com", logged_in_customer_id: "7", path_prefix: "/apps/tessera", timestamp: String(NOW_MS / 1000) });
    expect(url.searchParams.get("signature")).toBe(signProxyQuery(url.searchParams, "hush"));
    expect(headers).not.toHaveProperty("cookie");
    expect(headers["x-forwarded-host"]).toBe("shelves.myshopify.com");
  });

  it("names no customer when nobody is logged in", async () => {
    await front.shopper.ask("/apps/tessera/recommendations");
    expect(seen[0].url.searchParams.get("logged_in_customer_id")).toBe("");
  });

  it("passes a posted body on, and the answer back without cookies", async () => {
    const answer = await front.shopper.postJson("/apps/tessera/events", { seen: [1] });
    expect(seen[0]).toMatchObject({ method: "POST", body: '{"seen":[1]}' });
    expect(answer.headers.get("x-app")).toBe("yes");
    expect(answer.headers.getSetCookie()).toEqual([]);
  });

  it("passes an app's error on as it is", async () => {
    const answer = await front.shopper.ask("/apps/tessera/broken");
    expect([answer.status, await answer.text()]).toEqual([503, "no"]);
  });

  it("renders application/liquid in the theme, or bare when it says so", async () => {
    const page = await (await front.shopper.ask("/apps/tessera/liquid")).text();
    expect(page).toContain("<h1>Hello from Shelves</h1>");
    expect(page).toContain('<header class="header">');
    expect(await (await front.shopper.ask("/apps/tessera/bare")).text()).toBe("<p>$19.99</p>");
  });

  it("answers 502 when the app is away, and other paths are not the proxy's", async () => {
    await close(app);
    expect((await front.shopper.ask("/apps/tessera/recommendations")).status).toBe(502);
    expect((await front.shopper.ask("/apps/tesseract")).status).toBe(404);
    await listen(app);
  });

  it("is closed, and blocks are gone, while the app is not installed", async () => {
    expect(await (await front.shopper.ask("/")).text()).toContain("data-tessera-also");
    db.prepare("UPDATE installation SET installed = 0").run();
    expect((await front.shopper.ask("/apps/tessera/recommendations")).status).toBe(404);
    expect(seen).toEqual([]);
    expect(await (await front.shopper.ask("/")).text()).not.toContain("tessera-also");
  });
});
