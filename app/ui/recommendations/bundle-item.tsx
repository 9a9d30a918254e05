import { BlockStack, Button, FormLayout, InlineStack, Text, TextField } from "@shopify/polaris";
import { Form, Link } from "@remix-run/react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Failure } from "#app/core/failure.ts";
import type { BundleItemView } from "#app/core/studio-views.ts";
import { useFieldErrors } from "../frames/use-field-errors.ts";
import { useFormat } from "../format/format-context.tsx";

const DEFAULT_PERCENT = 10;

/** One set: its products, what it earns with the discount that stands in the field, and the button that makes it. */
export function BundleItem({ bundle, isSending, failure }: { bundle: BundleItemView; isSending: boolean; failure: Failure | null }) {
  const { t } = useTranslation("recommendations");
  const format = useFormat();
  const [isOpen, setIsOpen] = useState(false);
  const [percent, setPercent] = useState(String(bundle.suggestedPercent || DEFAULT_PERCENT));
  const [code, setCode] = useState(() => `SET${bundle.products.map(({ productId }) => String(productId % 1000).padStart(3, "0")).join("")}`);
  const errors = useFieldErrors(isOpen ? failure : null);
  const off = Math.min(100, Math.max(0, Number(percent) || 0)) / 100;
  const title = t("bundles.autoTitle", { products: format.list(bundle.products.map((product) => product.title)) }).slice(0, 255);
  return (
    <BlockStack gap="200">
      <InlineStack gap="200" blockAlign="center">
        {bundle.products.map((product) => <Link key={product.productId} className="tessera-link" to={`/app/products/${product.productId}`}>{product.title}</Link>)}
      </InlineStack>
      <Text as="p" variant="bodySm">{t("bundles.orders", { count: bundle.orders, shown: format.number(bundle.orders), times: format.number(bundle.lift, 1) })}</Text>
      <Text as="p" variant="bodySm" tone="subdued">
        {bundle.marginMinor === null
          ? t("bundles.noMargin", { price: format.money(bundle.priceMinor) })
          : t("bundles.margin", { price: format.money(bundle.priceMinor), margin: format.money(bundle.marginMinor), after: format.money(Math.round(bundle.marginMinor - bundle.priceMinor * off)), percent: format.percent(off) })}
        {bundle.gainMinor !== null && bundle.suggestedPercent ? ` ${t("bundles.gain", { percent: format.percent(bundle.suggestedPercent / 100), gain: format.money(bundle.gainMinor) })}` : ""}
      </Text>
      {isOpen ? (
        <Form method="post">
          <input type="hidden" name="title" value={title} />
          {bundle.products.map(({ productId }) => <input key={productId} type="hidden" name="product" value={productId} />)}
          <FormLayout>
            <FormLayout.Group condensed>
              <TextField label={t("bundles.percent")} name="percent" type="number" min={1} max={100} suffix="%" value={percent} onChange={setPercent} autoComplete="off" error={errors.get("percent")} />
              <TextField label={t("bundles.code")} name="code" value={code} onChange={(text) => setCode(text.toUpperCase())} autoComplete="off" maxLength={40} error={errors.get("code")} />
            </FormLayout.Group>
            <Text as="p" variant="bodySm" tone="subdued">{t("bundles.rule", { count: bundle.products.length })}</Text>
            <InlineStack gap="200"><Button submit variant="primary" loading={isSending}>{t("bundles.create")}</Button><Button onClick={() => setIsOpen(false)}>{t("bundles.cancel")}</Button></InlineStack>
          </FormLayout>
        </Form>
      ) : (
        <div><Button onClick={() => setIsOpen(true)}>{t("bundles.open")}</Button></div>
      )}
    </BlockStack>
  );
}
