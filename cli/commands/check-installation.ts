import { existsSync, readdirSync } from "node:fs";
import { parseArgs } from "node:util";
import { parseEnv, EnvError, type Env } from "#app/server/platform/env.server.ts";
import type { Command } from "../command.ts";

interface Finding {
  readonly what: string;
  readonly isGood: boolean;
  readonly detail: string;
  /** How to mend it; null when it is good. */
  readonly mend: string | null;
}

const good = (what: string, detail: string): Finding => ({ what, isGood: true, detail, mend: null });
const bad = (what: string, detail: string, mend: string): Finding => ({ what, isGood: false, detail, mend });

export const checkInstallationCommand: Command = {
  usage: `doctor [--json]
  Checks this installation: Node, environment, database, build, and what Shopify or the dev store answers. Exit code 1 when something must be mended.`,
  async run(args) {
    const { values } = parseArgs({ args, options: { json: { type: "boolean", default: false } } });
    const env = checkEnv();
    const findings = [checkNode(), env.finding, checkClient(), checkBuild(), ...(env.env ? await checkDatabase(env.env) : []), ...(env.env?.SHOPIFY_DEV_STORE_URL ? [await checkDevStore(env.env.SHOPIFY_DEV_STORE_URL)] : [])];
    if (values.json) process.stdout.write(`${JSON.stringify({ isHealthy: findings.every((one) => one.isGood), findings })}\n`);
    else for (const { what, isGood, detail, mend } of findings) process.stdout.write(`${isGood ? "ok  " : "MEND"}  ${what}: ${detail}${mend ? `\n      ${mend}` : ""}\n`);
    return findings.every((one) => one.isGood) ? 0 : 1;
  },
};

function checkNode(): Finding {
  const [major, minor] = process.versions.node.split(".").map(Number);
  return major > 20 || (major === 20 && minor >= 19) ? good("Node", process.versions.node) : bad("Node", process.versions.node, "install Node 20.19 or newer");
}

function checkEnv(): { finding: Finding; env: Env | null } {
  try {
    return { finding: good("environment", "complete"), env: parseEnv(process.env) };
  } catch (error) {
    if (!(error instanceof EnvError)) throw error;
    const detail = error.problems.map(({ name, message }) => `${name} ${message}`).join("; ");
    return { finding: bad("environment", detail, "set these values for the web and the worker process (README, Connecting a real Shopify store)"), env: null };
  }
}

function checkClient(): Finding {
  return existsSync("app/server/platform/generated/prisma/client.ts") ? good("database client", "generated") : bad("database client", "not generated", "run npm run setup");
}

function checkBuild(): Finding {
  return existsSync("build/server/index.js") ? good("build", "build/server/index.js") : bad("build", "there is none", "run npm run build");
}

async function checkDatabase(env: Env): Promise<Finding[]> {
  const path = env.DATABASE_URL.slice("file:".length);
  if (!existsSync(path)) return [bad("database", `${path} does not exist`, "run npm run setup")];
  const { readMigrationNames } = await import("#app/server/platform/applied-migrations.server.ts");
  const applied = new Set(readMigrationNames());
  const missing = readdirSync("prisma/migrations", { withFileTypes: true }).filter((entry) => entry.isDirectory() && !applied.has(entry.name)).map((entry) => entry.name);
  if (missing.length > 0) return [bad("database", `migrations not applied: ${missing.join(", ")}`, "stop both processes and run npm run setup")];
  return [good("database", `${path}, ${applied.size} migrations`)];
}

async function checkDevStore(url: string): Promise<Finding> {
  try {
    const response = await fetch(`${url}/__control/api/state`, { signal: AbortSignal.timeout(3_000) });
    return response.ok ? good("dev store", url) : bad("dev store", `${url} answers ${response.status}`, "look at its output");
  } catch {
    return bad("dev store", `${url} does not answer`, "start it (npm run demo, or npm run dev-store), or unset SHOPIFY_DEV_STORE_URL");
  }
}
