import { Badge, BlockStack, Button, InlineStack, SkeletonBodyText, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { SectionCard } from "../frames/section-card.tsx";
import { addBlockUrl, blocks } from "./theme-links.ts";
import { useBlockStatus } from "./use-block-status.ts";

const tones = { active: "success", available: "attention", unavailable: "attention", unknown: undefined } as const;

/** Which of our blocks the published theme shows, and the way to the theme editor. */
export function BlockStatus({ shopDomain, clientId }: { shopDomain: string; clientId: string }) {
  const { t } = useTranslation("home");
  const statusOf = useBlockStatus();
  return (
    <SectionCard title={t("blocks.title")} text={t("blocks.text")}>
      <BlockStack gap="300">
        {blocks.map(({ handle }) => {
          const status = statusOf(handle);
          return (
            <InlineStack key={handle} align="space-between" blockAlign="center" gap="200">
              <BlockStack gap="100" inlineAlign="start">
                <Text as="span" fontWeight="semibold">{t(`blocks.names.${handle}`)}</Text>
                {status === "loading" ? <div className="tessera-block-wait"><SkeletonBodyText lines={1} /></div> : <Badge tone={tones[status]}>{t(`blocks.status.${status}`)}</Badge>}
              </BlockStack>
              <Button url={addBlockUrl(shopDomain, clientId, handle)} target="_top" accessibilityLabel={t(status === "active" ? "blocks.openOf" : "blocks.addOf", { name: t(`blocks.names.${handle}`) })}>
                {t(status === "active" ? "blocks.open" : "blocks.add")}
              </Button>
            </InlineStack>
          );
        })}
      </BlockStack>
    </SectionCard>
  );
}
