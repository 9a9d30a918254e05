import type { Bitmap } from "./evaluate/bitmap.ts";
import { listBits } from "./evaluate/bitmap.ts";
import type { SegmentEvaluator } from "./evaluate/segment-evaluator.ts";
import type { Expression } from "./language/ast.ts";

export interface ComputedMembers {
  /** Customer ids, ascending. */
  readonly ids: Float64Array;
  /** What their counting orders brought, net of refunds, minor units. */
  readonly valueMinor: number;
  /** Customers who may be members once missing data is there. */
  readonly undecidedCount: number;
}

/** Who a checked query holds for, by customer id. */
export function computeMembers(evaluator: SegmentEvaluator, expression: Expression): ComputedMembers {
  const { members, undecided } = evaluator.evaluate(expression);
  return { ids: idsOf(evaluator, members), valueMinor: sumValue(evaluator, listBits(members)), undecidedCount: undecided };
}

/** Minor units that the customers of these rows brought. */
export function sumValue(evaluator: SegmentEvaluator, rows: Int32Array): number {
  const spent = evaluator.columns.find("amount_spent");
  if (spent?.kind !== "numbers") throw new Error("amount_spent is not a column of numbers");
  let total = 0;
  for (let at = 0; at < rows.length; at++) total += spent.values[rows[at]];
  return total;
}

function idsOf({ columns }: SegmentEvaluator, members: Bitmap): Float64Array {
  const rows = listBits(members);
  const { id } = columns.snapshot.customers;
  const ids = new Float64Array(rows.length);
  for (let at = 0; at < rows.length; at++) ids[at] = id[rows[at]];
  return ids;
}
