import type { ShopId } from "#app/core/ids.ts";
import { openSqlite } from "../platform/db.server.ts";

export interface RfmCodeRow {
  readonly r: number;
  readonly f: number;
  readonly m: number;
  readonly shopifyGroup: string;
  readonly classicGroup: string;
  readonly count: number;
  readonly spentMinor: number;
}

/** At most 125 codes and the prospects; answered from one covering index. */
export function readRfmCodes(shopId: ShopId): RfmCodeRow[] {
  return openSqlite()
    .prepare<unknown[], RfmCodeRow>(
      `SELECT r, f, m, shopifyGroup, classicGroup, COUNT(*) AS count, SUM(monetaryMinor) AS spentMinor
       FROM CustomerScore WHERE shopId = ? GROUP BY r, f, m, shopifyGroup, classicGroup`,
    )
    .all(shopId);
}

export interface RunRow {
  readonly id: string;
  readonly asOfMs: number;
  readonly finishedAtMs: number | null;
  /** JSON */
  readonly parameters: string;
  /** JSON */
  readonly figures: string;
}

/** The run whose results are shown now; null before the first. */
export function findLiveRun(shopId: ShopId, kind: string): RunRow | null {
  return (
    openSqlite()
      .prepare<unknown[], RunRow>(
        `SELECT id, asOf AS asOfMs, finishedAt AS finishedAtMs, parameters, figures FROM ModelRun
         WHERE shopId = ? AND kind = ? AND status = 'live' ORDER BY startedAt DESC LIMIT 1`,
      )
      .get(shopId, kind) ?? null
  );
}
