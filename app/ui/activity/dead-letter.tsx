import { BlockStack, Button, InlineStack, Text } from "@shopify/polaris";
import { useFetcher } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import type { Failure } from "#app/core/failure.ts";
import type { DeadLetterView } from "#app/core/home-views.ts";
import { FailureBanner } from "../frames/failure-banner.tsx";
import { StoredFailure } from "../frames/stored-failure.tsx";
import { useFormat } from "../format/format-context.tsx";
import { useTaskWords } from "./use-task-words.ts";

const sentences = { job: "dead.unknown", webhook: "dead.unreadable", events: "dead.refused" } as const;

/** A task, a message of Shopify or events for a receiver that failed for good, why, and the way to try it again. */
export function DeadLetter({ letter, nowMs }: { letter: DeadLetterView; nowMs: number }) {
  const { t } = useTranslation("activity");
  const format = useFormat();
  const words = useTaskWords();
  const fetcher = useFetcher<{ failure?: Failure }>();
  const name = letter.source === "job" ? words.task(letter.name) : letter.source === "events" ? t("dead.events", { count: letter.count ?? 1, where: letter.name }) : words.news(letter.name);
  return (
    <BlockStack gap="200">
      <InlineStack align="space-between" blockAlign="start" gap="200" wrap={false}>
        <BlockStack gap="050">
          <Text as="span" fontWeight="semibold">{name}</Text>
          <Text as="span" variant="bodySm" tone="subdued">{format.ago(letter.atMs, nowMs)}</Text>
          <StoredFailure line={letter.error} sentence={t(sentences[letter.source])} />
        </BlockStack>
        <fetcher.Form method="post" action="/app/activity">
          <input type="hidden" name="source" value={letter.source} />
          <input type="hidden" name="id" value={letter.id} />
          <Button submit size="slim" loading={fetcher.state !== "idle"} accessibilityLabel={t("retryOf", { name })}>{t("retry")}</Button>
        </fetcher.Form>
      </InlineStack>
      <FailureBanner failure={fetcher.data?.failure} />
    </BlockStack>
  );
}
