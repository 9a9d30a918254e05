import { quote } from "../language/format-query.ts";
import type { SegmentTemplate } from "./segment-template.ts";

/** The template's query with what was chosen in it; null while the choice is open. */
export function fillTemplate({ query, choice }: SegmentTemplate, chosen: string | null): string | null {
  if (!choice) return query;
  if (chosen === null || choice === "segment") return null;
  return query.replace("{}", () => quote(chosen));
}
