import { FIELDS, type Field, type Mapping } from "./mapping.ts";

/** Index of the column of each field; -1 when the file does not have it. Several for discounts that add up. */
export interface ColumnBinding {
  readonly index: Readonly<Record<Field, number>>;
  readonly discountColumns: readonly number[];
  readonly header: readonly string[];
}

export interface MissingColumn {
  readonly field: Field;
  readonly wanted: readonly string[];
}

const plain = (name: string) => name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");

function findColumn(header: readonly string[], wanted: readonly string[]): number {
  for (const name of wanted) {
    const found = header.findIndex((column) => plain(column) === plain(name));
    if (found >= 0) return found;
  }
  return -1;
}

export function bindColumns(mapping: Mapping, header: readonly string[]): { binding: ColumnBinding; missing: MissingColumn[] } {
  const index = Object.fromEntries(FIELDS.map((field) => [field, -1])) as Record<Field, number>;
  const missing: MissingColumn[] = [];
  let discountColumns: number[] = [];
  for (const field of FIELDS) {
    const wanted = mapping.columns[field];
    if (!wanted) continue;
    if (field === "discount" && wanted.some((name) => name.includes("+"))) {
      const columns = wanted[0].split("+").map((name) => findColumn(header, [name]));
      if (columns.every((column) => column >= 0)) discountColumns = columns;
      else missing.push({ field, wanted });
      continue;
    }
    index[field] = findColumn(header, wanted);
    if (index[field] < 0 && !mapping.optional.includes(field)) missing.push({ field, wanted });
  }
  if (index.discount >= 0) discountColumns = [index.discount];
  if (mapping.columns.time === undefined) missing.push({ field: "time", wanted: ["time"] });
  if (index.unitPrice < 0 && index.lineTotal < 0 && !missing.some(({ field }) => field === "unitPrice" || field === "lineTotal")) missing.push({ field: "unitPrice", wanted: mapping.columns.unitPrice ?? ["unit price"] });
  return { binding: { index, discountColumns, header }, missing };
}
