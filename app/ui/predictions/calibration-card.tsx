import { BlockStack, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { CalibrationView } from "#app/core/prediction-figures.ts";
import { BarList } from "../charts/bar-list.tsx";
import { EmptyNote } from "../frames/empty-note.tsx";
import { FigureTiles } from "../frames/figure-tiles.tsx";
import { SectionCard } from "../frames/section-card.tsx";
import { useFormat } from "../format/format-context.tsx";
import { RecordTable, type Column } from "../tables/record-table.tsx";
import { DecileChart } from "./decile-chart.tsx";
import { RulesChart, type Rule } from "./rules-chart.tsx";
import { useModelWords } from "./use-model-words.ts";

/** Of the ranges that are given: what happens lies inside for so many customers. */
const AIMED_AT = 0.8;

/** How the model did on days that it had not seen, beside two rules that anybody could follow. */
export function CalibrationCard({ calibration }: { calibration: CalibrationView | null }) {
  const { t } = useTranslation("predictions");
  const format = useFormat();
  const { modelName } = useModelWords();
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
  const columns: Column<Rule>[] = [
    { key: "rule", title: t("test.rule"), cell: (row) => t(`test.rules.${row.name}`) },
    { key: "mae", title: t("test.mae"), isNumeric: true, cell: (row) => format.number(row.accuracy.mae, 2) },
    { key: "bias", title: t("test.bias"), isNumeric: true, cell: (row) => signed(row.accuracy.purchaseBias) },
    { key: "top", title: t("test.top"), isNumeric: true, cell: (row) => share(row.accuracy.topDecileShare) },
  ];
  const tiles = [
    { key: "coverage", title: t("test.coverage"), value: format.percent(calibration.intervalCoverage), text: t("test.coverageText") },
    { key: "churn", title: t("test.churn"), value: share(churn.precision), text: t("test.churnText", { count: churn.flagged, threshold: format.percent(churn.threshold) }) },
  ];
  return (
    <SectionCard title={t("test.title")} text={t("test.text", { days: calibration.holdoutDays, model: modelName(calibration.modelKind), buyers: format.number(calibration.buyers) })}>
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
        <RecordTable label={t("test.compare")} columns={columns} rows={rules} rowKey={(row) => row.name} />
        <Text as="p" variant="bodySm" tone="subdued">{t("test.help")}</Text>
      </BlockStack>
    </SectionCard>
  );
}
