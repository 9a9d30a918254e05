import type { BaseHealthView } from "#app/core/health-views.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { askPicture, type AskOptions } from "../picture/ask-picture.server.ts";

/** null while a large shop's customers are being read. */
export async function loadBaseHealth(shop: ShopRef, options: AskOptions = {}): Promise<BaseHealthView | null> {
  const answer = await askPicture(shop, "base-health", null, options);
  return answer.ok ? answer.value : null;
}
