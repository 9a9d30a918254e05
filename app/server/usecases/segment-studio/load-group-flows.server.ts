import type { Failure } from "#app/core/failure.ts";
import { ok, type Result } from "#app/core/result.ts";
import type { FlowView } from "#app/core/segment-studio-views.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { systemClock } from "#app/server/platform/clock.server.ts";
import { askPicture, type AskOptions } from "../picture/ask-picture.server.ts";
import { readPeriod, type Period } from "./read-period.server.ts";

export interface GroupFlows {
  readonly period: Period;
  readonly flows: readonly FlowView[];
}

/** Movements between RFM groups over a period. */
export async function loadGroupFlows(shop: ShopRef, asked: URLSearchParams, options: AskOptions = {}): Promise<Result<GroupFlows, Failure>> {
  const period = readPeriod(asked, (options.clock ?? systemClock).nowMs(), shop.timeZone);
  const flows = await askPicture(shop, "group-flows", { fromMs: period.fromMs, toMs: period.toMs }, options);
  return flows.ok ? ok({ period, flows: flows.value }) : flows;
}
