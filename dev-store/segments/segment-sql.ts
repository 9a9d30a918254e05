import type { ShopFacts } from "#dev-store/context.ts";
import { parseAmount } from "#dev-store/money.ts";
import { zonedDate, zonedDayStartMs, zonedTimeMs } from "#dev-store/time.ts";
import type { Clause, CompareOperator, Parameter, SegmentNode, SegmentValue } from "./segment-query.ts";
import { SegmentSyntaxError } from "./segment-query.ts";

/** A condition on `customers c`. */
export interface SegmentSql { readonly sql: string; readonly params: readonly (string | number)[]; readonly needsRfm: boolean }

/** Known to Shopify, not to this store: an error of the simulator, not of the query. */
export class SegmentNotSimulated extends Error {}

export interface SegmentSetting { readonly shop: ShopFacts; readonly nowMs: number }

type Part = { readonly sql: string; readonly params: readonly (string | number)[] };
type Compile = (clause: Clause, setting: SegmentSetting) => Part;

const refuse = (attribute: string, what: string): never => {
  throw new SegmentSyntaxError(`'${attribute}' ${what}`);
};

/** Start and end of the day (or second) that a date value names; comparisons are by whole days in the shop's time zone. */
export function dateSpan(value: SegmentValue, attribute: string, { shop, nowMs }: SegmentSetting): { start: number; end: number } {
  if (value.kind === "date") {
    const probe = new Date(Date.UTC(value.year, value.month - 1, value.day));
    if (probe.getUTCMonth() !== value.month - 1 || probe.getUTCDate() !== value.day) return refuse(attribute, "has a date that does not exist");
    return daySpan(value.year, value.month, value.day, shop.timeZone);
  }
  if (value.kind === "instant") {
    const zoned = /(Z|[+-]\d{2}:\d{2})$/.test(value.text);
    const [year, month, day, hour, minute, second = "0"] = value.text.replace(/(Z|[+-]\d{2}:\d{2})$/, "").split(/[-T:]/);
    const start = zoned ? Date.parse(value.text) : zonedTimeMs(Number(year), Number(month), Number(day), Number(hour), Number(minute), Number(second), shop.timeZone);
    return { start, end: start + 1000 };
  }
  if (value.kind !== "offset") return refuse(attribute, "needs a date such as 2026-05-30, -30d or today");
  const today = zonedDate(nowMs, shop.timeZone);
  if (value.unit === "d" || value.unit === "w") return daySpan(today.year, today.month, today.day + value.amount * (value.unit === "w" ? 7 : 1), shop.timeZone);
  const month = value.unit === "m" ? today.month + value.amount : today.month;
  const year = value.unit === "y" ? today.year + value.amount : today.year;
  // The 31st a month ago is that month's last day.
  const lastDay = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return daySpan(year, month, Math.min(today.day, lastDay), shop.timeZone);
}

const daySpan = (year: number, month: number, day: number, zone: string) => ({ start: zonedDayStartMs(year, month, day, zone), end: zonedDayStartMs(year, month, day + 1, zone) });

function compareDate(column: string, operator: CompareOperator, { start, end }: { start: number; end: number }): Part {
  switch (operator) {
    case "=": return { sql: `(${column} >= ? AND ${column} < ?)`, params: [start, end] };
    case "!=": return { sql: `(${column} < ? OR ${column} >= ?)`, params: [start, end] };
    case ">": return { sql: `${column} >= ?`, params: [end] };
    case ">=": return { sql: `${column} >= ?`, params: [start] };
    case "<": return { sql: `${column} < ?`, params: [start] };
    case "<=": return { sql: `${column} < ?`, params: [end] };
  }
}

const isNull = (column: string, isNegated: boolean): Part => ({ sql: `${column} IS ${isNegated ? "NOT " : ""}NULL`, params: [] });

const dateAttribute = (column: string): Compile => (clause, setting) => {
  if (clause.kind === "null") return isNull(column, clause.isNegated);
  if (clause.kind === "compare") return compareDate(column, clause.operator, dateSpan(clause.value, clause.attribute, setting));
  if (clause.kind !== "between") return refuse(clause.attribute, "takes =, !=, >, >=, <, <=, BETWEEN and IS NULL");
  const low = dateSpan(clause.low, clause.attribute, setting);
  const high = dateSpan(clause.high, clause.attribute, setting);
  return { sql: `(${column} >= ? AND ${column} < ?)`, params: [low.start, high.end] };
};

const numberAttribute = (column: string, read: (value: SegmentValue, attribute: string, setting: SegmentSetting) => number): Compile => (clause, setting) => {
  if (clause.kind === "compare") return { sql: `${column} ${clause.operator} ?`, params: [read(clause.value, clause.attribute, setting)] };
  if (clause.kind !== "between") return refuse(clause.attribute, "takes =, !=, >, >=, <, <= and BETWEEN");
  return { sql: `${column} BETWEEN ? AND ?`, params: [read(clause.low, clause.attribute, setting), read(clause.high, clause.attribute, setting)] };
};

