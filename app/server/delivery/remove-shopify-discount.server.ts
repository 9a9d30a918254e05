import type { Failure } from "#app/core/failure.ts";
import { ok, type Result } from "#app/core/result.ts";
import { DeactivateAutomaticDiscountDocument, DeactivateDiscountDocument, DeleteAutomaticDiscountDocument, DeleteDiscountDocument } from "#app/server/shopify/generated/operations.ts";
import type { DeliveryRun } from "./delivery-run.server.ts";

/**
 * Ends the discount, then deletes it with all its codes. Deactivated first, so that it is dead at once even if deleting
 * fails. A discount that is gone already counts as removed.
 */
export async function removeShopifyDiscount(run: Pick<DeliveryRun, "client" | "signal">, gid: string): Promise<Result<null, Failure>> {
  const options = { isSafeToRepeat: true, signal: run.signal };
  const isAutomatic = gid.includes("/DiscountAutomaticNode/");
  const deactivated = isAutomatic ? await run.client.run(DeactivateAutomaticDiscountDocument, { id: gid }, options) : await run.client.run(DeactivateDiscountDocument, { id: gid }, options);
  if (!deactivated.ok && !isGone(deactivated.error)) return deactivated;
  const deleted = isAutomatic ? await run.client.run(DeleteAutomaticDiscountDocument, { id: gid }, options) : await run.client.run(DeleteDiscountDocument, { id: gid }, options);
  return deleted.ok || isGone(deleted.error) ? ok(null) : deleted;
}

function isGone(failure: Failure): boolean {
  return failure.kind === "shopify-refused" && failure.problems.every((problem) => /not exist|not found|could not be found|invalid global id/i.test(problem.message));
}
