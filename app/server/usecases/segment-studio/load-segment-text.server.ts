import type { Failure } from "#app/core/failure.ts";
import { err, ok, type Result } from "#app/core/result.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { findSegment } from "#app/server/store/segments.server.ts";
import type { AskOptions } from "../picture/ask-picture.server.ts";
import type { NewSegmentView } from "./load-new-segment.server.ts";
import { loadStudioWords } from "./load-studio-words.server.ts";

export interface SegmentText extends NewSegmentView {
  readonly segment: { readonly id: string; readonly name: string };
}

/** A saved segment in the editor. */
export async function loadSegmentText(shop: ShopRef, id: string, options: AskOptions = {}): Promise<Result<SegmentText, Failure>> {
  const segment = await findSegment(shop.id, id);
  if (!segment) return err({ kind: "not-found", what: "segment", id });
  const words = await loadStudioWords(shop, options);
  return words.ok ? ok({ segment: { id, name: segment.name }, name: segment.name, query: segment.query, words: words.value }) : words;
}
