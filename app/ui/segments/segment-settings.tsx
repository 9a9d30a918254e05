import { BlockStack, Button, InlineStack, Select, Text, TextField } from "@shopify/polaris";
import { useFetcher } from "@remix-run/react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Failure } from "#app/core/failure.ts";
import { segmentSchedules, type EventEndpointView, type SegmentRevision, type SegmentSummary } from "#app/core/segment-views.ts";
import { FailureBanner } from "../frames/failure-banner.tsx";
import { SectionCard } from "../frames/section-card.tsx";
import { useFormat } from "../format/format-context.tsx";

interface ActAnswer {
  readonly saved?: boolean;
  readonly secret?: string;
  readonly failure?: Failure;
}

/** When members are counted, and who looks after the segment. */
export function SegmentSettings({ segment }: { readonly segment: SegmentSummary }) {
  const { t } = useTranslation("segmentAnswers");
  const fetcher = useFetcher<ActAnswer>();
  const [schedule, setSchedule] = useState<string>(segment.schedule);
  const [owner, setOwner] = useState(segment.owner ?? "");
  return (
    <SectionCard title={t("page.settings")}>
      <fetcher.Form method="post">
        <BlockStack gap="300">
          <input type="hidden" name="intent" value="settings" />
          <FailureBanner failure={fetcher.data?.failure} />
          <Select label={t("page.schedule")} name="schedule" value={schedule} onChange={setSchedule} options={segmentSchedules.map((one) => ({ value: one, label: t(`page.schedules.${one}`) }))} />
          <TextField label={t("page.owner")} name="owner" value={owner} onChange={setOwner} autoComplete="off" maxLength={100} helpText={t("page.ownerHelp")} />
          <InlineStack gap="300" blockAlign="center">
            <Button submit loading={fetcher.state !== "idle"}>{t("page.save")}</Button>
            <span role="status">{fetcher.data?.saved ? <Text as="span" tone="success">{t("page.saved")}</Text> : null}</span>
          </InlineStack>
        </BlockStack>
      </fetcher.Form>
    </SectionCard>
  );
}

/** What the query was before. */
export function SegmentRevisions({ revisions }: { readonly revisions: readonly SegmentRevision[] }) {
  const { t } = useTranslation("segmentAnswers");
  const format = useFormat();
  if (revisions.length < 2) return null;
  return (
    <SectionCard title={t("page.revisions")}>
      <ol className="tessera-plain-list" reversed>
        {revisions.map(({ number, name, query, actor, atMs }) => (
          <li key={number}>
            <Text as="p" fontWeight="medium">{t("page.revision", { number })} · {name}</Text>
            <code>{query}</code>
            <Text as="p" variant="bodySm" tone="subdued">{t("page.by", { actor, day: format.dateTime(atMs) })}</Text>
          </li>
        ))}
      </ol>
    </SectionCard>
  );
}

/** Addresses that are told who joins and leaves. */
export function SegmentEndpoints({ endpoints }: { readonly endpoints: readonly EventEndpointView[] }) {
  const { t } = useTranslation("segmentAnswers");
  const fetcher = useFetcher<ActAnswer>();
  const [url, setUrl] = useState("");
  return (
    <SectionCard title={t("page.endpoints")} text={t("page.endpointsText")}>
      <ul className="tessera-plain-list">
        {endpoints.map(({ id, url: address, isFlow, sent, dead }) => (
          <li key={id}>
            <InlineStack align="space-between" blockAlign="center" gap="200">
              <span><code>{isFlow ? t("page.flow") : address}</code> <Text as="span" variant="bodySm" tone="subdued">{t("page.sent", { sent, failed: dead })}</Text></span>
              <Button variant="tertiary" onClick={() => fetcher.submit({ intent: "remove-endpoint", endpoint: id }, { method: "post" })}>{t("page.remove")}</Button>
            </InlineStack>
          </li>
        ))}
      </ul>
      {endpoints.length === 0 ? <Text as="p" tone="subdued">{t("page.noEndpoints")}</Text> : null}
      <FailureBanner failure={fetcher.data?.failure} />
      <div role="status">{fetcher.data?.secret ? <Text as="p">{t("page.secret")} <code>{fetcher.data.secret}</code></Text> : null}</div>
      <fetcher.Form method="post">
        <input type="hidden" name="intent" value="add-endpoint" />
        <TextField label={t("page.address")} name="url" type="url" value={url} onChange={setUrl} autoComplete="off" connectedRight={<Button submit disabled={url === ""} loading={fetcher.state !== "idle"}>{t("page.add")}</Button>} />
      </fetcher.Form>
      <InlineStack><Button variant="plain" onClick={() => fetcher.submit({ intent: "add-endpoint", url: "flow" }, { method: "post" })} disabled={endpoints.some(({ isFlow }) => isFlow)}>{t("page.flow")}</Button></InlineStack>
    </SectionCard>
  );
}
