/** npm run bench -- <name> [--option value] [--json] [--write]: prints one JSON object; progress goes to standard error. */
import { availableParallelism } from "node:os";
import type { Bench, BenchResult, Params } from "./bench.ts";
import { appendRun } from "./write-performance.ts";

const benches: Readonly<Record<string, () => Promise<{ bench: Bench }>>> = {
  ingest: () => import("./ingest.ts"),
  snapshot: () => import("./snapshot.ts"),
  copurchase: () => import("./copurchase.ts"),
};

export interface BenchReport extends BenchResult {
  readonly bench: string;
  readonly params: Params;
  readonly machine: { readonly cores: number; readonly node: string };
}

async function main([name, ...args]: readonly string[]): Promise<number> {
  if (!name || !(name in benches)) {
    console.error(`usage: npm run bench -- <${Object.keys(benches).join("|")}> [--option value] [--json] [--write]`);
    return 2;
  }
  const { bench } = await benches[name]();
  const { params, flags } = parseOptions(args, bench.options);
  const result = await bench.run(params, (message) => console.error(`${name}: ${message}`));
  const report: BenchReport = { bench: name, params, machine: { cores: availableParallelism(), node: process.versions.node }, ...result };
  console.log(JSON.stringify(report, null, flags.has("json") ? undefined : 2));
  if (flags.has("write")) appendRun(report, new Date());
  return 0;
}

function parseOptions(args: readonly string[], defaults: Params): { params: Params; flags: ReadonlySet<string> } {
  const flags = new Set<string>();
  const given: Record<string, number | string> = {};
  for (let i = 0; i < args.length; i++) {
    const name = args[i].replace(/^--/, "");
    if (name === "json" || name === "write") flags.add(name);
    else if (name in defaults && i + 1 < args.length) given[name] = readValue(name, args[++i], defaults[name]);
    else throw new Error(`unknown option ${args[i]}; known: ${Object.keys(defaults).map((known) => `--${known}`).join(" ")} --json --write`);
  }
  return { params: { ...defaults, ...given }, flags };
}

function readValue(name: string, text: string, like: number | string): number | string {
  if (typeof like === "string") return text;
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1) throw new Error(`--${name} must be a whole number above 0, not ${text}`);
  return value;
}

process.exitCode = await main(process.argv.slice(2));
