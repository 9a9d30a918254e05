import { Badge, Button } from "@shopify/polaris";
import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import type { DiscountSummary } from "#app/core/discount-views.ts";
import { EmptyNote } from "../frames/empty-note.tsx";
import { PageFrame } from "../frames/page-frame.tsx";
import { SectionCard } from "../frames/section-card.tsx";
import { useReloadWhile } from "../frames/use-reload-while.ts";
import { useFormat } from "../format/format-context.tsx";
import { RecordTable, type Column } from "../tables/record-table.tsx";
import { discountState } from "./discount-state.ts";
import { useDiscountWords } from "./use-discount-words.ts";

export interface DiscountsPageProps {
  readonly discounts: readonly DiscountSummary[];
  readonly nowMs: number;
}

export function DiscountsPage({ discounts, nowMs }: DiscountsPageProps) {
  const { t } = useTranslation("discounts");
  const format = useFormat();
  const valueWords = useDiscountWords();
  useReloadWhile(discounts.some((discount) => discountState(discount, nowMs).isUnderWay));
  const columns: Column<DiscountSummary>[] = [
    { key: "title", title: t("columns.title"), cell: (discount) => <Link to={`/app/discounts/${discount.id}`}>{discount.title}</Link> },
    { key: "status", title: t("columns.status"), cell: (discount) => <StatusBadge discount={discount} nowMs={nowMs} /> },
    { key: "value", title: t("columns.value"), cell: (discount) => valueWords(discount.value) },
    { key: "segment", title: t("columns.segment"), cell: (discount) => <Link to={`/app/segments/${discount.segmentId}`}>{discount.segmentName}</Link> },
    { key: "code", title: t("columns.code"), cell: (discount) => (discount.codeMode === "unique" ? t("codes.unique") : discount.code ? <code>{discount.code}</code> : null) },
    { key: "used", title: t("columns.used"), isNumeric: true, cell: (discount) => t("usage.ofReached", { used: format.number(discount.usage.customers), reached: format.number(discount.reachedCount) }) },
    { key: "revenue", title: t("columns.revenue"), isNumeric: true, cell: (discount) => format.money(discount.usage.revenueMinor) },
  ];
  return (
    <PageFrame title={t("title")}>
      <SectionCard title={t("list.title")} text={discounts.length > 0 ? t("usage.note") : undefined} action={discounts.length > 0 ? <Button variant="primary" url="/app/discounts/new">{t("create")}</Button> : null} isFlush>
        {discounts.length === 0 ? (
          <EmptyNote title={t("list.empty.title")} text={t("list.empty.text")} action={{ label: t("list.empty.action"), to: "/app/segments" }} />
        ) : (
          <RecordTable label={t("list.title")} columns={columns} rows={discounts} rowKey={(discount) => discount.id} />
        )}
      </SectionCard>
    </PageFrame>
  );
}

export function StatusBadge({ discount, nowMs }: { discount: DiscountSummary; nowMs: number }) {
  const { t } = useTranslation("discounts");
  const { key, tone } = discountState(discount, nowMs);
  return <Badge tone={tone}>{t(`status.${key}`)}</Badge>;
}
