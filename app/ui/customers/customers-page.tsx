import { Banner, Badge, Button, InlineStack, Text } from "@shopify/polaris";
import { Link } from "@remix-run/react";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { CustomerListView, CustomerName, CustomerRow, ListSort } from "#app/core/customer-views.ts";
import { profileFields, type ProfileField, type ProfileFieldName } from "#app/core/profile-fields.ts";
import { EmptyNote } from "../frames/empty-note.tsx";
import { PageFrame } from "../frames/page-frame.tsx";
import { SectionCard } from "../frames/section-card.tsx";
import { useReloadWhile } from "../frames/use-reload-while.ts";
import { useFormat } from "../format/format-context.tsx";
import { Pager } from "../tables/pager.tsx";
import { RecordTable, type Column } from "../tables/record-table.tsx";
import { ColumnChooser } from "./column-chooser.tsx";
import { CustomerNames, useCustomerName } from "./customer-names.tsx";
import { customersPath } from "./customers-path.ts";
import { ExportButton } from "./export-button.tsx";
import { ListFilters } from "./list-filters.tsx";
import { useFieldWords } from "./use-field-words.ts";

export interface CustomersPageProps {
  readonly list: CustomerListView;
  readonly names: Promise<readonly CustomerName[]>;
  readonly nowMs: number;
}

export function CustomersPage({ list, names, nowMs }: CustomersPageProps) {
  const { t } = useTranslation("customers");
  const format = useFormat();
  const [hasFailed, setFailed] = useState(false);
  const { t: tHealth } = useTranslation("health");
  const { t: tPredictions } = useTranslation("predictions");
  const isNarrowed = list.query !== "" || list.where !== "" || Object.values(list.filters).some(Boolean);
  const isEmptyShop = list.total === 0 && !isNarrowed;
  useReloadWhile(!list.isReady);
  return (
    <PageFrame title={t("title")}>
      {list.search === "failed" ? <Banner tone="critical" title={t("search.failed.title")}>{t("search.failed.text")}</Banner> : null}
      {hasFailed ? <Banner tone="critical">{t("columns.exportFailed")}</Banner> : null}
      {list.isReady ? null : <Banner tone="info">{t("list.notReady")}</Banner>}
      {list.isReady && list.asOfMs === null && !isEmptyShop ? <Banner tone="info">{t("unscored")}</Banner> : null}
      <SectionCard
        title={t("list.title")}
        text={list.query ? undefined : t("list.text")}
        action={
          <InlineStack gap="200" blockAlign="center">
            <Button variant="plain" url="/app/health">{tHealth("nav")}</Button>
            <Button variant="plain" url="/app/predictions">{tPredictions("title")}</Button>
            <ColumnChooser list={list} />
            <ExportButton list={list} onFailed={setFailed} />
          </InlineStack>
        }
        isFlush
      >
        <ListFilters list={list} />
        {list.rows.length === 0 ? (
          <EmptyNote {...emptyTexts(list, isEmptyShop, t)} />
        ) : (
          <>
            <CustomerNames names={names}>
              <CustomerTable list={list} nowMs={nowMs} />
            </CustomerNames>
            <Pager
              summary={list.query ? t("search.found", { count: list.total }) : t("list.page", { page: format.number(list.page), pages: format.number(list.pageCount), total: format.number(list.total) })}
              previous={list.page > 1 ? customersPath(list, { page: list.page - 1 }) : null}
              next={list.page < list.pageCount ? customersPath(list, { page: list.page + 1 }) : null}
            />
          </>
        )}
      </SectionCard>
    </PageFrame>
  );
}

function emptyTexts(list: CustomerListView, isEmptyShop: boolean, t: ReturnType<typeof useTranslation<"customers">>["t"]) {
  if (isEmptyShop) return { title: t("empty.shop.title"), text: t("empty.shop.text") };
  if (list.query) return { title: t("empty.search.title"), text: t("empty.search.text"), action: { label: t("search.clear"), to: "/app/customers" } };
  return { title: t("empty.filter.title"), text: t("empty.filter.text"), action: { label: t("filter.clear"), to: "/app/customers" } };
}

function CustomerTable({ list, nowMs }: { list: CustomerListView; nowMs: number }) {
  const { t } = useTranslation("customers");
  const nameOf = useCustomerName();
  const words = useFieldWords(list.clusters);
  const cell = useCell(list, nowMs);
  const sortBy = (sort: ListSort) => {
    if (list.query || list.asOfMs === null) return undefined;
    const isCurrent = list.sort === sort;
    const direction = isCurrent && list.direction === "desc" ? "asc" : "desc";
    return { to: customersPath(list, { sort, direction, page: 1 }), direction: isCurrent ? (list.direction === "desc" ? "descending" : "ascending") : "none" } as const;
  };
  const columns: Column<CustomerRow>[] = [
    { key: "name", title: t("columns.name"), sort: sortBy("customer"), cell: (row) => <Link to={`/app/customers/${row.customerId}`}>{nameOf(row.customerId)}</Link> },
    ...list.columns.map((name, place): Column<CustomerRow> => ({ key: name, title: words.title(name), isNumeric: isNumeric(name), sort: sortBy(name), cell: (row) => cell(name, row, place) })),
    { key: "place", title: t("columns.place"), cell: (row) => ([row.city, row.countryCode].filter(Boolean).length > 0 ? <Text as="span" tone="subdued">{[row.city, row.countryCode].filter(Boolean).join(", ")}</Text> : null) },
  ];
  return <RecordTable label={t("list.title")} columns={columns} rows={list.rows} rowKey={(row) => row.customerId} />;
}

function isNumeric(name: ProfileFieldName): boolean {
  const { kind }: ProfileField = profileFields[name];
  return kind !== "choice" && kind !== "name" && kind !== "instant";
}

function useCell(list: CustomerListView, nowMs: number): (name: ProfileFieldName, row: CustomerRow, place: number) => ReactNode {
  const format = useFormat();
  const words = useFieldWords(list.clusters);
  return (name, row, place) => {
    const value = row.values[place] ?? null;
    if (value === null) return null;
    if (name === "lastOrderAt" && typeof value === "number") return <span title={format.day(value)}>{format.ago(value, nowMs)}</span>;
    const text = words.text(name, value);
    return name === "shopifyGroup" || name === "stage" ? <Badge>{text ?? ""}</Badge> : text;
  };
}
