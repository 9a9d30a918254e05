// `npm run demo`: from a fresh checkout to a running store with the app installed in it.
// Plain Node until the set-up is done, so that nothing need be installed before.
import { randomBytes } from "node:crypto";
import { mkdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { run, start, stop } from "./lib/run.mjs";
import { migrate, setUp } from "./lib/set-up.mjs";

const { values: options } = parseArgs({
  options: {
    data: { type: "string" },
    mapping: { type: "string" },
    currency: { type: "string" },
    preset: { type: "string", default: "fashion" },
    customers: { type: "string", default: "1000" },
    seed: { type: "string", default: "1" },
    port: { type: "string", default: "3000" },
    "store-port": { type: "string", default: "4100" },
    exit: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

if (options.help) {
  console.log(`npm run demo -- [options]
  --data FOLDER        real transactions (CSV or CSV.gz) instead of generated ones
  --mapping FILE       names of the columns, when they are not recognised
  --currency CODE      currency of those transactions
  --preset NAME        fashion or grocery (generated shop)
  --customers N        size of the generated shop, 100 to 1000000
  --seed N             same seed, same shop
  --port N             first port to try for the app (default 3000)
  --store-port N       first port to try for the dev store (default 4100)
  --exit               stop once everything has been shown`);
  process.exit(0);
}

const SHOP = "tessera-demo.myshopify.com";
const running = [];
let isStopping = false;

async function stopAll(code) {
  if (isStopping) return;
  isStopping = true;
  for (const child of running.reverse()) await stop(child);
  process.exit(code);
}
process.on("SIGINT", () => void stopAll(0));
process.on("SIGTERM", () => void stopAll(0));

try {
  await demo();
} catch (error) {
  if (!isStopping) console.error(`\nThe demo stopped: ${error.message}`);
  await stopAll(1);
}

async function demo() {
  await setUp();
  const startedMs = Date.now();
  const folder = resolve(".data/demo");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const databaseUrl = `file:${join(folder, "tessera.db")}`;

  await seed(folder);
  await migrate(databaseUrl);

  const port = await freePort(Number(options.port));
  const storePort = await freePort(Number(options["store-port"]), port);
  const appUrl = `http://127.0.0.1:${port}`;
  const storeUrl = `http://127.0.0.1:${storePort}`;
  const apiKey = "tessera-dev-client-id";
  const apiSecret = randomBytes(16).toString("hex");
  const env = {
    ...process.env,
    NODE_ENV: "production", PORT: String(port), HOST: "127.0.0.1", LOG_LEVEL: "info", DATABASE_URL: databaseUrl, QUEUE_DRIVER: "embedded",
    SHOPIFY_API_KEY: apiKey, SHOPIFY_API_SECRET: apiSecret, SHOPIFY_APP_URL: appUrl, SHOPIFY_DEV_STORE_URL: storeUrl,
    SCOPES: "read_products,write_products,read_orders,read_all_orders,read_customers,write_customers,read_discounts,write_discounts,read_inventory,write_app_proxy,write_pixels,read_customer_events",
    TESSERA_ENCRYPTION_KEY: randomBytes(32).toString("base64"),
  };

  const tsx = ["--import", "tsx"];
  const launch = async (label, args, ready) => {
    const child = start(process.execPath, args, { env, label, ready, onLine: (line) => process.env.TESSERA_VERBOSE && console.error(`${label}: ${line}`) });
    running.push(child);
    void child.stopped.then(({ code, signal }) => {
      if (isStopping) return;
      console.error(`\n${label} ended (${signal ?? `exit ${code}`}):\n${child.tail().slice(-3000)}`);
      void stopAll(1);
    });
    await child.whenReady;
  };
  await launch("dev store", [...tsx, "dev-store/main.ts", "--port", String(storePort), "--data-dir", folder, "--app-url", appUrl, "--api-key", apiKey, "--api-secret", apiSecret], /^READY /);
  await launch("app", ["scripts/serve.mjs"], /web ready/);
  await launch("worker", [...tsx, "app/server/jobs/worker.server.ts"], /worker ready/);

  const installedMs = Date.now();
  const install = await fetch(`${storeUrl}/__control/api/install`, { method: "POST", signal: AbortSignal.timeout(30_000) });
  if (!install.ok) throw new Error(`the app could not be installed: ${install.status} ${(await install.text()).slice(0, 500)}`);
  await run(process.execPath, [...tsx, "cli/run-cli.ts", "demo", "wait", "--shop", SHOP], { env, label: "first sync", loud: true });
  const syncSeconds = (Date.now() - installedMs) / 1000;
  await run(process.execPath, [...tsx, "cli/run-cli.ts", "demo", "show", "--shop", SHOP], { env, label: "summary", loud: true });

  console.log(`
First sync and first models took ${syncSeconds.toFixed(1)} s; everything after the set-up took ${((Date.now() - startedMs) / 1000).toFixed(1)} s.

  Admin (embedded app)   ${storeUrl}/admin
  Storefront             ${storeUrl}/
  Control page           ${storeUrl}/__control
`);
  if (options.exit) await stopAll(0);
  console.log("Ctrl-C stops all of it.");
}

async function seed(folder) {
  const args = ["--import", "tsx", "dev-store/seed.ts", "--data-dir", folder, "--fresh"];
  if (options.data) {
    args.push("--import", options.data, "--reject-bad-rows", "--shift-to-now");
    if (options.mapping) args.push("--mapping", options.mapping);
    if (options.currency) args.push("--currency", options.currency);
  } else {
    args.push("--preset", options.preset, "--customers", options.customers, "--seed", options.seed);
  }
  await run(process.execPath, args, { label: "seeding the store", loud: true });
}

async function freePort(wanted, taken) {
  for (let port = wanted; port < wanted + 50; port += 1) {
    if (port !== taken && (await isFree(port))) return port;
  }
  throw new Error(`no free port from ${wanted} on`);
}

function isFree(port) {
  return new Promise((done) => {
    const server = createServer().once("error", () => done(false)).once("listening", () => server.close(() => done(true)));
    server.listen(port, "127.0.0.1");
  });
}
