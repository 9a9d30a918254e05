import { BlockStack, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { StoredProfileView } from "#app/core/profile-views.ts";
import { ColumnChart } from "../charts/column-chart.tsx";
import { EmptyNote } from "../frames/empty-note.tsx";
import { SectionCard } from "../frames/section-card.tsx";
import { useFormat } from "../format/format-context.tsx";
import { useLanguage } from "../i18n/language-provider.tsx";
import { partsOf, textOf } from "./profile-values.ts";
import { useFieldWords } from "./use-field-words.ts";

/** 2024-01-01 was a Monday. */
const MONDAY_MS = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;

/** When this customer orders: day, hour and season, and through what. */
export function CustomerHabits({ profile }: { profile: StoredProfileView }) {
  const { t } = useTranslation("profile");
  const format = useFormat();
  const { locale } = useLanguage();
  const words = useFieldWords();
  const weekday = new Intl.DateTimeFormat(locale, { weekday: "long", timeZone: "UTC" });
  const names = {
    weekday: (place: number) => weekday.format(MONDAY_MS + place * DAY_MS),
    hour: (place: number) => `${String(place).padStart(2, "0")}:00`,
    season: (place: number) => t(`habits.seasons.${seasonKeys[place] ?? "0"}`),
  };
  const summaries = { weekday: "summaryDay", hour: "summaryHour", season: "summarySeason" } as const;
  const source = textOf(profile, "zoneSource");
  const channel = textOf(profile, "mainChannel");
  const hasOrders = partsOf(profile, "weekday").some((count) => count > 0);
  return (
    <SectionCard title={t("habits.title")} text={hasOrders && source ? t("habits.zone", { source: words.text("zoneSource", source) ?? "" }) : undefined}>
      {hasOrders ? (
        <div className="tessera-small-charts">
          {(["weekday", "hour", "season"] as const).map((name) => {
            const counts = partsOf(profile, name);
            const most = counts.indexOf(Math.max(...counts));
            return (
              <BlockStack key={name} gap="200">
                <Text as="h3" variant="headingSm">{t(`habits.${name}`)}</Text>
                <ColumnChart
                  columns={counts.map((value, place) => ({ label: names[name](place), value, valueText: format.number(value) }))}
                  summary={t(`habits.${summaries[name]}`, { name: names[name](most) })}
                  labelTitle={t(`habits.${name}`)}
                  valueTitle={t("habits.orders")}
                />
                <Text as="p" variant="bodySm">{t(`habits.${summaries[name]}`, { name: names[name](most) })}</Text>
              </BlockStack>
            );
          })}
        </div>
      ) : (
        <EmptyNote title={t("habits.title")} text={t("habits.none")} />
      )}
      {channel ? <Text as="p" tone="subdued">{`${words.title("mainChannel")}: ${words.text("mainChannel", channel) ?? channel}`}</Text> : null}
    </SectionCard>
  );
}

const seasonKeys = ["0", "1", "2", "3"] as const;
