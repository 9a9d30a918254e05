import { z } from "zod";
import type { Failure } from "#app/core/failure.ts";
import { err, type Result } from "#app/core/result.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import type { ActionOptions } from "../segments/create-segment.server.ts";
import { retryDiscount } from "./retry-discount.server.ts";
import { undoDiscount } from "./undo-discount.server.ts";

const discountAction = z.object({ intent: z.enum(["undo", "retry"]) });

/** What a merchant can do with a discount that exists. */
export async function actOnDiscount(shop: ShopRef, id: string, form: FormData, options: ActionOptions = {}): Promise<Result<unknown, Failure>> {
  const asked = discountAction.safeParse(Object.fromEntries(form));
  if (!asked.success) return err({ kind: "invalid", problems: [{ field: "intent", message: "is not known" }] });
  switch (asked.data.intent) {
    case "undo":
      return undoDiscount(shop, id, options);
    case "retry":
      return retryDiscount(shop, id, options);
  }
}
