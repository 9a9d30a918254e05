import { BlockStack, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { EvaluationReport, MemberReport } from "#app/core/evaluation-report.ts";
import { TableAlternative } from "../charts/table-alternative.tsx";
import { SectionCard } from "../frames/section-card.tsx";
import { useFormat } from "../format/format-context.tsx";
import { useMemberName } from "./use-member-name.ts";

type Evaluated = Extract<MemberReport, { state: "evaluated" }>;
const WIDTH = 1000;
const HEIGHT = 18;

/** Every model side by side on the days that chose nothing, with the range in which chance leaves its figure. */
export function MemberBars({ report, champion }: { report: EvaluationReport; champion: string }) {
  const { t } = useTranslation("recommendations");
  const format = useFormat();
  const name = useMemberName();
  const evaluated = report.members.filter((member): member is Evaluated => member.state === "evaluated").sort((a, b) => b.test.ndcg.value - a.test.ndcg.value);
  const highest = Math.max(1e-9, ...evaluated.map(({ test }) => test.ndcg.high));
  const x = (value: number) => (value / highest) * WIDTH;
  const headings = [t("bars.model"), t("figures.ndcg.title"), t("figures.recall.title"), t("figures.hitRate.title"), t("figures.mrr.title"), t("figures.coverage.title"), t("figures.novelty.title"), t("figures.diversity.title"), t("figures.miscalibration.title"), t("figures.popularityBias.title")];
  const rows = evaluated.map(({ name: member, test }) => [
    name(member), `${format.number(test.ndcg.value, 3)} (${format.number(test.ndcg.low, 3)}–${format.number(test.ndcg.high, 3)})`, format.percent(test.recall.value, 1), format.percent(test.hitRate.value, 1), format.number(test.mrr.value, 3),
    format.percent(test.coverage), format.number(test.novelty, 1), test.diversity === null ? "–" : format.percent(test.diversity), test.miscalibration === null ? "–" : format.number(test.miscalibration, 2), test.popularityBias === null ? "–" : format.number(test.popularityBias, 1),
  ]);
  return (
    <SectionCard title={t("bars.title")} text={t("bars.text")}>
      <BlockStack gap="300">
        {evaluated.map(({ name: member, test }) => (
          <div key={member}>
            <Text as="p" variant="bodySm" fontWeight={member === champion ? "semibold" : "regular"}>{member === champion ? t("bars.inUse", { model: name(member) }) : name(member)}</Text>
            <svg aria-hidden="true" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" width="100%" height={HEIGHT} style={{ display: "block" }}>
              <rect x={0} y={2} width={x(test.ndcg.value)} height={HEIGHT - 4} className={member === champion ? "tessera-column" : "tessera-column is-partial"} />
              <rect x={x(test.ndcg.low)} y={HEIGHT / 2 - 1} width={Math.max(2, x(test.ndcg.high) - x(test.ndcg.low))} height={2} fill="currentColor" />
            </svg>
          </div>
        ))}
        <TableAlternative caption={t("bars.title")} headings={headings} rows={rows} />
      </BlockStack>
    </SectionCard>
  );
}
