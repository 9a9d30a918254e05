import { parseArgs } from "node:util";
import { systemClock } from "#app/server/platform/clock.server.ts";
import { loadSnapshot } from "#app/server/store/load-snapshot.server.ts";
import { SegmentEvaluator, type Evaluation } from "#app/engine/segments/evaluate/segment-evaluator.ts";
import type { Expression } from "#app/engine/segments/language/ast.ts";
import { checkQuery } from "#app/engine/segments/language/check-query.ts";
import { noShopNames } from "#app/engine/segments/language/find-attribute.ts";
import { formatQuery } from "#app/engine/segments/language/format-query.ts";
import { parseQuery } from "#app/engine/segments/language/parse-query.ts";
import type { QueryProblem } from "#app/engine/segments/language/problem.ts";
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
  const expression = readQuery(values.query);
  const { id, currency, timeZone } = await requireInstalledShop(values.shop);
  const snapshot = await loadSnapshot(id, { asOfMs: systemClock.nowMs(), currency, timeZone });
  const evaluator = new SegmentEvaluator(snapshot);
  const { json, limit, customer } = values;
  return { expression, query: formatQuery(expression), evaluator, evaluation: evaluator.evaluate(expression), customerIds: snapshot.customers.id, options: { json, limit, customer } };
}

function readQuery(text: string): Expression {
  const parsed = parseQuery(text);
  const problems = parsed.ok ? checkQuery(parsed.value, noShopNames) : [parsed.error];
  if (!parsed.ok || problems.length > 0) throw new CliError(problems.map((problem) => pointAt(text, problem)).join("\n"));
  return parsed.value;
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
