import { closeSync, openSync, writeSync } from "node:fs";
import { DuckDBInstance } from "@duckdb/node-api";
import { buildSegmentTables, segmentsFileInput } from "./segments-tables.ts";

const ROWS_PER_WRITE = 20_000;

/** The shop as a DuckDB file, by way of CSV: its fastest way in from another process. */
export async function measure(input: unknown): Promise<{ lines: number }> {
  const { customers, seed, path } = segmentsFileInput.parse(input);
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  let lines = 0;
  for (const { name, columns, count, row } of buildSegmentTables(customers, seed)) {
    const csv = `${path}.${name}.csv`;
    const file = openSync(csv, "w");
    for (let from = 0; from < count; from += ROWS_PER_WRITE) {
      const text = Array.from({ length: Math.min(ROWS_PER_WRITE, count - from) }, (_, i) => `${row(from + i).map((cell) => cell ?? "").join(",")}\n`);
      writeSync(file, text.join(""));
    }
    closeSync(file);
    // A primary key would only cost DuckDB memory and time: it scans.
    await connection.run(`CREATE TABLE ${name} (${columns.join(", ").replaceAll(" PRIMARY KEY", "")})`);
    await connection.run(`COPY ${name} FROM '${csv}' (HEADER false, NULLSTR '')`);
    if (name === "line") lines = count;
  }
  connection.closeSync();
  instance.closeSync();
  return { lines };
}
