import { Badge, BlockStack, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { CustomerProfileView } from "#app/core/customer-views.ts";
import type { RfmCuts } from "#app/core/rfm-views.ts";
import { EmptyNote } from "../frames/empty-note.tsx";
import { SectionCard } from "../frames/section-card.tsx";
import { useFormat } from "../format/format-context.tsx";
import { textOf } from "./profile-values.ts";
import { useFieldWords } from "./use-field-words.ts";
import { ScoreMark } from "../segments/score-mark.tsx";
import { useGroupName } from "../segments/use-group-name.ts";
import { useScoreWords, type Axis } from "../segments/use-score-words.ts";

/** What the scores say of this customer, in plain words first; numbers and cut values below. */
export function CustomerScores({ customer, cuts, asOfMs }: { customer: CustomerProfileView; cuts: RfmCuts | null; asOfMs: number | null }) {
  const { t } = useTranslation("customers");
  const format = useFormat();
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
        <Schemes customer={customer} />
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

function Schemes({ customer: { score, profile } }: { customer: CustomerProfileView }) {
  const { t } = useTranslation("profile");
  const groupName = useGroupName();
  const fields = useFieldWords();
  const thirds = profile ? textOf(profile, "thirdsGroup") : null;
  if (!score) return null;
  const rows = [
    { key: "shopify", name: t("schemes.shopify"), group: groupName(score.shopifyGroup) },
    { key: "classic", name: t("schemes.classic"), group: groupName(score.classicGroup) },
    ...(thirds ? [{ key: "thirds", name: t("schemes.thirds"), group: fields.text("thirdsGroup", thirds) ?? thirds }] : []),
  ];
  return (
    <dl className="tessera-tiles">
      {rows.map((row) => (
        <div key={row.key}>
          <dt>{row.name}</dt>
          <dd><Badge>{row.group}</Badge></dd>
        </div>
      ))}
    </dl>
  );
}
