import { BlockStack, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { KeyFiguresView, PeriodFigures } from "#app/core/home-views.ts";
import { ColumnChart } from "../charts/column-chart.tsx";
import { SectionCard } from "../frames/section-card.tsx";
import { useFormat } from "../format/format-context.tsx";

/** What happened, and what it was the period before. No arrow, no colour: whether less is bad is for the merchant to say. */
export function KeyFigures({ figures }: { figures: KeyFiguresView }) {
  const { t } = useTranslation("home");
  const format = useFormat();
  const { now, before } = figures;
  const average = (period: PeriodFigures) => (period.orders > 0 ? format.money(Math.round(period.revenueMinor / period.orders)) : null);
  const returning = (period: PeriodFigures) => (period.buyers > 0 ? format.percent(period.returningBuyers / period.buyers) : null);
  const tiles = [
    { key: "revenue", now: format.moneyShort(now.revenueMinor), before: format.moneyShort(before.revenueMinor) },
    { key: "orders", now: format.number(now.orders), before: format.number(before.orders) },
    { key: "buyers", now: format.number(now.buyers), before: format.number(before.buyers) },
    { key: "average", now: average(now), before: average(before) },
    { key: "returning", now: returning(now), before: returning(before) },
  ] as const;
  const last = figures.weeks.length - 1;
  const columns = figures.weeks.map((week, index) => ({
    label: format.dayShort(week.startsAtMs),
    value: week.orders,
    valueText: format.number(week.orders),
    isPartial: index === last,
  }));
  const highest = figures.weeks.reduce((best, week) => (week.orders > best.orders ? week : best), figures.weeks[0]);
  return (
    <SectionCard title={t("figures.title")} text={t(figures.isPast ? "figures.untilLastOrder" : "figures.last30", { day: format.day(figures.untilMs - 1) })}>
      <dl className="tessera-tiles">
        {tiles.map((tile) => (
          <div key={tile.key}>
            <dt>{t(`figures.${tile.key}`)}</dt>
            <dd>
              <div className="tessera-figure">{tile.now ?? t("figures.none")}</div>
              <Text as="span" variant="bodySm" tone="subdued">{t("figures.before", { value: tile.before ?? t("figures.none") })}</Text>
            </dd>
          </div>
        ))}
      </dl>
      <BlockStack gap="200">
        <Text as="h3" variant="headingSm">{t("figures.weeks.title")}</Text>
        <ColumnChart
          columns={columns}
          labelTitle={t("figures.weeks.week")}
          valueTitle={t("figures.orders")}
          summary={t("figures.weeks.summary", { weeks: figures.weeks.length, count: highest.orders, day: format.dayShort(highest.startsAtMs) })}
        />
        <Text as="p" variant="bodySm" tone="subdued">{t("figures.weeks.partial")}</Text>
      </BlockStack>
    </SectionCard>
  );
}