const wholeNumber = (value: SegmentValue, attribute: string): number => (value.kind === "number" && Number.isInteger(value.number) ? value.number : refuse(attribute, "needs a whole number"));
const amount = (value: SegmentValue, attribute: string, { shop }: SegmentSetting): number =>
  (value.kind === "number" ? parseAmount(value.number, shop.currency) : null) ?? refuse(attribute, "needs a number");

const enumAttribute = (expression: string, values: readonly string[]): Compile => (clause) => {
  if (clause.kind !== "compare" || (clause.operator !== "=" && clause.operator !== "!=")) return refuse(clause.attribute, "takes = and !=");
  const { value } = clause;
  if (value.kind !== "text" || (values.length > 0 && !values.includes(value.text))) return refuse(clause.attribute, `needs one of ${values.map((known) => `'${known}'`).join(", ") || "a text in single quotes"}`);
  return { sql: `COALESCE(${expression}, '') ${clause.operator} ?`, params: [value.text] };
};

const textOf = (value: SegmentValue, attribute: string): string => (value.kind === "text" ? value.text : refuse(attribute, "needs a text in single quotes"));

/** One address a customer: the list has one entry or none. */
const placeAttribute = (expression: string): Compile => (clause) => {
  if (clause.kind === "null") return isNull(expression, clause.isNegated);
  if (clause.kind !== "contains") return refuse(clause.attribute, "takes CONTAINS, NOT CONTAINS and IS NULL");
  return { sql: `COALESCE(${expression}, '') ${clause.isNegated ? "!=" : "="} ?`, params: [textOf(clause.value, clause.attribute)] };
};

const tagAttribute: Compile = (clause) => {
  if (clause.kind === "null") return { sql: `c.tags ${clause.isNegated ? "!=" : "="} '[]'`, params: [] };
  if (clause.kind !== "contains") return refuse(clause.attribute, "takes CONTAINS, NOT CONTAINS and IS NULL");
  return {
    sql: `${clause.isNegated ? "NOT " : ""}EXISTS (SELECT 1 FROM json_each(c.tags) t WHERE lower(t.value) = lower(?))`,
    params: [textOf(clause.value, clause.attribute)],
  };
};

interface Shape { readonly joins: string; readonly rows: Readonly<Record<string, ParameterCompile>>; readonly groups: Readonly<Record<string, ParameterCompile>> }
type ParameterCompile = (parameter: Parameter, setting: SegmentSetting) => Part;

const one = (parameter: Parameter): SegmentValue => parameter.values[0];
const compareNumber = (column: string, read: typeof amount | typeof wholeNumber): ParameterCompile => (parameter, setting) => {
  const values = parameter.values.map((value) => read(value, parameter.name, setting));
  if (parameter.operator === "BETWEEN") return { sql: `${column} BETWEEN ? AND ?`, params: values };
  if (parameter.operator === "IN" || parameter.operator === "NOT IN") return { sql: `${column} ${parameter.operator} (${values.map(() => "?").join(", ")})`, params: values };
  return { sql: `${column} ${parameter.operator} ?`, params: values };
};
const compareId = (column: string): ParameterCompile => (parameter, setting) => {
  if (parameter.values.length > 500) refuse(parameter.name, "takes at most 500 ids");
  if (!["=", "!=", "IN", "NOT IN"].includes(parameter.operator)) refuse(parameter.name, "takes =, !=, IN and NOT IN");
  return compareNumber(column, wholeNumber)(parameter, setting);
};
const compareWhen: ParameterCompile = (parameter, setting) => {
  if (parameter.operator === "IN" || parameter.operator === "NOT IN") return refuse(parameter.name, "takes no list");
  const span = dateSpan(one(parameter), parameter.name, setting);
  if (parameter.operator !== "BETWEEN") return compareDate("o.processed_at", parameter.operator, span);
  return { sql: "(o.processed_at >= ? AND o.processed_at < ?)", params: [span.start, dateSpan(parameter.values[1], parameter.name, setting).end] };
};

const PURCHASES: Shape = {
  joins: "orders o JOIN line_items l ON l.order_id = o.id",
  rows: {
    id: compareId("l.product_id"),
    date: compareWhen,
    quantity: compareNumber("l.quantity", wholeNumber),
    tag: (parameter) => ({
      sql: "EXISTS (SELECT 1 FROM products p, json_each(p.tags) t WHERE p.id = l.product_id AND lower(t.value) = lower(?))",
      params: [textOf(one(parameter), parameter.name)],
    }),
  },
  groups: { count: compareNumber("count(DISTINCT o.id)", wholeNumber), sum_quantity: compareNumber("sum(l.quantity)", wholeNumber) },
};

const ORDERS: Shape = {
  joins: "orders o",
  rows: { date: compareWhen, amount: compareNumber("o.total", amount) },
  groups: { count: compareNumber("count(*)", wholeNumber), sum_amount: compareNumber("sum(o.total)", amount) },
};

