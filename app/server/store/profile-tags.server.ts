import { z } from "zod";
import type { ShopId } from "#app/core/ids.ts";
import { atomically, statement } from "./statements.server.ts";

const tagList = z.array(z.string());

/** Brings the stored tags of a customer to what Shopify has just been told; the next sync reads them all. False for an unknown customer. */
export function changeCustomerTag(shopId: ShopId, customerId: number, tag: string, isSet: boolean): boolean {
  return atomically(() => {
    const stored = readTags(shopId, customerId);
    if (stored === null) return false;
    const others = stored.filter((known) => known.toLowerCase() !== tag.toLowerCase());
    statement(`UPDATE "Customer" SET "tags" = ? WHERE "shopId" = ? AND "id" = ?`).run(JSON.stringify(isSet ? [...others, tag] : others), shopId, customerId);
    return true;
  });
}

/** The same for what Shopify tells of several tags; false when the stored tags say so already, or there is no such customer. */
export function changeCustomerTags(shopId: ShopId, customerId: number, tags: readonly string[], isSet: boolean): boolean {
  return atomically(() => {
    const stored = new Set(readTags(shopId, customerId)?.map((tag) => tag.toLowerCase()));
    return tags.filter((tag) => stored.has(tag.toLowerCase()) !== isSet && changeCustomerTag(shopId, customerId, tag, isSet)).length > 0;
  });
}

/** Whether all of them are tags by which this app marks members of segments: nobody else changes those. */
export function areSegmentTags(shopId: ShopId, tags: readonly string[]): boolean {
  const known = new Set(statement(`SELECT lower("tag") FROM "Segment" WHERE "shopId" = ? AND "tag" IS NOT NULL`).pluck().all(shopId));
  return tags.every((tag) => known.has(tag.toLowerCase()));
}

function readTags(shopId: ShopId, customerId: number): string[] | null {
  const stored = statement(`SELECT "tags" FROM "Customer" WHERE "shopId" = ? AND "id" = ? AND "deletedAt" IS NULL`).pluck().get(shopId, customerId);
  return typeof stored === "string" ? tagList.parse(JSON.parse(stored)) : null;
}
