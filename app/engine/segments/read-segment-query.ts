import { err, ok, type Result } from "#app/core/result.ts";
import type { Expression } from "./language/ast.ts";
import { checkQuery } from "./language/check-query.ts";
import type { ShopNames } from "./language/find-attribute.ts";
import { parseQuery } from "./language/parse-query.ts";
import type { QueryProblem } from "./language/problem.ts";

/** Text to an expression that can be evaluated, or everything that is wrong with it (at least one problem). */
export function readSegmentQuery(text: string, names: ShopNames): Result<Expression, readonly QueryProblem[]> {
  const parsed = parseQuery(text);
  if (!parsed.ok) return err([parsed.error]);
  const problems = checkQuery(parsed.value, names);
  return problems.length > 0 ? err(problems) : ok(parsed.value);
}
