import type { Failure } from "#app/core/failure.ts";
import { ok, type Result } from "#app/core/result.ts";
import type { TemplateCount } from "#app/core/segment-studio-views.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { listSegments } from "#app/server/store/segments.server.ts";
import type { AskOptions } from "../picture/ask-picture.server.ts";
import { countTemplates } from "./count-templates.server.ts";
import { loadStudioWords } from "./load-studio-words.server.ts";

export interface TemplatesView {
  /** Comes later than the page: sixty queries over a large shop take a moment. */
  readonly counts: Promise<readonly TemplateCount[]>;
  readonly productTypes: readonly string[];
  readonly birthDates: readonly string[];
  readonly segments: readonly { readonly id: string; readonly name: string }[];
}

export async function loadTemplates(shop: ShopRef, options: AskOptions = {}): Promise<Result<TemplatesView, Failure>> {
  const [words, segments] = await Promise.all([loadStudioWords(shop, options), listSegments(shop.id)]);
  if (!words.ok) return words;
  const { productTypes, metafields } = words.value;
  return ok({
    productTypes, birthDates: metafields.filter(([, type]) => type === "date").map(([name]) => name), segments: segments.map(({ id, name }) => ({ id, name })),
    counts: countTemplates(shop, options).then((counted) => (counted.ok ? counted.value : [])),
  });
}
