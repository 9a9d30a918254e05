import { expect, it } from "vitest";
import { createBucket } from "./throttle.ts";

it("a bucket of 2,000 that fills by 100 a second, and never over its brim", () => {
  let nowMs = 0;
  const bucket = createBucket(() => nowMs);
  expect(bucket.take(1_500)).toBe(true);
  expect(bucket.take(501)).toBe(false);
  expect(bucket.status()).toEqual({ maximumAvailable: 2_000, currentlyAvailable: 500, restoreRate: 100 });
  nowMs = 10;
  expect(bucket.take(501)).toBe(true);
  nowMs = 5_010;
  expect(bucket.status().currentlyAvailable).toBe(500);
  bucket.refund(300);
  expect(bucket.status().currentlyAvailable).toBe(800);
  nowMs = 60_000;
  expect(bucket.status().currentlyAvailable).toBe(2_000);
});
