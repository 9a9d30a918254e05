import { setTimeout as delay } from "node:timers/promises";
import type { Failure } from "#app/core/failure.ts";
import { formatGid } from "#app/core/ids.ts";
import { err, ok, type Result } from "#app/core/result.ts";
import type { Rng } from "#app/core/rng.ts";
import { MINUTE_MS } from "#app/core/time.ts";
import { generateCodes } from "#app/engine/decide/redeem-codes.ts";
import { AddRedeemCodesDocument, FindDiscountByCodeDocument, FindRedeemCodeCreationDocument } from "#app/server/shopify/generated/operations.ts";
import { countCodes, findTakenCodes, listCodesByStatus, recordCodeOutcomes, replaceFailedCode, type SentCode } from "#app/server/store/discount-codes.server.ts";
import type { Discount } from "#app/server/store/discounts.server.ts";
import { createProgress, type DeliveryRun } from "./delivery-run.server.ts";

/** Shopify takes at most this many in one call. */
export const CODES_PER_CALL = 250;
const POLL_MS = 250;
const POLL_CAP_MS = 5_000;
const POLL_LIMIT_MS = 10 * MINUTE_MS;
/** A code that Shopify refuses is replaced by another this often before it is reported. */
const MAX_ROUNDS = 3;

export interface CodesSent {
  readonly imported: number;
  readonly failed: number;
}

/**
 * Brings every waiting code to the discount and waits until Shopify has taken it. What was sent before a stop is asked
 * about first, so no code is sent twice; members whose code was refused get another one. `isWanted` is asked between
 * calls: an undo ends the work.
 */
export async function sendRedeemCodes(run: DeliveryRun, discount: Discount, shopifyId: number, rng: Rng, isWanted: () => Promise<boolean>): Promise<Result<CodesSent, Failure>> {
  const { shop } = run;
  const before = countCodes(shop.id, discount.id);
  const step = createProgress(run, before.waiting + before.sent, "codes");
  const resumed = await settleSentCodes(run, discount.id, shopifyId);
  if (!resumed.ok) return resumed;
  await step(before.sent);

  for (let round = 1; ; round++) {
    for (;;) {
      const codes = listCodesByStatus(shop.id, discount.id, "waiting", CODES_PER_CALL);
      if (codes.length === 0 || !(await isWanted())) break;
      run.signal.throwIfAborted();
      const settled = await sendOneCall(run, discount.id, shopifyId, codes);
      if (!settled.ok) return settled;
      await step(codes.length);
    }
    const refused = listCodesByStatus(shop.id, discount.id, "failed", Number.MAX_SAFE_INTEGER).filter((code) => code.customerId !== null);
    if (refused.length === 0 || round === MAX_ROUNDS || !(await isWanted())) break;
    replaceCodes(run, discount, refused, rng);
  }
  const after = countCodes(shop.id, discount.id);
  return ok({ imported: after.imported, failed: after.failed });
}

async function sendOneCall(run: DeliveryRun, discountId: string, shopifyId: number, codes: readonly SentCode[]): Promise<Result<null, Failure>> {
  // Written before the call: should we stop in between, the codes are looked up one by one and not sent again.
  recordCodeOutcomes(run.shop.id, discountId, codes.map(({ code }) => ({ code, status: "sent", error: null, creationId: null })));
  const added = await run.client.run(AddRedeemCodesDocument, { discountId: formatGid("DiscountCodeNode", shopifyId), codes: codes.map(({ code }) => ({ code })) }, { signal: run.signal });
  if (!added.ok) return added;
  const creationId = added.value.discountRedeemCodeBulkAdd?.bulkCreation?.id;
  if (!creationId) return err({ kind: "shopify-refused", operation: "AddRedeemCodes", problems: [{ field: "", message: "no bulk creation in the answer" }] });
  recordCodeOutcomes(run.shop.id, discountId, codes.map(({ code }) => ({ code, status: "sent", error: null, creationId })));
  return settleCreation(run, discountId, creationId);
}

/** Polls until Shopify is done and writes down what became of each code. */
async function settleCreation(run: DeliveryRun, discountId: string, creationId: string): Promise<Result<null, Failure>> {
  const giveUpAtMs = run.clock.nowMs() + POLL_LIMIT_MS;
  for (let waitMs = POLL_MS; ; waitMs = Math.min(POLL_CAP_MS, waitMs * 1.5)) {
    const polled = await run.client.run(FindRedeemCodeCreationDocument, { id: creationId }, { signal: run.signal });
    if (!polled.ok) return polled;
    const creation = polled.value.discountRedeemCodeBulkCreation;
    if (!creation) return err({ kind: "not-found", what: "bulk creation of codes", id: creationId });
    if (creation.done) {
      const outcomes = creation.codes.nodes.map(({ code, errors }) =>
        errors.length === 0
          ? { code, status: "imported" as const, error: null, creationId }
          : { code, status: "failed" as const, error: errors.map((problem) => problem.message).join("; "), creationId },
      );
      recordCodeOutcomes(run.shop.id, discountId, outcomes);
      return ok(null);
    }
    if (run.clock.nowMs() > giveUpAtMs) return err({ kind: "shopify-unavailable", operation: "FindRedeemCodeCreation", message: "the codes are still being imported", retryAfterMs: MINUTE_MS });
    await delay(waitMs, undefined, { signal: run.signal });
  }
}

/** Codes whose fate a stopped run did not learn. */
async function settleSentCodes(run: DeliveryRun, discountId: string, shopifyId: number): Promise<Result<null, Failure>> {
  const sent = listCodesByStatus(run.shop.id, discountId, "sent", Number.MAX_SAFE_INTEGER);
  for (const creationId of new Set(sent.map((code) => code.creationId))) {
    if (creationId === null) continue;
    const settled = await settleCreation(run, discountId, creationId);
    if (!settled.ok) return settled;
  }
  for (const { code } of sent.filter((one) => one.creationId === null)) {
    const found = await run.client.run(FindDiscountByCodeDocument, { code }, { signal: run.signal });
    if (!found.ok) return found;
    const isThere = found.value.codeDiscountNodeByCode?.id === formatGid("DiscountCodeNode", shopifyId);
    recordCodeOutcomes(run.shop.id, discountId, [{ code, status: isThere ? "imported" : "waiting", error: null, creationId: null }]);
  }
  return ok(null);
}

function replaceCodes(run: DeliveryRun, discount: Discount, refused: readonly SentCode[], rng: Rng): void {
  for (const { code, customerId } of refused) {
    if (customerId === null) continue;
    replaceFailedCode(run.shop.id, discount.id, code, { code: makeUpCode(run, discount, rng), customerId });
  }
}

function makeUpCode(run: DeliveryRun, discount: Discount, rng: Rng): string {
  for (;;) {
    const [code] = generateCodes(1, discount.code, new Set(), rng);
    if (findTakenCodes(run.shop.id, [code]).size === 0) return code;
  }
}
