import { existsSync, statSync } from "node:fs";
import path from "node:path";
import type { Progress } from "../progress.ts";
import { bindColumns, type ColumnBinding } from "./bind-columns.ts";
import { describeMissing, ImportRefused, type ImportPlan } from "./choose-mapping.ts";
import { createDateParser } from "./date-parser.ts";
import { createRowParser, type RowParser } from "./parse-row.ts";
import type { RowLedger } from "./row-ledger.ts";
import type { Staging } from "./staging.ts";
import { readHeader, readTable } from "./table-reader.ts";
import { createZone } from "./zone.ts";

/** The header of each file, checked before a row is read: a wrong column is told at once. */
export async function bindFiles(plan: ImportPlan): Promise<ColumnBinding[]> {
  const bindings: ColumnBinding[] = [];
  for (const file of plan.files) {
    const header = plan.mapping.header ?? (await readHeader(file, plan.mapping.delimiter));
    const { binding, missing } = bindColumns(plan.mapping, header);
    if (missing.length > 0) throw new ImportRefused(describeMissing(file, missing, header));
    bindings.push(binding);
  }
  return bindings;
}

export interface ReadCounts {
  rows: number;
}

/** First pass: every row is parsed, judged and staged; what is passed over goes to the ledger. */
export async function readRows(plan: ImportPlan, bindings: readonly ColumnBinding[], minorPerUnit: number, staging: Staging, ledger: RowLedger, progress: Progress): Promise<ReadCounts> {
  const { mapping } = plan;
  const parseDate = createDateParser(mapping.dateFormats);
  const zone = createZone(mapping.timeZone);
  const products = await readProductFile(plan);
  const counts = { rows: 0 };
  for (const [fileIndex, file] of plan.files.entries()) {
    const parseRow: RowParser = createRowParser(mapping, bindings[fileIndex], parseDate, minorPerUnit, (key) => products.get(key) ?? null);
    const kilobytes = Math.ceil(statSync(file).size / 1024);
    progress.start(`reading ${path.basename(file)} (KB)`, kilobytes);
    let isHeader = mapping.header === undefined;
    for await (const { line, cells } of readTable(file, mapping.delimiter, (bytes) => progress.update(Math.min(kilobytes, Math.floor(bytes / 1024))))) {
      if (isHeader) {
        isHeader = false;
        continue;
      }
      counts.rows++;
      const outcome = parseRow(cells);
      if (outcome.kind === "bad") {
        ledger.bad({ file, line, column: outcome.column, reason: outcome.reason, value: outcome.value }, cells);
        if (outcome.orderKey !== "") staging.addSkipped(outcome.orderKey, "rejected", outcome.reason);
      } else if (outcome.kind === "left-out") {
        ledger.record("left-out", file, line, outcome.reason, "", cells);
        staging.addPerson(outcome.customerKey);
        staging.addSkipped(outcome.orderKey, "left-out", outcome.reason);
      } else {
        const { row } = outcome;
        const { localMs, offsetMinutes } = row.time;
        staging.addPerson(row.customerKey);
        // The cells are only needed again where a row may still end in the rejects file.
        const mayBeRejected = row.isCancellation || row.treat === "shipping" || row.treat === "order-discount";
        staging.add(fileIndex, line, row, offsetMinutes === null ? localMs : zone.toLocal(localMs - offsetMinutes * 60_000), mayBeRejected ? cells : null);
      }
    }
    progress.finish();
  }
  return counts;
}

/** Titles and categories from a second file, by product id. */
async function readProductFile(plan: ImportPlan): Promise<Map<string, { title: string; category: string }>> {
  const found = new Map<string, { title: string; category: string }>();
  const source = plan.mapping.productFile;
  if (!source) return found;
  const file = path.join(plan.folder, source.file);
  if (!existsSync(file)) throw new ImportRefused(`${file}: the mapping ${plan.mapping.name} wants it for product titles`);
  let header: readonly string[] | null = null;
  const isEmpty = (text: string) => text === "" || text === "NA";
  for await (const { cells } of readTable(file, plan.mapping.delimiter)) {
    if (header === null) {
      header = cells;
      const absent = [source.key, ...source.title, ...(source.category ? [source.category] : [])].filter((name) => !cells.includes(name));
      if (absent.length > 0) throw new ImportRefused(`${file}, line 1: no column ${absent.join(", ")}`);
      continue;
    }
    const columns = header;
    const cell = (name: string) => cells[columns.indexOf(name)] ?? "";
    const words = source.title.map(cell).filter((word) => !isEmpty(word));
    found.set(cell(source.key), { title: words.join(", "), category: source.category && !isEmpty(cell(source.category)) ? cell(source.category) : "" });
  }
  return found;
}
