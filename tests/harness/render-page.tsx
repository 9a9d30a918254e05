import { AppProvider } from "@shopify/polaris";
import { UNSAFE_RemixContext as RemixContext } from "@remix-run/react";
import type { ComponentProps, ReactElement } from "react";
import { renderToString } from "react-dom/server";
import { createStaticHandler, createStaticRouter, StaticRouterProvider } from "react-router-dom/server";
import { FormatProvider } from "#app/ui/format/format-context.tsx";
import { createI18n } from "#app/ui/i18n/create-i18n.ts";
import { LanguageProvider } from "#app/ui/i18n/language-provider.tsx";
import { loadWords } from "#app/ui/i18n/load-words.ts";
import type { Locale } from "#app/ui/i18n/locale.ts";

type RemixContextValue = NonNullable<ComponentProps<typeof RemixContext.Provider>["value"]>;
type PolarisTexts = ComponentProps<typeof AppProvider>["i18n"];

/** A page as the server would send it, inside a router but without the app around it. */
export async function renderPage(page: ReactElement, { locale = "en", path = "/app", currency = "GBP", timeZone = "Europe/London" }: { locale?: Locale; path?: string; currency?: string; timeZone?: string } = {}): Promise<string> {
  const words = await loadWords(locale);
  const routes = [{ id: "page", path: "*", element: page }];
  const { dataRoutes, query } = createStaticHandler(routes);
  const context = await query(new Request(`http://127.0.0.1${path}`));
  if (context instanceof Response) throw new Error("a page without a loader answered a response");
  // Remix's links and forms look up their route here; nothing else of it is used.
  const remix = { manifest: { routes: {} }, routeModules: {}, future: {}, isSpaMode: false } as unknown as RemixContextValue;
  return renderToString(
    <LanguageProvider locale={locale} words={words} i18n={createI18n(locale, words)}>
      <RemixContext.Provider value={remix}>
        <StaticRouterProvider
          router={createStaticRouter([{ ...dataRoutes[0], element: (
            <AppProvider i18n={words.polaris as PolarisTexts}>
              <FormatProvider currency={currency} timeZone={timeZone}>{page}</FormatProvider>
            </AppProvider>
          ) }], context)}
          context={context}
          hydrate={false}
        />
      </RemixContext.Provider>
    </LanguageProvider>,
  );
}

/** What is read: the text without tags, entities resolved, spaces collapsed. */
export function readText(html: string): string {
  return html
    .replace(/<!-- -->/g, "")
    .replace(/<(style|script)[\s\S]*?<\/\1>/g, "")
    .replace(/<[^>]+>/g, " ")
    .replace(/&amp;/g, "&").replace(/&#x27;/g, "'").replace(/&quot;/g, '"').replace(/&lt;/g, "<").replace(/&gt;/g, ">")
    .replace(/\s+/g, " ")
    .trim();
}
