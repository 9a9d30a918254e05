import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { mkdtempSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { testEnv } from "./app-database.ts";

export interface DevStore {
  readonly url: string;
  /** Its own database, for looking at the truth. */
  readonly databasePath: string;
  /** Where it sends webhooks and opens the app. */
  readonly appServer: AppServer;
  control<T>(path: string, body?: object): Promise<T>;
  stop(): Promise<void>;
}

export interface AppServer {
  readonly url: string;
  /** The app's routes without Remix: what a request gets. */
  answer: (request: Request) => Promise<Response>;
}

export const DEV_STORE_SHOP = "tessera-demo.myshopify.com";

/** A seeded dev store in its own process, and an HTTP server that stands where the app does. */
export async function startDevStore(seed: { preset: "fashion" | "grocery"; customers: number; seed: number }): Promise<DevStore> {
  const folder = mkdtempSync(join(tmpdir(), "tessera-dev-store-"));
  await run(["dev-store/seed.ts", "--data-dir", folder, "--preset", seed.preset, "--customers", String(seed.customers), "--seed", String(seed.seed)]);
  const { server, appServer } = await startAppServer();
  const child = tsx(["dev-store/main.ts", "--port", "0", "--data-dir", folder, "--app-url", appServer.url, "--api-key", testEnv.SHOPIFY_API_KEY, "--api-secret", testEnv.SHOPIFY_API_SECRET, "--webhook-retry-base-ms", "200"]);
  const { admin } = await readReady(child);
  const url = new URL(admin).origin;
  return {
    url,
    databasePath: join(folder, "store.db"),
    appServer,
    async control<T>(path: string, body?: object): Promise<T> {
      const response = await fetch(`${url}/__control/api/${path}`, body ? { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) } : {});
      const text = await response.text();
      if (!response.ok) throw new Error(`control ${path}: HTTP ${response.status} ${text.slice(0, 500)}`);
      return JSON.parse(text) as T;
    },
    async stop() {
      child.kill("SIGTERM");
      if (child.exitCode === null) await once(child, "exit");
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const tsx = (args: string[]) => spawn(process.execPath, ["--import", "tsx", ...args], { stdio: ["ignore", "pipe", "pipe"] });

async function run(args: string[]): Promise<void> {
  const child = tsx(args);
  let said = "";
  child.stderr?.on("data", (part: Buffer) => (said += part.toString()));
  child.stdout?.resume();
  const [code] = (await once(child, "exit")) as [number | null];
  if (code !== 0) throw new Error(`${args[0]} ended with ${code}: ${said.slice(-2_000)}`);
}

function readReady(child: ChildProcess): Promise<{ admin: string }> {
  return new Promise((resolve, reject) => {
    let out = "";
    let problems = "";
    child.stderr?.on("data", (part: Buffer) => (problems += part.toString()));
    child.stdout?.on("data", (part: Buffer) => {
      out += part.toString();
      const ready = /^READY (.*)$/m.exec(out);
      if (ready) resolve(JSON.parse(ready[1]) as { admin: string });
    });
    child.once("exit", (code) => reject(new Error(`the dev store ended with ${code}: ${problems.slice(-2_000)}`)));
  });
}

async function startAppServer(): Promise<{ server: Server; appServer: AppServer }> {
  const server = createServer((incoming, outgoing) => {
    const parts: Buffer[] = [];
    incoming.on("data", (part: Buffer) => parts.push(part));
    incoming.on("end", () => {
      const headers = Object.entries(incoming.headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)] as [string, string]]));
      const hasBody = incoming.method !== "GET" && incoming.method !== "HEAD";
      const request = new Request(`${appServer.url}${incoming.url}`, { method: incoming.method, headers, ...(hasBody && { body: Buffer.concat(parts) }) });
      appServer.answer(request).then(
        async (response) => outgoing.writeHead(response.status, Object.fromEntries(response.headers)).end(await response.text()),
        (error: unknown) => outgoing.writeHead(500).end(String(error)),
      );
    });
  });
  const appServer: AppServer = { url: "", answer: async () => new Response(null, { status: 503 }) };
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  Object.assign(appServer, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
  return { server, appServer };
}
