import type { SegmentRefresh } from "#app/core/segment-views.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import type { Clock } from "#app/core/time.ts";
import { computeMembers, sumValue } from "#app/engine/segments/compute-members.ts";
import { SegmentEvaluator } from "#app/engine/segments/evaluate/segment-evaluator.ts";
import { findFlips, listClauses } from "#app/engine/segments/find-flips.ts";
import type { Condition, Expression } from "#app/engine/segments/language/ast.ts";
import { findDependencies } from "#app/engine/segments/query-dependencies.ts";
import { CHANGED_DATA, CHANGED_ORDERS, listChangedCustomers, markCustomersFollowed, type ChangedCustomer } from "#app/server/store/changed-customers.server.ts";
import { loadSliceColumns } from "#app/server/store/load-extra-columns.server.ts";
import { loadCustomersSnapshot } from "#app/server/store/profile-snapshot.server.ts";
import { compareSegmentMembers } from "#app/server/store/replace-segment-members.server.ts";
import { RowFinder } from "#app/server/store/row-finder.server.ts";
import { loadClauseState, patchClauseState } from "#app/server/store/segment-clause-bits.server.ts";
import { getSegment, type Segment } from "#app/server/store/segments.server.ts";
import { applyRefresh } from "./refresh-segment.server.ts";
import { loadSavedExpressions, type SavedExpressions } from "./saved-expressions.server.ts";

/** Customers of one go. */
const BATCH = 1_000;

export interface ChangeRefresh {
  readonly customers: number;
  readonly segments: number;
  readonly refreshed: readonly SegmentRefresh[];
}

/**
 * The segments follow the next customers that changed: only those customers are read, and only the segments that depend on
 * what changed and can be told from a customer's own rows are asked. The others wait for the next recompute. Null when nobody changed.
 */
export async function refreshChangedCustomers(shop: ShopRef, clock: Clock): Promise<ChangeRefresh | null> {
  const changes = listChangedCustomers(shop.id, BATCH);
  if (changes.length === 0) return null;
  const saved = await loadSavedExpressions(shop.id);
  const asked = chooseSegments(saved, changes);
  const refreshed = asked.length > 0 ? await follow(shop, changes, asked, saved, clock) : [];
  markCustomersFollowed(shop.id, changes, clock.nowMs());
  return { customers: changes.length, segments: asked.length, refreshed };
}

interface Asked {
  readonly segment: Segment;
  readonly expression: Expression;
}

export function chooseSegments(saved: SavedExpressions, changes: readonly ChangedCustomer[]): Asked[] {
  const what = changes.reduce((all, change) => all | change.what, 0);
  return saved.segments.flatMap((segment) => {
    const expression = segment.schedule === "on-change" ? saved.find(segment.name) : null;
    if (!expression) return [];
    const needs = findDependencies(expression, (name) => saved.find(name));
    const isTouched = (needs.orders && (what & CHANGED_ORDERS) !== 0) || (needs.customer && (what & CHANGED_DATA) !== 0);
    return isTouched && !needs.shop ? [{ segment, expression }] : [];
  });
}

async function follow(shop: ShopRef, changes: readonly ChangedCustomer[], asked: readonly Asked[], saved: SavedExpressions, clock: Clock): Promise<SegmentRefresh[]> {
  const nowMs = clock.nowMs();
  const among = Float64Array.from(changes, ({ customerId }) => customerId);
  const slice = loadCustomersSnapshot(shop.id, { asOfMs: nowMs, currency: shop.currency, timeZone: shop.timeZone }, [...among]);
  const evaluator = new SegmentEvaluator(slice, { extra: await loadSliceColumns(shop.id, slice), findSegment: (name) => saved.find(name) });
  const rows = new RowFinder(slice.customers.id);
  const before = loadClauseState(shop.id);
  const clauses = new Map<string, Condition>();
  const refreshed: SegmentRefresh[] = [];
  for (const { segment, expression } of asked) {
    const own = listClauses(expression);
    for (const [text, condition] of own) clauses.set(text, condition);
    const difference = await compareSegmentMembers(shop.id, segment.id, computeMembers(evaluator, expression).ids, among);
    if (difference.joined.length + difference.left.length === 0) continue;
    const explain = (customerId: number) => {
      const row = rows.find(customerId);
      return row < 0 ? [] : findFlips(evaluator, own, row, (text) => before.held(text, customerId));
    };
    const valueOf = (ids: Float64Array) => sumValue(evaluator, Int32Array.from(ids, (id) => rows.find(id)).filter((row) => row >= 0));
    // Read anew: another refresh may have counted since the list was read.
    const { memberCount, valueMinor, undecidedCount } = await getSegment(shop.id, segment.id);
    const figures = {
      memberCount: memberCount + difference.joined.length - difference.left.length,
      valueMinor: valueMinor + valueOf(difference.joined) - valueOf(difference.left),
      undecidedCount,
    };
    refreshed.push(await applyRefresh(shop, segment, difference, figures, { nowMs, reason: "change", explain }));
  }
  patchClauseState(shop.id, [...clauses].map(([text, condition]) => [text, answersOf(evaluator, condition, slice.customers.id)] as const));
  return refreshed;
}

function answersOf(evaluator: SegmentEvaluator, condition: Condition, customerIds: Float64Array): Map<number, boolean> {
  return new Map(Array.from(customerIds, (id, row) => [id, evaluator.testRow(condition, row) === true]));
}
