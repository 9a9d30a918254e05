import { GraphQLError } from "graphql";
import { findRow } from "#dev-store/db/load-rows.ts";
import { takeNumber } from "#dev-store/db/meta.ts";
import type { CustomerRow, SegmentRow } from "#dev-store/db/rows.ts";
import { gid, readGidOf } from "#dev-store/gid.ts";
import { checkSegment, isSegmentMember } from "#dev-store/segments/segment-members.ts";
import type { SegmentSql } from "#dev-store/segments/segment-sql.ts";
import { SIMULATED_ATTRIBUTES, SegmentNotSimulated } from "#dev-store/segments/segment-sql.ts";
import type { Api, Args, FieldTable, UserError } from "../field-types.ts";
import { addFields, textArg, textsArg, userError } from "../field-types.ts";
import { Group } from "../items.ts";
import type { Item } from "../items.ts";
import type { ListSpec } from "../list-rows.ts";
import { listRows } from "../list-rows.ts";
import { Page, pageOf } from "../paging.ts";
import { idFilter, textFilter, wordFilter } from "../search-sql.ts";
import { moneyV2 } from "../values.ts";
import { CUSTOMERS, addressOf, displayName, emailAddressOf, phoneNumberOf } from "./customer-fields.ts";

const FIRST_SEGMENT_ID = 610_000_000_001;
const MAX_MEMBERS_PAGE = 1000;
const MAX_SEGMENTS = 6000;

const SEGMENTS: ListSpec = {
  type: "Segment",
  from: "segments s",
  alias: "s",
  name: "segments",
  search: { fields: { id: idFilter("s.id"), name: textFilter("s.name") }, text: wordFilter("s.name") },
  sorts: { CREATION_DATE: "s.created_at", LAST_EDIT_DATE: "s.updated_at", ID: "s.id", RELEVANCE: "s.id" },
  defaultSort: "CREATION_DATE",
};

const MEMBERS: ListSpec = {
  ...CUSTOMERS,
  type: "CustomerSegmentMember",
  name: "customerSegmentMembers",
  sorts: {
    id: "c.id", created_at: "c.created_at", updated_at: "c.updated_at", number_of_orders: "c.number_of_orders", amount_spent: "c.amount_spent",
    last_order_date: "COALESCE(c.last_order_at, 0)", last_update_date: "c.updated_at", first_order_date: "c.created_at",
  },
  defaultSort: "id",
};

/** The condition of a query, or a GraphQL error as Shopify words it. */
function conditionOf(query: string, api: Api): SegmentSql {
  try {
    const checked = checkSegment(api.store, query);
    if (checked.ok) return checked.where;
    throw new GraphQLError(checked.message, { extensions: { code: "INVALID" } });
  } catch (error) {
    if (error instanceof SegmentNotSimulated) throw new GraphQLError(error.message, { extensions: { code: "NOT_SIMULATED" } });
    throw error;
  }
}

function listMembers(args: Args, api: Api): Page<unknown> {
  const given = ["segmentId", "query", "queryId"].filter((name) => textArg(args, name) !== null);
  if (given.length !== 1) throw new GraphQLError("Exactly one of segmentId, query or queryId must be given", { extensions: { code: "BAD_REQUEST" } });
  if (given[0] === "queryId") throw new GraphQLError("not simulated: customerSegmentMembers(queryId:)", { extensions: { code: "NOT_SIMULATED" } });
  const segmentId = readGidOf("Segment", textArg(args, "segmentId") ?? "");
  const segment = segmentId === null ? null : findRow(api.db, "segments", segmentId);
  const query = textArg(args, "query") ?? segment?.query;
  if (query === undefined) throw new GraphQLError("Segment does not exist", { extensions: { code: "NOT_FOUND" } });
  const where = conditionOf(query, api);
  const page = listRows<CustomerRow>(api, MEMBERS, { ...args, query: null }, where, MAX_MEMBERS_PAGE);
  let totalCount: number | undefined;
  const totals = {
    get totalCount() {
      totalCount ??= api.db.prepare<(string | number)[], { n: number }>(`SELECT count(*) AS n FROM customers c WHERE ${where.sql}`).get(...where.params)?.n ?? 0;
      return totalCount;
    },
    get statistics() {
      return { __typename: "SegmentStatistics", where };
    },
  };
  return new Page(page.nodes, page.hasNextPage, page.hasPreviousPage, page.cursorOf, totals);
}

interface SegmentPayload { readonly segment: Item<SegmentRow> | null; readonly userErrors: readonly UserError[] }

function saveSegment(id: number | null, name: string | null, query: string | null, api: Api): SegmentPayload {
  const refused = (field: string, message: string): SegmentPayload => ({ segment: null, userErrors: [userError([field], message)] });
  const before = id === null ? null : findRow(api.db, "segments", id);
  if (id !== null && !before) return refused("id", "Segment does not exist");
  const newName = name ?? before?.name ?? "";
  const newQuery = query ?? before?.query ?? "";
  if (!newName.trim()) return refused("name", "Name can't be blank");
  if (newName.length > 255) return refused("name", "Name is too long (maximum is 255 characters)");
  const owner = api.db.prepare<[string], { id: number }>("SELECT id FROM segments WHERE name = ?").get(newName);
  if (owner && owner.id !== id) return refused("name", "Name has already been taken");
  try {
    const checked = checkSegment(api.store, newQuery);
    if (!checked.ok) return refused("query", checked.message);
  } catch (error) {
    if (error instanceof SegmentNotSimulated) throw new GraphQLError(error.message, { extensions: { code: "NOT_SIMULATED" } });
    throw error;
  }
  const nowMs = api.store.clock.nowMs();
  if (before) {
    api.db.prepare("UPDATE segments SET name = ?, query = ?, updated_at = ? WHERE id = ?").run(newName, newQuery, nowMs, before.id);
    return { segment: segmentItem(before.id, api), userErrors: [] };
  }
  const count = api.db.prepare<[], { n: number }>("SELECT count(*) AS n FROM segments").get()?.n ?? 0;
  if (count >= MAX_SEGMENTS) return refused("name", `Segment limit of ${MAX_SEGMENTS} reached`);
  const created = takeNumber(api.db, "next_segment_id", FIRST_SEGMENT_ID);
  api.db.prepare("INSERT INTO segments (id, name, query, created_at, updated_at) VALUES (?, ?, ?, ?, ?)").run(created, newName, newQuery, nowMs, nowMs);
  return { segment: segmentItem(created, api), userErrors: [] };
}

