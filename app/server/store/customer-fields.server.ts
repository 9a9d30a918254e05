import { z } from "zod";
import { customerField, type CustomerField } from "#app/core/customer-fields.ts";
import type { ShopId } from "#app/core/ids.ts";
import { DAY_MS, dayStartMs } from "#app/core/time.ts";
import type { ExtraColumns } from "#app/engine/segments/evaluate/columns.ts";
import type { Snapshot } from "#app/engine/snapshot/snapshot.ts";
import { listCustomerMetafields } from "./customer-metafields.server.ts";
import { RowFinder } from "./row-finder.server.ts";
import { statement } from "./statements.server.ts";

/** This part of Shop.settings; the parts of others are carried along untouched. */
const settingsSchema = z.looseObject({ customerFields: z.array(customerField).optional() });

export function listCustomerFields(shopId: ShopId): readonly CustomerField[] {
  const settings = statement(`SELECT "settings" FROM "Shop" WHERE "id" = ?`).pluck().get(shopId);
  return typeof settings === "string" ? (settingsSchema.parse(JSON.parse(settings)).customerFields ?? []) : [];
}

export function saveCustomerFields(shopId: ShopId, fields: readonly CustomerField[]): void {
  const settings = statement(`SELECT "settings" FROM "Shop" WHERE "id" = ?`).pluck().get(shopId);
  const others = settingsSchema.parse(typeof settings === "string" ? JSON.parse(settings) : {});
  statement(`UPDATE "Shop" SET "settings" = ? WHERE "id" = ?`).run(JSON.stringify({ ...others, customerFields: fields }), shopId);
}

type FieldColumns = Required<Pick<ExtraColumns, "dates" | "numbers" | "texts" | "monthDays">>;

/** A field of which no customer has a value is left out, so that it says "no data yet". */
export function readCustomerFields(shopId: ShopId, { customers, timeZone }: Snapshot, isSlice = false): FieldColumns {
  const columns = { dates: {}, numbers: {}, texts: {}, monthDays: {} } as { -readonly [K in keyof FieldColumns]: Record<string, FieldColumns[K][string]> };
  const fields = listCustomerFields(shopId);
  if (fields.length === 0) return columns;
  const rows = new RowFinder(customers.id);
  for (const { name, kind } of fields) {
    const found: [number, string][] = [];
    for (const [customerId, value] of listCustomerMetafields(shopId, name, isSlice ? customers.id : null)) {
      const row = rows.find(customerId);
      if (row >= 0) found.push([row, value]);
    }
    if (found.length === 0 && !(isSlice && hasAny(shopId, name))) continue;
    switch (kind) {
      case "month-day":
        columns.monthDays[name] = fill(new Int16Array(customers.count), found, readMonthDay);
        break;
      case "date":
        columns.dates[name] = fill(new Float64Array(customers.count).fill(NaN), found, (value) => readInstant(value, timeZone));
        break;
      case "number":
        columns.numbers[name] = fill(new Float64Array(customers.count).fill(NaN), found, Number);
        break;
      case "text": {
        const names = [...new Set(found.map(([, value]) => value))];
        const codeOf = new Map(names.map((text, code) => [text, code]));
        columns.texts[name] = { names, codes: fill(new Int32Array(customers.count).fill(-1), found, (value) => codeOf.get(value) ?? -1) };
      }
    }
  }
  return columns;
}

function hasAny(shopId: ShopId, name: string): boolean {
  return statement("SELECT EXISTS (SELECT 1 FROM CustomerMetafield WHERE shopId = ? AND name = ?)").pluck().get(shopId, name) === 1;
}

function fill<T extends Int16Array | Int32Array | Float64Array>(column: T, found: readonly (readonly [number, string])[], read: (value: string) => number): T {
  for (const [row, value] of found) column[row] = read(value);
  return column;
}

/** "05-17" as the engine counts days of the year. */
function readMonthDay(value: string): number {
  const [month, day] = value.split("-").map(Number);
  return (month - 1) * 32 + day;
}

/** A date without a time is the shop's own day. */
function readInstant(value: string, timeZone: string): number {
  const instantMs = Date.parse(value);
  return value.includes("T") ? instantMs : dayStartMs(instantMs / DAY_MS, timeZone);
}
