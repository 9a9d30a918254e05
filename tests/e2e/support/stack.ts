import { spawn, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { chromium, type Browser, type BrowserContextOptions, type FrameLocator, type Page } from "playwright-core";
import { getMigratedBase } from "#tests/harness/app-database.ts";

/** The library answers 410 to user agents that look like robots, headless Chromium's own among them. */
const USER_AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36";
const SCOPES = "read_products,write_products,read_orders,read_all_orders,read_customers,write_customers,read_discounts,write_discounts,read_inventory,write_app_proxy,write_pixels,read_customer_events";

export interface Stack {
  readonly storeUrl: string;
  /** Problems that any page of the browser reported. */
  readonly pageProblems: string[];
  control<T = unknown>(path: string, body?: object): Promise<T>;
  /** Rows of the dev store's own database. */
  inStore<T>(sql: string, ...values: unknown[]): T[];
  /** Rows of the app's database. */
  inApp<T>(sql: string, ...values: unknown[]): T[];
  openPage(options?: BrowserContextOptions): Promise<Page>;
  stop(): Promise<void>;
}

/** Dev store, web and worker in processes of their own, as the demo starts them, and a Chromium to look at them. */
export async function startStack(seed: { customers: number; seed: number }): Promise<Stack> {
  const folder = mkdtempSync(join(tmpdir(), "tessera-e2e-"));
  const children: ChildProcess[] = [];
  const databasePath = join(folder, "tessera.db");
  cpSync(getMigratedBase(), databasePath);
  await run(["--import", "tsx", "dev-store/seed.ts", "--data-dir", folder, "--preset", "fashion", "--customers", String(seed.customers), "--seed", String(seed.seed)]);
  const [port, storePort] = [await freePort(), await freePort()];
  const appUrl = `http://127.0.0.1:${port}`;
  const storeUrl = `http://127.0.0.1:${storePort}`;
  const env = {
    ...process.env, NODE_ENV: "production" as const, PORT: String(port), HOST: "127.0.0.1", LOG_LEVEL: "info", DATABASE_URL: `file:${databasePath}`, QUEUE_DRIVER: "embedded",
    SHOPIFY_API_KEY: "tessera-dev-client-id", SHOPIFY_API_SECRET: randomBytes(16).toString("hex"), SHOPIFY_APP_URL: appUrl, SHOPIFY_DEV_STORE_URL: storeUrl, SCOPES,
    TESSERA_ENCRYPTION_KEY: randomBytes(32).toString("base64"),
  };
  const launch = (args: string[], ready: RegExp) => {
    const child = spawn(process.execPath, args, { env, stdio: ["ignore", "pipe", "pipe"] });
    children.push(child);
    return waitFor(child, args.join(" "), ready);
  };
  await Promise.all([
    launch(["--import", "tsx", "dev-store/main.ts", "--port", String(storePort), "--data-dir", folder, "--app-url", appUrl, "--api-key", env.SHOPIFY_API_KEY, "--api-secret", env.SHOPIFY_API_SECRET], /^READY /m),
    launch(["scripts/serve.mjs"], /web ready/),
    launch(["--import", "tsx", "app/server/jobs/worker.server.ts"], /worker ready/),
  ]);
  const browser = await openBrowser();
  const pageProblems: string[] = [];
  const query = <T>(path: string, sql: string, values: unknown[]): T[] => {
    const db = new Database(path, { readonly: true });
    try {
      return db.prepare<unknown[], T>(sql).all(...values);
    } finally {
      db.close();
    }
  };
  return {
    storeUrl,
    pageProblems,
    async control<T>(path: string, body?: object) {
      const response = await fetch(`${storeUrl}/__control/api/${path}`, body ? { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body), signal: AbortSignal.timeout(60_000) } : { signal: AbortSignal.timeout(60_000) });
      if (!response.ok) throw new Error(`control ${path}: ${response.status} ${(await response.text()).slice(0, 300)}`);
      return (await response.json()) as T;
    },
    inStore: (sql, ...values) => query(join(folder, "store.db"), sql, values),
    inApp: (sql, ...values) => query(databasePath, sql, values),
    async openPage(options = {}) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, userAgent: USER_AGENT, ...options });
      const page = await context.newPage();
      page.setDefaultTimeout(20_000);
      page.on("pageerror", (error) => pageProblems.push(`${page.url()}: ${error.message}`));
      return page;
    },
    async stop() {
      await browser.close();
      for (const child of children) await end(child);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The embedded app inside the admin page. */
export function appFrame(page: Page): FrameLocator {
  return page.frameLocator("main iframe");
}

function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.TESSERA_CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run", "--disable-quic"],
  });
}

async function run(args: string[]): Promise<void> {
  const child = spawn(process.execPath, args, { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr.on("data", (part: Buffer) => (said += part.toString()));
  const [code] = (await once(child, "exit")) as [number | null];
  if (code !== 0) throw new Error(`${args.join(" ")} ended with ${code}: ${said.slice(-2000)}`);
}

function waitFor(child: ChildProcess, name: string, ready: RegExp): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = "";
    const timer = setTimeout(() => reject(new Error(`${name} was not ready in time: ${said.slice(-2000)}`)), 90_000);
    const read = (part: Buffer) => {
      said = (said + part.toString()).slice(-20_000);
      if (!ready.test(said)) return;
      clearTimeout(timer);
      resolve();
    };
    child.stdout?.on("data", read);
    child.stderr?.on("data", read);
    child.once("exit", (code) => {
      clearTimeout(timer);
      reject(new Error(`${name} ended with ${code}: ${said.slice(-2000)}`));
    });
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), 8_000);
  await exited;
  clearTimeout(timer);
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (typeof address !== "object" || !address) throw new Error("no free port");
  return address.port;
}
