import { Badge, BlockStack, Button, InlineStack, Text } from "@shopify/polaris";
import { useFetcher } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { bundleDiscountState, type BundleDiscountView } from "#app/core/bundle-views.ts";
import type { Failure } from "#app/core/failure.ts";
import { useFormat } from "../format/format-context.tsx";
import { FailureBanner } from "../frames/failure-banner.tsx";
import { StoredFailure } from "../frames/stored-failure.tsx";

const tones = { publishing: "info", stuck: "warning", scheduled: "attention", active: "success", failed: "critical", ended: undefined } as const;

/** One discount of a set: its state, what it did so far, and what can be done with it. */
export function BundleDiscountItem({ discount, nowMs }: { discount: BundleDiscountView; nowMs: number }) {
  const { t } = useTranslation("bundles");
  const format = useFormat();
  const fetcher = useFetcher<{ readonly failure: Failure | null }>();
  const state = bundleDiscountState(discount, nowMs);
  const isBusy = fetcher.state !== "idle";
  const isUnsure = state === "failed" || state === "stuck";
  const act = (intent: string) => fetcher.submit({ intent, id: discount.id }, { method: "post" });
  const name = discount.code ?? discount.title;
  const titles = discount.products.map((product) => product.title);
  const what = { percent: format.percent(discount.percent / 100, Number.isInteger(discount.percent) ? 0 : 1), products: format.list(titles) };
  return (
    <BlockStack gap="200">
      <InlineStack align="space-between" blockAlign="start" gap="300">
        <BlockStack gap="100">
          <InlineStack gap="200" align="start" blockAlign="center">
            <span className="tessera-set-thumbs" aria-hidden="true">
              {discount.products.map((product) => (product.imageUrl ? <img key={product.productId} className="tessera-product-image" src={product.imageUrl} alt="" width={40} height={40} loading="lazy" /> : <span key={product.productId} className="tessera-product-image" />))}
            </span>
            <Text as="h3" variant="headingSm">{name}</Text>
            <Badge tone={tones[state]}>{t(`states.${state}`)}</Badge>
          </InlineStack>
          <Text as="p" variant="bodySm" tone="subdued">{t(discount.method === "automatic" ? "discount.automatic" : "discount.byCode", what)} {period(discount)}</Text>
        </BlockStack>
        {state === "ended" || state === "publishing" ? null : (
          <InlineStack gap="200" align="start">
            {isUnsure ? <Button onClick={() => act("retry")} disabled={isBusy} accessibilityLabel={t("discount.retryOf", { name })}>{t("discount.retry")}</Button> : null}
            <Button onClick={() => act("end")} disabled={isBusy} accessibilityLabel={t("discount.endOf", { name })}>{t(isUnsure ? "discount.remove" : "discount.end")}</Button>
          </InlineStack>
        )}
      </InlineStack>
      {fetcher.state === "idle" ? <FailureBanner failure={fetcher.data?.failure} /> : null}
      {discount.error && state === "failed" ? <StoredFailure line={discount.error} sentence={t("discount.failed")} /> : null}
      {discount.isInStore === false ? <Text as="p" variant="bodySm" tone="caution">{t("discount.notInStore")}</Text> : null}
      {isUnsure || state === "publishing" || state === "scheduled" ? null : <Result discount={discount} />}
    </BlockStack>
  );

  function period({ startsAtMs, endsAtMs, endedAtMs }: BundleDiscountView): string {
    if (state === "ended") return t("discount.ended", { from: format.day(startsAtMs), to: format.day(endedAtMs ?? endsAtMs ?? startsAtMs) });
    return endsAtMs === null ? t("discount.since", { from: format.day(startsAtMs) }) : t("discount.until", { from: format.day(startsAtMs), to: format.day(endsAtMs - 1) });
  }
}

function Result({ discount: { result } }: { discount: BundleDiscountView }) {
  const { t } = useTranslation("bundles");
  const format = useFormat();
  if (result.orders === 0) return <Text as="p" variant="bodySm" tone="subdued">{t("result.none")}</Text>;
  return (
    <dl className="tessera-set-result">
      <div><dt>{t("result.orders")}</dt><dd>{format.number(result.orders)}</dd></div>
      <div><dt>{t("result.revenue")}</dt><dd>{format.money(result.revenueMinor)}</dd></div>
      <div><dt>{t("result.given")}</dt><dd>{format.money(result.givenMinor)}</dd></div>
      <div><dt>{t("result.margin")}</dt><dd>{result.marginMinor === null ? t("result.unknown") : format.money(result.marginMinor)}</dd></div>
    </dl>
  );
}
