import { Badge, BlockStack, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { PredictionsView } from "#app/core/prediction-views.ts";
import { EmptyNote } from "../frames/empty-note.tsx";
import { PageFrame } from "../frames/page-frame.tsx";
import { SectionCard } from "../frames/section-card.tsx";
import { useFormat } from "../format/format-context.tsx";
import { CalibrationCard } from "./calibration-card.tsx";
import { LifecycleMix } from "./lifecycle-mix.tsx";
import { ModelFacts } from "./model-facts.tsx";
import { useModelWords } from "./use-model-words.ts";

export interface PredictionsPageProps {
  /** null before the first run. */
  readonly predictions: PredictionsView | null;
}

export function PredictionsPage({ predictions }: PredictionsPageProps) {
  const { t } = useTranslation("predictions");
  const { t: tCustomers } = useTranslation("customers");
  return (
    <PageFrame title={t("title")} back={{ to: "/app/customers", label: tCustomers("title") }}>
      {predictions ? (
        <>
          <VerdictCard predictions={predictions} />
          <LifecycleMix stages={predictions.figures.stages} silence={predictions.figures.silence} />
          <CalibrationCard calibration={predictions.figures.calibration} />
        </>
      ) : (
        <SectionCard title={t("verdict.title")}>
          <EmptyNote title={t("empty.title")} text={t("empty.text")} />
        </SectionCard>
      )}
    </PageFrame>
  );
}

function VerdictCard({ predictions: { asOfMs, figures } }: { predictions: PredictionsView }) {
  const { t } = useTranslation("predictions");
  const format = useFormat();
  const { reason } = useModelWords();
  const { verdict } = figures;
  const isReliable = verdict.kind === "reliable";
  return (
    <SectionCard
      title={t("verdict.title")}
      text={t("asOf", { day: format.dateTime(asOfMs) })}
      action={<Badge tone={isReliable ? "success" : "attention"}>{t(isReliable ? "verdict.reliable" : "verdict.unreliable")}</Badge>}
    >
      <BlockStack gap="200">
        {verdict.kind === "reliable" ? (
          <Text as="p">{t("verdict.reliableText", { days: figures.calibration?.holdoutDays ?? 0 })}</Text>
        ) : (
          <>
            <Text as="p">{reason(verdict.reason)}</Text>
            <Text as="p" tone="subdued">{t("verdict.hidden")}</Text>
          </>
        )}
      </BlockStack>
      <ModelFacts model={figures.model} window={figures.window} />
    </SectionCard>
  );
}
