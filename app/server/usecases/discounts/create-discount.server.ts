import { randomUUID } from "node:crypto";
import type { DiscountSummary } from "#app/core/discount-views.ts";
import type { Failure } from "#app/core/failure.ts";
import { ok, type Result } from "#app/core/result.ts";
import type { Rng } from "#app/core/rng.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { generateCodes } from "#app/engine/decide/redeem-codes.ts";
import { secretRng } from "#app/server/delivery/secret-rng.server.ts";
import { systemClock } from "#app/server/platform/clock.server.ts";
import { enqueueJob } from "#app/server/platform/queue.server.ts";
import { recordAudit } from "#app/server/store/audit-log.server.ts";
import { findTakenCodes } from "#app/server/store/discount-codes.server.ts";
import { insertDiscount } from "#app/server/store/discounts.server.ts";
import { NO_USAGE } from "#app/server/store/discount-usage.server.ts";
import type { ActionOptions } from "../segments/create-segment.server.ts";
import { checkDiscountInput } from "./check-discount-input.server.ts";
import { toDiscountSummary } from "./discount-summary.server.ts";

/** `raw` is a DiscountInput. Writes the draft and asks for its publication, which brings the segment to Shopify first. */
export async function createDiscount(shop: ShopRef, raw: unknown, options: ActionOptions & { readonly rng?: Rng } = {}): Promise<Result<DiscountSummary, Failure>> {
  const { clock = systemClock, actor = "app", rng = secretRng } = options;
  const nowMs = clock.nowMs();
  const checked = await checkDiscountInput(shop, raw, nowMs);
  if (!checked.ok) return checked;
  const { input, segment } = checked.value;
  const code = input.code ?? (input.codeMode === "shared" ? makeUpCode(shop, rng) : null);
  const discount = await insertDiscount(shop.id, randomUUID(), { ...input, code }, segment.memberCount, nowMs);
  await enqueueJob(shop.id, "publish-discount", { discountId: discount.id });
  const detail = JSON.stringify({ value: input.value, codeMode: input.codeMode, segmentId: segment.id, reachedCount: segment.memberCount });
  await recordAudit(shop.id, { atMs: nowMs, actor, action: "discount.create", subject: `discount/${discount.id}`, detail });
  return ok(toDiscountSummary(discount, segment.name, NO_USAGE));
}

function makeUpCode(shop: ShopRef, rng: Rng): string {
  for (;;) {
    const [code] = generateCodes(1, null, new Set(), rng);
    if (findTakenCodes(shop.id, [code]).size === 0) return code;
  }
}
