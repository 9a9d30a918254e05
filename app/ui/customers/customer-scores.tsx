import { BlockStack, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { CustomerProfileView } from "#app/core/customer-views.ts";
import type { RfmCuts } from "#app/core/rfm-views.ts";
import { EmptyNote } from "../frames/empty-note.tsx";
import { SectionCard } from "../frames/section-card.tsx";
import { useFormat } from "../format/format-context.tsx";
import { ScoreMark } from "../segments/score-mark.tsx";
import { useGroupName } from "../segments/use-group-name.ts";
import { useScoreWords, type Axis } from "../segments/use-score-words.ts";

/** What the scores say of this customer, in plain words first; numbers and cut values below. */
export function CustomerScores({ customer, cuts, asOfMs }: { customer: CustomerProfileView; cuts: RfmCuts | null; asOfMs: number | null }) {
  const { t } = useTranslation("customers");
  const format = useFormat();
  const groupName = useGroupName();
  const words = useScoreWords(cuts);
  const { score } = customer;
  if (!score || score.r === 0) {
    return (
      <SectionCard title={t("scores.title")}>
        <EmptyNote title={t(score ? "scores.prospect.title" : "scores.none.title")} text={t(score ? "scores.prospect.text" : "scores.none.text")} />
      </SectionCard>
    );
  }
  const axes: { axis: Axis; score: number }[] = [
    { axis: "recency", score: score.r },
    { axis: "frequency", score: score.f },
    { axis: "monetary", score: score.m },
  ];
  return (
    <SectionCard title={t("scores.title")} text={asOfMs ? t("scores.asOf", { day: format.dateTime(asOfMs) }) : undefined}>
      <BlockStack gap="400">
        <Text as="p">{t("scores.group", { group: groupName(score.shopifyGroup), classic: groupName(score.classicGroup) })}</Text>
        <div className="tessera-tiles">
          {axes.map((entry) => (
            <BlockStack key={entry.axis} gap="100">
              <Text as="h3" variant="headingSm">{words.axisTitle(entry.axis)}</Text>
              <ScoreMark score={entry.score} />
              <Text as="p" variant="bodySm">{words.meaning(entry.axis, entry.score)}</Text>
              <Text as="p" variant="bodySm" tone="subdued">{words.range(entry.axis, entry.score)}</Text>
            </BlockStack>
          ))}
        </div>
      </BlockStack>
    </SectionCard>
  );
}
