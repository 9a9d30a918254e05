import type { ZodError } from "zod";
import type { FieldProblem } from "#app/core/failure.ts";

/** What zod found, as the form shows it: `value.percent`, `cells.3.r`. */
export function toProblems(error: ZodError): FieldProblem[] {
  return error.issues.map((issue) => ({ field: issue.path.join("."), message: issue.message }));
}
