import { performance } from "node:perf_hooks";
import { openSqlite } from "#app/server/platform/db.server.ts";
import { scans } from "#app/server/store/load-snapshot.server.ts";

/** The same statements, every row taken as a plain array and dropped. */
export function measure(): { seconds: number; rows: number } {
  const db = openSqlite();
  const startedMs = performance.now();
  let rows = 0;
  const scan = (select: string, parameters: readonly number[]) => {
    const cursor = db.prepare(select).raw().iterate(...parameters);
    while (!cursor.next().done) rows++;
  };
  for (const { select } of [scans.customers, scans.products, scans.orders]) scan(select, [1, 0]);
  scan(scans.lines.select, [1, 0, Number.MAX_SAFE_INTEGER]);
  return { seconds: (performance.now() - startedMs) / 1000, rows };
}
