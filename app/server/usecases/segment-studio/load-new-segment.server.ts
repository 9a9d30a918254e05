import type { Failure } from "#app/core/failure.ts";
import { ok, type Result } from "#app/core/result.ts";
import type { StudioWords } from "#app/core/segment-studio-views.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { LONGEST_QUERY } from "#app/engine/segments/language/parse-query.ts";
import type { AskOptions } from "../picture/ask-picture.server.ts";
import { findLookalikeQuery } from "./find-lookalike-query.server.ts";
import { loadStudioWords } from "./load-studio-words.server.ts";

export interface NewSegmentView {
  readonly name: string;
  readonly query: string;
  readonly words: StudioWords;
}

/** What the editor begins with: a query in the address (`query`, `name`), or customers like those of a segment (`like`). */
export async function loadNewSegment(shop: ShopRef, asked: URLSearchParams, options: AskOptions = {}): Promise<Result<NewSegmentView, Failure>> {
  const words = await loadStudioWords(shop, options);
  if (!words.ok) return words;
  const like = asked.get("like");
  if (like) {
    const found = await findLookalikeQuery(shop, like, options);
    return found.ok ? ok({ name: `${found.value.name} +`, query: found.value.query, words: words.value }) : found;
  }
  return ok({ name: (asked.get("name") ?? "").slice(0, 100), query: (asked.get("query") ?? "").slice(0, LONGEST_QUERY), words: words.value });
}
