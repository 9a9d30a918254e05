import type { Failure } from "#app/core/failure.ts";
import { ok, type Result } from "#app/core/result.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import type { Clock } from "#app/core/time.ts";
import { computeMembers, type ComputedMembers } from "#app/engine/segments/compute-members.ts";
import type { Expression } from "#app/engine/segments/language/ast.ts";
import { formatQuery } from "#app/engine/segments/language/format-query.ts";
import { countPictureRows } from "#app/server/store/picture-stamp.server.ts";
import { askPicture } from "../picture/ask-picture.server.ts";
import { openShopEvaluation } from "./open-shop-evaluation.server.ts";

/** Customers and orders from which the resident picture is asked: reading fewer takes this process well under a second. */
const WORTH_A_PICTURE = 200_000;

/** The members of a query while somebody waits; "not-ready" when a large shop's picture is still being read. */
export async function computeNow(shop: ShopRef, expression: Expression, clock: Clock): Promise<Result<ComputedMembers, Failure>> {
  if (countPictureRows(shop.id) >= WORTH_A_PICTURE) return askPicture(shop, "segment-members", { query: formatQuery(expression) }, { clock });
  const { evaluator } = await openShopEvaluation(shop, clock.nowMs());
  return ok(computeMembers(evaluator, expression));
}
