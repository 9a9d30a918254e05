import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { gunzipSync } from "node:zlib";
import Database from "better-sqlite3";
import { z } from "zod";

/** Buying histories of one shop in days; same-day orders are one purchase. */
export interface ShopHistories {
  readonly name: string;
  readonly x: number[];
  readonly tx: number[];
  readonly T: number[];
  /** Sum of ln(gap) of each buyer; null where the file has no dates. */
  readonly logGaps: number[] | null;
}

const DAY_MS = 86_400_000;

/** Public shops of a folder of data, and two of the dev store's generator; those that are not there are left out. */
export async function readShops(data: string, scratch: string): Promise<ShopHistories[]> {
  const shops: ShopHistories[] = [];
  const summary = (name: string, file: string, columns: readonly [string, string, string], unit: number) => {
    if (!existsSync(join(data, file))) return;
    const rows = readCsv(join(data, file));
    const [x, tx, T] = columns.map((column) => rows.map((row) => Number(row[column])));
    shops.push({ name, x, tx: tx.map((t) => t * unit), T: T.map((t) => t * unit), logGaps: null });
  };
  const dated = (name: string, file: string, customer: string, date: string) => {
    if (existsSync(join(data, file))) shops.push(fromDates(name, readCsv(join(data, file)).filter((row) => row[customer] !== "").map((row) => [row[customer], Math.floor(Date.parse(row[date]) / DAY_MS)] as const)));
  };
  summary("cdnow", "clv-cdnow/cdnow_customers_summary_with_transactions.csv", ["x", "t_x", "T"], 7);
  summary("apparel", "clv-apparel/apparel_summary.csv", ["frequency", "recency", "T"], 1);
  // Not rfm-orders: its made-up buyers are all alike, and a likelihood without a maximum says nothing of shops.
  dated("online-retail", "online-retail/online_retail.csv.gz", "CustomerID", "InvoiceDate");
  for (const preset of ["fashion", "grocery"]) {
    const folder = join(scratch, preset);
    await promisify(execFile)(process.execPath, ["--import", "tsx", "dev-store/seed.ts", "--data-dir", folder, "--preset", preset, "--customers", "3000", "--seed", "1"]);
    const db = new Database(join(folder, "store.db"), { readonly: true });
    const rows = z.array(z.object({ customer: z.number(), at: z.number() })).parse(db.prepare("SELECT customer_id AS customer, processed_at AS at FROM orders WHERE customer_id IS NOT NULL AND cancelled_at IS NULL AND test = 0").all());
    db.close();
    shops.push(fromDates(`generated ${preset}`, rows.map(({ customer, at }) => [String(customer), Math.floor(at / DAY_MS)] as const)));
  }
  return shops;
}

function fromDates(name: string, purchases: readonly (readonly [customer: string, day: number])[]): ShopHistories {
  const days = new Map<string, Set<number>>();
  let today = 0;
  for (const [customer, day] of purchases) {
    if (!Number.isFinite(day)) continue;
    const own = days.get(customer) ?? new Set();
    days.set(customer, own.add(day));
    today = Math.max(today, day);
  }
  const sorted = [...days.values()].map((own) => [...own].sort((a, b) => a - b));
  return {
    name,
    x: sorted.map((own) => own.length - 1), tx: sorted.map((own) => own[own.length - 1] - own[0]), T: sorted.map((own) => today - own[0]),
    logGaps: sorted.map((own) => own.slice(1).reduce((sum, day, i) => sum + Math.log(day - own[i]), 0)),
  };
}

/** Plain comma-separated values; quoted fields may hold commas. */
function readCsv(path: string): Record<string, string>[] {
  const bytes = readFileSync(path);
  const lines = (path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8").trim().split(/\r?\n/);
  const split = (line: string) => (line.includes('"') ? [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map(([, field]) => field.replace(/^"|"$/g, "")) : line.split(","));
  const names = split(lines[0]);
  return lines.slice(1).map((line) => {
    const fields = split(line);
    return Object.fromEntries(names.map((name, i) => [name, fields[i] ?? ""]));
  });
}
