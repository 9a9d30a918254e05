import { createInstance, type i18n } from "i18next";
import { initReactI18next } from "react-i18next";
import type { Locale } from "./locale.ts";
import type { Words } from "./words.ts";

/** Ready at once: the texts are given, nothing is fetched. */
export function createI18n(locale: Locale, words: Words): i18n {
  const instance = createInstance();
  void instance.use(initReactI18next).init({
    lng: locale,
    fallbackLng: false,
    ns: Object.keys(words.namespaces),
    defaultNS: "frame",
    resources: { [locale]: { ...words.namespaces } },
    // React escapes.
    interpolation: { escapeValue: false },
    initAsync: false,
    react: { useSuspense: false },
    showSupportNotice: false,
  });
  return instance;
}
