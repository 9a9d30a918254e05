import type { ShopDomain, ShopId } from "./ids.ts";

/** What most use cases need to know of a shop; a whole Shop and a job's shop both fit. */
export interface ShopRef {
  readonly id: ShopId;
  readonly domain: ShopDomain;
  readonly currency: string;
  readonly timeZone: string;
}
