import { useTranslation } from "react-i18next";
import type { ValueSpreadView } from "#app/core/health-views.ts";
import { ColumnChart } from "../charts/column-chart.tsx";
import { FigureTiles } from "../frames/figure-tiles.tsx";
import { SectionCard } from "../frames/section-card.tsx";
import { useFormat } from "../format/format-context.tsx";

/** How what customers are worth is spread over them. */
export function ValueSpread({ values }: { values: ValueSpreadView }) {
  const { t } = useTranslation("health");
  const format = useFormat();
  const { bins, topTenthShare } = values;
  const label = (place: number) => (place === bins.length - 1 ? t("clv.above", { amount: format.moneyShort(bins[place].fromMinor) }) : t("clv.upTo", { amount: format.moneyShort(bins[place].toMinor) }));
  const tiles = [
    ...(topTenthShare === null ? [] : [{ key: "top", title: t("clv.top"), value: format.percent(topTenthShare), text: "" }]),
    { key: "median", title: t("clv.median"), value: format.money(values.medianMinor), text: "" },
    { key: "total", title: t("clv.total"), value: format.moneyShort(values.sumMinor), text: "" },
  ];
  return (
    <SectionCard title={t("clv.title")} text={t(values.isExpected ? "clv.text" : "clv.spentText")}>
      <ColumnChart
        columns={bins.map(({ count }, place) => ({ label: label(place), value: count, valueText: format.number(count) }))}
        summary={t("clv.summary", { share: format.percent(topTenthShare ?? 0) })}
        labelTitle={t("clv.amount")}
        valueTitle={t("clv.customers")}
      />
      <FigureTiles tiles={tiles} />
    </SectionCard>
  );
}
