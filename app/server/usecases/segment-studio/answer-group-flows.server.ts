import { countFlows } from "#app/engine/segments/analyse/count-flows.ts";
import type { ShopPicture } from "../picture/shop-picture.server.ts";
import { evaluatorAt } from "./evaluator-at.server.ts";

/** Where the customers of each RFM group were at an earlier instant and are at a later one. */
export function answerGroupFlows(picture: ShopPicture, { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number }) {
  const before = evaluatorAt(picture, fromMs, []).columns.find("computed_rfm_group");
  const after = evaluatorAt(picture, toMs, []).columns.find("computed_rfm_group");
  if (before?.kind !== "texts" || after?.kind !== "texts") return [];
  const { createdAtMs } = picture.snapshot.customers;
  return countFlows(before.values, after.values, (row) => createdAtMs[row] <= fromMs);
}
