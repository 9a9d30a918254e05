// `npm test`: sets the checkout up, then runs every check and ends with one line "N passed, N failed".
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { run } from "./lib/run.mjs";
import { setUp } from "./lib/set-up.mjs";
import { requireChromium } from "./lib/chromium.mjs";

const only = process.argv.slice(2).filter((argument) => !argument.startsWith("-"));
const wants = (name) => only.length === 0 || only.includes(name);
const totals = { passed: 0, failed: 0, skipped: 0 };

try {
  await setUp();
} catch (error) {
  console.error(`set-up failed: ${error.message}`);
  totals.failed += 1;
  finish();
}

for (const [name, command, args] of [
  ["types", "npx", ["tsc", "-p", "."]],
  ["lint", "npx", ["eslint", ".", "--max-warnings", "0", "--cache", "--cache-location", ".cache/eslint"]],
  ["imports", "npx", ["depcruise", "app", "webhooks", "cli", "bench", "dev-store", "--config", ".dependency-cruiser.cjs"]],
]) {
  if (wants(name)) await check(name, () => run(command, args, { label: name }));
}

for (const project of ["unit", "property", "contract", "integration", "scenario", "golden", "e2e"]) {
  if (!wants(project)) continue;
  if (project === "e2e" && !(await check("chromium", requireChromium))) continue;
  await vitest(project);
}
finish();

async function check(name, perform) {
  const startedMs = Date.now();
  try {
    await perform();
    totals.passed += 1;
    console.log(`ok    ${name} (${seconds(startedMs)} s)`);
    return true;
  } catch (error) {
    totals.failed += 1;
    console.log(`FAIL  ${name}\n${error.message}`);
    return false;
  }
}

async function vitest(project) {
  const startedMs = Date.now();
  mkdirSync(".cache/test-results", { recursive: true });
  const outputFile = `.cache/test-results/${project}.json`;
  rmSync(outputFile, { force: true });
  const failure = await run("npx", ["vitest", "run", "--project", project, "--passWithNoTests", "--reporter=default", "--reporter=json", `--outputFile.json=${outputFile}`], {
    label: project, env: { ...process.env, NODE_ENV: "test" },
  }).then(() => null, (error) => error);
  const report = existsSync(outputFile) ? JSON.parse(readFileSync(outputFile, "utf8")) : { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0 };
  totals.passed += report.numPassedTests;
  totals.skipped += report.numPendingTests + (report.numTodoTests ?? 0);
  // A file that could not be collected has no failed test of its own, yet it failed.
  totals.failed += failure ? Math.max(1, report.numFailedTests) : 0;
  console.log(`${failure ? "FAIL " : "ok   "} ${project}: ${report.numPassedTests} passed, ${report.numFailedTests} failed, ${report.numPendingTests} skipped (${seconds(startedMs)} s)`);
  if (failure) console.log(failure.message);
}

function seconds(startedMs) {
  return ((Date.now() - startedMs) / 1000).toFixed(1);
}

function finish() {
  console.log(`${totals.passed} passed, ${totals.failed} failed${totals.skipped ? `, ${totals.skipped} skipped` : ""}`);
  process.exit(totals.failed === 0 ? 0 : 1);
}
