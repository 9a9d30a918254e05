import { listFilterNames, type CustomerListView } from "#app/core/customer-views.ts";

export type ListAddress = Pick<CustomerListView, "sort" | "direction" | "filters" | "where" | "query" | "page" | "columns">;

/** What the list shows when the address says nothing: kept out of addresses. */
export const usualColumns = ["stage", "lastOrderAt", "ordersCount", "monetaryMinor", "expectedRevenue365dMinor", "shopifyGroup"] as const;

/** Search part of the address of the list as it is, with some of it changed; what is as usual is left out. */
export function listSearch(current: ListAddress, change: Partial<ListAddress> = {}): string {
  const { sort, direction, filters, where, query, page, columns } = { ...current, ...change };
  const params = new URLSearchParams();
  if (query) params.set("q", query);
  for (const name of listFilterNames) {
    const text = filters[name];
    if (text) params.set(name, text);
  }
  if (where) params.set("where", where);
  if (columns.join() !== usualColumns.join()) params.set("cols", columns.join(","));
  if (sort !== "lastOrderAt") params.set("sort", sort);
  if (direction !== "desc") params.set("dir", direction);
  if (page > 1) params.set("page", String(page));
  return params.toString();
}

export function customersPath(current: ListAddress, change: Partial<ListAddress>): string {
  const search = listSearch(current, change);
  return search ? `/app/customers?${search}` : "/app/customers";
}
