import { describe, expect, it } from "vitest";
import type { Failure } from "#app/core/failure.ts";
import { failureText } from "./failure-text.ts";
import { createI18n } from "./i18n/create-i18n.ts";
import { loadWords } from "./i18n/load-words.ts";
import { locales } from "./i18n/locale.ts";

/** One of each kind; the record makes a new kind a compile error here. */
const failures: { [K in Failure["kind"]]: Extract<Failure, { kind: K }> } = {
  invalid: { kind: "invalid", problems: [{ field: "title", message: "a title is needed" }] },
  "not-found": { kind: "not-found", what: "segment", id: "1" },
  conflict: { kind: "conflict", what: "discount", message: "it has been undone already" },
  "shopify-refused": { kind: "shopify-refused", operation: "CreateBasicDiscount", problems: [{ field: "code", message: "Code must be unique." }] },
  "shopify-unavailable": { kind: "shopify-unavailable", operation: "CreateSegment", message: "HTTP 502", retryAfterMs: null },
  "not-installed": { kind: "not-installed", shopDomain: "a.myshopify.com" },
  "not-ready": { kind: "not-ready", what: "discount", message: "the codes are still being imported" },
};

describe.each(locales)("failures in %s", (locale) => {
  it("all have words, and no technical ones", async () => {
    const t = createI18n(locale, await loadWords(locale)).getFixedT(locale, "failures");
    for (const failure of Object.values(failures)) {
      const { title, details } = failureText(t, failure);
      for (const text of [title, ...details]) {
        expect([failure.kind, text]).not.toEqual([failure.kind, ""]);
        expect(text).not.toMatch(/\{\{|HTTP|CreateSegment|^[a-z_.]+$/);
      }
    }
  });
});

it("sentences of use cases are translated and Shopify's own are quoted", async () => {
  const t = createI18n("zh-CN", await loadWords("zh-CN")).getFixedT("zh-CN", "failures");
  expect(failureText(t, failures.invalid).details).toEqual(["请填写标题"]);
  expect(failureText(t, failures["shopify-refused"]).details).toEqual(["Code must be unique."]);
  expect(failureText(t, failures["not-found"]).title).toBe("该细分已不存在");
});
