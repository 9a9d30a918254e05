import { Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { lifecycleNames, type PredictionFigures, type StageShare } from "#app/core/prediction-figures.ts";
import { ShareBar, Swatch } from "../charts/share-bar.tsx";
import { EmptyNote } from "../frames/empty-note.tsx";
import { SectionCard } from "../frames/section-card.tsx";
import { useFormat } from "../format/format-context.tsx";
import { RecordTable, type Column } from "../tables/record-table.tsx";

/** From the best to those who have not bought; index of the colour in tessera.css. */
const colours = { loyal: 0, active: 2, new: 3, "won-back": 4, "at-risk": 6, lapsed: 8, prospect: 10 } as const;

export function LifecycleMix({ stages, silence }: Pick<PredictionFigures, "stages" | "silence">) {
  const { t } = useTranslation("predictions");
  const format = useFormat();
  const total = stages.reduce((sum, { customers }) => sum + customers, 0);
  if (total === 0) {
    return (
      <SectionCard title={t("stages.title")}>
        <EmptyNote title={t("stages.empty.title")} text={t("stages.empty.text")} />
      </SectionCard>
    );
  }
  const sorted = [...stages].sort((a, b) => colours[a.stage] - colours[b.stage]);
  const largest = stages.reduce((best, row) => (row.customers > best.customers ? row : best), stages[0]);
  const parts = sorted.map(({ stage, customers }) => ({
    key: stage, label: t(`stages.names.${stage}`), value: customers, valueText: format.number(customers), shareText: format.percent(customers / total, 1), colour: colours[stage],
  }));
  const columns: Column<StageShare>[] = [
    { key: "stage", title: t("stages.stage"), cell: ({ stage }) => <><Swatch colour={colours[stage]} />{t(`stages.names.${stage}`)}</> },
    { key: "customers", title: t("stages.customers"), isNumeric: true, cell: ({ customers }) => format.number(customers) },
    { key: "share", title: t("stages.share"), isNumeric: true, cell: ({ customers }) => format.percent(customers / total, 1) },
    { key: "spent", title: t("stages.spent"), isNumeric: true, cell: ({ spentMinor }) => format.moneyShort(spentMinor) },
    { key: "expected", title: t("stages.expected"), isNumeric: true, cell: ({ expectedMinor }) => (expectedMinor === null ? t("none") : format.moneyShort(expectedMinor)) },
  ];
  const risk = stages.find(({ stage }) => stage === "at-risk");
  const summary = t("stages.summary", { count: total, stage: t(`stages.names.${largest.stage}`), share: format.percent(largest.customers / total) });
  return (
    <SectionCard title={t("stages.title")} text={t("stages.text")}>
      {risk && risk.customers > 0 ? (
        <Text as="p">
          {t("stages.risk", { count: risk.customers, spent: format.moneyShort(risk.spentMinor) })}
          {risk.expectedMinor === null ? null : ` ${t("stages.riskExpected", { amount: format.moneyShort(risk.expectedMinor) })}`}
        </Text>
      ) : null}
      <ShareBar parts={parts} summary={summary} hasLegend={false} />
      <RecordTable label={t("stages.title")} columns={columns} rows={sorted} rowKey={({ stage }) => stage} />
      <details className="tessera-details">
        <summary>{t("how")}</summary>
        <Text as="p" variant="bodySm">{t("stages.how", { atRisk: format.number(silence.atRisk, 1), lapsed: format.number(silence.lapsed, 1) })}</Text>
        <dl className="tessera-rules tessera-lineage">
          {lifecycleNames.map((stage) => (
            <div key={stage}>
              <dt>{t(`stages.names.${stage}`)}</dt>
              <dd>{t(`stages.meaning.${stage}`)}</dd>
            </div>
          ))}
        </dl>
      </details>
    </SectionCard>
  );
}
