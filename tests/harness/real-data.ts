import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

const ROOT = join(import.meta.dirname, "../../../shared/data");

/** Real data is read where it lies and never copied; without it the cases report "skipped: real data not present". */
export function hasRealData(folder: string): boolean {
  return existsSync(join(ROOT, folder));
}

/** Name of a case that needs real data. */
export function realDataCase(folder: string, name: string): string {
  return hasRealData(folder) ? name : `${name} - skipped: real data not present`;
}

export function realDataPath(folder: string, file: string): string {
  return join(ROOT, folder, file);
}

export function readRealBytes(folder: string, file: string): Buffer {
  const bytes = readFileSync(realDataPath(folder, file));
  return file.endsWith(".gz") ? gunzipSync(bytes) : bytes;
}

/** Rows of a plain CSV without quoted commas, as objects of strings. */
export function readRealCsv(folder: string, file: string): Record<string, string>[] {
  const [head, ...lines] = readRealBytes(folder, file).toString("utf8").trim().split(/\r?\n/);
  const names = head.split(",").map((name) => name.replace(/^"|"$/g, ""));
  return lines.map((line) => Object.fromEntries(line.split(",").map((value, i) => [names[i], value.replace(/^"|"$/g, "")])));
}
