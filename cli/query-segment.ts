import { parseArgs } from "node:util";
import { systemClock } from "#app/server/platform/clock.server.ts";
import type { SegmentEvaluator, Evaluation } from "#app/engine/segments/evaluate/segment-evaluator.ts";
import type { Expression } from "#app/engine/segments/language/ast.ts";
import { formatQuery } from "#app/engine/segments/language/format-query.ts";
import type { ShopNames } from "#app/engine/segments/language/find-attribute.ts";
import type { QueryProblem } from "#app/engine/segments/language/problem.ts";
import { readSegmentQuery } from "#app/engine/segments/read-segment-query.ts";
import { openShopEvaluation } from "#app/server/usecases/segments/open-shop-evaluation.server.ts";
import { loadSavedExpressions } from "#app/server/usecases/segments/saved-expressions.server.ts";
import { CliError } from "./command.ts";
import { requireInstalledShop } from "./find-shop.ts";

export interface AskedSegment {
  readonly expression: Expression;
  /** As the formatter writes it. */
  readonly query: string;
  readonly evaluator: SegmentEvaluator;
  readonly evaluation: Evaluation;
  readonly customerIds: Float64Array;
  readonly options: { readonly json: boolean; readonly limit: string; readonly customer: string | undefined };
}

/** Reads --shop and --query, loads the shop's snapshot and evaluates. */
export async function askSegment(args: string[]): Promise<AskedSegment> {
  const { values } = parseArgs({
    args,
    options: { shop: { type: "string" }, query: { type: "string" }, customer: { type: "string" }, limit: { type: "string", default: "100" }, json: { type: "boolean", default: false } },
  });
  if (values.query === undefined) throw new CliError("--query is missing");
  const shop = await requireInstalledShop(values.shop);
  const expression = readQuery(values.query, (await loadSavedExpressions(shop.id)).names);
  const { snapshot, evaluator } = await openShopEvaluation(shop, systemClock.nowMs());
  const { json, limit, customer } = values;
  return { expression, query: formatQuery(expression), evaluator, evaluation: evaluator.evaluate(expression), customerIds: snapshot.customers.id, options: { json, limit, customer } };
}

function readQuery(text: string, names: ShopNames): Expression {
  const read = readSegmentQuery(text, names);
  if (!read.ok) throw new CliError(read.error.map((problem) => pointAt(text, problem)).join("\n"));
  return read.value;
}

/** The query with carets under the characters that are wrong. */
function pointAt(text: string, { message, span, suggestion }: QueryProblem): string {
  const oneLine = text.replace(/\s/g, " ");
  const carets = " ".repeat(span.start) + "^".repeat(Math.max(1, span.end - span.start));
  return `${oneLine}\n${carets}\n${message}${suggestion === null ? "" : `; did you mean ${suggestion}?`}`;
}

/** Lines on what could not be decided; empty when all data is there. */
export function describeMissing({ missing, undecided }: Evaluation): string {
  return missing.length === 0 ? "" : `\n${undecided} undecided; no data yet: ${missing.map(({ condition, what }) => `${what} (${condition})`).join(", ")}`;
}
