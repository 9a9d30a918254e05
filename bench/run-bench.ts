/** npm run bench -- <name> [--option value] [--json] [--write]: prints one JSON object; progress goes to standard error. */
import { availableParallelism } from "node:os";
import type { Bench, BenchResult, Params } from "./bench.ts";
import { appendRun } from "./write-performance.ts";

const benches: Readonly<Record<string, () => Promise<{ bench: Bench }>>> = {
  ingest: () => import("./ingest.ts"),
  snapshot: () => import("./snapshot.ts"),
  profiles: () => import("./profiles.ts"),
  copurchase: () => import("./copurchase.ts"),
  clv: () => import("./clv.ts"),
  clusters: () => import("./clusters.ts"),
  "shop-prior": () => import("./shop-prior.ts"),
  recommend: () => import("./recommend.ts"),
  segments: () => import("./segments.ts"),
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
  const parsed = parseOptions(args, bench.options);
  if (typeof parsed === "string") {
    console.error(parsed);
    return 2;
  }
  const { params, flags } = parsed;
  const result = await bench.run(params, (message) => console.error(`${name}: ${message}`));
  const report: BenchReport = { bench: name, params, machine: { cores: availableParallelism(), node: process.versions.node }, ...result };
  console.log(JSON.stringify(report, null, flags.has("json") ? undefined : 2));
  if (flags.has("write")) appendRun(report, new Date());
  return 0;
}

/** The options, or what is wrong with them. */
function parseOptions(args: readonly string[], defaults: Params): { params: Params; flags: ReadonlySet<string> } | string {
  const flags = new Set<string>();
  const given: Record<string, number | string> = {};
  for (let i = 0; i < args.length; i++) {
    const name = args[i].replace(/^--/, "");
    const like = defaults[name];
    if (name === "json" || name === "write") flags.add(name);
    else if (like === undefined) return `unknown option ${args[i]}; known: ${Object.keys(defaults).map((known) => `--${known}`).join(" ")} --json --write`;
    else {
      const text = args[++i] ?? "";
      const value = typeof like === "string" ? text : Number(text);
      if (typeof value === "number" && (!Number.isSafeInteger(value) || value < 1)) return `--${name} must be a whole number above 0, not "${text}"`;
      given[name] = value;
    }
  }
  return { params: { ...defaults, ...given }, flags };
}

process.exitCode = await main(process.argv.slice(2));
