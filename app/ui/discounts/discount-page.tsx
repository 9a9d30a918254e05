import { Badge, Banner, BlockStack, Modal, Text } from "@shopify/polaris";
import { Link, useFetcher } from "@remix-run/react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CustomerName } from "#app/core/customer-views.ts";
import type { DiscountCodeView, DiscountPage as DiscountPageView, DiscountSummary } from "#app/core/discount-views.ts";
import type { Failure } from "#app/core/failure.ts";
import { CustomerNames, useCustomerName } from "../customers/customer-names.tsx";
import { FailureBanner } from "../frames/failure-banner.tsx";
import { PageFrame } from "../frames/page-frame.tsx";
import { SectionCard } from "../frames/section-card.tsx";
import { StoredFailure } from "../frames/stored-failure.tsx";
import { useReloadWhile } from "../frames/use-reload-while.ts";
import { useFormat } from "../format/format-context.tsx";
import { RecordTable, type Column } from "../tables/record-table.tsx";
import { discountState } from "./discount-state.ts";
import { StatusBadge } from "./discounts-page.tsx";
import { useDiscountWords } from "./use-discount-words.ts";

export interface DiscountPageProps {
  readonly page: DiscountPageView;
  readonly names: Promise<readonly CustomerName[]>;
  readonly nowMs: number;
}

export function DiscountPage({ page, names, nowMs }: DiscountPageProps) {
  const { t } = useTranslation("discounts");
  const fetcher = useFetcher<{ asked?: boolean; failure?: Failure }>();
  const [isAsking, setIsAsking] = useState(false);
  const { discount } = page;
  const state = discountState(discount, nowMs);
  useReloadWhile(state.isUnderWay);
  const canUndo = discount.status === "active" || discount.status === "failed" || discount.status === "publishing";
  const isOver = discount.endsAtMs !== null && discount.endsAtMs <= nowMs;
  const undo = () => {
    setIsAsking(false);
    fetcher.submit({ intent: "undo" }, { method: "post" });
  };
  return (
    <PageFrame
      title={discount.title}
      barTitle={t("title")}
      back={{ to: "/app/discounts", label: t("title") }}
      badge={<StatusBadge discount={discount} nowMs={nowMs} />}
      secondaryActions={canUndo ? [{ content: t("undo.action"), destructive: true, onAction: () => setIsAsking(true), loading: fetcher.state !== "idle" }] : undefined}
    >
      <FailureBanner failure={fetcher.data?.failure} />
      {discount.status === "failed" ? (
        <Banner tone="critical" title={t("detail.failed")} action={isOver ? undefined : { content: t("retry"), onAction: () => fetcher.submit({ intent: "retry" }, { method: "post" }), loading: fetcher.state !== "idle" }}>
          <StoredFailure line={discount.error ?? ""} sentence={t("detail.failedUnknown")} />
        </Banner>
      ) : null}
      <div className="tessera-columns is-halves">
        <Terms discount={discount} />
        <Usage discount={discount} />
      </div>
      {discount.codeMode === "unique" ? <Codes page={page} names={names} /> : null}
      <Modal
        open={isAsking}
        onClose={() => setIsAsking(false)}
        title={t("undo.title")}
        primaryAction={{ content: t("undo.confirm"), destructive: true, onAction: undo }}
        secondaryActions={[{ content: t("undo.keep"), onAction: () => setIsAsking(false) }]}
      >
        <Modal.Section>
          <Text as="p">{t("undo.text")}</Text>
        </Modal.Section>
      </Modal>
    </PageFrame>
  );
}

