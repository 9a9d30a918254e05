import type { Command } from "../command.ts";
import { askSegment, describeMissing } from "../query-segment.ts";

export const countSegmentCommand: Command = {
  usage: `segment count --shop DOMAIN --query QUERY [--json]
  How many customers the query holds for; the language is in docs/segment-language.md.`,
  async run(args) {
    const { query, evaluation, customerIds, options } = await askSegment(args);
    const { count, undecided, missing } = evaluation;
    process.stdout.write(options.json ? `${JSON.stringify({ query, count, customers: customerIds.length, undecided, missing })}\n` : `${count} of ${customerIds.length}${describeMissing(evaluation)}\n`);
    return 0;
  },
};
