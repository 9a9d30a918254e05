import type { Span } from "./ast.ts";

/** What is wrong with a query, at which characters, and what was probably meant. */
export interface QueryProblem {
  readonly message: string;
  readonly span: Span;
  /** Text to put in place of the span. */
  readonly suggestion: string | null;
}
