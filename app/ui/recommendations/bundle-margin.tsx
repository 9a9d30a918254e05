import { Banner, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { SetPlan } from "#app/core/bundle-plan.ts";
import type { BundleItemView } from "#app/core/bundle-views.ts";
import { useFormat } from "../format/format-context.tsx";
import { FigureTiles } from "../frames/figure-tiles.tsx";

interface Props {
  readonly bundle: BundleItemView;
  readonly plan: SetPlan;
  readonly gainMinor: number | null;
  readonly gainDays: number;
}

/** What is left of the set at its price, at the least, and what the discount may bring. */
export function BundleMargin({ bundle, plan, gainMinor, gainDays }: Props) {
  const { t } = useTranslation("bundles");
  const format = useFormat();
  const { marginMinor, lowestMarginMinor } = plan;
  const before = marginMinor === null ? null : marginMinor + plan.savingMinor;
  const tiles = [
    { key: "price", title: t("margin.price"), value: format.money(plan.setPriceMinor), text: t("margin.instead", { price: format.money(plan.priceMinor) }) },
    ...(marginMinor === null || before === null ? [] : [{ key: "margin", title: t("margin.margin"), value: format.money(marginMinor), text: t("margin.instead", { price: format.money(before) }) }]),
    ...(lowestMarginMinor === null || plan.isExact ? [] : [{ key: "lowest", title: t("margin.lowest"), value: format.money(lowestMarginMinor), text: t("margin.lowestText", { product: bundle.products[plan.lowestCart[0]].title }) }]),
    ...(gainMinor === null ? [] : [{ key: "gain", title: t("margin.gain"), value: format.money(Math.round(gainMinor)), text: t("margin.gainText", { days: format.number(gainDays) }) }]),
  ];
  const worst = lowestMarginMinor ?? marginMinor;
  return (
    <>
      <div aria-live="polite"><FigureTiles tiles={tiles} /></div>
      {marginMinor === null ? <Text as="p" tone="subdued">{t("margin.unknown")}</Text> : null}
      {worst !== null && worst < 0 ? <Banner tone="warning" title={t(marginMinor !== null && marginMinor < 0 ? "margin.loses" : "margin.mayLose", { loss: format.money(-worst) })} /> : null}
      {worst !== null && worst >= 0 && gainMinor !== null && gainMinor < 0 ? <Banner tone="warning" title={t("margin.costs", { loss: format.money(Math.round(-gainMinor)), days: format.number(gainDays) })} /> : null}
    </>
  );
}
