import type { SegmentRefresh, SegmentSchedule } from "#app/core/segment-views.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { DAY_MS, HOUR_MS, type Clock } from "#app/core/time.ts";
import { computeMembers } from "#app/engine/segments/compute-members.ts";
import { findFlips, listClauses } from "#app/engine/segments/find-flips.ts";
import type { Condition } from "#app/engine/segments/language/ast.ts";
import type { Snapshot } from "#app/engine/snapshot/snapshot.ts";
import { systemClock } from "#app/server/platform/clock.server.ts";
import { recordAudit } from "#app/server/store/audit-log.server.ts";
import { forgetChangedBefore, listChangedSince } from "#app/server/store/changed-customers.server.ts";
import { RowFinder } from "#app/server/store/row-finder.server.ts";
import { loadClauseState, saveClauseState } from "#app/server/store/segment-clause-bits.server.ts";
import { changeSegment, type Segment } from "#app/server/store/segments.server.ts";
import { openShopEvaluation, type ShopEvaluation } from "./open-shop-evaluation.server.ts";
import { refreshSegment } from "./refresh-segment.server.ts";

export interface RefreshOptions {
  readonly clock?: Clock;
  readonly actor?: string;
  /** When the caller has read the shop already. */
  readonly snapshot?: Snapshot;
  readonly signal?: AbortSignal;
}

const PERIOD_MS: Record<SegmentSchedule, number> = { "on-change": 0, hourly: HOUR_MS, daily: DAY_MS, weekly: 7 * DAY_MS, manual: Infinity };

/** A little early counts, so that a daily run does not slip by its own duration every day. */
export function isDue({ schedule, evaluatedAtMs }: Pick<Segment, "schedule" | "evaluatedAtMs">, nowMs: number): boolean {
  return evaluatedAtMs === null || nowMs - evaluatedAtMs >= PERIOD_MS[schedule] * 0.95;
}

/**
 * After the shop was read anew: the members of every segment that is due follow, and those that stand in Shopify by tag are
 * asked to be brought up to date there. A native query needs nothing: Shopify evaluates it itself.
 */
export async function refreshSegments(shop: ShopRef, { clock = systemClock, actor = "system", snapshot, signal }: RefreshOptions = {}): Promise<SegmentRefresh[]> {
  const evaluation = await openShopEvaluation(shop, clock.nowMs(), snapshot);
  const { evaluator, saved } = evaluation;
  const before = loadClauseState(shop.id);
  const rows = new RowFinder(evaluation.snapshot.customers.id);
  const refreshed: SegmentRefresh[] = [];
  const clauses = new Map<string, Condition>();
  for (const segment of saved.segments) {
    signal?.throwIfAborted();
    const nowMs = clock.nowMs();
    const expression = saved.find(segment.name);
    if (!expression) {
      await changeSegment(shop.id, segment.id, { problem: "the query can no longer be read" }, nowMs);
      continue;
    }
    const own = listClauses(expression);
    for (const [text, condition] of own) clauses.set(text, condition);
    if (!isDue(segment, nowMs)) continue;
    const explain = (customerId: number) => {
      const row = rows.find(customerId);
      return row < 0 ? [] : findFlips(evaluator, own, row, (text) => before.held(text, customerId));
    };
    const except = listChangedSince(shop.id, evaluation.snapshot.asOfMs);
    const result = await refreshSegment(shop, segment, computeMembers(evaluator, expression), { nowMs, reason: "recompute", explain, except });
    refreshed.push(result);
    const { joined, left, memberCount } = result;
    if (joined + left === 0) continue;
    await recordAudit(shop.id, { atMs: nowMs, actor, action: "segment.refresh", subject: `segment/${segment.id}`, detail: JSON.stringify({ joined, left, memberCount }) });
  }
  await keepState(shop, evaluation, clauses, clock.nowMs());
  forgetChangedBefore(shop.id, evaluation.snapshot.asOfMs);
  return refreshed;
}

/** What every clause answers now, to say next time which one flipped. */
async function keepState(shop: ShopRef, { evaluator, snapshot }: ShopEvaluation, clauses: ReadonlyMap<string, Condition>, nowMs: number): Promise<void> {
  function* answers() {
    for (const [text, condition] of clauses) yield [text, evaluator.evaluate(condition).members] as const;
  }
  await saveClauseState(shop.id, snapshot.customers.id, answers(), nowMs);
}
