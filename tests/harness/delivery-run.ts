import type { JobProgress } from "#app/core/jobs.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import type { Clock } from "#app/core/time.ts";
import { systemClock } from "#app/server/platform/clock.server.ts";
import { getLogger } from "#app/server/platform/logger.server.ts";
import type { DeliveryRun } from "#app/server/delivery/delivery-run.server.ts";
import { createAdminClient } from "#app/server/shopify/admin-client.server.ts";

export interface RecordedRun extends DeliveryRun {
  readonly reports: JobProgress[];
}

/** What a job gives a delivery, with a real client; it never sleeps between retries. */
export function makeRun(shop: ShopRef, { signal = new AbortController().signal, clock = systemClock }: { signal?: AbortSignal; clock?: Clock } = {}): RecordedRun {
  const log = getLogger("test");
  const reports: JobProgress[] = [];
  return {
    shop, clock, log, signal, reports,
    client: createAdminClient(shop.domain, { log, sleep: async () => {} }),
    report: async (progress) => void reports.push(progress),
  };
}
