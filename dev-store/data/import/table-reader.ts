import { createReadStream } from "node:fs";
import path from "node:path";
import { createGunzip } from "node:zlib";
import { pipeline } from "node:stream";
import { CsvError, parse } from "csv-parse";
import type { Mapping } from "./mapping.ts";

export interface TableRow {
  /** Line of the file on which the row ends; the header is line 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** A file that cannot be read any further as CSV; the message names the file and the line. */
export class UnreadableTable extends Error {}

/** The rows of a CSV or CSV.gz file as they come, the header first. Blank lines are passed over. */
export async function* readTable(file: string, delimiter: Mapping["delimiter"], onBytes?: (bytes: number) => void, mostRows?: number): AsyncGenerator<TableRow> {
  const isSpaced = delimiter === "whitespace";
  const parser = parse({ delimiter: isSpaced ? " " : delimiter, bom: true, info: true, relax_column_count: true, skip_empty_lines: true, trim: !isSpaced, ...(mostRows === undefined ? {} : { to: mostRows }) });
  const source = createReadStream(file);
  let bytes = 0;
  source.on("data", (chunk) => {
    bytes += chunk.length;
    onBytes?.(bytes);
  });
  const stages = file.endsWith(".gz") ? [source, createGunzip(), parser] : [source, parser];
  // Errors of any stage reach the loop below through the parser, which pipeline destroys.
  pipeline(stages, () => undefined);
  try {
    for await (const entry of parser) {
      const { info, record } = entry as { info: { lines: number }; record: string[] };
      yield { line: info.lines, cells: isSpaced ? record.filter((cell) => cell !== "") : record };
    }
  } catch (error) {
    if (error instanceof CsvError) throw new UnreadableTable(`${path.basename(file)}, line ${"lines" in error ? String(error.lines) : "?"}: ${error.message}`);
    throw new UnreadableTable(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

export async function readHeader(file: string, delimiter: Mapping["delimiter"]): Promise<readonly string[]> {
  for await (const row of readTable(file, delimiter, undefined, 1)) return row.cells;
  return [];
}
