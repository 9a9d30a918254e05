import type { ZodError } from "zod";
import type { FieldProblem } from "#app/core/failure.ts";

/**
 * For safeParse: what a check of the schema does not say in words of its own is said in one sentence that the pages have
 * words for, not in zod's English. Only a request that no form of ours sends meets it.
 */
export const plainProblems = { error: () => "cannot be used" };

/** What zod found, as the form shows it: `value.percent`, `cells.3.r`. */
export function toProblems(error: ZodError): FieldProblem[] {
  return error.issues.map((issue) => ({ field: issue.path.join("."), message: issue.message }));
}
