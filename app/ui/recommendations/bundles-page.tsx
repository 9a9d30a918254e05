import { Badge, BlockStack, Box, Button, InlineStack, Text } from "@shopify/polaris";
import { Form, useNavigation } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import type { Failure } from "#app/core/failure.ts";
import type { BundlesView } from "#app/core/studio-views.ts";
import { EmptyNote } from "../frames/empty-note.tsx";
import { FailureBanner } from "../frames/failure-banner.tsx";
import { PageFrame } from "../frames/page-frame.tsx";
import { SectionCard } from "../frames/section-card.tsx";
import { useFormat } from "../format/format-context.tsx";
import { BundleItem } from "./bundle-item.tsx";

const tones = { publishing: "info", active: "success", failed: "attention", ended: undefined } as const;

/** Products that sell as a set, what a set earns, and the discounts made of them. */
export function BundlesPage({ view, failure, nowMs }: { view: BundlesView; failure: Failure | null; nowMs: number }) {
  const { t } = useTranslation("recommendations");
  const format = useFormat();
  const isSending = useNavigation().state !== "idle";
  return (
    <PageFrame title={t("bundles.title")} barTitle={t("title")} back={{ to: "/app/recommendations", label: t("title") }}>
      {failure ? <FailureBanner failure={failure} /> : null}
      <SectionCard title={t("bundles.found")} text={t("bundles.text", { count: view.orders, shown: format.number(view.orders) })} isFlush>
        {view.bundles === null ? <EmptyNote title={t("studio.notReady.title")} text={t("studio.notReady.text")} /> : null}
        {view.bundles?.length === 0 ? <EmptyNote title={t("bundles.none.title")} text={t("bundles.none.text")} /> : null}
        <ul className="tessera-product-list">{view.bundles?.map((bundle) => <li key={bundle.products.map(({ productId }) => productId).join("-")}><BundleItem bundle={bundle} isSending={isSending} failure={failure} /></li>)}</ul>
      </SectionCard>
      {view.discounts.length > 0 ? (
        <SectionCard title={t("bundles.discounts")} isFlush>
          <ul className="tessera-product-list">
            {view.discounts.map((discount) => (
              <li key={discount.id}>
                <InlineStack align="space-between" blockAlign="center" gap="300">
                  <BlockStack gap="100">
                    <InlineStack gap="200" blockAlign="center"><Text as="span" fontWeight="semibold">{discount.code}</Text><Badge tone={tones[discount.status]}>{t(`bundles.states.${discount.status}`)}</Badge></InlineStack>
                    <Text as="p" variant="bodySm" tone="subdued">{t("bundles.made", { percent: format.percent(discount.percent / 100), products: format.list(discount.titles), ago: format.ago(discount.createdAtMs, nowMs) })}</Text>
                    {discount.error ? <Text as="p" variant="bodySm">{discount.error}</Text> : null}
                  </BlockStack>
                  {discount.status === "ended" ? null : (
                    <Form method="post">
                      <input type="hidden" name="intent" value="end" />
                      <input type="hidden" name="id" value={discount.id} />
                      <Box><Button submit disabled={isSending} accessibilityLabel={t("bundles.endCode", { code: discount.code })}>{t("bundles.end")}</Button></Box>
                    </Form>
                  )}
                </InlineStack>
              </li>
            ))}
          </ul>
        </SectionCard>
      ) : null}
    </PageFrame>
  );
}
