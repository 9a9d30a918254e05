/** The way back from describeFailure: jobs and discounts keep one line, and the pages say it in the merchant's language. */
import type { Failure, FieldProblem } from "./failure.ts";

/** The failure that a kept line describes; null when it is none of ours, such as the message of a bug. */
export function readFailureLine(line: string): Failure | null {
  const invalid = /^invalid input: (.+)$/s.exec(line);
  if (invalid) return { kind: "invalid", problems: readProblems(invalid[1]) };
  const refused = /^Shopify refused (\w+): (.+)$/s.exec(line);
  if (refused) return { kind: "shopify-refused", operation: refused[1], problems: readProblems(refused[2]) };
  // How long Shopify asked to wait is not kept.
  const silent = /^Shopify did not answer (\w+): (.*)$/s.exec(line);
  if (silent) return { kind: "shopify-unavailable", operation: silent[1], message: silent[2], retryAfterMs: null };
  const foreign = /^the app is not installed in (\S+)$/.exec(line);
  if (foreign) return { kind: "not-installed", shopDomain: foreign[1] };
  const early = /^([a-z][a-z ]*) is not ready: (.+)$/s.exec(line);
  if (early) return { kind: "not-ready", what: early[1], message: early[2] };
  const missing = /^([a-z][a-z ]*) (\S+) not found$/.exec(line);
  if (missing) return { kind: "not-found", what: missing[1], id: missing[2] };
  return null;
}

/** Fields begin with a small letter and hold no space; anything else before a colon belongs to the sentence. */
function readProblems(list: string): FieldProblem[] {
  return list.split("; ").map((problem) => {
    const named = /^([a-z][\w.]*): (.+)$/s.exec(problem);
    return named ? { field: named[1], message: named[2] } : { field: "", message: problem };
  });
}
