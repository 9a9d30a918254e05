import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { parse, validate, type GraphQLSchema } from "graphql";
import { beforeAll, describe, expect, it } from "vitest";
import * as generated from "#app/server/shopify/generated/operations.ts";
import { bulkQueryText } from "#app/server/shopify/bulk-query.server.ts";
import { loadAdminSchema, loadOperationFiles, validateOperations } from "../../scripts/generate-operations.mjs";

const hasSchema = existsSync(".cache/admin-schema/admin_2026-07.json");

describe.skipIf(!hasSchema)("GraphQL documents and the real Admin schema 2026-07 (skipped: schema not fetched)", () => {
  let schema: GraphQLSchema;
  let files: Awaited<ReturnType<typeof loadOperationFiles>>;
  beforeAll(async () => {
    schema = await loadAdminSchema();
    files = await loadOperationFiles();
  });

  it("every document validates", () => {
    expect(files.length).toBeGreaterThan(5);
    expect(validateOperations(schema, files)).toEqual([]);
  });

  it("a field that Shopify does not have is found", () => {
    const wrong = [...files, { location: "wrong.graphql", document: parse("query Wrong { shop { noSuchField } }") }];
    expect(validateOperations(schema, wrong).join()).toContain("noSuchField");
  });

  it("the generated file is fresh", () => {
    // In a process of its own: the code generator and vitest would each load their own copy of graphql-js.
    const run = spawnSync(process.execPath, ["scripts/generate-operations.mjs", "--check"], { encoding: "utf8" });
    expect(run.stderr).toBe("");
    expect(run.status).toBe(0);
  });

  it("no document uses a deprecated field", () => {
    const definitions = files.flatMap(({ document }) => document.definitions);
    const names = [...JSON.stringify(definitions).matchAll(/"kind":"Field","alias":[^}]*?"value":"(\w+)"/g)].map((match) => match[1]);
    for (const banned of ["currentBulkOperation", "customerSelection"]) expect(names).not.toContain(banned);
  });

  it("bulk reads are one plain query each, with at most five connections nested at most two deep", () => {
    const bulk = Object.entries(generated).filter(([name]) => /^Bulk\w+Document$/.test(name)).map(([, document]) => String(document));
    expect(bulk).toHaveLength(3);
    for (const document of bulk) {
      const text = bulkQueryText(document);
      expect(validate(schema, parse(text))).toEqual([]);
      expect(text).not.toMatch(/\.\.\.(?! on )|fragment|^query \w/);
      expect(parse(text).definitions).toHaveLength(1);
      expect(text.match(/edges \{/g)?.length).toBeLessThanOrEqual(5);
      // Every node needs its id: children are told apart and joined by it.
      for (const node of text.split(/node \{/).slice(1)) expect(node.trimStart()).toMatch(/^id\b/);
    }
  });
});
