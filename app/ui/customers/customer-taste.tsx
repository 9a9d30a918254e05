import { BlockStack, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { ProfileFieldName } from "#app/core/profile-fields.ts";
import type { StoredProfileView } from "#app/core/profile-views.ts";
import { BarList, type BarListRow } from "../charts/bar-list.tsx";
import { EmptyNote } from "../frames/empty-note.tsx";
import { SectionCard } from "../frames/section-card.tsx";
import { useFormat } from "../format/format-context.tsx";
import { numberOf } from "./profile-values.ts";
import { useFieldWords } from "./use-field-words.ts";

const PLACES = [0, 1, 2];
/** A bar of full length: bought eight times as readily as by others. */
const FULL = Math.log(8);

const lists = [
  { title: "types", name: "typeAffinity", score: "typeAffinityScore" },
  { title: "vendors", name: "vendorAffinity", score: "vendorAffinityScore" },
  { title: "bands", name: "bandAffinity", score: "bandAffinityScore" },
] as const;

/** Kinds, brands and prices that this customer buys more of than others do. */
export function CustomerTaste({ profile }: { profile: StoredProfileView }) {
  const { t } = useTranslation("profile");
  const format = useFormat();
  const words = useFieldWords();
  const rowsOf = (name: ProfileFieldName, score: ProfileFieldName): BarListRow[] =>
    PLACES.flatMap((place) => {
      const text = words.text(name, profile.values[name]?.[place] ?? null);
      const logOdds = numberOf(profile, score, place);
      if (!text || logOdds === null) return [];
      return [{ key: text, label: text, share: logOdds / FULL, valueText: t("values.times", { value: format.number(Math.exp(logOdds), 1) }) }];
    });
  const options = PLACES.flatMap((place): BarListRow[] => {
    const text = words.text("optionTaste", profile.values.optionTaste?.[place] ?? null);
    const share = numberOf(profile, "optionTasteShare", place);
    return text && share !== null ? [{ key: text, label: text, share, valueText: format.percent(share) }] : [];
  });
  const found = [...lists.map(({ title, name, score }) => ({ title, rows: rowsOf(name, score) })), { title: "options" as const, rows: options }].filter(({ rows }) => rows.length > 0);
  return (
    <SectionCard title={t("taste.title")} text={found.length > 0 ? t("taste.text") : undefined}>
      {found.length === 0 ? <EmptyNote title={t("taste.title")} text={t("taste.none")} /> : null}
      <div className="tessera-small-charts is-wide">
        {found.map(({ title, rows }) => (
          <BlockStack key={title} gap="200">
            <Text as="h3" variant="headingSm">{t(`taste.${title}`)}</Text>
            <BarList label={t(`taste.${title}`)} rows={rows} />
          </BlockStack>
        ))}
      </div>
    </SectionCard>
  );
}
