import { GraphQLError } from "graphql";
import { zonedDayStartMs } from "#dev-store/time.ts";
import { parseAmount } from "#dev-store/money.ts";
import type { ShopFacts } from "#dev-store/context.ts";
import type { Comparator, SearchNode } from "./search-query.ts";
import { parseSearch } from "./search-query.ts";

export interface Sql { readonly sql: string; readonly params: readonly (string | number)[] }
export interface Term { readonly comparator: Comparator; readonly value: string; readonly isPrefix: boolean }
export interface SearchSetting { readonly shop: ShopFacts; readonly nowMs: number }
export type SearchField = (term: Term, setting: SearchSetting) => Sql;

export interface SearchFields {
  readonly fields: Readonly<Record<string, SearchField>>;
  /** Words without a field. */
  readonly text: SearchField;
}

const bad = (message: string) => new GraphQLError(message, { extensions: { code: "BAD_REQUEST" } });

export const TRUE: Sql = { sql: "1", params: [] };

/** WHERE clause of a `query:` argument; a filter that this store does not know is an error, not a silent "all". */
export function compileSearch(query: string | null, known: SearchFields, setting: SearchSetting, where: string): Sql {
  if (query === null || query.trim() === "") return TRUE;
  let tree: SearchNode | null;
  try {
    tree = parseSearch(query);
  } catch (error) {
    throw bad(error instanceof Error ? error.message : String(error));
  }
  return tree ? compileNode(tree, known, setting, where) : TRUE;
}

function compileNode(node: SearchNode, known: SearchFields, setting: SearchSetting, where: string): Sql {
  switch (node.kind) {
    case "and":
    case "or": {
      const parts = node.parts.map((part) => compileNode(part, known, setting, where));
      return { sql: `(${parts.map((part) => part.sql).join(node.kind === "and" ? " AND " : " OR ")})`, params: parts.flatMap((part) => part.params) };
    }
    case "not": {
      const part = compileNode(node.part, known, setting, where);
      return { sql: `NOT COALESCE(${part.sql}, 0)`, params: part.params };
    }
    case "text":
      return known.text({ comparator: "=", value: node.value, isPrefix: node.isPrefix }, setting);
    case "field": {
      const field = known.fields[node.field.toLowerCase()];
      if (!field) throw bad(`not simulated: ${where}(query:) filter "${node.field}"`);
      return field(node, setting);
    }
  }
}

const compare = (column: string, comparator: Comparator, value: string | number): Sql => ({ sql: `${column} ${comparator} ?`, params: [value] });

/** Instants; a bare day stands for its start in the shop's time zone, and `=` for the whole day. */
export const dateFilter = (column: string): SearchField => (term, { shop, nowMs }) => {
  const day = /^(\d{4})-(\d{2})-(\d{2})$/.exec(term.value);
  if (day) {
    const start = zonedDayStartMs(Number(day[1]), Number(day[2]), Number(day[3]), shop.timeZone);
    const end = zonedDayStartMs(Number(day[1]), Number(day[2]), Number(day[3]) + 1, shop.timeZone);
    if (term.comparator === "=") return { sql: `(${column} >= ? AND ${column} < ?)`, params: [start, end] };
    return compare(column, term.comparator === ">" ? ">=" : term.comparator === "<=" ? "<" : term.comparator, term.comparator === ">" || term.comparator === "<=" ? end : start);
  }
  const instant = term.value === "now" ? nowMs : Date.parse(/[zZ]|[+-]\d{2}:?\d{2}$/.test(term.value) ? term.value : `${term.value}Z`);
  if (Number.isNaN(instant)) throw bad(`Invalid date in the search query: ${term.value}`);
  // The API shows whole seconds, so it compares whole seconds: ">= what you saw" finds the row again.
  return compare(`(${column} / 1000)`, term.comparator, Math.floor(instant / 1000));
};

/** As dateFilter, on a column that is indexed: the comparison stays on the bare column. */
export const indexedDateFilter = (column: string): SearchField => (term, setting) => {
  const plain = dateFilter(column)(term, setting);
  if (!plain.sql.startsWith(`(${column} / 1000)`)) return plain;
  const second = Number(plain.params[0]);
  switch (term.comparator) {
    case ">=": return compare(column, ">=", second * 1000);
    case ">": return compare(column, ">=", (second + 1) * 1000);
    case "<": return compare(column, "<", second * 1000);
    case "<=": return compare(column, "<", (second + 1) * 1000);
    case "=": return { sql: `(${column} >= ? AND ${column} < ?)`, params: [second * 1000, (second + 1) * 1000] };
  }
};

export const numberFilter = (column: string): SearchField => (term) => {
  const value = Number(term.value);
  if (term.value === "" || Number.isNaN(value)) throw bad(`Invalid number in the search query: ${term.value}`);
  return compare(column, term.comparator, value);
};

export const idFilter = (column: string): SearchField => (term) => numberFilter(column)({ ...term, value: term.value.replace(/^gid:\/\/shopify\/\w+\//, "") }, { shop: { id: 0, domain: "", name: "", currency: "USD", timeZone: "UTC", shippingRate: 0 }, nowMs: 0 });

export const amountFilter = (column: string): SearchField => (term, { shop }) => {
  const minor = parseAmount(term.value, shop.currency);
  if (minor === null) throw bad(`Invalid amount in the search query: ${term.value}`);
  return compare(column, term.comparator, minor);
};

const likeText = (text: string) => text.replace(/[\\%_]/g, "\\$&");

/** Whole value, case ignored; `abc*` is a prefix, `*` alone means "has one". */
export const textFilter = (column: string): SearchField => (term) => {
  if (term.isPrefix && term.value === "") return { sql: `(${column} IS NOT NULL AND ${column} <> '')`, params: [] };
  if (term.isPrefix) return { sql: `${column} LIKE ? ESCAPE '\\'`, params: [`${likeText(term.value)}%`] };
  return { sql: `${column} = ? COLLATE NOCASE`, params: [term.value] };
};

/** Any word of any of the columns begins with the value, as the admin's search box finds things. */
export const wordFilter = (...columns: string[]): SearchField => (term) => {
  const pattern = likeText(term.value);
  const parts = columns.map((column) => `(${column} LIKE ? ESCAPE '\\' OR ${column} LIKE ? ESCAPE '\\')`);
  return { sql: `(${parts.join(" OR ")})`, params: columns.flatMap(() => [`${pattern}%`, `% ${pattern}%`]) };
};

export const tagFilter = (column: string): SearchField => (term) =>
  term.isPrefix
    ? { sql: `EXISTS (SELECT 1 FROM json_each(${column}) WHERE json_each.value LIKE ? ESCAPE '\\')`, params: [`${likeText(term.value)}%`] }
    : { sql: `EXISTS (SELECT 1 FROM json_each(${column}) WHERE json_each.value = ? COLLATE NOCASE)`, params: [term.value] };

export const flagFilter = (column: string): SearchField => (term) => ({ sql: `${column} = ?`, params: [/^(true|1|yes)$/i.test(term.value) ? 1 : 0] });

/** Values separated by commas are alternatives, as in `status:active,draft`. */
export const enumFilter = (column: string, toStored: (value: string) => string = (value) => value.toUpperCase()): SearchField => (term) => {
  const values = term.value.split(",").map((value) => toStored(value.trim()));
  return { sql: `${column} IN (${values.map(() => "?").join(", ")})`, params: values };
};
