import { formatCondition } from "../language/format-query.ts";
import { listConditions, type Expression } from "../language/ast.ts";
import type { SegmentEvaluator } from "../evaluate/segment-evaluator.ts";
import type { ShownValues } from "../evaluate/clause.ts";

/** A condition whose answer changed for one customer. */
export interface Flip {
  readonly condition: string;
  /** What it answers now. */
  readonly holds: boolean | null;
  readonly before: ShownValues;
  readonly after: ShownValues;
}

/** Conditions of the query that answered differently at the earlier time; rows are those of each evaluator's snapshot. */
export function findFlips(expression: Expression, then: SegmentEvaluator, rowThen: number, now: SegmentEvaluator, rowNow: number): Flip[] {
  const flips: Flip[] = [];
  const seen = new Set<string>();
  for (const condition of listConditions(expression)) {
    const text = formatCondition(condition);
    if (seen.has(text)) continue;
    seen.add(text);
    const before = rowThen < 0 ? false : then.testRow(condition, rowThen);
    const after = now.testRow(condition, rowNow);
    if (before === after) continue;
    const show = (evaluator: SegmentEvaluator, row: number): ShownValues => {
      const bound = row < 0 ? null : evaluator.bind(condition);
      return bound?.kind === "clause" ? bound.clause.show(row) : {};
    };
    flips.push({ condition: text, holds: after, before: show(then, rowThen), after: show(now, rowNow) });
  }
  return flips;
}
