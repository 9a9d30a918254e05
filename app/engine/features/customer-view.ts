import type { CodedColumn, CustomerColumns, Snapshot } from "../snapshot/snapshot.ts";

/** Some customers of a snapshot: a range (so that threads can take parts) or a list of rows (those touched by new orders). */
export type CustomerSelection = { readonly from: number; readonly to: number } | { readonly rows: Int32Array };

export interface CustomerView {
  /**
   * The snapshot with the selected customers alone, renumbered 0 .. count - 1, and their orders by `ordersByCustomer`.
   * Orders and lines are the whole shop's, not copied: `orders.customer` still holds rows of the whole snapshot.
   */
  readonly snapshot: Snapshot;
  /** Row in the whole snapshot of each customer of the view. */
  readonly rows: Int32Array;
}

/** A range costs nothing; a list costs its customers' orders. */
export function viewCustomers(snapshot: Snapshot, selection: CustomerSelection): CustomerView {
  const { customers, ordersByCustomer } = snapshot;
  if ("rows" in selection) return gather(snapshot, selection.rows);
  const { from, to } = selection;
  if (from < 0 || to > customers.count || from > to) throw new RangeError(`customers ${from}..${to} of ${customers.count}`);
  const rows = new Int32Array(to - from);
  for (let i = 0; i < rows.length; i++) rows[i] = from + i;
  const coded = ({ codes, names }: CodedColumn): CodedColumn => ({ codes: codes.subarray(from, to), names });
  const part: CustomerColumns = {
    count: to - from, id: customers.id.subarray(from, to), createdAtMs: customers.createdAtMs.subarray(from, to), country: coded(customers.country), emailConsent: coded(customers.emailConsent),
  };
  return { rows, snapshot: { ...snapshot, customers: part, ordersByCustomer: { start: ordersByCustomer.start.subarray(from, to + 1), values: ordersByCustomer.values } } };
}

function gather(snapshot: Snapshot, rows: Int32Array): CustomerView {
  const { customers, ordersByCustomer } = snapshot;
  const start = new Int32Array(rows.length + 1);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i];
    if (row < 0 || row >= customers.count) throw new RangeError(`customer row ${row} of ${customers.count}`);
    start[i + 1] = start[i] + ordersByCustomer.start[row + 1] - ordersByCustomer.start[row];
  }
  const values = new Int32Array(start[rows.length]);
  for (let i = 0; i < rows.length; i++) values.set(ordersByCustomer.values.subarray(ordersByCustomer.start[rows[i]], ordersByCustomer.start[rows[i] + 1]), start[i]);
  const numbers = (column: Float64Array) => Float64Array.from(rows, (row) => column[row]);
  const part: CustomerColumns = { count: rows.length, id: numbers(customers.id), createdAtMs: numbers(customers.createdAtMs), country: gatherCodes(customers.country, rows), emailConsent: gatherCodes(customers.emailConsent, rows) };
  return { rows, snapshot: { ...snapshot, customers: part, ordersByCustomer: { start, values } } };
}

/** The codes of the given rows, in their order. */
export function gatherCodes({ codes, names }: CodedColumn, rows: Int32Array): CodedColumn {
  const gathered = new Int32Array(rows.length);
  for (let i = 0; i < rows.length; i++) gathered[i] = codes[rows[i]];
  return { codes: gathered, names };
}
