import { BlockStack, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { StoredProfileView } from "#app/core/profile-views.ts";
import { ColumnChart } from "../charts/column-chart.tsx";
import { IntervalBar } from "../charts/interval-bar.tsx";
import { SectionCard } from "../frames/section-card.tsx";
import { useFormat } from "../format/format-context.tsx";
import { numberOf, partsOf } from "./profile-values.ts";

const bins = ["0", "1", "2", "3", "4"] as const;
/** The scale of the reaction: none to three times as much as others. */
const MOST = 3;

/** What discounts do with this customer: how deep they were, and whether more of the orders had one than of others'. */
export function CustomerDiscounts({ profile }: { profile: StoredProfileView }) {
  const { t } = useTranslation("profile");
  const format = useFormat();
  const counts = partsOf(profile, "depthCounts");
  if (!counts.some((count) => count > 0)) return null;
  const fullPrice = numberOf(profile, "fullPriceShare");
  return (
    <SectionCard title={t("discounts.title")}>
      <BlockStack gap="200">
        <Text as="h3" variant="headingSm">{t("discounts.depth")}</Text>
        <ColumnChart
          columns={counts.map((value, place) => ({ label: t(`discounts.bins.${bins[place] ?? "4"}`), value, valueText: format.number(value) }))}
          summary={fullPrice === null ? t("discounts.depth") : `${t("discounts.share")}: ${format.percent(fullPrice)}`}
          labelTitle={t("discounts.depth")}
          valueTitle={t("habits.orders")}
        />
        {fullPrice === null ? null : <Text as="p">{`${t("discounts.share")}: ${format.percent(fullPrice)}`}</Text>}
      </BlockStack>
      <Reaction profile={profile} />
    </SectionCard>
  );
}

function Reaction({ profile }: { profile: StoredProfileView }) {
  const { t } = useTranslation("profile");
  const format = useFormat();
  const [ratio, low, high] = [numberOf(profile, "priceSensitivity"), numberOf(profile, "priceSensitivityLow"), numberOf(profile, "priceSensitivityHigh")];
  if (ratio === null || low === null || high === null) return null;
  const text = t("discounts.sensitivityText", { low: format.number(low, 1), high: format.number(high, 1) });
  return (
    <BlockStack gap="100">
      <Text as="h3" variant="headingSm">{t("discounts.sensitivity")}</Text>
      <Text as="p">{t(low > 1 ? "discounts.more" : high < 1 ? "discounts.less" : "discounts.same")}</Text>
      <IntervalBar low={low} value={ratio} high={high} from={0} to={MOST} mark={1} summary={`${format.number(ratio, 1)}; ${text}`} />
      <Text as="p" variant="bodySm" tone="subdued">{text}</Text>
    </BlockStack>
  );
}
