import { spawnSync } from "node:child_process";
import { expect, it } from "vitest";
import { EnvError, parseEnv } from "#app/server/platform/env.server.ts";
import { testEnv } from "#tests/harness/app-database.ts";

const complete = { ...testEnv, DATABASE_URL: "file:./.data/x.db" };

function problemsOf(source: Record<string, string | undefined>): string[] {
  try {
    parseEnv(source);
    return [];
  } catch (error) {
    if (!(error instanceof EnvError)) throw error;
    return error.problems.map((problem) => `${problem.name} ${problem.message}`);
  }
}

it.each(["DATABASE_URL", "SHOPIFY_API_KEY", "SHOPIFY_API_SECRET", "SHOPIFY_APP_URL", "SCOPES", "TESSERA_ENCRYPTION_KEY"])("names %s when it is missing or empty", (name) => {
  expect(problemsOf({ ...complete, [name]: undefined })).toEqual([`${name} is missing`]);
  expect(problemsOf({ ...complete, [name]: "" })).toEqual([`${name} is missing`]);
});

it("names every wrong value at once and shows none of them", () => {
  const wrong = { ...complete, TESSERA_ENCRYPTION_KEY: "c2hvcnQtc2VjcmV0", PORT: "eighty", QUEUE_DRIVER: "carrier-pigeon", LOG_LEVEL: "loud", SHOPIFY_APP_URL: "nowhere" };
  const problems = problemsOf(wrong);
  for (const name of ["TESSERA_ENCRYPTION_KEY", "PORT", "QUEUE_DRIVER", "LOG_LEVEL", "SHOPIFY_APP_URL"]) expect(problems.join("\n")).toContain(name);
  for (const value of ["c2hvcnQtc2VjcmV0", "carrier-pigeon", "nowhere"]) expect(problems.join("\n")).not.toContain(value);
});

it("takes what is optional from its defaults", () => {
  const least = { ...complete, QUEUE_DRIVER: undefined, LOG_LEVEL: undefined, NODE_ENV: undefined };
  expect(parseEnv(least)).toMatchObject({ NODE_ENV: "production", QUEUE_DRIVER: "embedded", LOG_LEVEL: "info", PORT: 3000, WORKER_CONCURRENCY: 4 });
  expect(parseEnv({ ...least, SHOPIFY_API_SECRET_PREVIOUS: "" }).SHOPIFY_API_SECRET_PREVIOUS).toBeUndefined();
});

it("sends shops' calls elsewhere only on this machine", () => {
  expect(parseEnv({ ...complete, SHOPIFY_DEV_STORE_URL: "http://127.0.0.1:4100/" }).SHOPIFY_DEV_STORE_URL).toBe("http://127.0.0.1:4100");
  expect(problemsOf({ ...complete, SHOPIFY_DEV_STORE_URL: "https://collect.example.com" })).toEqual(["SHOPIFY_DEV_STORE_URL must be an address of this machine"]);
});

it("stops the worker's start with the name of the missing value", () => {
  const run = spawnSync(process.execPath, ["--import", "tsx", "app/server/jobs/worker.server.ts"], {
    env: { PATH: process.env.PATH, ...complete, SHOPIFY_API_SECRET: undefined },
    encoding: "utf8",
    timeout: 30_000,
  });
  expect(run.status).not.toBe(0);
  expect(run.stderr).toContain("SHOPIFY_API_SECRET: is missing");
});
