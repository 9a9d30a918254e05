import type { LinksFunction, LoaderFunctionArgs } from "@remix-run/node";
import { Links, Meta, Outlet, Scripts, ScrollRestoration, useRouteLoaderData } from "@remix-run/react";
import polarisStyles from "@shopify/polaris/build/esm/styles.css?url";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { getEnv } from "#app/server/platform/env.server.ts";
import { appBridgeUrl } from "#app/server/shopify/app-bridge-url.server.ts";
import { OutsidePage } from "./ui/frames/outside-page.tsx";
import { useLanguage } from "./ui/i18n/language-provider.tsx";
import styles from "./ui/tessera.css?url";

export const links: LinksFunction = () => [
  { rel: "stylesheet", href: polarisStyles },
  { rel: "stylesheet", href: styles },
  { rel: "icon", href: "data:," },
];

/** App Bridge only works inside the admin, so pages outside it do not load it. */
export function loader({ request }: LoaderFunctionArgs) {
  const isEmbedded = /^\/app(\/|$)/.test(new URL(request.url).pathname);
  return { appBridge: isEmbedded ? { url: appBridgeUrl, apiKey: getEnv().SHOPIFY_API_KEY } : null };
}

/** What it says holds for the life of the document. */
export const shouldRevalidate = () => false;

export function Layout({ children }: { children: ReactNode }) {
  const data = useRouteLoaderData<typeof loader>("root");
  const { locale } = useLanguage();
  const { t } = useTranslation("frame");
  return (
    <html lang={locale}>
      <head>
        {/* Before any other script (App Store requirement 2.2.3). */}
        {data?.appBridge ? <script src={data.appBridge.url} data-api-key={data.appBridge.apiKey} suppressHydrationWarning /> : null}
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{t("appName")}</title>
        <Meta />
        <Links />
      </head>
      <body>
        {children}
        <ScrollRestoration />
        <Scripts />
      </body>
    </html>
  );
}

export default function App() {
  return <Outlet />;
}

export function ErrorBoundary() {
  return <OutsidePage kind="failed" />;
}
