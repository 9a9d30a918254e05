import type { ShopId } from "#app/core/ids.ts";
import { atomically } from "./statements.server.ts";

/** Many writes of one shop as one transaction. `work` is synchronous: the write lock is never held across a wait. */
export function writeBatch<T>(_shopId: ShopId, work: () => T): T {
  return atomically(work);
}
