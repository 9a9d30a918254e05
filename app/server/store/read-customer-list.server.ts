import { z } from "zod";
import type { ShopId } from "#app/core/ids.ts";
import { statement } from "./statements.server.ts";

const placeRows = z.array(z.object({ customerId: z.number(), city: z.string().nullable(), countryCode: z.string().nullable() }));
export interface CustomerPlace {
  readonly city: string | null;
  readonly countryCode: string | null;
}

/** Where those of the ids live that the shop has. */
export function readCustomerPlaces(shopId: ShopId, ids: readonly number[]): ReadonlyMap<number, CustomerPlace> {
  const rows = placeRows.parse(
    statement(`SELECT id AS customerId, city, countryCode FROM Customer WHERE shopId = ? AND deletedAt IS NULL AND id IN (SELECT value FROM json_each(?))`).all(shopId, JSON.stringify(ids)),
  );
  return new Map(rows.map(({ customerId, city, countryCode }) => [customerId, { city, countryCode }]));
}

/** Ids, the newest first. */
export function readNewestCustomers(shopId: ShopId, limit: number, offset: number): number[] {
  return z.array(z.number()).parse(statement(`SELECT id FROM Customer WHERE shopId = ? AND deletedAt IS NULL ORDER BY id DESC LIMIT ? OFFSET ?`).pluck().all(shopId, limit, offset));
}

export function countCustomers(shopId: ShopId): number {
  return z.number().parse(statement(`SELECT COUNT(*) FROM Customer WHERE shopId = ? AND deletedAt IS NULL`).pluck().get(shopId));
}
