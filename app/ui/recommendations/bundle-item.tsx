import { Badge, BlockStack, Button, Text } from "@shopify/polaris";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { BundleAssumptions } from "#app/core/bundle-gain.ts";
import type { BundleItemView } from "#app/core/bundle-views.ts";
import { useFormat } from "../format/format-context.tsx";
import { BundleEstimate } from "./bundle-estimate.tsx";
import { bundleFigures, firstPercent } from "./bundle-figures.ts";
import { BundleForm } from "./bundle-form.tsx";
import { BundlePicture } from "./bundle-picture.tsx";

interface Props {
  readonly bundle: BundleItemView;
  /** Off the set with the discount that stands for it; null without one. */
  readonly standingPercent: number | null;
  readonly assumptions: BundleAssumptions;
  readonly gainDays: number;
  readonly spanDays: number;
  readonly nowMs: number;
}

/** One set: its picture, how often it is bought, what it would earn, and the way to its discount. */
export function BundleItem({ bundle, standingPercent, assumptions, gainDays, spanDays, nowMs }: Props) {
  const { t } = useTranslation("bundles");
  const format = useFormat();
  // Drawn when the form opens and kept while it stands: sent twice, it is the same discount.
  const [requestId, setRequestId] = useState<string | null>(null);
  const [percent, setPercent] = useState(() => firstPercent(bundle));
  const isOpen = requestId !== null && bundle.discountId === null;
  const suggested = bundle.suggestedPercent || null;
  const shown = standingPercent ?? (isOpen ? percent : suggested);
  const { plan } = bundleFigures(bundle, shown ?? 0, assumptions);
  const atSuggested = suggested === null ? null : bundleFigures(bundle, suggested, assumptions).gain;
  return (
    <BlockStack gap="300">
      <div className="tessera-set-item">
        <BundlePicture products={bundle.products} setPriceMinor={plan?.setPriceMinor ?? null} getsProductId={isOpen && plan ? bundle.products[plan.getsIndex].productId : null} />
        <BlockStack gap="200">
          <Text as="p">{t("item.orders", { count: bundle.orders, shown: format.number(bundle.orders), times: format.number(bundle.lift, bundle.lift < 10 ? 1 : 0), share: format.percent(bundle.share, bundle.share < 0.1 ? 1 : 0) })}</Text>
          {bundle.discountId === null && suggested !== null && atSuggested ? (
            <Text as="p" tone="subdued">{t("item.gain", { percent: format.percent(suggested / 100), gain: format.money(Math.round(atSuggested.gainMinor)), days: format.number(gainDays) })}</Text>
          ) : null}
          {bundle.suggestedPercent === 0 ? <Text as="p" tone="subdued">{t("item.noGain")}</Text> : null}
          {bundle.suggestedPercent === null ? <Text as="p" tone="subdued">{t("item.noMargin")}</Text> : null}
          {isOpen ? null : bundle.discountId !== null ? (
            <div><Badge tone="success">{t("item.hasDiscount")}</Badge></div>
          ) : (
            <div><Button onClick={() => setRequestId(crypto.randomUUID())} accessibilityLabel={t("item.openOf", { products: format.list(bundle.products.map(({ title }) => title)) })}>{t("item.open")}</Button></div>
          )}
        </BlockStack>
      </div>
      {isOpen ? <BundleForm bundle={bundle} requestId={requestId} percent={percent} onPercent={setPercent} assumptions={assumptions} gainDays={gainDays} nowMs={nowMs} onClose={() => setRequestId(null)} /> : null}
      <BundleEstimate bundle={bundle} percent={shown ?? percent} assumptions={assumptions} gainDays={gainDays} spanDays={spanDays} />
    </BlockStack>
  );
}
