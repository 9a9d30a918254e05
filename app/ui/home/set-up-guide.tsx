import { BlockStack, Box, Button, Icon, InlineStack, ProgressBar, Text } from "@shopify/polaris";
import { CheckCircleIcon } from "@shopify/polaris-icons";
import { useFetcher } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import type { SetUpGuideView } from "#app/core/home-views.ts";
import { SectionCard } from "../frames/section-card.tsx";
import { addBlockUrl } from "./theme-links.ts";
import { useBlockStatus } from "./use-block-status.ts";

/** Five steps, counted from what is really there; dismissed for the whole shop, for good. */
export function SetUpGuide({ guide, shopDomain, clientId }: { guide: SetUpGuideView; shopDomain: string; clientId: string }) {
  const { t } = useTranslation("home");
  const fetcher = useFetcher();
  const isBlockActive = useBlockStatus()("bought-together") === "active";
  const steps = [
    { key: "sync", isDone: guide.isSynced, to: null },
    { key: "score", isDone: guide.isScored, to: "/app/segments" },
    { key: "block", isDone: isBlockActive, to: addBlockUrl(shopDomain, clientId, "bought-together") },
    { key: "segment", isDone: guide.hasSegment, to: "/app/segments" },
    { key: "discount", isDone: guide.hasDiscount, to: "/app/discounts/new" },
  ] as const;
  const done = steps.filter((step) => step.isDone).length;
  const next = steps.find((step) => !step.isDone);
  if (fetcher.state !== "idle") return null;
  return (
    <SectionCard
      title={t("guide.title")}
      text={t("guide.progress", { done, total: steps.length })}
      action={
        <fetcher.Form method="post" action="/app?index">
          <input type="hidden" name="intent" value="dismiss-guide" />
          <Button submit variant="tertiary">{t("guide.dismiss")}</Button>
        </fetcher.Form>
      }
    >
      <ProgressBar progress={(done / steps.length) * 100} size="small" tone="primary" ariaLabelledBy="guide-progress" />
      <span id="guide-progress" className="tessera-hidden">{t("guide.progress", { done, total: steps.length })}</span>
      <BlockStack gap="200" as="ol">
        {steps.map((step) => (
          <li key={step.key} className="tessera-step">
            <InlineStack gap="200" wrap={false} blockAlign="start">
              <span className={step.isDone ? "tessera-step-mark is-done" : "tessera-step-mark"}>
                {step.isDone ? <Icon source={CheckCircleIcon} tone="success" accessibilityLabel={t("guide.done")} /> : <span className="tessera-step-circle" />}
              </span>
              <BlockStack gap="100" inlineAlign="start">
                <Text as="span" fontWeight={step === next ? "semibold" : undefined} tone={step.isDone ? "subdued" : undefined}>{t(`guide.steps.${step.key}.title`)}</Text>
                {step === next ? <Text as="span" tone="subdued">{t(`guide.steps.${step.key}.text`)}</Text> : null}
                {step === next && step.to ? (
                  <Box paddingBlockStart="100">
                    <Button variant="primary" url={step.to} target={step.key === "block" ? "_top" : undefined}>{t(`guide.steps.${step.key}.action`)}</Button>
                  </Box>
                ) : null}
              </BlockStack>
            </InlineStack>
          </li>
        ))}
      </BlockStack>
    </SectionCard>
  );
}
