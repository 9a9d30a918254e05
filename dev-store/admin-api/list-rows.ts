import { GraphQLError } from "graphql";
import type { Api, Args } from "./field-types.ts";
import { flagArg, intArg, textArg } from "./field-types.ts";
import { Group } from "./items.ts";
import type { Item } from "./items.ts";
import { Page, decodeCursor, encodeCursor, readWindow } from "./paging.ts";
import type { SearchFields, Sql } from "./search-sql.ts";
import { TRUE, compileSearch } from "./search-sql.ts";

export interface ListSpec {
  readonly type: string;
  /** Table and alias: "orders o". */
  readonly from: string;
  readonly alias: string;
  /** Root field, for messages. */
  readonly name: string;
  readonly search: SearchFields;
  /** Sort key to SQL expression that is never null. */
  readonly sorts: Readonly<Record<string, string>>;
  readonly defaultSort: string;
}

type Sorted<Row> = Row & { readonly sort_value: number | string };

function whereOf(api: Api, spec: ListSpec, args: Args, only: Sql): Sql {
  const setting = { shop: api.store.shop, nowMs: api.store.clock.nowMs() };
  const search = compileSearch(textArg(args, "query"), spec.search, setting, spec.name);
  return { sql: `${only.sql} AND ${search.sql}`, params: [...only.params, ...search.params] };
}

/** One page by keyset (sort value, id): as fast at the end of a million rows as at the start. */
export function listRows<Row extends { readonly id: number }>(api: Api, spec: ListSpec, args: Args, only: Sql = TRUE, max?: number): Page<Item<Row>> {
  const window = readWindow(args, max);
  const key = textArg(args, "sortKey") ?? spec.defaultSort;
  const sort = spec.sorts[key];
  if (!sort) throw new GraphQLError(`not simulated: ${spec.name}(sortKey: ${key})`, { extensions: { code: "NOT_SIMULATED" } });
  const where = whereOf(api, spec, args, only);
  const conditions = [where.sql];
  const params: (string | number)[] = [...where.params];
  const isDescending = flagArg(args, "reverse") !== window.fromEnd;
  const bound = (cursor: string, isLower: boolean) => {
    const { id, value } = decodeCursor(cursor);
    conditions.push(`(${sort}, ${spec.alias}.id) ${isLower !== flagArg(args, "reverse") ? ">" : "<"} (?, ?)`);
    params.push(value, id);
  };
  if (window.after !== null) bound(window.after, true);
  if (window.before !== null) bound(window.before, false);
  const direction = isDescending ? "DESC" : "ASC";
  const rows = api.db
    .prepare<(string | number)[], Sorted<Row>>(
      `SELECT ${spec.alias}.*, ${sort} AS sort_value FROM ${spec.from} WHERE ${conditions.join(" AND ")} ORDER BY ${sort} ${direction}, ${spec.alias}.id ${direction} LIMIT ${window.size === Infinity ? -1 : window.size + 1}`,
    )
    .all(...params);
  const hasMore = rows.length > window.size;
  if (hasMore) rows.pop();
  if (window.fromEnd) rows.reverse();
  const group = new Group<Sorted<Row>>(spec.type, rows);
  const cursorOf = (index: number) => encodeCursor({ id: rows[index].id, value: rows[index].sort_value });
  const hasNext = window.fromEnd ? window.before !== null : hasMore;
  const hasPrevious = window.fromEnd ? hasMore : window.after !== null;
  return new Page<Item<Row>>(group.items, hasNext, hasPrevious, cursorOf);
}

/** `ordersCount(query:, limit:)` and its like. */
export function countRows(api: Api, spec: ListSpec, args: Args): { count: number; precision: "EXACT" | "AT_LEAST" } {
  const limit = "limit" in args && args["limit"] === null ? null : (intArg(args, "limit") ?? 10_000);
  const where = whereOf(api, spec, args, TRUE);
  const inner = `SELECT 1 FROM ${spec.from} WHERE ${where.sql}${limit === null ? "" : ` LIMIT ${limit + 1}`}`;
  const found = api.db.prepare<(string | number)[], { n: number }>(`SELECT count(*) AS n FROM (${inner})`).get(...where.params)?.n ?? 0;
  return limit !== null && found > limit ? { count: limit, precision: "AT_LEAST" } : { count: found, precision: "EXACT" };
}
