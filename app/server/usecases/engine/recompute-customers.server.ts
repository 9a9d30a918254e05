import type { ShopRef } from "#app/core/shop-ref.ts";
import type { Clock } from "#app/core/time.ts";
import type { Snapshot } from "#app/engine/snapshot/snapshot.ts";
import { findLatestProfileVersion } from "#app/server/store/profile-versions.server.ts";
import { areProfilesCurrent, recomputeProfiles, type ProfileRun } from "./recompute-profiles.server.ts";
import { recomputePredictions } from "./recompute-predictions.server.ts";

export interface CustomersRun {
  /** null when they are of today and of the same data. */
  readonly predictions: { readonly verdict: object; readonly written: number } | null;
  readonly profiles: ProfileRun | null;
}

/** What is known and expected of every customer: predictions first, because profiles and clusters hold them. */
export async function recomputeCustomers(shop: ShopRef, snapshot: Snapshot, fingerprint: string, clock: Clock, signal?: AbortSignal): Promise<CustomersRun> {
  const isCurrent = areProfilesCurrent(findLatestProfileVersion(shop.id), snapshot, fingerprint);
  const run = await recomputePredictions(shop.id, snapshot, fingerprint, clock, { signal, isForced: !isCurrent });
  signal?.throwIfAborted();
  const predictions = run && { verdict: run.figures.verdict, written: run.figures.written };
  if (isCurrent && !run) return { predictions, profiles: null };
  return { predictions, profiles: await recomputeProfiles(shop, snapshot, fingerprint, run, clock, signal) };
}
