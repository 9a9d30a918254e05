import { z } from "zod";
import { classicGroups, shopifyGroups } from "#app/core/customer-groups.ts";
import type { RfmGridView } from "#app/core/rfm-views.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { combineFm } from "#app/engine/features/rfm-schemes.ts";
import { readRfmCodes } from "#app/server/store/read-rfm-grid.server.ts";
import { loadRfmCuts } from "./load-rfm-cuts.server.ts";

const shopifyGroup = z.enum(shopifyGroups);
const classicGroup = z.enum(classicGroups);

/** null before the first scoring, and in a shop in which nobody has bought. */
export async function loadRfmGrid(shop: ShopRef): Promise<RfmGridView | null> {
  const scoring = await loadRfmCuts(shop);
  if (!scoring) return null;
  const rows = readRfmCodes(shop.id);
  const codes = rows
    .filter((row) => row.r > 0)
    .map((row) => ({ ...row, fm: combineFm(row.f, row.m), shopifyGroup: shopifyGroup.parse(row.shopifyGroup), classicGroup: classicGroup.parse(row.classicGroup) }));
  return {
    ...scoring,
    codes,
    buyers: codes.reduce((sum, code) => sum + code.count, 0),
    prospects: rows.filter((row) => row.r === 0).reduce((sum, row) => sum + row.count, 0),
    spentMinor: codes.reduce((sum, code) => sum + code.spentMinor, 0),
  };
}
