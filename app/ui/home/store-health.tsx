import { Badge, BlockStack, Text } from "@shopify/polaris";
import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import type { StoreHealthView } from "#app/core/home-views.ts";
import { DeadLetter } from "../activity/dead-letter.tsx";
import { useTaskWords } from "../activity/use-task-words.ts";
import { SectionCard } from "../frames/section-card.tsx";
import { useFormat } from "../format/format-context.tsx";

export function StoreHealth({ health, nowMs }: { health: StoreHealthView; nowMs: number }) {
  const { t } = useTranslation("home");
  const format = useFormat();
  const words = useTaskWords();
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
        <dd>{health.lastWebhook ? t("health.lastEventAt", { event: words.news(health.lastWebhook.topic), ago: format.ago(health.lastWebhook.atMs, nowMs) }) : t("health.noEvent")}</dd>
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
      <Link to="/app/activity" className="tessera-link">{t("health.all")}</Link>
    </SectionCard>
  );
}
