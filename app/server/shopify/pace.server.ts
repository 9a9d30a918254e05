import type { ShopDomain } from "#app/core/ids.ts";
import { SECOND_MS } from "#app/core/time.ts";

/** What Shopify says of the bucket after each call (points, points, points per second). */
export interface ThrottleStatus {
  readonly maximumAvailable: number;
  readonly currentlyAvailable: number;
  readonly restoreRate: number;
}

/** Until a shop's first answer: the Standard plan's rate. */
const UNKNOWN: ThrottleStatus = { maximumAvailable: 2_000, currentlyAvailable: 2_000, restoreRate: 100 };

/**
 * The leaky bucket of one shop as this process sees it, so that a caller waits here instead of being refused there.
 * Costs of calls on their way are held back; other processes' calls show up with the next answer.
 */
export class Pace {
  private status = UNKNOWN;
  private atMs = 0;
  private reserved = 0;
  private readonly costs = new Map<string, number>();

  /** Milliseconds to wait before the operation fits; 0 when it may go now. */
  waitMs(operation: string, nowMs: number): number {
    const { maximumAvailable, currentlyAvailable, restoreRate } = this.status;
    const restored = Math.min(maximumAvailable, currentlyAvailable + (Math.max(0, nowMs - this.atMs) * restoreRate) / SECOND_MS);
    const missing = Math.min(this.costOf(operation), maximumAvailable) - (restored - this.reserved);
    // Never longer than a full bucket takes, whatever is reserved.
    return missing <= 0 ? 0 : Math.ceil((Math.min(missing, maximumAvailable) / restoreRate) * SECOND_MS);
  }

  begin(operation: string): () => void {
    const cost = this.costOf(operation);
    this.reserved += cost;
    return () => {
      this.reserved -= cost;
    };
  }

  /** Takes in one answer. `requestedCost` is the estimate Shopify made before it ran the query. */
  learn(operation: string, requestedCost: number, status: ThrottleStatus, nowMs: number): void {
    this.costs.set(operation, requestedCost);
    this.status = status;
    this.atMs = nowMs;
  }

  private costOf(operation: string): number {
    return this.costs.get(operation) ?? 10;
  }
}

const paces = new Map<ShopDomain, Pace>();

export function paceOf(shopDomain: ShopDomain): Pace {
  let pace = paces.get(shopDomain);
  if (!pace) paces.set(shopDomain, (pace = new Pace()));
  return pace;
}
