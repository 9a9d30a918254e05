import { setImmediate as nextTurn } from "node:timers/promises";
import type { ShopId } from "#app/core/ids.ts";
import { openSqlite } from "../platform/db.server.ts";
import { PackedRows, packRows } from "./packed-rows.server.ts";

export interface PackedScan {
  /** The first one is the id that the select goes on after. */
  readonly columns: readonly string[];
  /** Its parameters are the shop and the id after which it starts; ordered by that id, which is unique. */
  readonly select: string;
}

/** Rows per turn of the event loop: some 30 ms of work. */
const CHUNK = 10_000;

/** Reads a whole table of one shop in chunks, or the rows with the ids `among` at once; `readRow` reads the columns after the id. */
export async function scanPacked(shopId: ShopId, { columns, select }: PackedScan, readRow: (id: number, row: PackedRows) => void, among: readonly number[] | null = null): Promise<void> {
  if (among) {
    const some = openSqlite().prepare<[number, number, string], string | null>(`SELECT ${packRows(columns)} FROM (${select}) WHERE ${columns[0]} IN (SELECT value FROM json_each(?))`).pluck();
    const rows = new PackedRows(some.get(shopId, 0, JSON.stringify(among)) ?? "");
    while (rows.next()) readRow(rows.integer(), rows);
    return;
  }
  const statement = openSqlite().prepare<[number, number], string | null>(`SELECT ${packRows(columns)} FROM (${select} LIMIT ${CHUNK})`).pluck();
  for (let lastId = 0; ; await nextTurn()) {
    const text = statement.get(shopId, lastId);
    if (!text) return;
    const rows = new PackedRows(text);
    while (rows.next()) {
      lastId = rows.integer();
      readRow(lastId, rows);
    }
  }
}
