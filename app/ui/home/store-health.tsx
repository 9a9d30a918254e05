import { Badge, BlockStack, Button, InlineStack, Text } from "@shopify/polaris";
import { useFetcher } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import type { DeadLetterView, StoreHealthView } from "#app/core/home-views.ts";
import { SectionCard } from "../frames/section-card.tsx";
import { useFormat } from "../format/format-context.tsx";

export function StoreHealth({ health, nowMs }: { health: StoreHealthView; nowMs: number }) {
  const { t } = useTranslation("home");
  const format = useFormat();
  return (
    <SectionCard
      title={t("health.title")}
      action={health.deadCount > 0 ? <Badge tone="warning">{t("health.stuck", { count: health.deadCount })}</Badge> : <Badge tone="success">{t("health.fine")}</Badge>}
    >
      <dl className="tessera-facts">
        <dt>{t("health.products")}</dt>
        <dd>{format.number(health.products)}</dd>
        <dt>{t("health.customers")}</dt>
        <dd>{format.number(health.customers)}</dd>
        <dt>{t("health.orders")}</dt>
        <dd>{format.number(health.orders)}</dd>
        <dt>{t("health.lastEvent")}</dt>
        <dd>{health.lastWebhook ? `${health.lastWebhook.topic}, ${format.ago(health.lastWebhook.atMs, nowMs)}` : t("health.noEvent")}</dd>
        <dt>{t("health.waiting")}</dt>
        <dd>{format.number(health.waitingJobs)}</dd>
      </dl>
      {health.deadLetters.length > 0 ? (
        <BlockStack gap="300">
          <Text as="h3" variant="headingSm">{t("health.deadTitle")}</Text>
          <Text as="p" tone="subdued">{t("health.deadText")}</Text>
          {health.deadLetters.map((letter) => <DeadLetter key={`${letter.source}-${letter.id}`} letter={letter} nowMs={nowMs} />)}
        </BlockStack>
      ) : null}
    </SectionCard>
  );
}

function DeadLetter({ letter, nowMs }: { letter: DeadLetterView; nowMs: number }) {
  const { t } = useTranslation("home");
  const format = useFormat();
  const fetcher = useFetcher();
  return (
    <InlineStack align="space-between" blockAlign="start" gap="200">
      <BlockStack gap="050">
        <Text as="span" fontWeight="semibold">{letter.name}</Text>
        <Text as="span" variant="bodySm" tone="subdued">{format.ago(letter.atMs, nowMs)}</Text>
        <Text as="span" variant="bodySm" breakWord>{letter.error}</Text>
      </BlockStack>
      {letter.source === "job" ? (
        <fetcher.Form method="post" action="/app?index">
          <input type="hidden" name="intent" value="retry" />
          <input type="hidden" name="id" value={letter.id} />
          <Button submit size="slim" loading={fetcher.state !== "idle"} accessibilityLabel={t("health.retryOf", { name: letter.name })}>{t("health.retry")}</Button>
        </fetcher.Form>
      ) : null}
    </InlineStack>
  );
}
