import type { i18n } from "i18next";
import { createContext, useContext, type ReactNode } from "react";
import { I18nextProvider } from "react-i18next";
import type { Locale } from "./locale.ts";
import type { Words } from "./words.ts";

interface Language {
  readonly locale: Locale;
  readonly polaris: object;
}

const LanguageContext = createContext<Language | null>(null);

/** Wraps the whole document on the server and in the browser. */
export function LanguageProvider(props: { locale: Locale; words: Words; i18n: i18n; children: ReactNode }) {
  return (
    <LanguageContext.Provider value={{ locale: props.locale, polaris: props.words.polaris }}>
      <I18nextProvider i18n={props.i18n}>{props.children}</I18nextProvider>
    </LanguageContext.Provider>
  );
}

export function useLanguage(): Language {
  const language = useContext(LanguageContext);
  if (!language) throw new Error("LanguageProvider is missing above this component");
  return language;
}