const functionAttribute = ({ joins, rows, groups }: Shape): Compile => (clause, setting) => {
  if (clause.kind === "null") return { sql: `${clause.isNegated ? "" : "NOT "}EXISTS (SELECT 1 FROM ${joins} WHERE o.customer_id = c.id AND o.test = 0)`, params: [] };
  if (clause.kind !== "matches") return refuse(clause.attribute, "takes MATCHES and NOT MATCHES");
  const where: Part[] = [];
  const having: Part[] = [];
  for (const parameter of clause.parameters) {
    const name = parameter.name.toLowerCase();
    const row = rows[name];
    const group = groups[name];
    if (row) where.push(row(parameter, setting));
    else if (group) having.push(group(parameter, setting));
    else refuse(clause.attribute, `has no parameter '${parameter.name}'`);
  }
  const wheres = ["o.customer_id = c.id", "o.test = 0", ...where.map((part) => part.sql)].join(" AND ");
  const groupBy = having.length ? ` GROUP BY o.customer_id HAVING ${having.map((part) => part.sql).join(" AND ")}` : "";
  return { sql: `${clause.isNegated ? "NOT " : ""}EXISTS (SELECT 1 FROM ${joins} WHERE ${wheres}${groupBy})`, params: [...where, ...having].flatMap((part) => part.params) };
};

const CONSENT = ["SUBSCRIBED", "NOT_SUBSCRIBED", "PENDING", "UNSUBSCRIBED", "REDACTED"];
export const RFM_GROUPS = ["CHAMPIONS", "LOYAL", "ACTIVE", "NEW", "PROMISING", "NEEDS_ATTENTION", "ALMOST_LOST", "AT_RISK", "PREVIOUSLY_LOYAL", "DORMANT", "PROSPECTS"] as const;

const ATTRIBUTES: Readonly<Record<string, Compile>> = {
  number_of_orders: numberAttribute("c.number_of_orders", wholeNumber),
  amount_spent: numberAttribute("c.amount_spent", amount),
  last_order_date: dateAttribute("c.last_order_at"),
  first_order_date: dateAttribute("(SELECT MIN(f.processed_at) FROM orders f WHERE f.customer_id = c.id AND f.test = 0)"),
  customer_added_date: dateAttribute("c.created_at"),
  customer_tags: tagAttribute,
  customer_countries: placeAttribute("c.country_code"),
  customer_regions: placeAttribute("(c.country_code || '-' || c.province_code)"),
  customer_cities: placeAttribute("(c.country_code || '-' || c.province_code || '-' || replace(c.city, ' ', ''))"),
  email_subscription_status: enumAttribute("c.email_marketing", [...CONSENT, "INVALID"]),
  sms_subscription_status: enumAttribute("c.sms_marketing", CONSENT),
  customer_account_status: enumAttribute("c.state", ["DECLINED", "DISABLED", "ENABLED", "INVITED"]),
  customer_language: enumAttribute("c.locale", []),
  customer_email_domain: enumAttribute("lower(substr(c.email, instr(c.email, '@') + 1))", []),
  rfm_group: enumAttribute("COALESCE((SELECT r.rfm_group FROM customer_rfm r WHERE r.customer_id = c.id), 'PROSPECTS')", RFM_GROUPS),
  predicted_spend_tier: enumAttribute("(SELECT r.spend_tier FROM customer_rfm r WHERE r.customer_id = c.id)", ["HIGH", "MEDIUM", "LOW"]),
  products_purchased: functionAttribute(PURCHASES),
  orders_placed: functionAttribute(ORDERS),
};

export const SIMULATED_ATTRIBUTES = Object.keys(ATTRIBUTES);

const ELSEWHERE = /^(abandoned_checkout_date|companies|created_by_app_id|product_subscription_status|shopify_email\.|storefront|customer_within_distance|store_credit_accounts|anniversary|metafields\.)/;

export function compileSegment(node: SegmentNode, setting: SegmentSetting): SegmentSql {
  if (!("attribute" in node)) {
    const parts = node.parts.map((part) => compileSegment(part, setting));
    return {
      sql: `(${parts.map((part) => `COALESCE(${part.sql}, 0)`).join(node.kind === "and" ? " AND " : " OR ")})`,
      params: parts.flatMap((part) => part.params),
      needsRfm: parts.some((part) => part.needsRfm),
    };
  }
  const compile = ATTRIBUTES[node.attribute];
  if (!compile) {
    if (ELSEWHERE.test(node.attribute)) throw new SegmentNotSimulated(`not simulated: segment filter ${node.attribute}`);
    throw new SegmentSyntaxError(`'${node.attribute}' filter cannot be found.`);
  }
  return { ...compile(node, setting), needsRfm: node.attribute === "rfm_group" || node.attribute === "predicted_spend_tier" };
}
