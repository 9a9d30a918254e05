export interface ThrottleStatus { readonly maximumAvailable: number; readonly currentlyAvailable: number; readonly restoreRate: number }

export interface Bucket {
  /** Takes the points, or answers false when they are not there. */
  take(points: number): boolean;
  /** Gives back what was asked for but not used. */
  refund(points: number): void;
  status(): ThrottleStatus;
}

/** Shopify's leaky bucket of one app on one shop: `rate` points come back each second, up to `size`. */
export function createBucket(nowMs: () => number, size = 2_000, rate = 100): Bucket {
  let available = size;
  let at = nowMs();
  const settle = () => {
    const now = nowMs();
    available = Math.min(size, available + ((now - at) / 1000) * rate);
    at = now;
  };
  return {
    take(points) {
      settle();
      if (available < points) return false;
      available -= points;
      return true;
    },
    refund(points) {
      settle();
      available = Math.min(size, available + points);
    },
    status() {
      settle();
      return { maximumAvailable: size, currentlyAvailable: Math.floor(available), restoreRate: rate };
    },
  };
}
