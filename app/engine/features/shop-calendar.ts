import { DAY_MS } from "#app/core/time.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import { createZoneOffsets } from "./zone-days.ts";

/** Offsets of the time zones that a shop's orders are read in, found once for all customers: Intl is slow. */
export class ShopCalendar {
  readonly today: number;
  private readonly offsets = new Map<string, (instantMs: number) => number>();
  private readonly shopOffsetAt: (instantMs: number) => number;
  private readonly firstMs: number;
  private readonly lastMs: number;

  /** Needs a snapshot whose orders stand in time order. */
  constructor(snapshot: Snapshot) {
    const { orders, asOfMs } = snapshot;
    this.firstMs = orders.count ? Math.min(orders.placedAtMs[0], asOfMs) : asOfMs;
    this.lastMs = orders.count ? Math.max(orders.placedAtMs[orders.count - 1], asOfMs) : asOfMs;
    this.shopOffsetAt = this.offsetsOf(snapshot.timeZone);
    this.today = this.dayOf(asOfMs);
  }

  /** Milliseconds that a zone is ahead of UTC at an instant between the first and the last order. */
  offsetsOf(timeZone: string): (instantMs: number) => number {
    let offsets = this.offsets.get(timeZone);
    if (!offsets) this.offsets.set(timeZone, (offsets = createZoneOffsets(timeZone, this.firstMs, this.lastMs)));
    return offsets;
  }

  /** Calendar day in the shop's time zone. */
  dayOf(instantMs: number): number {
    return Math.floor((instantMs + this.shopOffsetAt(instantMs)) / DAY_MS);
  }

  /** First and last calendar day of any order in any zone: a day more on either side. */
  get dayRange(): { readonly first: number; readonly last: number } {
    return { first: Math.floor(this.firstMs / DAY_MS) - 1, last: Math.floor(this.lastMs / DAY_MS) + 1 };
  }
}
