/** Row of an id in a column of ids. The rows need not be in the order of the ids. */
export class RowFinder {
  private readonly ids: Float64Array;
  /** Row of each of `ids`; null when they already were in order. */
  private readonly rows: Int32Array | null;

  constructor(column: Float64Array) {
    let isAscending = true;
    for (let row = 1; row < column.length && isAscending; row++) isAscending = column[row - 1] < column[row];
    if (isAscending) {
      this.ids = column;
      this.rows = null;
      return;
    }
    this.rows = Int32Array.from(column, (_, row) => row).sort((a, b) => column[a] - column[b]);
    this.ids = this.rows.length === column.length ? Float64Array.from(this.rows, (row) => column[row]) : column;
  }

  /** -1 when there is none. */
  find(id: number): number {
    let low = 0;
    let high = this.ids.length - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      if (this.ids[middle] === id) return this.rows ? this.rows[middle] : middle;
      if (this.ids[middle] < id) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }
}
