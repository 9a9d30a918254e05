// Plain Node, no dependency: this runs before anything is installed.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "./run.mjs";

const MINIMUM_NODE = [20, 19];
const STAMPS = ".cache/set-up";

/** Brings a checkout to the point where it can run; each step is skipped when what it depends on has not changed. */
export async function setUp({ build = true, databaseUrl } = {}) {
  requireNode();
  mkdirSync(STAMPS, { recursive: true });
  const env = { ...process.env, DATABASE_URL: databaseUrl ?? process.env.DATABASE_URL ?? "file:./.data/tessera.db", CHECKPOINT_DISABLE: "1" };
  await step("packages", ["package.json", "package-lock.json"], existsSync("node_modules/.package-lock.json"), () => run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], { label: "npm ci" }));
  await step("prisma client", ["prisma/schema.prisma", "package-lock.json"], existsSync("app/server/platform/generated/prisma/client.ts"), () => run("npx", ["prisma", "generate"], { env, label: "prisma generate" }));
  await step("admin schema", ["scripts/fetch-admin-schema.mjs"], existsSync(".cache/admin-schema/admin_2026-07.json"), () => run(process.execPath, ["scripts/fetch-admin-schema.mjs"], { label: "fetch the Admin schema" }));
  if (build) await step("build", ["package-lock.json", "vite.config.ts", "remix.config.js", "app", "webhooks"], existsSync("build/server/index.js"), () => run("npx", ["remix", "vite:build"], { env: { ...env, NODE_ENV: "production" }, label: "build the app" }));
}

/** Applies the migrations to one database; cheap when there are none to apply. */
export async function migrate(databaseUrl) {
  mkdirSync(".data", { recursive: true });
  await run("npx", ["prisma", "migrate", "deploy"], { env: { ...process.env, DATABASE_URL: databaseUrl, CHECKPOINT_DISABLE: "1" }, label: "migrate the database" });
}

function requireNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < MINIMUM_NODE[0] || (major === MINIMUM_NODE[0] && minor < MINIMUM_NODE[1])) {
    console.error(`Tessera needs Node ${MINIMUM_NODE.join(".")} or newer; this is ${process.versions.node}.`);
    process.exit(1);
  }
}

async function step(name, inputs, isPresent, perform) {
  const stamp = join(STAMPS, name.replaceAll(" ", "-"));
  const print = fingerprint(inputs) + process.versions.modules;
  if (isPresent && existsSync(stamp) && readFileSync(stamp, "utf8") === print) return;
  const startedMs = Date.now();
  process.stderr.write(`set-up: ${name} ...\n`);
  await perform();
  writeFileSync(stamp, print);
  process.stderr.write(`set-up: ${name} done in ${((Date.now() - startedMs) / 1000).toFixed(1)} s\n`);
}

function fingerprint(paths) {
  const hash = createHash("sha256");
  for (const path of paths) hashPath(path, hash);
  return hash.digest("hex");
}

function hashPath(path, hash) {
  if (!existsSync(path)) return;
  if (statSync(path).isDirectory()) {
    if (path.includes("generated/prisma")) return;
    for (const entry of readdirSync(path).sort()) hashPath(join(path, entry), hash);
    return;
  }
  if (/\.test\.tsx?$/.test(path)) return;
  hash.update(path).update(readFileSync(path));
}
