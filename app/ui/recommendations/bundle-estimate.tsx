import { BlockStack, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { responseAt, type BundleAssumptions } from "#app/core/bundle-gain.ts";
import type { BundleItemView } from "#app/core/bundle-views.ts";
import { useFormat } from "../format/format-context.tsx";
import { bundleFigures } from "./bundle-figures.ts";

interface Props {
  readonly bundle: BundleItemView;
  readonly percent: number;
  readonly assumptions: BundleAssumptions;
  readonly gainDays: number;
  readonly spanDays: number;
}

/** The estimate, worked through with this bundle's own numbers. */
export function BundleEstimate({ bundle, percent, assumptions, gainDays, spanDays }: Props) {
  const { t } = useTranslation("bundles");
  const format = useFormat();
  const { plan, gain } = bundleFigures(bundle, percent, assumptions);
  const response = responseAt(assumptions, percent);
  const share = (value: number) => format.percent(value, value > 0 && value < 0.1 ? 1 : 0);
  return (
    <details className="tessera-details">
      <summary>{t("estimate.summary")}</summary>
      <BlockStack gap="200">
        <div className="tessera-scroll">
          <table className="tessera-figures">
            <thead>
              <tr><th scope="col">{t("estimate.product")}</th><th scope="col">{t("estimate.price")}</th><th scope="col">{t("estimate.cost")}</th><th scope="col">{t("estimate.lacking")}</th><th scope="col">{t("estimate.complete")}</th><th scope="col">{t("estimate.offered")}</th></tr>
            </thead>
            <tbody>
              {bundle.products.map((product) => (
                <tr key={product.productId}>
                  <th scope="row">{product.title}</th>
                  <td>{format.money(product.priceMinor)}</td>
                  <td>{product.costMinor === null ? t("estimate.unknown") : product.isCostAssumed ? t("estimate.assumedCost", { cost: format.money(product.costMinor) }) : format.money(product.costMinor)}</td>
                  <td>{format.number(product.othersOrders - bundle.orders)}</td>
                  <td>{share(product.confidence)}</td>
                  <td>{t("estimate.more", { share: share(Math.min(1, product.confidence * response)) })}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <Text as="p" variant="bodySm">{t("estimate.response", { offered: format.percent(assumptions.offered), each: format.percent(assumptions.perTenPercent), percent: format.percent(percent / 100), times: format.percent(response) })}</Text>
        {gain && plan ? (
          <Text as="p" variant="bodySm">
            {t("estimate.sum", { extra: format.number(gain.extraOrders, gain.extraOrders < 10 ? 1 : 0), extraGain: format.money(Math.round(gain.extraMinor)), given: format.money(Math.round(gain.givenMinor)), saving: format.money(plan.savingMinor), gain: format.money(Math.round(gain.gainMinor)), days: format.number(gainDays) })}
          </Text>
        ) : null}
        <Text as="p" variant="bodySm" tone="subdued">{t("estimate.limits", { span: format.number(spanDays), days: format.number(gainDays) })}</Text>
      </BlockStack>
    </details>
  );
}
