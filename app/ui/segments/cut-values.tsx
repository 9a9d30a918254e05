import { BlockStack, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { RfmGridView } from "#app/core/rfm-views.ts";
import { SectionCard } from "../frames/section-card.tsx";
import { useFormat } from "../format/format-context.tsx";
import { RecordTable, type Column } from "../tables/record-table.tsx";
import { useScoreWords, type Axis } from "./use-score-words.ts";

const axes: readonly Axis[] = ["recency", "frequency", "monetary"];

/** Where the scores begin in this shop, in days, orders and money. */
export function CutValues({ grid }: { grid: RfmGridView }) {
  const { t } = useTranslation("segments");
  const format = useFormat();
  const words = useScoreWords(grid.cuts);
  const columns: Column<number>[] = [
    { key: "score", title: t("cuts.score"), cell: (score) => t("cuts.scoreOf", { score }) },
    ...axes.map((axis) => ({ key: axis, title: words.axisTitle(axis), cell: (score: number) => words.range(axis, score) })),
  ];
  return (
    <SectionCard title={t("cuts.title")} text={t("cuts.text", { day: format.dateTime(grid.asOfMs) })} isFlush>
      <RecordTable label={t("cuts.title")} columns={columns} rows={[5, 4, 3, 2, 1]} rowKey={(score) => score} />
      <details className="tessera-details is-padded">
        <summary>{t("cuts.how.title")}</summary>
        <BlockStack gap="200">
          <Text as="p" variant="bodySm" tone="subdued">{t("cuts.how.quintiles")}</Text>
          <Text as="p" variant="bodySm" tone="subdued">{t("cuts.how.ties")}</Text>
          <Text as="p" variant="bodySm" tone="subdued">{t("cuts.how.groups")}</Text>
        </BlockStack>
      </details>
    </SectionCard>
  );
}
