import type { ListColumn } from "#app/engine/segments/evaluate/columns.ts";
import { Int32Column } from "./growing-columns.server.ts";

/** Texts of rows that come in any order, collected into compressed rows. */
export class ListColumnBuilder {
  private readonly rowOf = new Int32Column();
  private readonly codeOf = new Int32Column();
  private readonly codes = new Map<string, number>();

  add(row: number, name: string): void {
    let code = this.codes.get(name);
    if (code === undefined) this.codes.set(name, (code = this.codes.size));
    this.rowOf.push(row);
    this.codeOf.push(code);
  }

  /** A JSON array of texts, as tags are stored; anything else counts as none. */
  addJson(row: number, json: string | null): void {
    if (json === null || json === "[]") return;
    const parsed: unknown = JSON.parse(json);
    if (Array.isArray(parsed)) for (const name of parsed) if (typeof name === "string") this.add(row, name);
  }

  finish(rowCount: number): ListColumn {
    const rows = this.rowOf.finish();
    const codes = this.codeOf.finish();
    const start = new Int32Array(rowCount + 1);
    for (let at = 0; at < rows.length; at++) start[rows[at] + 1]++;
    for (let row = 0; row < rowCount; row++) start[row + 1] += start[row];
    const next = start.slice(0, rowCount);
    const values = new Int32Array(rows.length);
    for (let at = 0; at < rows.length; at++) values[next[rows[at]]++] = codes[at];
    return { start, values, names: [...this.codes.keys()] };
  }
}
