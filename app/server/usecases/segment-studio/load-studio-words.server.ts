import type { Failure } from "#app/core/failure.ts";
import { ok, type Result } from "#app/core/result.ts";
import type { StudioWords } from "#app/core/segment-studio-views.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { askPicture, type AskOptions } from "../picture/ask-picture.server.ts";
import { loadSavedExpressions } from "../segments/saved-expressions.server.ts";

/** The shop's own names for completion, typed inputs and plain language. */
export async function loadStudioWords(shop: ShopRef, options: AskOptions = {}): Promise<Result<StudioWords, Failure>> {
  const [saved, words] = await Promise.all([loadSavedExpressions(shop.id), askPicture(shop, "studio-words", null, options)]);
  if (!words.ok) return words;
  return ok({ ...words.value, metafields: [...saved.names.metafields], segments: saved.names.segments });
}
