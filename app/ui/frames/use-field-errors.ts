import { useTranslation } from "react-i18next";
import type { Failure } from "#app/core/failure.ts";
import { problemText } from "../failure-text.ts";

/** Words for each refused field; a problem of a nested field also stands under its parent's name. */
export function useFieldErrors(failure: Failure | null | undefined): ReadonlyMap<string, string> {
  const { t } = useTranslation("failures");
  const errors = new Map<string, string>();
  if (failure?.kind !== "invalid" && failure?.kind !== "shopify-refused") return errors;
  for (const problem of failure.problems) {
    const text = problemText(t, problem);
    for (const field of [problem.field, problem.field.split(".")[0]]) if (!errors.has(field)) errors.set(field, text);
  }
  return errors;
}
