import { Badge, Banner, Box, Button, Select, Text } from "@shopify/polaris";
import { Link, useNavigate } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { shopifyGroups } from "#app/core/customer-groups.ts";
import type { CustomerListView, CustomerName, CustomerRow, CustomerSort } from "#app/core/customer-views.ts";
import { EmptyNote } from "../frames/empty-note.tsx";
import { PageFrame } from "../frames/page-frame.tsx";
import { SearchForm } from "../frames/search-form.tsx";
import { SectionCard } from "../frames/section-card.tsx";
import { useFormat } from "../format/format-context.tsx";
import { useGroupName } from "../segments/use-group-name.ts";
import { Pager } from "../tables/pager.tsx";
import { RecordTable, type Column } from "../tables/record-table.tsx";
import { CustomerNames, useCustomerName } from "./customer-names.tsx";
import { customersPath } from "./customers-path.ts";

export interface CustomersPageProps {
  readonly list: CustomerListView;
  readonly names: Promise<readonly CustomerName[]>;
  readonly nowMs: number;
}

export function CustomersPage({ list, names, nowMs }: CustomersPageProps) {
  const { t } = useTranslation("customers");
  const format = useFormat();
  const { t: tPredictions } = useTranslation("predictions");
  const isEmptyShop = list.total === 0 && !list.query && !list.group;
  return (
    <PageFrame title={t("title")}>
      {list.search === "failed" ? <Banner tone="critical" title={t("search.failed.title")}>{t("search.failed.text")}</Banner> : null}
      {!list.isScored && !isEmptyShop ? <Banner tone="info">{t("unscored")}</Banner> : null}
      <SectionCard title={t("list.title")} text={list.query ? undefined : t("list.text")} action={<Button variant="plain" url="/app/predictions">{tPredictions("title")}</Button>} isFlush>
        <CustomerFilters list={list} />
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
  return { title: t("empty.group.title"), text: t("empty.group.text"), action: { label: t("filter.everyone"), to: "/app/customers" } };
}

function CustomerFilters({ list }: { list: CustomerListView }) {
  const { t } = useTranslation("customers");
  const navigate = useNavigate();
  const groupName = useGroupName();
  const format = useFormat();
  const counts = new Map(list.groupCounts.map(({ group, count }) => [group, count]));
  const groups = [
    { label: t("filter.everyone"), value: "" },
    ...shopifyGroups.map((group) => ({ label: t("filter.option", { group: groupName(group), count: format.number(counts.get(group) ?? 0) }), value: group })),
  ];
  return (
    <Box paddingInline="400" paddingBlockEnd="400">
      <div className="tessera-filters">
        <SearchForm path="/app/customers" query={list.query} label={t("search.label")} placeholder={t("search.placeholder")} submit={t("search.submit")} />
        {list.isScored ? (
          <Select label={t("filter.label")} labelInline options={groups} value={list.group ?? ""} onChange={(group) => navigate(customersPath(list, { group: group || null, query: "", page: 1 }))} />
        ) : null}
      </div>
    </Box>
  );
}

function CustomerTable({ list, nowMs }: { list: CustomerListView; nowMs: number }) {
  const { t } = useTranslation("customers");
  const format = useFormat();
  const groupName = useGroupName();
  const nameOf = useCustomerName();
  const sortBy = (sort: CustomerSort) => {
    if (list.query || !list.isScored) return undefined;
    const isCurrent = list.sort === sort;
    const direction = isCurrent && list.direction === "desc" ? "asc" : "desc";
    return { to: customersPath(list, { sort, direction, page: 1 }), direction: isCurrent ? (list.direction === "desc" ? "descending" : "ascending") : "none" } as const;
  };
  const columns: Column<CustomerRow>[] = [
    { key: "name", title: t("columns.name"), cell: (row) => <Link to={`/app/customers/${row.customerId}`}>{nameOf(row.customerId)}</Link> },
    { key: "group", title: t("columns.group"), cell: (row) => (row.score ? <Badge>{groupName(row.score.shopifyGroup)}</Badge> : null) },
    {
      key: "last",
      title: t("columns.lastOrder"),
      sort: sortBy("last-order"),
      cell: (row) => (row.score?.lastOrderAtMs ? <span title={format.day(row.score.lastOrderAtMs)}>{format.ago(row.score.lastOrderAtMs, nowMs)}</span> : null),
    },
    { key: "orders", title: t("columns.orders"), isNumeric: true, sort: sortBy("orders"), cell: (row) => (row.score ? format.number(row.score.ordersCount) : null) },
    { key: "spent", title: t("columns.spent"), isNumeric: true, sort: sortBy("spent"), cell: (row) => (row.score ? format.money(row.score.spentMinor) : null) },
    { key: "place", title: t("columns.place"), cell: (row) => ([row.city, row.countryCode].filter(Boolean).length > 0 ? <Text as="span" tone="subdued">{[row.city, row.countryCode].filter(Boolean).join(", ")}</Text> : null) },
  ];
  return <RecordTable label={t("list.title")} columns={columns} rows={list.rows} rowKey={(row) => row.customerId} />;
}
