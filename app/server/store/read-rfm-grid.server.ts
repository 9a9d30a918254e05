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
