import { explainMember, type Explanation } from "#app/engine/segments/evaluate/explain-member.ts";
import { IdIndex } from "#app/engine/snapshot/id-index.ts";
import { CliError, type Command } from "../command.ts";
import { askSegment } from "../query-segment.ts";

export const explainMemberCommand: Command = {
  usage: `segment explain --shop DOMAIN --query QUERY --customer ID [--json]
  Which clause holds for a customer and which does not, with the customer's values.`,
  async run(args) {
    const { query, expression, evaluator, customerIds, options } = await askSegment(args);
    const row = new IdIndex(customerIds).rowOf(Number(options.customer ?? NaN));
    if (row < 0) throw new CliError(options.customer === undefined ? "--customer is missing" : `there is no customer ${options.customer}`);
    const explanation = explainMember(evaluator, expression, row);
    process.stdout.write(options.json ? `${JSON.stringify({ query, customer: customerIds[row], explanation })}\n` : `${describe(explanation, "")}\n`);
    return 0;
  },
};

function describe({ holds, kind, text, values, missing, parts }: Explanation, indent: string): string {
  const mark = holds === null ? "?" : holds ? "yes" : "no";
  const shown = missing === null ? Object.entries(values).map(([name, value]) => `${name} ${value === null ? "none" : String(value)}`).join(", ") : `no data yet: ${missing}`;
  const line = `${indent}${mark.padEnd(4)}${text || kind.toUpperCase()}${shown ? `   [${shown}]` : ""}`;
  return [line, ...parts.map((part) => describe(part, `${indent}  `))].join("\n");
}
