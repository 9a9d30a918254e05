import { z } from "zod";
import type { Failure } from "#app/core/failure.ts";
import { err, ok, type Result } from "#app/core/result.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { systemClock } from "#app/server/platform/clock.server.ts";
import { recordAudit } from "#app/server/store/audit-log.server.ts";
import { getShop, saveShopSettings } from "#app/server/store/shops.server.ts";
import type { ActionOptions } from "./create-segment.server.ts";

/** Groups under this size show no breakdown: few people could be told apart by it (k-anonymity). */
const DEFAULT_MINIMUM = 5;
const minimums = z.number().int().min(1).max(1_000);
/** This page's part of Shop.settings; the parts of others are carried along untouched. */
const settingsSchema = z.looseObject({ breakdownMinimum: minimums.optional() });

export async function loadBreakdownMinimum(shop: ShopRef): Promise<number> {
  return settingsSchema.parse(JSON.parse((await getShop(shop.id)).settings)).breakdownMinimum ?? DEFAULT_MINIMUM;
}

export async function setBreakdownMinimum(shop: ShopRef, value: unknown, { clock = systemClock, actor = "app" }: ActionOptions = {}): Promise<Result<null, Failure>> {
  const parsed = minimums.safeParse(value);
  if (!parsed.success) return err({ kind: "invalid", problems: [{ field: "breakdownMinimum", message: "cannot be used" }] });
  const { settings } = await getShop(shop.id);
  await saveShopSettings(shop.id, JSON.stringify({ ...settingsSchema.parse(JSON.parse(settings)), breakdownMinimum: parsed.data }));
  await recordAudit(shop.id, { atMs: clock.nowMs(), actor, action: "settings.breakdown-minimum", subject: "shop", detail: JSON.stringify({ minimum: parsed.data }) });
  return ok(null);
}
