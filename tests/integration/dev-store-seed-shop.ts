import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import Database from "better-sqlite3";
import { z } from "zod";

/** A folder of its own for one seeded store. */
export function newDataDir(): string {
  return mkdtempSync(path.join(tmpdir(), "tessera-seed-"));
}

export function openShop(dataDir: string) {
  const db = new Database(path.join(dataDir, "store.db"), { readonly: true });
  const rows = <T>(sql: string, ...params: unknown[]) => db.prepare<unknown[], T>(sql).all(...params);
  const number = (sql: string, ...params: unknown[]) => Number(db.prepare<unknown[], unknown>(sql).pluck().get(...params));
  return { db, rows, number };
}

/** One digest over every table's rows in order of rowid or key, so that two stores can be compared by content. */
export function hashTables(dataDir: string): string {
  const { db } = openShop(dataDir);
  const tables = db.prepare<[], string>("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name").pluck().all();
  const hash = createHash("sha256");
  for (const table of tables) {
    hash.update(`\n${table}\n`);
    for (const row of db.prepare(`SELECT * FROM ${table} ORDER BY 1, 2`).raw().iterate()) hash.update(JSON.stringify(row));
  }
  db.close();
  return hash.digest("hex");
}

const customerRow = z.tuple([z.number(), z.number(), z.number(), z.number().nullable(), z.number(), z.array(z.tuple([z.number(), z.number()]))]);
const truthSchema = z.object({
  startMs: z.number(),
  nowMs: z.number(),
  categories: z.array(z.string()),
  complements: z.array(z.object({ mainProductId: z.number(), otherProductId: z.number(), probability: z.number(), directed: z.boolean() })),
  customers: z.array(customerRow),
});

export function readTruth(dataDir: string) {
  const truth = truthSchema.parse(JSON.parse(readFileSync(path.join(dataDir, "truth.json"), "utf8")));
  return { ...truth, customers: truth.customers.map(([id, home, second, diedAtMs, lover, cycles]) => ({ id, home, second, diedAtMs, isLover: lover === 1, cycles })) };
}
