// `recommend evaluate` on files as they come: any names, gzip, one user, bad lines. Figures are those of tests/golden/recommenders.
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { createRng } from "#app/core/rng.ts";

const folder = mkdtempSync(join(tmpdir(), "tessera-evaluate-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const answer = z.object({
  split: z.string(), choice: z.string(),
  models: z.array(z.object({ name: z.string(), recall: z.number(), ndcg: z.number(), mrr: z.number(), hitRate: z.number(), coverage: z.number(), fitSeconds: z.number(), predictSeconds: z.number(), peakRssMb: z.number().positive() })),
});

function write(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

function evaluate(train: string, test: string, more: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const args = ["--import", "tsx", "cli/run-cli.ts", "recommend", "evaluate", "--train", train, "--test", test, "--models", "popularity,itemknn,p3alpha,hybrid", "--json", ...more];
    execFile(process.execPath, args, (error, stdout, stderr) => resolve({ code: typeof error?.code === "number" ? error.code : 0, stdout, stderr }));
  });
}

async function evaluated(train: string, test: string, more: string[]): Promise<z.infer<typeof answer>> {
  const { code, stdout, stderr } = await evaluate(train, test, more);
  expect(code, stderr).toBe(0);
  return answer.parse(JSON.parse(stdout));
}

describe("recommend evaluate", () => {
  it("reads gzip by its bytes, names with spaces, a head line, a byte order mark and CRLF; the hybrid is among the models", async () => {
    const rng = createRng(5);
    const rows = Array.from({ length: 120 }, (_, u) => ({ user: `Zoë ${u}`, items: Array.from({ length: 6 }, () => `thé n° ${2 * rng.below(8) + (u % 2)}`) }));
    const print = (from: number, to?: number) => ["\uFEFFuser_id\titem_id\ttime", ...rows.flatMap(({ user, items }) => [...new Set(items)].slice(from, to).map((item, n) => `${user}\t${item}\t${1000 + from * 10 + n}`))].join("\r\n");
    const result = await evaluated(write("train.dat", gzipSync(print(0, -1))), write("test.dat", gzipSync(print(-1))), ["--format", "pairs", "--k", "5"]);
    expect(result.models.map((model) => model.name)).toEqual(["popularity", "itemknn", "p3alpha", "hybrid"]);
    const recall = (name: string) => result.models.find((model) => model.name === name)?.recall ?? 0;
    // Half of the products are the other kind's: who knows that is far ahead.
    expect(recall("itemknn")).toBeGreaterThan(recall("popularity"));
  }, 60_000);

  it("sees that rows sorted by name have no order, and validates on a random part", async () => {
    const rng = createRng(6);
    const rows = Array.from({ length: 60 }, (_, u) => [`u${u}`, ...[...new Set(Array.from({ length: 5 }, () => 100 + rng.below(900)))].sort((a, b) => a - b)]);
    const result = await evaluated(write("sorted.txt", rows.map((row) => row.join(" ")).join("\n")), write("sorted-test.txt", rows.map(([user]) => `${user} ${100 + rng.below(900)}`).join("\n")), []);
    expect(result.split).toBe("random-fifth");
  }, 60_000);

  it("answers for one user, for a test user that never bought, and for a test of unknown products alone", async () => {
    const one = await evaluated(write("one.txt", "ann tea"), write("one-test.txt", "ann cup\nbob cup\n"), ["--k", "50"]);
    expect(one.models.length).toBeGreaterThan(0);
    const unknown = await evaluated(write("few.txt", "ann tea cup\nbob cup tea pot\n"), write("few-test.txt", "ann kettle\n"), ["--k", "1"]);
    for (const model of unknown.models) expect(model.recall).toBe(0);
  }, 60_000);

  it.each([
    ["a line of three and a half columns", "a\tb\t1\t2\n", "pairs", /bad: line 1: expected user TAB item/],
    ["a time that is none", "a\tb\t1\nc\td\tyesterday\n", "pairs", /bad: line 2: "yesterday" is not a unix time/],
    ["a missing item", "a\t\t1\n", "pairs", /bad: line 1: expected user TAB item/],
    ["half a gzip file", gzipSync("a\tb\n".repeat(500)).subarray(0, 20), "pairs", /bad: not a whole gzip file/],
    ["half a JSON line", '{"user":1,"baskets":[{"items":[1]}]}\n{"user":2,', "baskets", /bad: line 2: not JSON/],
    ["a date that is none", '{"user":1,"baskets":[{"at":"soon","items":[1]}]}\n', "baskets", /bad: line 1: "soon" is not a date/],
  ])("names file and line of %s", async (_, content, format, expected) => {
    const { code, stderr } = await evaluate(write("bad", content), write("any", "a\tb\n"), ["--format", format]);
    expect([code, stderr]).toEqual([1, expect.stringMatching(expected)]);
  }, 60_000);

  it("names a file that is not there", async () => {
    const { code, stderr } = await evaluate(join(folder, "nowhere"), write("any", "a\tb\n"), []);
    expect([code, stderr]).toEqual([1, expect.stringMatching(/nowhere: no such file/)]);
  });
});
