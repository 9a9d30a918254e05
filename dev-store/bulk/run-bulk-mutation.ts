import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import type { GraphQLSchema } from "graphql";
import { GraphQLError, Kind, execute, parse, validate } from "graphql";
import type { Api } from "#dev-store/admin-api/field-types.ts";

/** Null when the document is one mutation with one top-level field. */
export function checkBulkMutation(schema: GraphQLSchema, text: string): string | null {
  try {
    const document = parse(text);
    const [error] = validate(schema, document);
    if (error) return `Failed to parse the mutation - ${error.message}`;
    const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
    if (operations.length !== 1 || operations[0].operation !== "mutation") return "The document must hold one mutation.";
    return operations[0].selectionSet.selections.length === 1 ? null : "You must use an allowed mutation name: one top-level field.";
  } catch (error) {
    return `Failed to parse the mutation - ${error instanceof GraphQLError ? error.message : String(error)}`;
  }
}

/** Runs the mutation once for each line of variables; each answer becomes a line of the result. */
export async function runBulkMutation(schema: GraphQLSchema, mutation: string, path: string, api: Api, write: (line: string) => Promise<void>, isCanceled: () => boolean): Promise<void> {
  const document = parse(mutation);
  let lineNumber = 0;
  for await (const line of createInterface({ input: createReadStream(path) })) {
    if (isCanceled()) return;
    if (!line.trim()) continue;
    const variables: unknown = JSON.parse(line);
    const result = await execute({ schema, document, contextValue: api, variableValues: typeof variables === "object" && variables !== null ? { ...variables } : {} });
    await write(JSON.stringify({ ...result, __lineNumber: lineNumber }));
    lineNumber += 1;
  }
}