function segmentItem(id: number, api: Api): Item<SegmentRow> | null {
  const row = findRow(api.db, "segments", id);
  return row ? new Group<SegmentRow>("Segment", [row]).items[0] : null;
}

export function addSegmentFields(table: FieldTable): void {
  const segmentIdArg = (args: Args) => readGidOf("Segment", textArg(args, "id") ?? "") ?? 0;
  addFields<unknown>(table, "QueryRoot", {
    segments: (_, args, api) => listRows<SegmentRow>(api, SEGMENTS, args),
    segment: (_, args, api) => segmentItem(segmentIdArg(args), api),
    segmentsCount: (_, __, api) => ({ count: api.db.prepare<[], { n: number }>("SELECT count(*) AS n FROM segments").get()?.n ?? 0, precision: "EXACT" }),
    customerSegmentMembers: (_, args, api) => listMembers(args, api),
    customerSegmentMembership: (_, args, api) => {
      const customerId = readGidOf("Customer", textArg(args, "customerId") ?? "") ?? 0;
      return {
        memberships: textsArg(args, "segmentIds").map((segmentId) => {
          const segment = findRow(api.db, "segments", readGidOf("Segment", segmentId) ?? 0);
          return { segmentId, isMember: segment !== null && isSegmentMember(api.store, segment.query, customerId) };
        }),
      };
    },
    segmentFilters: (_, args) =>
      pageOf(SIMULATED_ATTRIBUTES.map((queryName, index) => ({ ...describeFilter(queryName), index })), args, (filter) => filter.index),
  });

  addFields<Item<CustomerRow>>(table, "CustomerSegmentMember", {
    id: ({ row }) => gid("CustomerSegmentMember", row.id),
    firstName: ({ row }) => row.first_name,
    lastName: ({ row }) => row.last_name,
    displayName: ({ row }) => displayName(row),
    note: () => null,
    amountSpent: ({ row }, _, api) => moneyV2(row.amount_spent, api.store.shop.currency),
    numberOfOrders: ({ row }) => String(row.number_of_orders),
    lastOrderId: ({ row }) => (row.last_order_id === null ? null : gid("Order", row.last_order_id)),
    defaultAddress: ({ row }) => addressOf(row),
    defaultEmailAddress: ({ row }) => emailAddressOf(row),
    defaultPhoneNumber: ({ row }) => phoneNumberOf(row),
  });

  addFields<{ where: SegmentSql }>(table, "SegmentStatistics", {
    attributeStatistics: ({ where }, args, api) => {
      const column = ({ amount_spent: "c.amount_spent", number_of_orders: "c.number_of_orders" } as Record<string, string | undefined>)[textArg(args, "attributeName") ?? ""];
      if (!column) throw new GraphQLError(`not simulated: attributeStatistics(${textArg(args, "attributeName")})`);
      const found = api.db
        .prepare<(string | number)[], { sum: number | null; average: number | null }>(`SELECT sum(${column}) AS sum, avg(${column}) AS average FROM customers c WHERE ${where.sql}`)
        .get(...where.params);
      const scale = column.endsWith("amount_spent") ? Number(moneyV2(1_000_000, api.store.shop.currency).amount) / 1_000_000 : 1;
      return { sum: (found?.sum ?? 0) * scale, average: (found?.average ?? 0) * scale };
    },
  });

  addFields<unknown>(table, "Mutation", {
    segmentCreate: (_, args, api) => saveSegment(null, textArg(args, "name"), textArg(args, "query") ?? "", api),
    segmentUpdate: (_, args, api) => saveSegment(segmentIdArg(args), textArg(args, "name"), textArg(args, "query"), api),
    segmentDelete: (_, args, api) => {
      const removed = api.db.prepare("DELETE FROM segments WHERE id = ?").run(segmentIdArg(args)).changes;
      return removed ? { deletedSegmentId: textArg(args, "id"), userErrors: [] } : { deletedSegmentId: null, userErrors: [userError(["id"], "Segment does not exist")] };
    },
  });
}

function describeFilter(queryName: string): { __typename: string; queryName: string; localizedName: string; multiValue: boolean } {
  const type = queryName.endsWith("_date") ? "SegmentDateFilter"
    : queryName === "number_of_orders" ? "SegmentIntegerFilter"
    : queryName === "amount_spent" ? "SegmentFloatFilter"
    : queryName === "products_purchased" || queryName === "orders_placed" ? "SegmentEventFilter"
    : /_(status|group|tier)$/.test(queryName) ? "SegmentEnumFilter" : "SegmentStringFilter";
  return { __typename: type, queryName, localizedName: queryName.replace(/_/g, " "), multiValue: /tags|countries|cities|regions/.test(queryName) };
}
