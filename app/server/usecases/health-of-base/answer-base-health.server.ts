import type { BaseHealthView, RiskView, ValueSpreadView } from "#app/core/health-views.ts";
import { lifecycleNames, type LifecycleName } from "#app/core/prediction-figures.ts";
import { computeBaseHealth, type HealthPoint } from "#app/engine/features/base-health.ts";
import { computeCohorts } from "#app/engine/features/cohort-retention.ts";
import type { ProfileShop } from "#app/engine/features/profile-shop.ts";
import { computeProfileShop } from "#app/engine/features/profile-shop.ts";
import { computeRevenueAtRisk, computeValueDistribution } from "#app/engine/features/value-distribution.ts";
import { findLatestProfileVersion, readShopFigures } from "#app/server/store/profile-versions.server.ts";
import { tableOf, type ProfileTable } from "../customers/profile-table-of.server.ts";
import { decodeYardstick } from "../engine/profile-shop-bytes.server.ts";
import type { ShopPicture } from "../picture/shop-picture.server.ts";

const MONTHS = 12;
const BINS = 16;

/** Months, cohorts and values over all customers; kept as long as the picture, since it changes with it alone. */
const kept = new WeakMap<ShopPicture, BaseHealthView>();

export function answerBaseHealth(picture: ShopPicture, _input: null): BaseHealthView {
  let view = kept.get(picture);
  if (!view) kept.set(picture, (view = computeView(picture)));
  return view;
}

function computeView(picture: ShopPicture): BaseHealthView {
  const { snapshot } = picture;
  const hasOrders = snapshot.ordersByCustomer.values.length > 0;
  const { cadence, silence } = hasOrders ? findShop(picture) : { cadence: { byType: new Map<string, number>(), shopDays: NaN }, silence: { atRisk: 1, lapsed: 2 } };
  const points = hasOrders ? computeBaseHealth(snapshot, { months: MONTHS, cadence, silence }) : [];
  const table = tableOf(picture);
  return {
    asOfMs: snapshot.asOfMs,
    points: points.map(describePoint),
    cohorts: hasOrders ? computeCohorts(snapshot, "month", MONTHS).map(({ year, month, size, active }) => ({ monthMs: Date.UTC(year, month - 1, 1), size, active })).filter(({ size }) => size > 0) : [],
    values: spreadValues(table),
    risk: sumUpRisk(table),
  };
}

/** Today's yardstick for all months: the stored one, else worked out anew. */
function findShop({ shop, snapshot }: ShopPicture): ProfileShop {
  const version = findLatestProfileVersion(shop.id);
  const bytes = version && readShopFigures(shop.id, version.id);
  return (bytes && decodeYardstick(bytes)?.shop) ?? computeProfileShop(snapshot);
}

function describePoint({ asOfMs, stages, revenueMinor, newRevenueMinor, yearRevenueAtRiskMinor }: HealthPoint) {
  const entries = lifecycleNames.map((name, place) => [name, stages[place]] as const);
  return { asOfMs, stages: Object.fromEntries(entries) as Record<LifecycleName, number>, revenueMinor, newRevenueMinor, yearRevenueAtRiskMinor };
}

function spreadValues(table: ProfileTable): ValueSpreadView | null {
  const expected = table.numbersOf("expectedRevenue365dMinor");
  const isExpected = expected.some((value) => !Number.isNaN(value));
  const orders = table.numbersOf("ordersCount");
  const values = isExpected ? expected : table.numbersOf("monetaryMinor").map((spent, row) => (orders[row] > 0 ? spent : NaN));
  const found = computeValueDistribution(values, BINS);
  if (!found) return null;
  return {
    isExpected, count: found.count, sumMinor: found.sum, medianMinor: found.quantiles.find(({ share }) => share === 0.5)?.value ?? 0, topTenthShare: found.tenths[0] ?? null,
    bins: found.bins.map(({ from, to, count }) => ({ fromMinor: from, toMinor: to, count })),
  };
}

/** Of those whose stage is "at risk": silent for longer than is usual for them, not yet for much longer. */
function sumUpRisk(table: ProfileTable): RiskView {
  const isLate = table.matcher("stage", "at-risk");
  const spent = table.numbersOf("monetaryMinor");
  const late = (values: Float64Array) => values.map((value, row) => (isLate(row) ? value : NaN));
  const expected = late(table.numbersOf("expectedRevenue365dMinor"));
  const { lostMinor } = computeRevenueAtRisk(expected, late(table.numbersOf("pAlive")), 1);
  let customers = 0;
  let spentMinor = 0;
  let expectedMinor = 0;
  let isKnown = false;
  for (let row = 0; row < spent.length; row++) {
    if (!isLate(row)) continue;
    customers++;
    spentMinor += spent[row];
    if (Number.isNaN(expected[row])) continue;
    isKnown = true;
    expectedMinor += expected[row];
  }
  return { customers, spentMinor, expectedMinor: isKnown ? expectedMinor : null, lostMinor: isKnown ? lostMinor : null };
}
