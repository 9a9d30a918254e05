import type { Failure } from "#app/core/failure.ts";
import { ok, type Result } from "#app/core/result.ts";
import type { StudioWords, TranslationView } from "#app/core/segment-studio-views.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { scalarTypes } from "#app/engine/segments/language/attribute-spec.ts";
import type { ShopNames } from "#app/engine/segments/language/find-attribute.ts";
import { formatQuery } from "#app/engine/segments/language/format-query.ts";
import { readSegmentQuery } from "#app/engine/segments/read-segment-query.ts";
import { LONGEST_PHRASE, translatePhrase as translate } from "#app/engine/segments/translate/translate-phrase.ts";
import { findLanguageModel } from "#app/server/platform/language-model-settings.server.ts";
import type { AskOptions } from "../picture/ask-picture.server.ts";
import { askLanguageModel } from "./ask-language-model.server.ts";
import { loadStudioWords } from "./load-studio-words.server.ts";

export interface TranslateRequest {
  readonly phrase: string;
  /** Only when the person asked for it: the phrase then leaves this machine. */
  readonly withModel: boolean;
}

/** A sentence as a query, by rules; on request by the operator's language model, whose answer the parser has checked. */
export async function translateSentence(shop: ShopRef, { phrase, withModel }: TranslateRequest, options: AskOptions = {}): Promise<Result<TranslationView, Failure>> {
  const text = phrase.slice(0, LONGEST_PHRASE);
  const words = await loadStudioWords(shop, options);
  if (!words.ok) return words;
  const names = namesOf(words.value);
  const model = findLanguageModel();
  if (withModel && model) {
    const asked = await askLanguageModel(model, text, (answer) => readSegmentQuery(answer, names));
    if (!asked.ok) return asked;
    return ok({ phrase: text, query: formatQuery(asked.value), understood: [], ignored: [], by: "model", canAskModel: true });
  }
  return ok({ phrase: text, ...translate(text, { ...words.value, names }), by: "rules", canAskModel: model !== null });
}

function namesOf({ metafields, segments }: StudioWords): ShopNames {
  return { segments, metafields: new Map(metafields.flatMap(([name, type]) => scalarTypes.filter((known) => known === type).map((known) => [name, known] as const))) };
}
