import type { Failure, FieldProblem } from "#app/core/failure.ts";
import type { ShopId } from "#app/core/ids.ts";
import { err, ok, type Result } from "#app/core/result.ts";
import type { Expression } from "#app/engine/segments/language/ast.ts";
import { formatQuery } from "#app/engine/segments/language/format-query.ts";
import type { QueryProblem } from "#app/engine/segments/language/problem.ts";
import { readSegmentQuery } from "#app/engine/segments/read-segment-query.ts";
import { findCycle } from "#app/engine/segments/segment-references.ts";
import { loadSavedExpressions } from "./saved-expressions.server.ts";

export interface CheckedQuery {
  readonly expression: Expression;
  /** As the formatter writes it: what is stored. */
  readonly query: string;
}

/** Reads a query that is to be saved under `name`; a segment cannot lead back to itself. */
export async function checkSegmentQuery(shopId: ShopId, text: string, name: string): Promise<Result<CheckedQuery, Failure>> {
  const saved = await loadSavedExpressions(shopId);
  const read = readSegmentQuery(text, saved.names);
  if (!read.ok) return err({ kind: "invalid", problems: read.error.map(toFieldProblem) });
  const cycle = findCycle(name, read.value, (other) => saved.find(other));
  if (cycle) return err({ kind: "invalid", problems: [{ field: "query", message: `the segment leads back to itself: ${cycle.join(" > ")}` }] });
  return ok({ expression: read.value, query: formatQuery(read.value) });
}

function toFieldProblem({ message, span, suggestion }: QueryProblem): FieldProblem {
  const near = suggestion === null ? "" : `; did you mean ${suggestion}?`;
  return { field: "query", message: `character ${span.start + 1}: ${message}${near}` };
}
