import { BlockStack, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { CalibrationView } from "#app/core/prediction-figures.ts";
import { BarList } from "../charts/bar-list.tsx";
import { TableAlternative } from "../charts/table-alternative.tsx";
import { EmptyNote } from "../frames/empty-note.tsx";
import { FigureTiles } from "../frames/figure-tiles.tsx";
import { SectionCard } from "../frames/section-card.tsx";
import { useFormat } from "../format/format-context.tsx";
import { DecileChart } from "./decile-chart.tsx";
import { RulesChart, type Rule } from "./rules-chart.tsx";

/** Of the ranges that are given: what happens lies inside for so many customers. */
const AIMED_AT = 0.8;

/** How the model did on days that it had not seen, beside two rules that anybody could follow. */
export function CalibrationCard({ calibration }: { calibration: CalibrationView | null }) {
  const { t } = useTranslation("predictions");
  const format = useFormat();
  if (!calibration) {
    return (
      <SectionCard title={t("test.title")}>
        <EmptyNote title={t("test.none.title")} text={t("test.none.text")} />
      </SectionCard>
    );
  }
  const { model, past, rfm, churn } = calibration;
  const rules: Rule[] = [{ name: "model", accuracy: model }, { name: "past", accuracy: past }];
  if (rfm) rules.push({ name: "rfm", accuracy: rfm });
  const signed = (value: number | null) => (value === null ? t("none") : `${value > 0 ? "+" : ""}${format.percent(value, 1)}`);
  const share = (value: number | null) => (value === null ? t("none") : format.percent(value));
  const tiles = [
    { key: "coverage", title: t("test.coverage"), value: format.percent(calibration.intervalCoverage), text: t("test.coverageText") },
    { key: "churn", title: t("test.churn"), value: share(churn.precision), text: t("test.churnText", { count: churn.flagged, threshold: format.percent(churn.threshold) }) },
  ];
  return (
    <SectionCard title={t("test.title")} text={t("test.text", { days: calibration.holdoutDays, buyers: format.number(calibration.buyers) })}>
      <DecileChart calibration={calibration} />
      <FigureTiles tiles={tiles} />
      <BarList
        label={t("test.shares")}
        mark={AIMED_AT}
        rows={[{ key: "coverage", label: t("test.coverageBar", { share: format.percent(AIMED_AT) }), share: calibration.intervalCoverage, valueText: format.percent(calibration.intervalCoverage) }]}
      />
      <BlockStack gap="300">
        <Text as="h3" variant="headingSm">{t("test.compare")}</Text>
        <RulesChart rules={rules} />
        <TableAlternative
          caption={t("test.compare")}
          headings={[t("test.rule"), t("test.mae"), t("test.bias"), t("test.top")]}
          rows={rules.map(({ name, accuracy }) => [t(`test.rules.${name}`), format.number(accuracy.mae, 2), signed(accuracy.purchaseBias), share(accuracy.topDecileShare)])}
        />
        <Text as="p" variant="bodySm" tone="subdued">{t("test.help")}</Text>
      </BlockStack>
    </SectionCard>
  );
}
