import { Banner, BlockStack, Text } from "@shopify/polaris";
import { Link, useFetcher } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import type { CustomerName } from "#app/core/customer-views.ts";
import type { Failure } from "#app/core/failure.ts";
import type { EventEndpointView, SegmentEventView, SegmentMemberView, SegmentPage as SegmentPageView, SegmentRevision, SegmentSize } from "#app/core/segment-views.ts";
import { CustomerNames, useCustomerName } from "../customers/customer-names.tsx";
import { EmptyNote } from "../frames/empty-note.tsx";
import { FailureBanner } from "../frames/failure-banner.tsx";
import { PageFrame } from "../frames/page-frame.tsx";
import { SectionCard } from "../frames/section-card.tsx";
import { useReloadWhile } from "../frames/use-reload-while.ts";
import { useFormat } from "../format/format-context.tsx";
import { Pager } from "../tables/pager.tsx";
import { RecordTable, type Column } from "../tables/record-table.tsx";
import { ExplainCustomer } from "./explain-customer.tsx";
import { PublishBadge } from "./publish-badge.tsx";
import { SegmentExports } from "./segment-exports.tsx";
import { SegmentMovements } from "./segment-movements.tsx";
import { SegmentEndpoints, SegmentRevisions, SegmentSettings } from "./segment-settings.tsx";
import { SizeHistory } from "./size-history.tsx";
import { useGroupName } from "./use-group-name.ts";

export interface SegmentPageProps {
  readonly page: SegmentPageView;
  readonly history: { readonly sizes: readonly SegmentSize[]; readonly events: readonly SegmentEventView[]; readonly revisions: readonly SegmentRevision[] };
  readonly endpoints: readonly EventEndpointView[];
  readonly names: Promise<readonly CustomerName[]>;
  readonly after: string | null;
  readonly nowMs: number;
}

export function SegmentPage({ page, history, endpoints, names, after, nowMs }: SegmentPageProps) {
  const { t: tAnswers } = useTranslation("segmentAnswers");
  const { t } = useTranslation("segments");
  const fetcher = useFetcher<{ asked?: boolean; failure?: Failure }>();
  const { segment } = page;
  const isAsked = fetcher.data?.asked === true;
  const isUpdating = segment.pendingTags > 0 || (isAsked && segment.publishedAtMs === null);
  useReloadWhile(isUpdating);
  const act = (intent: string) => () => fetcher.submit({ intent }, { method: "post" });
  const publish = () => fetcher.submit({ intent: "publish" }, { method: "post" });
  const isPublished = segment.publishedAtMs !== null;
  return (
    <PageFrame
      title={segment.name}
      barTitle={t("title")}
      back={{ to: "/app/segments", label: t("title") }}
      badge={<PublishBadge segment={segment} />}
      primaryAction={{ content: t("detail.createDiscount"), url: `/app/discounts/new?segment=${segment.id}` }}
      secondaryActions={[
        { content: tAnswers("page.edit"), url: `/app/segments/${segment.id}/edit` },
        { content: t(isPublished ? "publish.again" : "publish.first"), onAction: publish, loading: fetcher.state !== "idle" || (isAsked && isUpdating), disabled: segment.memberCount === 0 },
        { content: tAnswers("page.lookalike"), url: `/app/segments/new?like=${segment.id}` },
        { content: tAnswers("page.refresh"), onAction: act("refresh") },
        { content: tAnswers("page.duplicate"), onAction: act("duplicate") },
        { content: tAnswers("page.undo"), onAction: act("undo"), disabled: !segment.canUndo },
        { content: tAnswers("page.archive"), onAction: act("archive"), destructive: true },
      ]}
    >
      <FailureBanner failure={fetcher.data?.failure} />
      <SegmentFacts page={page} isUpdating={isUpdating} />
      <CustomerNames names={names}>
        <div className="tessera-columns is-halves">
          <SizeHistory sizes={history.sizes} />
          <SegmentMovements events={history.events} nowMs={nowMs} changesPath={`/app/segments/${segment.id}/changes`} />
        </div>
        <Explain segmentId={segment.id} members={page.members} />
        <SectionCard title={t("detail.membersTitle")} text={t("detail.membersText")} isFlush>
          {page.members.length === 0 ? <EmptyNote title={t("detail.empty.title")} text={t("detail.empty.text")} /> : <Members members={page.members} nowMs={nowMs} />}
          <Pager
            summary={t("customers", { count: segment.memberCount })}
            previous={after ? `/app/segments/${segment.id}` : null}
            next={page.nextCursor ? `/app/segments/${segment.id}?after=${page.nextCursor}` : null}
          />
        </SectionCard>
      </CustomerNames>
      <div className="tessera-columns is-halves">
        <SegmentSettings segment={segment} />
        <SegmentExports segmentId={segment.id} />
      </div>
      <SegmentEndpoints endpoints={endpoints} />
      <SegmentRevisions revisions={history.revisions} />
    </PageFrame>
  );
}

