import { performance } from "node:perf_hooks";
import { viewCustomers } from "#app/engine/features/customer-view.ts";
import { findDependencies } from "#app/engine/segments/query-dependencies.ts";
import type { ExtraColumns, ListColumn } from "#app/engine/segments/evaluate/columns.ts";
import type { Snapshot } from "#app/engine/snapshot/snapshot.ts";
import { listBits } from "#app/engine/segments/evaluate/bitmap.ts";
import { SegmentEvaluator } from "#app/engine/segments/evaluate/segment-evaluator.ts";
import type { Expression } from "#app/engine/segments/language/ast.ts";
import { checkQuery } from "#app/engine/segments/language/check-query.ts";
import { noShopNames } from "#app/engine/segments/language/find-attribute.ts";
import { parseQuery } from "#app/engine/segments/language/parse-query.ts";
import { z } from "zod";
import { listSegmentQuestions } from "./segments-queries.ts";
import { drawSegmentShop, segmentsAnswer, segmentsInput } from "./segments-shop.ts";

export const segmentsOursAnswer = segmentsAnswer.extend({ refreshSeconds: z.number(), incrementalMs: z.number() });

/** Customers touched between two refreshes. */
const CHANGED = 1_000;

function parse(text: string): Expression {
  const parsed = parseQuery(text);
  const problems = parsed.ok ? checkQuery(parsed.value, noShopNames) : [parsed.error];
  if (!parsed.ok || problems.length > 0) throw new Error(`${text}: ${problems.map(({ message }) => message).join("; ")}`);
  return parsed.value;
}

/**
 * Every query is read, checked and evaluated with no result kept from another; what belongs to the snapshot (columns, the
 * index of products) is warm, as the peers' pages are. Afterwards all 200 queries again, by an evaluator that knows nothing yet.
 */
export function measure(input: unknown): z.infer<typeof segmentsOursAnswer> {
  const { customers, seed } = segmentsInput.parse(input);
  const { snapshot, extra } = drawSegmentShop(customers, seed);
  const evaluator = new SegmentEvaluator(snapshot, { extra, mostKept: 0 });
  for (const turn of [1, 2, 3]) for (const { query } of listSegmentQuestions(turn, customers)) evaluator.evaluate(parse(query));
  const answer: z.infer<typeof segmentsAnswer> = { ms: [], counts: [], checks: [] };
  for (const { query } of listSegmentQuestions(0, customers)) {
    const startedMs = performance.now();
    const { count, members, undecided } = evaluator.evaluate(parse(query));
    answer.ms.push(performance.now() - startedMs);
    if (undecided > 0) throw new Error(`the bench has no data for ${query}`);
    answer.counts.push(count);
    answer.checks.push(listBits(members).reduce((sum, row) => sum + snapshot.customers.id[row], 0));
  }
  const startedMs = performance.now();
  const fresh = new SegmentEvaluator(snapshot, { extra });
  for (const turn of [0, 1, 2, 3]) for (const { query } of listSegmentQuestions(turn, customers)) fresh.evaluate(parse(query));
  return { ...answer, refreshSeconds: (performance.now() - startedMs) / 1000, incrementalMs: measureChanged(snapshot, extra) };
}

/**
 * What app/server/usecases/segments/refresh-changed-customers does between reading and writing: the customers who changed are a small
 * shop of their own, of which every query is asked that can be told from a customer's own rows (the others wait for the recompute).
 */
function measureChanged(snapshot: Snapshot, extra: ExtraColumns): number {
  const questions = [0, 1, 2, 3].flatMap((turn) => listSegmentQuestions(turn, snapshot.customers.count)).map(({ query }) => parse(query));
  const asked = questions.filter((query) => !findDependencies(query, () => null).shop);
  const step = Math.max(1, Math.floor(snapshot.customers.count / CHANGED));
  const rows = Int32Array.from({ length: Math.min(CHANGED, snapshot.customers.count) }, (_, i) => i * step);
  const startedMs = performance.now();
  const slice = viewCustomers(snapshot, { rows }).snapshot;
  const evaluator = new SegmentEvaluator(slice, { extra: { ...extra, lists: { customer_tags: gatherList(extra.lists?.customer_tags, rows) } } });
  for (const query of asked) evaluator.evaluate(query);
  return performance.now() - startedMs;
}

function gatherList(list: ListColumn | undefined, rows: Int32Array): ListColumn {
  if (!list) throw new Error("the bench has no tags");
  const start = new Int32Array(rows.length + 1);
  const values: number[] = [];
  rows.forEach((row, i) => {
    values.push(...list.values.subarray(list.start[row], list.start[row + 1]));
    start[i + 1] = values.length;
  });
  return { start, values: Int32Array.from(values), names: list.names };
}
