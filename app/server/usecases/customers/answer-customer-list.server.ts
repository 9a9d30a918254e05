import { listFilterNames, type ListFilterName, type ListSort, type QueryProblemView, type SortDirection } from "#app/core/customer-views.ts";
import type { ProfileFieldName, ProfileValue } from "#app/core/profile-fields.ts";
import { countBits, hasBit, type Bitmap } from "#app/engine/segments/evaluate/bitmap.ts";
import type { ShopNames } from "#app/engine/segments/language/find-attribute.ts";
import { readSegmentQuery } from "#app/engine/segments/read-segment-query.ts";
import { findLatestProfileVersion } from "#app/server/store/profile-versions.server.ts";
import type { ShopPicture } from "../picture/shop-picture.server.ts";
import { tableOf, type ProfileTable } from "./profile-table-of.server.ts";

export interface CustomerListQuestion {
  readonly sort: ListSort;
  readonly direction: SortDirection;
  readonly columns: readonly ProfileFieldName[];
  readonly filters: Partial<Readonly<Record<ListFilterName, string>>>;
  /** A query of the segment language; null = everyone. */
  readonly where: string | null;
  /** Names of segments that the query may refer to. */
  readonly segmentNames: readonly string[];
  /** Customer metafields that it may ask, and their types. */
  readonly metafields: ShopNames["metafields"];
  /** These customers alone, in this order, instead of a sorted page. */
  readonly ids?: readonly number[];
  readonly offset: number;
  readonly limit: number;
}

export interface CustomerListAnswer {
  readonly total: number;
  readonly everyone: number;
  readonly rows: readonly { readonly customerId: number; readonly values: readonly ProfileValue[] }[];
  readonly choices: Readonly<Record<ListFilterName, readonly { readonly value: string; readonly count: number }[]>>;
  /** Data of the profiles was read up to here; null before the first run. */
  readonly asOfMs: number | null;
  /** Of the query; the list is everyone's then. */
  readonly problems: readonly QueryProblemView[];
}

/** A page of the customer list over all customers: the profile columns stay beside the picture until either changes. */
export function answerCustomerList(picture: ShopPicture, question: CustomerListQuestion): CustomerListAnswer {
  const version = findLatestProfileVersion(picture.shop.id);
  const table = tableOf(picture);
  const { rows, total, problems } = findRows(picture, table, question);
  return {
    total,
    everyone: table.ids.length,
    rows: rows.map((row) => ({ customerId: table.ids[row], values: question.columns.map((name) => table.valueOf(name, row)) })),
    choices: countChoices(table),
    asOfMs: version?.asOfMs ?? null,
    problems,
  };
}

function countChoices(table: ProfileTable): CustomerListAnswer["choices"] {
  const of = (name: ListFilterName) => [...table.countTexts(name)].map(([value, count]) => ({ value, count }));
  return { shopifyGroup: of("shopifyGroup"), stage: of("stage"), tier: of("tier"), cluster: of("cluster") };
}

function findRows(picture: ShopPicture, table: ProfileTable, question: CustomerListQuestion): { readonly rows: readonly number[]; readonly total: number; readonly problems: readonly QueryProblemView[] } {
  if (question.ids) {
    const rowOf = new Map<number, number>();
    const wanted = new Set(question.ids);
    table.ids.forEach((id, row) => wanted.has(id) && rowOf.set(id, row));
    const rows = question.ids.flatMap((id) => rowOf.get(id) ?? []);
    return { rows, total: rows.length, problems: [] };
  }
  const { members, problems } = evaluate(picture, question);
  const tests = listFilterNames.flatMap((name) => {
    const text = question.filters[name];
    return text === undefined ? [] : [table.matcher(name, text)];
  });
  // Without further tests the number is known, and the walk ends with the page.
  const counted = tests.length > 0 ? null : members ? countBits(members) : table.ids.length;
  const rows: number[] = [];
  let total = 0;
  for (const row of walk(table, question)) {
    if ((members && !hasBit(members, row)) || !tests.every((test) => test(row))) continue;
    if (total >= question.offset && rows.length < question.limit) rows.push(row);
    total++;
    if (counted !== null && rows.length === question.limit) break;
  }
  return { rows, total: counted ?? total, problems };
}

function evaluate({ evaluator }: ShopPicture, { where, segmentNames, metafields }: CustomerListQuestion): { readonly members: Bitmap | null; readonly problems: readonly QueryProblemView[] } {
  if (where === null) return { members: null, problems: [] };
  const names: ShopNames = { metafields, segments: segmentNames };
  const read = readSegmentQuery(where, names);
  if (!read.ok) return { members: null, problems: read.error.map(({ message, span, suggestion }) => ({ message, from: span.start, to: span.end, suggestion })) };
  const { members, missing } = evaluator.evaluate(read.value);
  return { members, problems: missing.map(({ condition, what }) => ({ message: `${condition}: ${what}`, from: 0, to: 0, suggestion: null })) };
}

/** Rows in the order asked for; those without a value always last. */
function* walk(table: ProfileTable, { sort, direction }: Pick<CustomerListQuestion, "sort" | "direction">): Generator<number> {
  if (sort === "customer") {
    for (let i = 0; i < table.ids.length; i++) yield direction === "asc" ? i : table.ids.length - 1 - i;
    return;
  }
  const { order, known } = table.orderBy(sort);
  for (let i = 0; i < known; i++) yield direction === "asc" ? order[i] : order[known - 1 - i];
  for (let i = known; i < order.length; i++) yield order[i];
}
