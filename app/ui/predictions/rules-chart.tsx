import { BlockStack, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { AccuracyView } from "#app/core/prediction-figures.ts";
import { BarList } from "../charts/bar-list.tsx";
import { useFormat } from "../format/format-context.tsx";

export interface Rule {
  readonly name: "model" | "past" | "rfm";
  readonly accuracy: AccuracyView;
}

/** The model beside two simple rules, one small picture a measure: the table under it has the same figures. */
export function RulesChart({ rules }: { rules: readonly Rule[] }) {
  const { t } = useTranslation("predictions");
  const format = useFormat();
  const measures = [
    { key: "mae", help: "maeHelp", valueOf: ({ mae }: AccuracyView) => mae, show: (value: number) => format.number(value, 2) },
    { key: "bias", help: "biasHelp", valueOf: ({ purchaseBias }: AccuracyView) => purchaseBias, show: (value: number) => `${value > 0 ? "+" : ""}${format.percent(value, 1)}` },
    { key: "top", help: "topHelp", valueOf: ({ topDecileShare }: AccuracyView) => topDecileShare, show: (value: number) => format.percent(value) },
  ] as const;
  return (
    <div className="tessera-small-charts is-wide">
      {measures.map(({ key, help, valueOf, show }) => {
        const values = rules.map(({ accuracy }) => valueOf(accuracy));
        // A share is part of all revenue; errors have no whole, so the largest fills the bar.
        const full = key === "top" ? 1 : Math.max(1e-9, ...values.map((value) => Math.abs(value ?? 0)));
        return (
          <BlockStack key={key} gap="200">
            <div>
              <Text as="h4" variant="headingXs">{t(`test.${key}`)}</Text>
              <Text as="p" variant="bodySm" tone="subdued">{t(`test.${help}`)}</Text>
            </div>
            <BarList
              label={t(`test.${key}`)}
              rows={rules.map(({ name }, i) => {
                const value = values[i];
                return { key: name, label: t(`test.rules.${name}`), share: Math.abs(value ?? 0) / full, valueText: value === null ? t("none") : show(value) };
              })}
            />
          </BlockStack>
        );
      })}
    </div>
  );
}
