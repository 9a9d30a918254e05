import { performance } from "node:perf_hooks";
import Database from "better-sqlite3";
import { z } from "zod";
import { listSegmentQuestions } from "./segments-queries.ts";
import type { SegmentsAnswer } from "./segments-shop.ts";
import { segmentsFileInput } from "./segments-tables.ts";

const found = z.object({ members: z.number(), total: z.number().nullable() });
const CACHE_KB = 2_000_000;

/** The same questions asked of SQLite with everything in its page cache; other days and products were asked before. */
export function measure(input: unknown): SegmentsAnswer {
  const { customers, path } = segmentsFileInput.parse(input);
  const db = new Database(path, { readonly: true });
  db.pragma(`cache_size = -${CACHE_KB}`);
  const ask = (where: string) => found.parse(db.prepare(`SELECT count(*) AS members, sum(c.id) AS total FROM customer c WHERE ${where}`).get());
  for (const { where } of listSegmentQuestions(1, customers)) ask(where);
  const answer: SegmentsAnswer = { ms: [], counts: [], checks: [] };
  for (const { where } of listSegmentQuestions(0, customers)) {
    const startedMs = performance.now();
    const { members, total } = ask(where);
    answer.ms.push(performance.now() - startedMs);
    answer.counts.push(members);
    answer.checks.push(total ?? 0);
  }
  db.close();
  return answer;
}
