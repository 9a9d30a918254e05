import type { CustomerListView, CustomerRow } from "#app/core/customer-views.ts";
import { parseGid } from "#app/core/ids.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { SECOND_MS } from "#app/core/time.ts";
import type { AdminClient } from "#app/server/shopify/admin-client.server.ts";
import { withDeadline } from "#app/server/shopify/client-with-deadline.server.ts";
import { FindCustomersByTextDocument } from "#app/server/shopify/generated/operations.ts";
import { countCustomers, readCustomerPlaces, readNewestCustomers } from "#app/server/store/read-customer-list.server.ts";
import { listSegments } from "#app/server/store/segments.server.ts";
import { loadMetafieldTypes } from "../segments/metafield-types.server.ts";
import { askPicture, type AskOptions } from "../picture/ask-picture.server.ts";
import type { CustomerListAnswer, CustomerListQuestion } from "./answer-customer-list.server.ts";
import { loadClusters } from "./load-clusters.server.ts";
import { readListRequest, type ListRequest } from "./read-list-request.server.ts";

export const CUSTOMERS_A_PAGE = 50;
const SEARCH_WITHIN_MS = 4 * SECOND_MS;
const noChoices: CustomerListView["choices"] = { shopifyGroup: [], stage: [], tier: [], cluster: [] };

/** One page of the list: sorted and narrowed over all customers by the resident picture, or what a search found. */
export async function loadCustomers(shop: ShopRef, admin: AdminClient, params: URLSearchParams, options: AskOptions = {}): Promise<CustomerListView> {
  const request = readListRequest(params);
  const { query, sort, direction, filters, where, columns } = request;
  const clusters = (await loadClusters(shop))?.figures.clusters.map(({ number, named }) => ({ number, named })) ?? [];
  const view = { query, sort, direction, filters, where, columns, clusters };
  const found = query ? await searchCustomers(admin, query) : { ids: null, search: "none" as const };
  const answer = await ask(shop, request, found.ids, options);
  if (!answer) return { ...view, ...found, ...readWithoutPicture(shop, found.ids, request.page), choices: noChoices, problems: [], asOfMs: null, isReady: false };
  const pageCount = Math.max(1, Math.ceil(answer.total / CUSTOMERS_A_PAGE));
  // An address may name a page that is not there any more.
  const page = found.ids ? 1 : Math.min(request.page, pageCount);
  const { rows } = page === request.page || found.ids ? answer : ((await ask(shop, { ...request, page }, null, options)) ?? answer);
  return {
    ...view, search: found.search, rows: dropDeleted(shop, rows), page, pageCount: found.ids ? 1 : pageCount, total: answer.total, choices: answer.choices, problems: answer.problems, asOfMs: answer.asOfMs, isReady: true,
  };
}

/** Null while a large shop's customers are being read. */
async function ask(shop: ShopRef, request: ListRequest, ids: readonly number[] | null, options: AskOptions): Promise<CustomerListAnswer | null> {
  const answer = await askPicture(shop, "customer-list", { ...(await listQuestion(shop, request)), ...(ids ? { ids } : {}), offset: (request.page - 1) * CUSTOMERS_A_PAGE, limit: CUSTOMERS_A_PAGE }, options);
  return answer.ok ? answer.value : null;
}

/** What is asked of the picture, but for the page. */
export async function listQuestion(shop: ShopRef, { sort, direction, columns, filters, where }: ListRequest): Promise<Omit<CustomerListQuestion, "offset" | "limit">> {
  const segmentNames = where.includes("segments") ? (await listSegments(shop.id)).map(({ name }) => name) : [];
  return { sort, direction, columns, filters, where: where || null, segmentNames, metafields: loadMetafieldTypes(shop.id) };
}

function dropDeleted(shop: ShopRef, rows: CustomerListAnswer["rows"]): CustomerRow[] {
  const places = readCustomerPlaces(shop.id, rows.map(({ customerId }) => customerId));
  // Who was deleted since the picture was taken has no place, and is not shown.
  return rows.flatMap((row) => {
    const place = places.get(row.customerId);
    return place ? [{ ...row, ...place }] : [];
  });
}

function readWithoutPicture(shop: ShopRef, ids: readonly number[] | null, page: number) {
  const total = ids ? ids.length : countCustomers(shop.id);
  const shown = ids ?? readNewestCustomers(shop.id, CUSTOMERS_A_PAGE, (page - 1) * CUSTOMERS_A_PAGE);
  return { rows: dropDeleted(shop, shown.map((customerId) => ({ customerId, values: [] }))), page, pageCount: ids ? 1 : Math.max(1, Math.ceil(total / CUSTOMERS_A_PAGE)), total };
}

/** A number is one of ours; for words Shopify is asked, because only it knows names and addresses. */
async function searchCustomers(admin: AdminClient, text: string): Promise<{ ids: number[]; search: CustomerListView["search"] }> {
  const id = /^#?(\d{1,15})$/.exec(text)?.[1];
  if (id) return { ids: [Number(id)], search: "by-id" };
  const answer = await withDeadline(admin, SEARCH_WITHIN_MS).run(FindCustomersByTextDocument, { query: text, first: CUSTOMERS_A_PAGE });
  if (!answer.ok) return { ids: [], search: "failed" };
  return { ids: answer.value.customers.nodes.map((node) => parseGid<number>("Customer", node.id)), search: "by-name" };
}
