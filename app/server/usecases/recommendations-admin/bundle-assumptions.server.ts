import { z } from "zod";
import { bundleAssumptions, defaultAssumptions, type BundleAssumptions } from "#app/core/bundle-gain.ts";
import type { Failure } from "#app/core/failure.ts";
import { err, ok, type Result } from "#app/core/result.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { systemClock } from "#app/server/platform/clock.server.ts";
import { recordAudit } from "#app/server/store/audit-log.server.ts";
import { getShop, saveShopSettings } from "#app/server/store/shops.server.ts";
import { plainProblems, toProblems } from "../input-problems.server.ts";
import type { ActionOptions } from "../segments/create-segment.server.ts";

/** This page's part of Shop.settings; the parts of others are carried along untouched. */
const settingsSchema = z.looseObject({ bundleAssumptions: bundleAssumptions.optional() });

export async function loadBundleAssumptions(shop: ShopRef): Promise<BundleAssumptions> {
  return settingsSchema.parse(JSON.parse((await getShop(shop.id)).settings)).bundleAssumptions ?? defaultAssumptions;
}

export async function setBundleAssumptions(shop: ShopRef, raw: unknown, { clock = systemClock, actor = "app" }: ActionOptions = {}): Promise<Result<null, Failure>> {
  const parsed = bundleAssumptions.safeParse(raw, plainProblems);
  if (!parsed.success) return err({ kind: "invalid", problems: toProblems(parsed.error) });
  const { settings } = await getShop(shop.id);
  await saveShopSettings(shop.id, JSON.stringify({ ...settingsSchema.parse(JSON.parse(settings)), bundleAssumptions: parsed.data }));
  await recordAudit(shop.id, { atMs: clock.nowMs(), actor, action: "settings.bundle-assumptions", subject: "shop", detail: JSON.stringify(parsed.data) });
  return ok(null);
}
