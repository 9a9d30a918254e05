import { BlockStack, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { HybridReport } from "#app/core/evaluation-report.ts";
import { BarList } from "../charts/bar-list.tsx";
import { TableAlternative } from "../charts/table-alternative.tsx";
import { SectionCard } from "../frames/section-card.tsx";
import { useFormat } from "../format/format-context.tsx";
import { translateOpen } from "../i18n/translate-open.ts";
import { useMemberName } from "./use-member-name.ts";

const SHOWN = 8;

/** What all models together listen to, and whether the chances that they tell come true. */
export function HybridFacts({ hybrid }: { hybrid: HybridReport }) {
  const { t } = useTranslation("recommendations");
  const format = useFormat();
  const memberName = useMemberName();
  const shares = new Map<string, number>();
  // What is said by one model, by score or by place, is one voice.
  for (const { feature, share } of hybrid.influence) shares.set(feature.split(":")[0], (shares.get(feature.split(":")[0]) ?? 0) + share);
  const voices = [...shares].sort((a, b) => b[1] - a[1]).slice(0, SHOWN);
  const highest = voices[0]?.[1] ?? 1;
  const nameOf = (voice: string) => (hybrid.members.includes(voice) ? memberName(voice) : translateOpen(t, `features.${voice}`, { defaultValue: voice }));
  const { reliability } = hybrid;
  return (
    <SectionCard title={t("hybrid.title")} text={t("hybrid.text")}>
      <BlockStack gap="300">
        <BarList label={t("hybrid.title")} rows={voices.map(([voice, share]) => ({ key: voice, label: nameOf(voice), share: share / highest, valueText: format.percent(share) }))} />
        {reliability ? (
          <>
            <Text as="p">{t("hybrid.reliability", { distance: format.percent(reliability.calibrationError, 1) })}</Text>
            <TableAlternative caption={t("hybrid.chances")} headings={[t("hybrid.predicted"), t("hybrid.observed"), t("hybrid.cases")]} rows={reliability.bins.map((bin) => [format.percent(bin.predicted, 1), format.percent(bin.observed, 1), format.number(bin.count)])} />
          </>
        ) : null}
      </BlockStack>
    </SectionCard>
  );
}
