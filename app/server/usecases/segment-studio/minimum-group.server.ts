import type { ShopId } from "#app/core/ids.ts";

const DEFAULT_MINIMUM_GROUP = 5;

/** Smallest group of which a breakdown is shown. */
export function findMinimumGroup(_shopId: ShopId): Promise<number> {
  return Promise.resolve(DEFAULT_MINIMUM_GROUP);
}
