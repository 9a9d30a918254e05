import type { FlippedClause } from "#app/core/segment-views.ts";
import type { SegmentEvaluator } from "./evaluate/segment-evaluator.ts";
import { listConditions, type Condition, type Expression } from "./language/ast.ts";
import { formatCondition } from "./language/format-query.ts";

/** Conditions of a query, each once, by how they are written. */
export function listClauses(expression: Expression): Map<string, Condition> {
  return new Map(listConditions(expression).map((condition) => [formatCondition(condition), condition]));
}

/**
 * The clauses whose answer for a customer is another one than before, with the customer's values now. `held` says what a clause
 * answered before, null when that is not known; a clause without data is never said to have flipped.
 */
export function findFlips(evaluator: SegmentEvaluator, clauses: ReadonlyMap<string, Condition>, row: number, held: (clause: string) => boolean | null): FlippedClause[] {
  const flipped: FlippedClause[] = [];
  for (const [text, condition] of clauses) {
    const before = held(text);
    if (before === null) continue;
    const holds = evaluator.testRow(condition, row);
    if (holds === null || holds === before) continue;
    const bound = evaluator.bind(condition);
    flipped.push({ text, holds, values: bound.kind === "clause" ? bound.clause.show(row) : {} });
  }
  return flipped;
}
