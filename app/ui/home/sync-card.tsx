import { Badge, Banner, BlockStack, Button, InlineStack, ProgressBar, Text } from "@shopify/polaris";
import { useFetcher, useRevalidator } from "@remix-run/react";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { SyncProgressView, SyncResourceView } from "#app/core/sync-views.ts";
import { SectionCard } from "../frames/section-card.tsx";
import { useFormat } from "../format/format-context.tsx";

const EVERY_MS = 2_000;
const SECOND_MS = 1_000;

/** While the first sync runs: a bar for each resource with its rate and time left. Afterwards one quiet line in the store health says it all. */
export function SyncCard({ initial }: { initial: SyncProgressView }) {
  const { t } = useTranslation("home");
  const fetcher = useFetcher<SyncProgressView>();
  const { revalidate } = useRevalidator();
  const progress = fetcher.data ?? initial;
  const { state } = progress;
  const { load } = fetcher;
  const isRunning = state === "running" || state === "not-started";
  useEffect(() => {
    if (!isRunning || fetcher.state !== "idle") return;
    const timer = setTimeout(() => {
      if (document.visibilityState === "visible") load("/app/sync-progress");
    }, EVERY_MS);
    return () => clearTimeout(timer);
  }, [isRunning, fetcher.state, load, fetcher.data]);

  const wasRunning = useRef(isRunning);
  useEffect(() => {
    // The other figures of the page have just come into being.
    if (wasRunning.current && state === "done") revalidate();
    wasRunning.current = isRunning;
  }, [isRunning, state, revalidate]);

  if (state === "done") return null;
  return (
    <SectionCard title={t(state === "failed" ? "sync.failedTitle" : "sync.title")} text={state === "failed" ? undefined : t("sync.text")}>
      {state === "failed" ? <SyncFailed /> : null}
      <BlockStack gap="400">
        {progress.resources.map((resource) => <Resource key={resource.resource} view={resource} />)}
      </BlockStack>
      {progress.orderHistory === "last-60-days" ? <Text as="p" variant="bodySm" tone="subdued">{t("sync.last60")}</Text> : null}
    </SectionCard>
  );
}

function SyncFailed() {
  const { t } = useTranslation("home");
  const fetcher = useFetcher();
  return (
    <Banner tone="critical">
      <BlockStack gap="200" inlineAlign="start">
        <Text as="p">{t("sync.failedText")}</Text>
        <fetcher.Form method="post" action="/app?index">
          <input type="hidden" name="intent" value="restart-sync" />
          <Button submit loading={fetcher.state !== "idle"}>{t("sync.restart")}</Button>
        </fetcher.Form>
      </BlockStack>
    </Banner>
  );
}

function Resource({ view }: { view: SyncResourceView }) {
  const { t } = useTranslation("home");
  const format = useFormat();
  const share = view.state === "done" ? 1 : view.total ? Math.min(1, view.done / view.total) : 0;
  const labelId = `sync-${view.resource}`;
  const facts = [
    view.state === "reading" && view.total !== null ? t("sync.linesOf", { done: format.number(view.done), total: format.number(view.total) }) : null,
    view.state === "preparing" && view.done > 0 ? t("sync.prepared", { done: format.number(view.done) }) : null,
    view.state === "done" ? t("sync.rows", { rows: format.number(view.rows) }) : null,
    view.perSecond ? t("sync.perSecond", { rate: format.number(view.perSecond) }) : null,
    view.secondsLeft !== null ? t("sync.left", { time: format.duration(view.secondsLeft * SECOND_MS) }) : null,
  ].filter((fact) => fact !== null);
  return (
    <BlockStack gap="100">
      <InlineStack align="space-between" gap="200">
        <Text as="h3" variant="bodyMd" fontWeight="semibold" id={labelId}>{t(`sync.resources.${view.resource}`)}</Text>
        <Badge tone={view.state === "done" ? "success" : view.state === "failed" ? "critical" : view.state === "waiting" ? undefined : "info"}>{t(`sync.states.${view.state}`)}</Badge>
      </InlineStack>
      <ProgressBar progress={share * 100} size="small" tone={view.state === "failed" ? "critical" : "primary"} ariaLabelledBy={labelId} />
      <Text as="p" variant="bodySm" tone={view.error ? "critical" : "subdued"}>{view.error ?? (facts.length > 0 ? facts.join(t("sync.separator")) : t("sync.soon"))}</Text>
    </BlockStack>
  );
}
