import { listBits } from "#app/engine/segments/evaluate/bitmap.ts";
import { CliError, type Command } from "../command.ts";
import { askSegment, describeMissing } from "../query-segment.ts";

export const listMembersCommand: Command = {
  usage: `segment members --shop DOMAIN --query QUERY [--limit 100] [--json]
  Ids of the customers that the query holds for, ascending.`,
  async run(args) {
    const { query, evaluation, customerIds, options } = await askSegment(args);
    const limit = Number(options.limit);
    if (!Number.isSafeInteger(limit) || limit < 1) throw new CliError("--limit takes a whole number above 0");
    const ids = Array.from(listBits(evaluation.members).subarray(0, limit), (row) => customerIds[row]);
    const { count, undecided, missing } = evaluation;
    process.stdout.write(options.json ? `${JSON.stringify({ query, count, undecided, missing, ids })}\n` : `${ids.map((id) => `${id}\n`).join("")}`);
    if (!options.json) process.stderr.write(`${ids.length} of ${count} shown${describeMissing(evaluation)}\n`);
    return 0;
  },
};
