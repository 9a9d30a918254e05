import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const execute = promisify(execFile);
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "tessera-cli-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Answer { readonly code: number; readonly stdout: string; readonly stderr: string }

async function cli(args: string[], env: Record<string, string> = {}): Promise<Answer> {
  const bare: NodeJS.ProcessEnv = { NODE_ENV: "test", PATH: process.env.PATH ?? "", HOME: process.env.HOME ?? "", ...env };
  try {
    const { stdout, stderr } = await execute(process.execPath, ["--import", "tsx", "cli/run-cli.ts", ...args], { env: bare });
    return { code: 0, stdout, stderr };
  } catch (error) {
    const failed = error as { code?: number; stdout?: string; stderr?: string };
    return { code: failed.code ?? -1, stdout: failed.stdout ?? "", stderr: failed.stderr ?? "" };
  }
}

const write = (name: string, text: string) => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

describe("command line", () => {
  it("doctor names every missing value and how to mend it, and shows no secret", async () => {
    const answer = await cli(["doctor", "--json"], { SHOPIFY_API_SECRET: "do-not-show" });
    expect(answer.code).toBe(1);
    const { findings } = JSON.parse(answer.stdout) as { findings: { what: string; isGood: boolean; detail: string; mend: string | null }[] };
    const environment = findings.find((one) => one.what === "environment");
    expect(environment?.isGood).toBe(false);
    for (const name of ["DATABASE_URL", "SHOPIFY_API_KEY", "TESSERA_ENCRYPTION_KEY"]) expect(environment?.detail).toContain(`${name} is missing`);
    expect(answer.stdout).not.toContain("do-not-show");
  });

  it("clv fit names the file, line and column of a bad value", async () => {
    const answer = await cli(["clv", "fit", "--summary", write("bad.csv", "x,t_x,T\n1,2,3\n1,two,3\n")]);
    expect(answer.code).toBe(1);
    expect(answer.stderr).toMatch(/bad\.csv: line 3, column t_x: "two" is not a number/);
  });

  it("recommend evaluate answers one JSON object in every format, and chooses on the training file", async () => {
    // Ten shoppers of two kinds: tea people and coffee people.
    const kinds = [["pot", "cup", "leaf", "sieve"], ["mill", "mug", "bean", "scale"]];
    const train = Array.from({ length: 10 }, (_, u) => ({ user: `u${u}`, items: kinds[u % 2].filter((_, i) => i !== u % 4) }));
    const test = train.map(({ user }, u) => ({ user, items: [kinds[u % 2][u % 4]] }));
    const pairs = (rows: typeof train) => rows.flatMap(({ user, items }) => items.map((item, i) => `${user}\t${item}\t${1000 + i}`)).join("\n");
    const lines = (rows: typeof train) => rows.map(({ user, items }) => [user, ...items].join(" ")).join("\n");
    const baskets = (rows: typeof train) => rows.map(({ user, items }) => JSON.stringify({ user, baskets: items.map((item) => ({ items: [item] })) })).join("\n");
    for (const [format, print] of [["pairs", pairs], ["lines", lines], ["baskets", baskets]] as const) {
      const answer = await cli(["recommend", "evaluate", "--train", write(`train.${format}`, print(train)), "--test", write(`test.${format}`, print(test)), "--format", format, "--k", "3", "--json"]);
      expect(answer.code, answer.stderr).toBe(0);
      const result = JSON.parse(answer.stdout) as { choice: string; models: Record<string, unknown>[] };
      for (const name of ["name", "recall", "ndcg", "mrr", "hitRate", "coverage", "fitSeconds", "predictSeconds", "peakRssMb"]) expect(result.models[0]).toHaveProperty(name);
      expect(result.models.map((model) => model.name)).toContain(result.choice);
    }
    const none = await cli(["recommend", "evaluate", "--train", write("empty", ""), "--test", write("some", "a\tb\n"), "--format", "pairs"]);
    expect([none.code, none.stderr]).toEqual([1, expect.stringMatching(/empty: no interactions/)]);
    const wrong = await cli(["recommend", "evaluate", "--train", write("broken.jsonl", "{\"user\": 1}\n"), "--test", write("t", ""), "--format", "baskets"]);
    expect(wrong.code).toBe(1);
    expect(wrong.stderr).toMatch(/broken\.jsonl: line 1: baskets/);
  });
});
