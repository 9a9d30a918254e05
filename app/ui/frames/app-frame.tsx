import { NavMenu } from "@shopify/app-bridge-react";
import { AppProvider } from "@shopify/shopify-app-remix/react";
import { Link, useLocation, useNavigation } from "@remix-run/react";
import { useEffect, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { FormatProvider } from "../format/format-context.tsx";
import { useLanguage } from "../i18n/language-provider.tsx";
import { PageSkeleton } from "./page-skeleton.tsx";

/** A page that answers sooner than this never shows its skeleton: a flash is worse than a short wait. */
const SKELETON_AFTER_MS = 250;

export type PolarisTexts = Parameters<typeof AppProvider>[0]["i18n"];

/** Everything around an embedded page. The App Bridge script itself is the first of <head> (root.tsx). */
export function AppFrame(props: { apiKey: string; currency: string; timeZone: string; children: ReactNode }) {
  const { t } = useTranslation("frame");
  const { polaris } = useLanguage();
  const isSlow = useSlowNavigation();
  return (
    <AppProvider isEmbeddedApp={false} apiKey={props.apiKey} i18n={polaris as PolarisTexts}>
      <FormatProvider currency={props.currency} timeZone={props.timeZone}>
        <NavMenu>
          <Link to="/app" rel="home">{t("appName")}</Link>
          <Link to="/app/customers">{t("nav.customers")}</Link>
          <Link to="/app/health">{t("nav.health")}</Link>
          <Link to="/app/segments">{t("nav.segments")}</Link>
          <Link to="/app/products">{t("nav.products")}</Link>
          <Link to="/app/recommendations">{t("nav.recommendations")}</Link>
          <Link to="/app/discounts">{t("nav.discounts")}</Link>
          <Link to="/app/privacy">{t("nav.privacy")}</Link>
        </NavMenu>
        <main className="tessera-frame">{isSlow ? <PageSkeleton /> : props.children}</main>
      </FormatProvider>
    </AppProvider>
  );
}

function useSlowNavigation(): boolean {
  const navigation = useNavigation();
  const { pathname } = useLocation();
  const [isSlow, setIsSlow] = useState(false);
  const isLeaving = navigation.state === "loading" && !navigation.formData && navigation.location.pathname !== pathname;
  useEffect(() => {
    if (!isLeaving) {
      setIsSlow(false);
      return;
    }
    const timer = setTimeout(() => setIsSlow(true), SKELETON_AFTER_MS);
    return () => clearTimeout(timer);
  }, [isLeaving]);
  return isSlow && isLeaving;
}
