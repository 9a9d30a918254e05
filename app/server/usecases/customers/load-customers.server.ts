import { z } from "zod";
import { shopifyGroups } from "#app/core/customer-groups.ts";
import { customerSorts, type CustomerListView, type CustomerRow } from "#app/core/customer-views.ts";
import { parseGid } from "#app/core/ids.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import type { AdminClient } from "#app/server/shopify/admin-client.server.ts";
import { withDeadline } from "#app/server/shopify/client-with-deadline.server.ts";
import { FindCustomersByTextDocument } from "#app/server/shopify/generated/operations.ts";
import { countCustomers, countScoredByGroup, readCustomersByIds, readScoredCustomers, readUnscoredCustomers } from "#app/server/store/read-customer-list.server.ts";

export const CUSTOMERS_A_PAGE = 50;
const SEARCH_WITHIN_MS = 4_000;

/** Whatever stands in the address; what makes no sense falls back to the first page of everyone. */
const listRequest = z.object({
  q: z.string().trim().max(200).catch(""),
  sort: z.enum(customerSorts).catch("last-order"),
  dir: z.enum(["desc", "asc"]).catch("desc"),
  group: z.enum(shopifyGroups).nullable().catch(null),
  page: z.coerce.number().int().min(1).max(1_000_000).catch(1),
});

export async function loadCustomers(shop: ShopRef, admin: AdminClient, params: URLSearchParams): Promise<CustomerListView> {
  const request = listRequest.parse({ q: params.get("q") ?? "", sort: params.get("sort"), dir: params.get("dir"), group: params.get("group"), page: params.get("page") ?? 1 });
  const groupCounts = countScoredByGroup(shop.id);
  const isScored = groupCounts.length > 0;
  const view = { sort: request.sort, direction: request.dir, group: request.group, query: request.q, groupCounts, isScored };
  if (request.q) {
    const found = await searchCustomers(shop, admin, request.q);
    return { ...view, ...found, page: 1, pageCount: 1, total: found.rows.length };
  }
  const total = isScored ? groupCounts.filter(({ group }) => request.group === null || group === request.group).reduce((sum, { count }) => sum + count, 0) : countCustomers(shop.id);
  const pageCount = Math.max(1, Math.ceil(total / CUSTOMERS_A_PAGE));
  const page = Math.min(request.page, pageCount);
  const offset = (page - 1) * CUSTOMERS_A_PAGE;
  const rows = isScored
    ? readScoredCustomers(shop.id, { sort: request.sort, direction: request.dir, group: request.group, limit: CUSTOMERS_A_PAGE, offset })
    : readUnscoredCustomers(shop.id, CUSTOMERS_A_PAGE, offset);
  return { ...view, rows, search: "none", page, pageCount, total };
}

/** A number is one of ours; for words Shopify is asked, because only it knows names and addresses. */
async function searchCustomers(shop: ShopRef, admin: AdminClient, text: string): Promise<{ rows: CustomerRow[]; search: CustomerListView["search"] }> {
  const id = /^#?(\d{1,15})$/.exec(text)?.[1];
  if (id) return { rows: readCustomersByIds(shop.id, [Number(id)]), search: "by-id" };
  const answer = await withDeadline(admin, SEARCH_WITHIN_MS).run(FindCustomersByTextDocument, { query: text, first: CUSTOMERS_A_PAGE });
  if (!answer.ok) return { rows: [], search: "failed" };
  return { rows: readCustomersByIds(shop.id, answer.value.customers.nodes.map((node) => parseGid<number>("Customer", node.id))), search: "by-name" };
}
