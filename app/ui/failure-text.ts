import type { TFunction } from "i18next";
import type { Failure, FieldProblem } from "#app/core/failure.ts";

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

/** A use case may say a known sentence by its key (`problem.…`); any other text is shown as it came. */
function sentence(t: TFunction<"failures">, message: string): string {
  const translate: (key: string, options: object) => string = t;
  return translate(`sentences.${message.replaceAll(".", "_")}`, { defaultValue: message });
}

function thing(t: TFunction<"failures">, what: string): string {
  const translate: (key: string, options: object) => string = t;
  return translate(`things.${what}`, { defaultValue: what });
}
