import { z } from "zod";
import type { ShopId } from "#app/core/ids.ts";
import { atomically, statement } from "./statements.server.ts";

const tagList = z.array(z.string());

/** Brings the stored tags of a customer to what Shopify has just been told; the next sync reads them all. False for an unknown customer. */
export function changeCustomerTag(shopId: ShopId, customerId: number, tag: string, isSet: boolean): boolean {
  return atomically(() => {
    const stored = statement(`SELECT "tags" FROM "Customer" WHERE "shopId" = ? AND "id" = ? AND "deletedAt" IS NULL`).pluck().get(shopId, customerId);
    if (typeof stored !== "string") return false;
    const others = tagList.parse(JSON.parse(stored)).filter((known) => known.toLowerCase() !== tag.toLowerCase());
    statement(`UPDATE "Customer" SET "tags" = ? WHERE "shopId" = ? AND "id" = ?`).run(JSON.stringify(isSet ? [...others, tag] : others), shopId, customerId);
    return true;
  });
}
