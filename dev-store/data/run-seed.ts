import { existsSync, mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { generateStore } from "./generate/generate-store.ts";
import { ImportRefused } from "./import/choose-mapping.ts";
import { describeImport, importStore } from "./import/import-store.ts";
import { UnreadableTable } from "./import/table-reader.ts";
import { fashion } from "./presets/fashion.ts";
import { grocery } from "./presets/grocery.ts";
import { createProgress } from "./progress.ts";
import { parseSeedOptions, USAGE, type SeedOptions } from "./seed-options.ts";

/** What seeding writes and --fresh removes; anything else in the folder is not ours. */
const OURS = ["store.db", "store.db-wal", "store.db-shm", "staging.db", "import.db", "truth.json", "rejects.csv", "images"];

/** Exit code: 0 seeded, 1 bad data, 2 bad options. The last line on standard output is `SEEDED {json}`. */
export async function runSeed(args: readonly string[]): Promise<number> {
  let options: SeedOptions;
  try {
    options = parseSeedOptions(args);
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
    return 2;
  }
  const dataDir = path.resolve(options["data-dir"]);
  if (existsSync(path.join(dataDir, "store.db")) && !options.fresh) {
    console.error(`${path.join(dataDir, "store.db")} exists already: use --fresh to replace it`);
    return 2;
  }
  mkdirSync(dataDir, { recursive: true });
  for (const name of OURS) rmSync(path.join(dataDir, name), { recursive: true, force: true });
  const startedMs = Date.now();
  const seconds = () => Math.round((Date.now() - startedMs) / 100) / 10;
  if (options.kind === "generate") {
    const counts = generateStore({
      dataDir, preset: options.preset === "fashion" ? fashion : grocery, customers: options.customers, products: options.products, days: options.days,
      seed: options.seed, nowMs: options.now ?? Date.now(), currency: options.currency, shopDomain: options["shop-domain"], progress: createProgress(),
    });
    console.log(`SEEDED ${JSON.stringify({ ...counts, preset: options.preset, seed: options.seed, seconds: seconds() })}`);
    return 0;
  }
  try {
    const report = await importStore({
      dataDir, source: options.import, mappingFile: options.mapping, currency: options.currency, rejectBadRows: options["reject-bad-rows"], shiftToNow: options["shift-to-now"],
      nowMs: options.now ?? Date.now(), shopDomain: options["shop-domain"], progress: createProgress(),
    });
    console.error(describeImport(report));
    const { counts, ...rest } = report;
    console.log(`SEEDED ${JSON.stringify({ ...counts, ...rest, seconds: seconds() })}`);
    return 0;
  } catch (error) {
    if (!(error instanceof ImportRefused || error instanceof UnreadableTable)) throw error;
    console.error(error.message);
    return 1;
  }
}
