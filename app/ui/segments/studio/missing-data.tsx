import { Banner, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../format/format-context.tsx";
import { useLanguageWords } from "./use-language-words.ts";

/** Conditions that cannot be answered yet: never a silent zero. */
export function MissingData({ missing, undecided }: { readonly missing: readonly { readonly condition: string; readonly what: string }[]; readonly undecided: number }) {
  const { t } = useTranslation("segmentStudio");
  const format = useFormat();
  const words = useLanguageWords();
  if (missing.length === 0) return null;
  const names = [...new Set(missing.map(({ what }) => words.meaning(what) || what))];
  return (
    <Banner tone="warning" title={t("missing.title", { names: format.list(names) })}>
      <Text as="p">{t("missing.text", { count: undecided })}</Text>
    </Banner>
  );
}
