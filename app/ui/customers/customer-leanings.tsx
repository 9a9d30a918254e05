import { BlockStack, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { ProfileFieldName } from "#app/core/profile-fields.ts";
import type { StoredProfileView } from "#app/core/profile-views.ts";
import { BarList } from "../charts/bar-list.tsx";
import { SectionCard } from "../frames/section-card.tsx";
import { useFormat } from "../format/format-context.tsx";
import { numberOf } from "./profile-values.ts";
import { useFieldWords } from "./use-field-words.ts";

const leanings = ["novelty", "deal", "quality", "loyalty"] as const;
const signs = ["household", "business", "giftLikeShare", "bulkShare"] as const;

/** Proxies by formula, said to be just that. */
export function CustomerLeanings({ profile }: { profile: StoredProfileView }) {
  const { t } = useTranslation("profile");
  const format = useFormat();
  const words = useFieldWords();
  const rowsOf = (names: readonly ProfileFieldName[]) =>
    names.flatMap((name) => {
      const value = numberOf(profile, name);
      return value === null ? [] : [{ key: name, label: words.title(name), share: value, valueText: format.number(value * 100) }];
    });
  const found = rowsOf(leanings);
  const hints = rowsOf(signs).filter(({ share }) => share > 0);
  if (found.length === 0) return null;
  return (
    <SectionCard title={t("leanings.title")} text={t("leanings.text")}>
      <BarList label={t("leanings.title")} rows={found} mark={0.5} />
      {hints.length === 0 ? null : (
        <BlockStack gap="200">
          <Text as="h3" variant="headingSm">{t("leanings.signs")}</Text>
          <BarList label={t("leanings.signs")} rows={hints} />
        </BlockStack>
      )}
    </SectionCard>
  );
}
