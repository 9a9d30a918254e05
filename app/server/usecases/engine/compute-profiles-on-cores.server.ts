import { z } from "zod";
import type { WholeProfiles } from "#app/engine/features/compute-profiles.ts";
import { computeWholeProfiles } from "#app/engine/features/compute-profiles.ts";
import { finishProfiles } from "#app/engine/features/finish-profiles.ts";
import type { ProfileExtras } from "#app/engine/features/profile-extras.ts";
import { measureShop } from "#app/engine/features/profile-shop.ts";
import { allocateRawProfiles, type RawSums, type RawWork } from "#app/engine/features/raw-profiles.ts";
import { computeShopMix } from "#app/engine/features/shop-mix.ts";
import type { Snapshot } from "#app/engine/snapshot/snapshot.ts";
import { countCores, runInThread } from "#app/server/platform/run-in-thread.server.ts";

/** Orders below which a thread starts too late to be of use. */
const WORTH_A_THREAD = 200_000;

const sums = z.object({ buyers: z.number(), beyond: z.number(), scale: z.number(), gapDays: z.instanceof(Float64Array) });

export interface ProfilesOnCores {
  readonly extras?: ProfileExtras;
  readonly signal?: AbortSignal;
  readonly cores?: number;
  readonly threadFromOrders?: number;
}

/**
 * The shop's figures and every customer's profile, the customers' orders read on every core. Threads write into shared columns, so nothing is
 * copied but what the snapshot does not share (build-snapshot.ts shares orders and lines). The numbers do not depend on the cores.
 */
export async function computeProfilesOnCores(snapshot: Snapshot, { extras = {}, signal, cores = countCores(), threadFromOrders = WORTH_A_THREAD }: ProfilesOnCores = {}): Promise<WholeProfiles> {
  if (cores < 2 || snapshot.orders.count < threadFromOrders) return computeWholeProfiles(snapshot, extras);
  const { count } = snapshot.customers;
  const mix = computeShopMix(snapshot);
  const raw = allocateRawProfiles(count, true);
  const ends = splitByOrders(snapshot, cores);
  const module = new URL("../../../engine/features/raw-profiles.ts", import.meta.url);
  const parts: RawSums[] = await Promise.all(
    ends.map((to, i) => {
      const from = i === 0 ? 0 : ends[i - 1];
      const argument: RawWork = { snapshot, mix, province: extras.province ?? null, selection: { from, to }, raw, at: from, needsGaps: true };
      return runInThread({ module, name: "fillRawProfiles", argument, signal }, (answer) => sums.parse(answer));
    }),
  );
  const shop = measureShop(snapshot, mix, raw, parts);
  return { shop, profiles: finishProfiles({ snapshot, shop, extras, raw, rows: Int32Array.from({ length: count }, (_, row) => row) }) };
}

/** Where each core's range of customers ends: about equally many orders, since a few customers may have most of them. */
function splitByOrders({ ordersByCustomer: { start }, customers }: Snapshot, cores: number): number[] {
  const orders = start[customers.count];
  const ends: number[] = [];
  let row = 0;
  for (let core = 1; core < cores; core++) {
    while (row < customers.count && start[row] < (orders * core) / cores) row++;
    ends.push(row);
  }
  return [...ends, customers.count];
}
