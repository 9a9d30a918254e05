import { Badge, Button, Text } from "@shopify/polaris";
import { Link, useFetcher } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import type { Failure } from "#app/core/failure.ts";
import { EmptyNote } from "../frames/empty-note.tsx";
import { FailureBanner } from "../frames/failure-banner.tsx";
import { PageFrame } from "../frames/page-frame.tsx";
import { SectionCard } from "../frames/section-card.tsx";
import { RecordTable, type Column } from "../tables/record-table.tsx";

interface StoreSegmentView {
  readonly shopifySegmentId: number;
  readonly name: string;
  readonly query: string;
  /** Ours, when it is here already. */
  readonly segmentId: string | null;
  /** Why its query cannot be read here. */
  readonly problem: string | null;
}

/** The store's own segments, to be taken over. */
export function ImportPage({ segments }: { readonly segments: readonly StoreSegmentView[] }) {
  const { t } = useTranslation("segmentAnswers");
  const { t: tStudio } = useTranslation("segmentStudio");
  const fetcher = useFetcher<{ failure?: Failure }>();
  const taking = fetcher.formData?.get("segment");
  const columns: Column<StoreSegmentView>[] = [
    { key: "name", title: t("import.name"), cell: ({ name }) => <Text as="span" fontWeight="medium">{name}</Text> },
    { key: "query", title: t("import.query"), cell: ({ query, problem }) => <span><code>{query}</code>{problem === null ? null : <Text as="p" variant="bodySm" tone="caution">{t("import.cannot", { reason: problem })}</Text>}</span> },
    {
      key: "take", title: t("import.take"),
      cell: ({ shopifySegmentId, segmentId, problem }) => (segmentId !== null ? <Link to={`/app/segments/${segmentId}`}><Badge tone="success">{t("import.taken")}</Badge></Link> : (
        <Button disabled={problem !== null} loading={taking === String(shopifySegmentId)} onClick={() => fetcher.submit({ segment: String(shopifySegmentId) }, { method: "post" })}>{t("import.take")}</Button>
      )),
    },
  ];
  return (
    <PageFrame title={t("import.title")} back={{ to: "/app/segments", label: tStudio("segments") }}>
      <FailureBanner failure={fetcher.data?.failure} />
      <SectionCard title={t("import.found")} text={t("import.text")} isFlush>
        {segments.length === 0 ? <EmptyNote title={t("import.nothing")} text={t("import.empty")} /> : <RecordTable label={t("import.title")} columns={columns} rows={segments} rowKey={({ shopifySegmentId }) => shopifySegmentId} />}
      </SectionCard>
    </PageFrame>
  );
}
