import type { CustomerListView } from "#app/core/customer-views.ts";

type Request = Pick<CustomerListView, "sort" | "direction" | "group" | "query" | "page">;

/** Address of the customer list as it is, with some of it changed; what is as usual is left out. */
export function customersPath(current: Request, change: Partial<Request>): string {
  const { sort, direction, group, query, page } = { ...current, ...change };
  const params = new URLSearchParams();
  if (query) params.set("q", query);
  if (group) params.set("group", group);
  if (sort !== "last-order") params.set("sort", sort);
  if (direction !== "desc") params.set("dir", direction);
  if (page > 1) params.set("page", String(page));
  const search = params.toString();
  return search ? `/app/customers?${search}` : "/app/customers";
}
