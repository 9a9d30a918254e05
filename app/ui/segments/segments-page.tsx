import { Box, Button, ButtonGroup, Text } from "@shopify/polaris";
import { Link, useFetcher } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import type { Failure } from "#app/core/failure.ts";
import type { RfmGridView } from "#app/core/rfm-views.ts";
import type { SegmentSummary } from "#app/core/segment-views.ts";
import { EmptyNote } from "../frames/empty-note.tsx";
import { PageFrame } from "../frames/page-frame.tsx";
import { SearchForm } from "../frames/search-form.tsx";
import { SectionCard } from "../frames/section-card.tsx";
import { useFormat } from "../format/format-context.tsx";
import { RecordTable, type Column } from "../tables/record-table.tsx";
import { CutValues } from "./cut-values.tsx";
import { GridExplorer } from "./grid-explorer.tsx";
import { PublishBadge } from "./publish-badge.tsx";
import { Sparkline } from "./sparkline.tsx";
import "./studio/segment-studio.css";

export interface ListedSegmentView extends SegmentSummary {
  /** Sizes of the last weeks, oldest first. */
  readonly trend: readonly number[];
}

export interface SegmentsPageProps {
  readonly grid: RfmGridView | null;
  readonly segments: readonly ListedSegmentView[];
  readonly archived: readonly SegmentSummary[];
  /** What is searched for. */
  readonly query: string;
  readonly failure: Failure | null;
}

/** Saved segments first, then the grid of scores from which new ones can be made. */
export function SegmentsPage({ grid, segments, archived, query, failure }: SegmentsPageProps) {
  const { t } = useTranslation("segments");
  return (
    <PageFrame title={t("title")}>
      <SavedSegments segments={segments} archived={archived} query={query} />
      {grid ? (
        <>
          <GridExplorer grid={grid} failure={failure} />
          <CutValues grid={grid} />
        </>
      ) : (
        <SectionCard title={t("grid.title")}>
          <EmptyNote title={t("grid.empty.title")} text={t("grid.empty.text")} action={{ label: t("grid.empty.action"), to: "/app" }} />
        </SectionCard>
      )}
    </PageFrame>
  );
}

function SavedSegments({ segments, archived, query }: Pick<SegmentsPageProps, "segments" | "archived" | "query">) {
  const { t } = useTranslation("segments");
  const { t: tAnswers } = useTranslation("segmentAnswers");
  const format = useFormat();
  const columns: Column<ListedSegmentView>[] = [
    { key: "name", title: t("saved.name"), cell: (segment) => <span><Link to={`/app/segments/${segment.id}`}>{segment.name}</Link>{segment.owner ? <Text as="p" variant="bodySm" tone="subdued">{segment.owner}</Text> : null}</span> },
    { key: "who", title: t("saved.who"), cell: (segment) => <code className="tessera-query">{segment.query || tAnswers("explain.everybody")}</code> },
    { key: "members", title: t("saved.members"), isNumeric: true, cell: (segment) => format.number(segment.memberCount) },
    { key: "share", title: t("saved.share"), isNumeric: true, cell: (segment) => (segment.valueShare === null ? null : format.percent(segment.valueShare, 1)) },
    { key: "trend", title: tAnswers("list.trend"), cell: (segment) => (segment.trend.length > 1 ? <Sparkline values={segment.trend} /> : null) },
    { key: "schedule", title: tAnswers("page.schedule"), cell: (segment) => tAnswers(`page.schedules.${segment.schedule}`) },
    { key: "shopify", title: t("saved.inShopify"), cell: (segment) => <PublishBadge segment={segment} /> },
    { key: "discount", title: t("saved.actions"), cell: (segment) => <Button variant="plain" textAlign="start" url={`/app/discounts/new?segment=${segment.id}`} accessibilityLabel={t("saved.discountFor", { name: segment.name })}>{t("saved.discount")}</Button> },
  ];
  const actions = (
    <ButtonGroup>
      <Button url="/app/segments/compare">{tAnswers("compare.open")}</Button>
      <Button url="/app/segments/import">{tAnswers("list.import")}</Button>
      <Button url="/app/segments/templates">{tAnswers("list.templates")}</Button>
      <Button variant="primary" url="/app/segments/new">{tAnswers("list.new")}</Button>
    </ButtonGroup>
  );
  const isEmpty = segments.length === 0 && query === "";
  return (
    <SectionCard title={t("saved.title")} isFlush>
      <div className="tessera-list-bar">{isEmpty ? null : <SearchForm path="/app/segments" query={query} label={tAnswers("list.search")} placeholder={tAnswers("list.search")} submit={tAnswers("list.searchAction")} />}{actions}</div>
      {isEmpty ? <EmptyNote title={t("saved.empty.title")} text={t("saved.empty.text")} action={{ label: tAnswers("list.templates"), to: "/app/segments/templates" }} /> : segments.length === 0 ? <EmptyNote title={t("saved.title")} text={tAnswers("list.none")} /> : <RecordTable label={t("saved.title")} columns={columns} rows={segments} rowKey={(segment) => segment.id} />}
      {archived.length > 0 ? (
        <details className="tessera-details is-padded">
          <summary>{tAnswers("list.showArchived", { count: archived.length })}</summary>
          <ul className="tessera-plain-list">{archived.map((segment) => <li key={segment.id}><Archived segment={segment} /></li>)}</ul>
        </details>
      ) : null}
      <Box paddingBlockEnd="200" />
    </SectionCard>
  );
}

function Archived({ segment }: { readonly segment: SegmentSummary }) {
  const { t } = useTranslation("segmentAnswers");
  const fetcher = useFetcher();
  return (
    <div className="tessera-list-bar">
      <span><Text as="span" fontWeight="medium">{segment.name}</Text> <code className="tessera-query">{segment.query}</code></span>
      <Button loading={fetcher.state !== "idle"} onClick={() => fetcher.submit({ intent: "undo" }, { method: "post", action: `/app/segments/${segment.id}` })}>{t("page.restore")}</Button>
    </div>
  );
}
