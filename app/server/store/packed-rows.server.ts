/**
 * Many rows as one text per chunk, for reads of millions of rows: better-sqlite3 crosses the native border once per
 * value, which costs more than SQLite's own work; one crossing per chunk halves the time (docs/performance.md, snapshot).
 */
const FIELD_END = 31; // U+001F, unit separator
const ROW_END = 30; // U+001E, record separator
const MINUS = 45;
const ZERO = 48;
const NINE = 57;

/** SQL expression that packs the rows of the query around it; read the result with PackedRows. NULL becomes an empty field. */
export function packRows(columns: readonly string[]): string {
  const fields = columns.map((column) => `coalesce(${column}, '') || char(${FIELD_END})`);
  return `group_concat(${fields.join(" || ")}, char(${ROW_END}))`;
}

/** Reads fields in the order in which they were packed; text fields must not hold the two separators. */
export class PackedRows {
  private at = 0;

  constructor(private readonly text: string) {}

  /** True while another row follows; call it before the first field of each row. */
  next(): boolean {
    if (this.text.charCodeAt(this.at) === ROW_END) this.at++;
    return this.at < this.text.length;
  }

  /** A whole number; NaN for NULL. Throws on anything else. */
  integer(): number {
    const { text } = this;
    const isNegative = text.charCodeAt(this.at) === MINUS;
    const from = isNegative ? this.at + 1 : this.at;
    let at = from;
    let value = 0;
    for (let code = text.charCodeAt(at); code !== FIELD_END; code = text.charCodeAt(++at)) {
      if (!(code >= ZERO && code <= NINE)) throw new Error(`not a whole number in a packed row: ${text.slice(this.at, this.at + 40)}`);
      value = value * 10 + (code - ZERO);
    }
    this.at = at + 1;
    if (at === from) return NaN;
    return isNegative ? -value : value;
  }

  /** Null for NULL and for the empty text. */
  word(): string | null {
    const from = this.at;
    const end = this.text.indexOf("\u001f", from);
    if (end < 0) throw new Error("a packed row ends in the middle of a field");
    this.at = end + 1;
    return end === from ? null : this.text.slice(from, end);
  }
}
