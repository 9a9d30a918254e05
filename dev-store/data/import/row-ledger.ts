import { closeSync, openSync, writeSync } from "node:fs";
import path from "node:path";

const SHOWN = 20;
const FLUSH_CHARS = 1 << 18;

export interface BadRow {
  readonly file: string;
  readonly line: number;
  readonly column: string;
  readonly reason: string;
  readonly value: string;
}

/** rejected: cannot be true; left-out: the mapping says it is no sale; unmatched: takes back what was never bought in this data. */
export type RejectKind = "rejected" | "left-out" | "unmatched";

/** Keeps account of every row that did not become part of an order: counts by reason, and the rows in D/rejects.csv. */
export class RowLedger {
  readonly counts: Record<RejectKind, Map<string, number>> = { rejected: new Map(), "left-out": new Map(), unmatched: new Map() };
  private readonly shown: BadRow[] = [];
  private fd: number | null = null;
  private buffer = "";

  constructor(private readonly file: string, private readonly header: readonly string[]) {}

  get badRows(): number {
    return sum(this.counts.rejected);
  }

  bad(row: BadRow, cells: readonly string[]): void {
    if (this.shown.length < SHOWN) this.shown.push(row);
    this.record("rejected", row.file, row.line, row.reason, row.column, cells);
  }

  record(kind: RejectKind, file: string, line: number, reason: string, column: string, cells: readonly string[]): void {
    this.counts[kind].set(reason, (this.counts[kind].get(reason) ?? 0) + 1);
    if (this.fd === null) {
      this.fd = openSync(this.file, "w");
      this.buffer = toCsv(["kind", "file", "line", "reason", "column", ...this.header]);
    }
    this.buffer += toCsv([kind, path.basename(file), String(line), reason, column, ...cells]);
    if (this.buffer.length > FLUSH_CHARS) this.flush();
  }

  close(): void {
    if (this.fd === null) return;
    this.flush();
    closeSync(this.fd);
    this.fd = null;
  }

  /** The first bad rows with their place, then the number of the others by reason. */
  describeBadRows(): string {
    const lines = this.shown.map((row) => `${path.basename(row.file)}, line ${row.line}, column ${row.column}: ${row.reason}${row.value === "" ? "" : ` ("${row.value.slice(0, 60)}")`}`);
    const others = this.badRows - this.shown.length;
    if (others === 0) return lines.join("\n");
    const shownBy = new Map<string, number>();
    for (const { reason } of this.shown) shownBy.set(reason, (shownBy.get(reason) ?? 0) + 1);
    const rest = [...this.counts.rejected].map(([reason, count]) => [reason, count - (shownBy.get(reason) ?? 0)] as const).filter(([, count]) => count > 0);
    return [...lines, `and ${others} more: ${rest.map(([reason, count]) => `${count} x ${reason}`).join(", ")}`].join("\n");
  }

  private flush(): void {
    if (this.fd !== null) writeSync(this.fd, this.buffer);
    this.buffer = "";
  }
}

export function sum(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((total, count) => total + count, 0);
}

function toCsv(cells: readonly string[]): string {
  return `${cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(",")}\n`;
}