const OFFERED = 3;

/** The first members are offered by name; anybody else by number. */
function Explain({ segmentId, members }: { segmentId: string; members: readonly SegmentMemberView[] }) {
  const nameOf = useCustomerName();
  return <ExplainCustomer segmentId={segmentId} customers={members.slice(0, OFFERED).map(({ customerId }) => ({ customerId, name: nameOf(customerId) }))} />;
}

function SegmentFacts({ page: { segment }, isUpdating }: { page: SegmentPageView; isUpdating: boolean }) {
  const { t } = useTranslation("segments");
  const { t: tAnswers } = useTranslation("segmentAnswers");
  const format = useFormat();
  const tiles = [
    { key: "members", value: format.number(segment.memberCount) },
    { key: "spent", value: format.moneyShort(segment.valueMinor) },
    { key: "share", value: segment.valueShare === null ? t("detail.none") : format.percent(segment.valueShare, 1) },
  ] as const;
  return (
    <SectionCard title={t("detail.who")}>
      {segment.problem ? <Banner tone="critical" title={tAnswers("page.problem")}><Text as="p">{segment.problem}</Text></Banner> : null}
      <code>{segment.query || tAnswers("explain.everybody")}</code>
      <dl className="tessera-tiles">
        {tiles.map((tile) => (
          <div key={tile.key}>
            <dt>{t(`detail.${tile.key}`)}</dt>
            <dd className="tessera-figure">{tile.value}</dd>
          </div>
        ))}
      </dl>
      <BlockStack gap="100">
        <div role="status">
          <Text as="p">
            {isUpdating && segment.pendingTags > 0
              ? t("publish.pending", { count: segment.pendingTags })
              : isUpdating
                ? t("publish.asked")
                : segment.publishedAtMs === null
                  ? t("publish.explain")
                  : t(segment.delivery === "native" ? "publish.doneNative" : "publish.doneTag", { day: format.dateTime(segment.publishedAtMs) })}
          </Text>
        </div>
        {segment.nativeQuery || segment.tag ? (
          <details className="tessera-details">
            <summary>{t("publish.details")}</summary>
            {segment.nativeQuery ? <Text as="p" variant="bodySm">{t("publish.query")} <code>{segment.nativeQuery}</code></Text> : null}
            {segment.tag ? <Text as="p" variant="bodySm">{t("publish.tag")} <code>{segment.tag}</code></Text> : null}
          </details>
        ) : null}
        {segment.evaluatedAtMs ? <Text as="p" variant="bodySm" tone="subdued">{t("detail.evaluated", { day: format.dateTime(segment.evaluatedAtMs) })}</Text> : null}
      </BlockStack>
    </SectionCard>
  );
}

function Members({ members, nowMs }: { members: readonly SegmentMemberView[]; nowMs: number }) {
  const { t } = useTranslation("segments");
  const format = useFormat();
  const groupName = useGroupName();
  const nameOf = useCustomerName();
  const columns: Column<SegmentMemberView>[] = [
    { key: "name", title: t("detail.columns.name"), cell: (member) => <Link to={`/app/customers/${member.customerId}`}>{nameOf(member.customerId)}</Link> },
    { key: "group", title: t("detail.columns.group"), cell: (member) => groupName(member.shopifyGroup) },
    { key: "last", title: t("detail.columns.lastOrder"), cell: (member) => (member.lastOrderAtMs ? <span title={format.day(member.lastOrderAtMs)}>{format.ago(member.lastOrderAtMs, nowMs)}</span> : null) },
    { key: "orders", title: t("detail.columns.orders"), isNumeric: true, cell: (member) => format.number(member.ordersCount) },
    { key: "spent", title: t("detail.columns.spent"), isNumeric: true, cell: (member) => format.money(member.monetaryMinor) },
    { key: "since", title: t("detail.columns.since"), cell: (member) => format.day(member.joinedAtMs) },
  ];
  return <RecordTable label={t("detail.membersTitle")} columns={columns} rows={members} rowKey={(member) => member.customerId} />;
}
