import type { TFunction } from "i18next";
import type { Failure, FieldProblem } from "#app/core/failure.ts";
import { translateOpen } from "./i18n/translate-open.ts";

export interface FailureWords {
  readonly title: string;
  readonly details: readonly string[];
}

/** What a merchant reads when something expected went wrong. Exhaustive: a new kind of failure does not compile until it has words. */
export function failureText(t: TFunction<"failures">, failure: Failure): FailureWords {
  switch (failure.kind) {
    case "invalid":
      return { title: t("invalid"), details: failure.problems.map((problem) => problemText(t, problem)) };
    case "not-found":
      return { title: t("notFound", { what: thing(t, failure.what) }), details: [] };
    case "conflict":
      return { title: t("conflict"), details: [sentence(t, failure.message)] };
    case "shopify-refused":
      // Shopify answers in the language of its own choice: quoted, not translated.
      return { title: t("shopifyRefused"), details: failure.problems.map((problem) => problem.message) };
    case "shopify-unavailable":
      return { title: t("shopifyUnavailable"), details: [t("shopifyUnavailableText")] };
    case "not-installed":
      return { title: t("notInstalled"), details: [] };
    case "not-ready":
      return { title: t("notReady", { what: thing(t, failure.what) }), details: [sentence(t, failure.message)] };
  }
}

export function problemText(t: TFunction<"failures">, problem: FieldProblem): string {
  return sentence(t, problem.message);
}

/**
 * Use cases say what is wrong in fixed English sentences, which are the keys of sentences.json (i18n/words.test.ts finds
 * one that is missing). Anything else, such as Shopify's own words, is shown as it came.
 */
function sentence(t: TFunction<"failures">, message: string): string {
  return translateOpen(t, message, { ns: "sentences", keySeparator: false, nsSeparator: false, defaultValue: message });
}

function thing(t: TFunction<"failures">, what: string): string {
  return translateOpen(t, `things.${what}`, { defaultValue: what });
}
