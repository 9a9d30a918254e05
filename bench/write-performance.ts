import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import type { Figures } from "./bench.ts";
import type { BenchReport } from "./run-bench.ts";

const FILE = new URL("../docs/performance.md", import.meta.url);
const HEAD = `# Measured speed

Every row was written by \`npm run bench -- <name> --write\`: our figures, then each peer's, then our time divided by the
peer's (under 1 = we are faster), medians of alternating runs. \`load\` is the machine's average over the last minutes: far above 2 other work took
part of the cores, and neither seconds nor ratios of that row can be relied on.
`;
const COLUMNS = "| when | options | machine | ours | peers | ratios |\n| --- | --- | --- | --- | --- | --- |\n";

/** Adds the run as the last row of its bench's table. */
export function appendRun(report: BenchReport, at: Date): void {
  const text = existsSync(FILE) ? readFileSync(FILE, "utf8") : HEAD;
  writeFileSync(FILE, insertRow(text, report.bench, formatRow(report, at)));
}

export function insertRow(text: string, bench: string, row: string): string {
  const heading = `\n## ${bench}\n`;
  const at = text.indexOf(heading);
  if (at < 0) return `${text.trimEnd()}\n${heading}\n${COLUMNS}${row}\n`;
  const next = text.indexOf("\n## ", at + heading.length);
  const section = (next < 0 ? text.slice(at) : text.slice(at, next)).trimEnd();
  return `${text.slice(0, at)}${section}\n${row}\n${next < 0 ? "" : text.slice(next)}`;
}

function formatRow(report: BenchReport, at: Date): string {
  const list = (values: Readonly<Record<string, number | string | null>>) => Object.entries(values).map(([name, value]) => `${name} ${value ?? "-"}`).join(", ");
  const peers = Object.entries<Figures>(report.peers).map(([name, figures]) => `${name}: ${list(figures)}`);
  const missing = report.missing?.length ? [`not installed: ${report.missing.join(", ")}`] : [];
  const cells = [at.toISOString().slice(0, 16).replace("T", " "), list(report.params), `${report.machine.cores} cores, node ${report.machine.node}, load ${loadavg()[1].toFixed(1)}`, list(report.figures), [...peers, ...missing].join("; "), list(report.ratios)];
  return `| ${cells.join(" | ")} |`;
}
