import { Button } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { shopifyGroups } from "#app/core/customer-groups.ts";
import type { SegmentMixPart } from "#app/core/home-views.ts";
import { ShareBar } from "../charts/share-bar.tsx";
import { EmptyNote } from "../frames/empty-note.tsx";
import { SectionCard } from "../frames/section-card.tsx";
import { useFormat } from "../format/format-context.tsx";
import { useGroupName } from "../segments/use-group-name.ts";

export function SegmentMix({ mix }: { mix: readonly SegmentMixPart[] }) {
  const { t } = useTranslation("home");
  const format = useFormat();
  const groupName = useGroupName();
  const total = mix.reduce((sum, part) => sum + part.count, 0);
  if (total === 0) {
    return (
      <SectionCard title={t("mix.title")}>
        <EmptyNote title={t("mix.empty.title")} text={t("mix.empty.text")} />
      </SectionCard>
    );
  }
  const largest = mix.reduce((best, part) => (part.count > best.count ? part : best), mix[0]);
  const parts = mix.map((part) => ({
    key: part.group,
    label: groupName(part.group),
    value: part.count,
    valueText: format.number(part.count),
    shareText: format.percent(part.count / total, 1),
    to: `/app/customers?group=${part.group}`,
    colour: shopifyGroups.findIndex((group) => group === part.group),
  }));
  return (
    <SectionCard title={t("mix.title")} text={t("mix.text")} action={<Button variant="plain" url="/app/segments">{t("mix.more")}</Button>}>
      <ShareBar parts={parts} summary={t("mix.summary", { count: total, group: groupName(largest.group), share: format.percent(largest.count / total) })} />
    </SectionCard>
  );
}
