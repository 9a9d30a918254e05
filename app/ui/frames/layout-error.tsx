import { AppProvider } from "@shopify/shopify-app-remix/react";
import { useLanguage } from "../i18n/language-provider.tsx";
import type { PolarisTexts } from "./app-frame.tsx";
import { RouteError } from "./route-error.tsx";

/** The frame itself has failed, so Polaris must be given its provider here. */
export function LayoutError() {
  const { polaris } = useLanguage();
  return (
    <AppProvider isEmbeddedApp={false} apiKey="" i18n={polaris as PolarisTexts}>
      <main className="tessera-frame"><RouteError /></main>
    </AppProvider>
  );
}
