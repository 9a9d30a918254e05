import { discountInput, type DiscountInput } from "#app/core/discounts.ts";
import type { Failure, FieldProblem } from "#app/core/failure.ts";
import { err, ok, type Result } from "#app/core/result.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { findTakenCodes } from "#app/server/store/discount-codes.server.ts";
import { findSegment, type Segment } from "#app/server/store/segments.server.ts";
import { plainProblems, toProblems } from "../input-problems.server.ts";

export interface CheckedInput {
  readonly input: DiscountInput;
  readonly segment: Segment;
}

/** Everything that can be known to be wrong without asking Shopify, each with its field. */
export async function checkDiscountInput(shop: ShopRef, raw: unknown, nowMs: number): Promise<Result<CheckedInput, Failure>> {
  const parsed = discountInput.safeParse(raw, plainProblems);
  if (!parsed.success) return err({ kind: "invalid", problems: toProblems(parsed.error) });
  const input = parsed.data;
  const problems: FieldProblem[] = [];
  const segment = await findSegment(shop.id, input.segmentId);
  if (!segment) problems.push({ field: "segmentId", message: "this segment does not exist" });
  else if (segment.memberCount === 0) problems.push({ field: "segmentId", message: "this segment has no members" });
  if (input.value.kind === "amount" && input.value.currency !== shop.currency) problems.push({ field: "value.currency", message: "is not the currency of the store" });
  if (input.endsAtMs !== null && input.endsAtMs <= nowMs) problems.push({ field: "endsAtMs", message: "is over already" });
  if (input.codeMode === "shared" && input.code !== null && findTakenCodes(shop.id, [input.code]).size > 0) problems.push({ field: "code", message: "is used by another discount" });
  return segment && problems.length === 0 ? ok({ input, segment }) : err({ kind: "invalid", problems });
}
