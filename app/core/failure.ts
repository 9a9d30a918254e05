/** One field of a form or of Shopify's input that was refused, with the words to show. */
export interface FieldProblem {
  readonly field: string;
  readonly message: string;
}

/**
 * Every expected failure of a use case. The union is closed: routes map it once, exhaustively, to HTTP and to words
 * (app/ui/failure-text.ts), so a new kind does not compile until it can be told to a person.
 */
export type Failure =
  | { readonly kind: "invalid"; readonly problems: readonly FieldProblem[] }
  | { readonly kind: "not-found"; readonly what: string; readonly id: string }
  | { readonly kind: "conflict"; readonly what: string; readonly message: string }
  | { readonly kind: "shopify-refused"; readonly operation: string; readonly problems: readonly FieldProblem[] }
  | { readonly kind: "shopify-unavailable"; readonly operation: string; readonly message: string; readonly retryAfterMs: number | null }
  | { readonly kind: "not-installed"; readonly shopDomain: string }
  | { readonly kind: "not-ready"; readonly what: string; readonly message: string };

/** For the places where a failure must become an exception, such as a job that is to be retried. */
export class FailureError extends Error {
  constructor(readonly failure: Failure) {
    super(describeFailure(failure));
    this.name = "FailureError";
  }
}

/** One line for logs and dead letters. */
export function describeFailure(failure: Failure): string {
  switch (failure.kind) {
    case "invalid":
      return `invalid input: ${listProblems(failure.problems)}`;
    case "not-found":
      return `${failure.what} ${failure.id} not found`;
    case "conflict":
      return `${failure.what}: ${failure.message}`;
    case "shopify-refused":
      return `Shopify refused ${failure.operation}: ${listProblems(failure.problems)}`;
    case "shopify-unavailable":
      return `Shopify did not answer ${failure.operation}: ${failure.message}`;
    case "not-installed":
      return `the app is not installed in ${failure.shopDomain}`;
    case "not-ready":
      return `${failure.what} is not ready: ${failure.message}`;
  }
}

function listProblems(problems: readonly FieldProblem[]): string {
  return problems.map((problem) => (problem.field ? `${problem.field}: ${problem.message}` : problem.message)).join("; ");
}
