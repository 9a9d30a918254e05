import type { KeyFiguresView } from "#app/core/home-views.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { DAY_MS, dayNumber, dayStartMs } from "#app/core/time.ts";
import { findLastOrderAt, readPeriodFigures, readWeekFigures } from "#app/server/store/read-shop-figures.server.ts";

const PERIOD_MS = 30 * DAY_MS;
const WEEKS = 13;

/**
 * The last 30 days beside the 30 before, and orders per week. A shop that has been quiet for longer gets the 30 days up
 * to its last order, marked as past: zeros would say nothing. null before the first order.
 */
export function loadKeyFigures(shop: ShopRef, nowMs: number): KeyFiguresView | null {
  const lastOrderAtMs = findLastOrderAt(shop.id);
  if (lastOrderAtMs === null) return null;
  const isPast = lastOrderAtMs < nowMs - PERIOD_MS;
  // Shopify's clock can be a little ahead of ours: an order from "the future" still belongs to now.
  const untilMs = isPast ? lastOrderAtMs + 1 : Math.max(nowMs, lastOrderAtMs + 1);
  return {
    untilMs,
    isPast,
    now: readPeriodFigures(shop.id, untilMs - PERIOD_MS, untilMs),
    before: readPeriodFigures(shop.id, untilMs - 2 * PERIOD_MS, untilMs - PERIOD_MS),
    weeks: readWeekFigures(shop.id, weekStarts(untilMs, shop.timeZone)),
  };
}

/** Mondays in the shop's time zone, and the end of the week that holds `untilMs`. */
function weekStarts(untilMs: number, timeZone: string): number[] {
  const today = dayNumber(untilMs - 1, timeZone);
  // Day 0 (1970-01-01) was a Thursday.
  const monday = today - ((today + 3) % 7);
  return Array.from({ length: WEEKS + 1 }, (_, index) => dayStartMs(monday + 7 * (index - WEEKS + 1), timeZone));
}
