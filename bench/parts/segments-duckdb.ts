import { performance } from "node:perf_hooks";
import { DuckDBInstance } from "@duckdb/node-api";
import { z } from "zod";
import { listSegmentQuestions } from "./segments-queries.ts";
import type { SegmentsAnswer } from "./segments-shop.ts";
import { segmentsFileInput } from "./segments-tables.ts";

const rows = z.tuple([z.tuple([z.coerce.number(), z.coerce.number()])]);

/** The same questions asked of DuckDB on all cores; other days and products were asked before. */
export async function measure(input: unknown): Promise<SegmentsAnswer> {
  const { customers, path } = segmentsFileInput.parse(input);
  const instance = await DuckDBInstance.create(path, { access_mode: "READ_ONLY" });
  const connection = await instance.connect();
  const ask = async (where: string) => {
    const reader = await connection.runAndReadAll(`SELECT count(*), coalesce(sum(c.id), 0) FROM customer c WHERE ${where}`);
    return rows.parse(reader.getRows())[0];
  };
  for (const { where } of listSegmentQuestions(1, customers)) await ask(where);
  const answer: SegmentsAnswer = { ms: [], counts: [], checks: [] };
  for (const { where } of listSegmentQuestions(0, customers)) {
    const startedMs = performance.now();
    const [members, total] = await ask(where);
    answer.ms.push(performance.now() - startedMs);
    answer.counts.push(members);
    answer.checks.push(total);
  }
  connection.closeSync();
  instance.closeSync();
  return answer;
}
