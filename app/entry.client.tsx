import { RemixBrowser } from "@remix-run/react";
import { startTransition, StrictMode } from "react";
import { hydrateRoot } from "react-dom/client";
import { createI18n } from "./ui/i18n/create-i18n.ts";
import { LanguageProvider } from "./ui/i18n/language-provider.tsx";
import { loadWords } from "./ui/i18n/load-words.ts";
import { resolveLocale } from "./ui/i18n/locale.ts";

/** The server has chosen the language; the browser loads the same words before it takes over the page. */
async function hydrate() {
  const locale = resolveLocale(document.documentElement.lang, null);
  const words = await loadWords(locale);
  const i18n = createI18n(locale, words);
  startTransition(() => {
    hydrateRoot(
      document,
      <StrictMode>
        <LanguageProvider locale={locale} words={words} i18n={i18n}>
          <RemixBrowser />
        </LanguageProvider>
      </StrictMode>,
    );
  });
}

void hydrate();
