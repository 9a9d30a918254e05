import { classicGroups, shopifyGroups } from "#app/core/customer-groups.ts";
import { listFieldNames, profileFields, type ProfileField, type ProfileFieldName, type ProfileValue } from "#app/core/profile-fields.ts";
import { lifecycleNames } from "#app/core/prediction-figures.ts";
import { valueTierNames } from "#app/core/prediction-views.ts";
import type { ShopId } from "#app/core/ids.ts";
import { radixOrder } from "#app/engine/math/radix-order.ts";
import type { StoredColumn } from "#app/server/store/profile-block.server.ts";
import { absentOf, createColumn, naturalOf } from "#app/server/store/profile-block.server.ts";
import { readProfileBlocks } from "#app/server/store/profile-rows.server.ts";

interface TableColumn {
  readonly field: ProfileField;
  readonly values: StoredColumn;
  readonly texts: string[] | null;
}

/** Where an alphabet would say nothing. */
const ranks: Partial<Record<ProfileFieldName, readonly string[]>> = { stage: lifecycleNames, tier: valueTierNames, shopifyGroup: shopifyGroups, classicGroup: classicGroups };
/** Floats are sorted by thousandths. */
const FLOAT_STEPS = 1_000;

/** One value a customer of every field that a list can show, by row of a snapshot; sorted orders are kept. */
export class ProfileTable {
  private readonly columns = new Map<ProfileFieldName, TableColumn>();
  private readonly orders = new Map<ProfileFieldName, { readonly order: Int32Array; readonly known: number }>();
  private readonly counts = new Map<ProfileFieldName, ReadonlyMap<string, number>>();

  constructor(shopId: ShopId, versionId: string | null, readonly ids: Float64Array) {
    for (const name of listFieldNames) {
      const field: ProfileField = profileFields[name];
      const hasTexts = field.kind === "choice" || field.kind === "name";
      // Codes of the whole shop may be more than a block's few.
      const values = hasTexts ? new Uint32Array(ids.length).fill(absentOf("u32")) : createColumn(field.store, ids.length).fill(absentOf(field.store));
      this.columns.set(name, { field, values, texts: hasTexts ? [] : null });
    }
    if (versionId !== null) this.read(shopId, versionId);
  }

  private read(shopId: ShopId, versionId: string): void {
    const places = new Map<ProfileFieldName, Map<string, number>>();
    let at = 0;
    for (const block of readProfileBlocks(shopId, versionId)) {
      const rows = new Int32Array(block.ids.length);
      for (let i = 0; i < rows.length; i++) {
        while (at < this.ids.length && this.ids[at] < block.ids[i]) at++;
        rows[i] = this.ids[at] === block.ids[i] ? at : -1;
      }
      for (const name of listFieldNames) {
        const column = this.columns.get(name);
        const stored = block.columns.find((one) => one.name === name);
        if (!column || !stored || (column.texts === null) !== (stored.texts === null)) continue;
        const absent = absentOf(stored.store);
        const known = places.get(name) ?? new Map<string, number>();
        places.set(name, known);
        const codes = stored.texts?.map((text) => {
          let place = known.get(text);
          if (place === undefined) known.set(text, (place = (column.texts?.push(text) ?? 1) - 1));
          return place;
        });
        for (let i = 0; i < rows.length; i++) {
          const value = stored.values[i * stored.width];
          if (rows[i] >= 0 && value !== absent) column.values[rows[i]] = codes ? codes[value] : value;
        }
      }
    }
  }

  valueOf(name: ProfileFieldName, row: number): ProfileValue {
    const column = this.columns.get(name);
    if (!column) return null;
    const value = column.values[row];
    if (column.texts) return column.texts[value] ?? null;
    const natural = naturalOf(column.field.store, value);
    return Number.isNaN(natural) ? null : natural;
  }

  /** A number of every customer in its own unit; NaN where there is none. */
  numbersOf(name: ProfileFieldName): Float64Array {
    const column = this.columns.get(name);
    const numbers = new Float64Array(this.ids.length).fill(NaN);
    if (column && !column.texts) for (let row = 0; row < numbers.length; row++) numbers[row] = naturalOf(column.field.store, column.values[row]);
    return numbers;
  }

  /** Rows by the field, ascending, those without it at the end, the newest customer first; `known` have it. */
  orderBy(name: ProfileFieldName): { readonly order: Int32Array; readonly known: number } {
    const kept = this.orders.get(name);
    if (kept) return kept;
    const column = this.columns.get(name);
    const rows = new Int32Array(this.ids.length);
    const keys = new Float64Array(this.ids.length);
    const rankOf = column?.texts ? rankTexts(column.texts, ranks[name]) : null;
    let known = 0;
    let last = rows.length;
    for (let row = 0; row < rows.length; row++) {
      const value = column ? column.values[row] : NaN;
      const key = rankOf ? (rankOf[value] ?? NaN) : column ? naturalOf(column.field.store, value) : NaN;
      if (Number.isNaN(key)) rows[--last] = row;
      else {
        keys[row] = Math.round(key * FLOAT_STEPS);
        rows[known++] = row;
      }
    }
    const order = rows.slice();
    order.set(radixRows(keys, rows.subarray(0, known)));
    const found = { order, known };
    this.orders.set(name, found);
    return found;
  }

  /** How many customers have each text of a choice. */
  countTexts(name: ProfileFieldName): ReadonlyMap<string, number> {
    const kept = this.counts.get(name);
    if (kept) return kept;
    const column = this.columns.get(name);
    const sums = new Float64Array(column?.texts?.length ?? 0);
    if (column) for (let row = 0; row < column.values.length; row++) if (column.values[row] < sums.length) sums[column.values[row]]++;
    const found = new Map((column?.texts ?? []).map((text, code) => [text, sums[code]] as const));
    this.counts.set(name, found);
    return found;
  }

  /** A test of one customer row by the text of a choice. */
  matcher(name: ProfileFieldName, text: string): (row: number) => boolean {
    const column = this.columns.get(name);
    const code = column?.texts?.indexOf(text) ?? -1;
    return (row) => code >= 0 && column?.values[row] === code;
  }
}

function rankTexts(texts: readonly string[], ranked: readonly string[] | undefined): Float64Array {
  const sorted = ranked ?? [...texts].sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
  return Float64Array.from(texts, (text) => sorted.indexOf(text));
}

/** radixOrder sorts all keys it is given, so those of the known rows are gathered first. */
function radixRows(keys: Float64Array, rows: Int32Array): Int32Array {
  const own = Float64Array.from(rows, (row) => keys[row]);
  return radixOrder(own).map((place) => rows[place]);
}
