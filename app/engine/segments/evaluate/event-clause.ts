import type { Matches } from "../language/ast.ts";
import { noData, type Clause, type ClauseContext, type NoData } from "./clause.ts";
import { compileDate, compileNumber, passes } from "./number-test.ts";

/** shopify_email.*, storefront_event.* and campaign_event.*: events that pass are counted; one is enough when no count is asked. */
export function compileEvents(name: string, { parameters }: Matches, { columns, today }: ClauseContext): Clause | NoData {
  const events = columns.extra.events?.[name];
  if (!events) return noData(name);
  const byTag = parameters.find((parameter) => parameter.name === "tag");
  if (byTag) return noData("tag");
  const ids = parameters.filter((p) => p.name === "id" || p.name === "activity_id").map((p) => compileNumber(p.test, 1));
  const dates = parameters.filter((p) => p.name === "date").map((p) => compileDate(p.test, today));
  const counts = parameters.filter((p) => p.name === "count").map((p) => compileNumber(p.test, 1));
  const countOf = (row: number) => {
    let count = 0;
    for (let at = events.start[row]; at < events.start[row + 1]; at++) {
      if (ids.every((test) => passes(test, events.subjectId[at])) && dates.every((test) => passes(test, events.atMs[at]))) count++;
    }
    return count;
  };
  const test = (row: number) => (counts.length === 0 ? countOf(row) > 0 : counts.every((count) => passes(count, countOf(row))));
  return { kind: "clause", cost: 10, test, show: (row) => ({ count: countOf(row) }) };
}