function Terms({ discount }: { discount: DiscountSummary }) {
  const { t } = useTranslation("discounts");
  const format = useFormat();
  const valueWords = useDiscountWords();
  const rows = [
    { key: "value", value: valueWords(discount.value) },
    { key: "segment", value: <Link to={`/app/segments/${discount.segmentId}`}>{discount.segmentName}</Link> },
    { key: "code", value: discount.codeMode === "unique" ? t("codes.unique") : <code>{discount.code}</code> },
    { key: "starts", value: format.dateTime(discount.startsAtMs) },
    { key: "ends", value: discount.endsAtMs === null ? t("detail.never") : format.dateTime(discount.endsAtMs) },
    { key: "limit", value: discount.usageLimit === null ? t("detail.noLimit") : format.number(discount.usageLimit) },
    { key: "once", value: t(discount.oncePerCustomer ? "detail.yes" : "detail.no") },
    { key: "minimum", value: discount.minimumMinor === null ? t("detail.noMinimum") : format.money(discount.minimumMinor) },
    { key: "combines", value: discount.combinesWith.length === 0 ? t("detail.combinesNone") : format.list(discount.combinesWith.map((name) => t(`classes.${name}`))) },
  ] as const;
  return (
    <SectionCard title={t("detail.terms")}>
      <dl className="tessera-facts">
        {rows.map((row) => (
          <div key={row.key} className="tessera-fact">
            <dt>{t(`detail.rows.${row.key}`)}</dt>
            <dd>{row.value}</dd>
          </div>
        ))}
      </dl>
    </SectionCard>
  );
}

function Usage({ discount }: { discount: DiscountSummary }) {
  const { t } = useTranslation("discounts");
  const format = useFormat();
  const { usage } = discount;
  const tiles = [
    { key: "reached", value: format.number(discount.reachedCount) },
    { key: "customers", value: format.number(usage.customers) },
    { key: "orders", value: format.number(usage.orders) },
    { key: "revenue", value: format.moneyShort(usage.revenueMinor) },
    { key: "given", value: format.moneyShort(usage.discountMinor) },
  ] as const;
  return (
    <SectionCard title={t("usage.title")} text={t("usage.note")}>
      <dl className="tessera-tiles">
        {tiles.map((tile) => (
          <div key={tile.key}>
            <dt>{t(`usage.${tile.key}`)}</dt>
            <dd className="tessera-figure">{tile.value}</dd>
          </div>
        ))}
      </dl>
    </SectionCard>
  );
}

function Codes({ page: { codes, codeCounts }, names }: { page: DiscountPageView; names: Promise<readonly CustomerName[]> }) {
  const { t } = useTranslation("discounts");
  const format = useFormat();
  const total = codeCounts.imported + codeCounts.sent + codeCounts.waiting + codeCounts.failed;
  return (
    <SectionCard title={t("codes.title")} text={t("codes.progress", { done: format.number(codeCounts.imported), total: format.number(total) })} isFlush>
      {codeCounts.failed > 0 ? <Banner tone="warning">{t("codes.failed", { count: codeCounts.failed })}</Banner> : null}
      <CustomerNames names={names}>
        <CodeTable codes={codes} />
      </CustomerNames>
    </SectionCard>
  );
}

function CodeTable({ codes }: { codes: readonly DiscountCodeView[] }) {
  const { t } = useTranslation("discounts");
  const format = useFormat();
  const nameOf = useCustomerName();
  const columns: Column<DiscountCodeView>[] = [
    { key: "code", title: t("codes.columns.code"), cell: (row) => <code>{row.code}</code> },
    { key: "customer", title: t("codes.columns.customer"), cell: (row) => (row.customerId === null ? null : <Link to={`/app/customers/${row.customerId}`}>{nameOf(row.customerId)}</Link>) },
    {
      key: "status",
      title: t("codes.columns.status"),
      cell: (row) => (
        <BlockStack gap="050" inlineAlign="start">
          <Badge tone={row.status === "imported" ? "success" : row.status === "failed" ? "critical" : undefined}>{t(`codes.status.${row.status}`)}</Badge>
          {row.error ? <Text as="span" variant="bodySm">{row.error}</Text> : null}
        </BlockStack>
      ),
    },
    { key: "orders", title: t("codes.columns.orders"), isNumeric: true, cell: (row) => format.number(row.orders) },
  ];
  return <RecordTable label={t("codes.title")} columns={columns} rows={codes} rowKey={(row) => row.code} />;
}
