import { Badge, Box, Button } from "@shopify/polaris";
import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import type { Failure } from "#app/core/failure.ts";
import type { RfmGridView } from "#app/core/rfm-views.ts";
import type { SegmentSummary } from "#app/core/segment-views.ts";
import { EmptyNote } from "../frames/empty-note.tsx";
import { PageFrame } from "../frames/page-frame.tsx";
import { SectionCard } from "../frames/section-card.tsx";
import { useFormat } from "../format/format-context.tsx";
import { RecordTable, type Column } from "../tables/record-table.tsx";
import { CutValues } from "./cut-values.tsx";
import { GridExplorer } from "./grid-explorer.tsx";

export interface SegmentsPageProps {
  readonly grid: RfmGridView | null;
  readonly segments: readonly SegmentSummary[];
  readonly failure: Failure | null;
}

export function SegmentsPage({ grid, segments, failure }: SegmentsPageProps) {
  const { t } = useTranslation("segments");
  return (
    <PageFrame title={t("title")}>
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
      <SavedSegments segments={segments} />
    </PageFrame>
  );
}

function SavedSegments({ segments }: { segments: readonly SegmentSummary[] }) {
  const { t } = useTranslation("segments");
  const format = useFormat();
  const columns: Column<SegmentSummary>[] = [
    { key: "name", title: t("saved.name"), cell: (segment) => <Link to={`/app/segments/${segment.id}`}>{segment.name}</Link> },
    { key: "who", title: t("saved.who"), cell: (segment) => <code>{segment.query}</code> },
    { key: "members", title: t("saved.members"), isNumeric: true, cell: (segment) => format.number(segment.memberCount) },
    { key: "share", title: t("saved.share"), isNumeric: true, cell: (segment) => (segment.valueShare === null ? null : format.percent(segment.valueShare, 1)) },
    { key: "shopify", title: t("saved.inShopify"), cell: (segment) => <PublishBadge segment={segment} /> },
    { key: "discount", title: t("saved.actions"), cell: (segment) => <Button variant="plain" url={`/app/discounts/new?segment=${segment.id}`} accessibilityLabel={t("saved.discountFor", { name: segment.name })}>{t("saved.discount")}</Button> },
  ];
  return (
    <SectionCard title={t("saved.title")} isFlush>
      {segments.length === 0 ? <EmptyNote title={t("saved.empty.title")} text={t("saved.empty.text")} /> : <RecordTable label={t("saved.title")} columns={columns} rows={segments} rowKey={(segment) => segment.id} />}
      <Box paddingBlockEnd="200" />
    </SectionCard>
  );
}

export function PublishBadge({ segment }: { segment: SegmentSummary }) {
  const { t } = useTranslation("segments");
  if (segment.publishedAtMs === null) return <Badge>{t("publish.status.notYet")}</Badge>;
  if (segment.pendingTags > 0) return <Badge tone="info">{t("publish.status.updating")}</Badge>;
  return <Badge tone="success">{t("publish.status.done")}</Badge>;
}
