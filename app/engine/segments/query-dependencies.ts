import { listConditions, valuesOf, type Condition, type Expression, type Test } from "./language/ast.ts";
import { canonicalName } from "./language/find-attribute.ts";
import { referenceOf } from "./segment-references.ts";

/** What the answer of a query for one customer can change with. */
export interface QueryDependencies {
  /** Their orders, refunds included. */
  readonly orders: boolean;
  /** Their own data: tags, places, consent. */
  readonly customer: boolean;
  /** What the catalogue says of products: tags, types, collections. */
  readonly products: boolean;
  /** The passing of time alone. */
  readonly time: boolean;
  /** Other customers (ranks, scores, the shop's medians) or a model: needs the whole shop. */
  readonly shop: boolean;
}

type Kind = keyof QueryDependencies;
const KINDS: readonly Kind[] = ["orders", "customer", "products", "time", "shop"];

const OF_CUSTOMER = [
  "customer_added_date", "abandoned_checkout_date", "companies", "created_by_app_id", "customer_cities", "customer_countries", "customer_regions", "customer_tags", "customer_email_domain",
  "customer_language", "customer_account_status", "email_subscription_status", "sms_subscription_status",
];
const OF_ORDERS = [
  "amount_spent", "number_of_orders", "first_order_date", "last_order_date", "average_order_value", "refund_share", "discount_share", "cancel_share", "units_bought",
  "average_days_between_orders", "products_purchased", "orders_placed", "first_order_contains", "last_order_contains", "order_contains", "products_purchased_in_sequence",
];
const KNOWN = new Map<string, readonly Kind[]>([
  ...OF_CUSTOMER.map((name): [string, readonly Kind[]] => [name, ["customer"]]),
  ...OF_ORDERS.map((name): [string, readonly Kind[]] => [name, ["orders"]]),
  ["recency_days", ["orders", "time"]],
]);

/** `find` gives the query of a segment that is referred to; of one that is not there everything is assumed. */
export function findDependencies(expression: Expression, find: (name: string) => Expression | null): QueryDependencies {
  const kinds = new Set<Kind>();
  collect(expression, find, kinds, new Set());
  return { orders: kinds.has("orders"), customer: kinds.has("customer"), products: kinds.has("products"), time: kinds.has("time"), shop: kinds.has("shop") };
}

function collect(expression: Expression, find: (name: string) => Expression | null, kinds: Set<Kind>, seen: Set<string>): void {
  for (const condition of listConditions(expression)) {
    const name = referenceOf(condition);
    if (name === null) for (const kind of kindsOf(condition)) kinds.add(kind);
    else if (!seen.has(name)) {
      seen.add(name);
      const further = find(name);
      if (further) collect(further, find, kinds, seen);
      else for (const kind of KINDS) kinds.add(kind);
    }
  }
}

function ownKinds(name: string): readonly Kind[] {
  return name.startsWith("metafields.") ? ["customer"] : (KNOWN.get(canonicalName(name)) ?? KINDS);
}

function kindsOf({ attribute, argument, test }: Condition): readonly Kind[] {
  if (attribute === "anniversary") return [...(argument === null ? KINDS : ownKinds(argument)), "time"];
  // Scores, ranks and predictions, and attributes that are new here: only a look at the whole shop is sure.
  const own = ownKinds(attribute);
  const tests = test.kind === "matches" ? test.parameters.map((parameter) => parameter.test) : [test];
  const asksProducts = test.kind === "matches" && test.parameters.some(({ name }) => /(^|_)(tag|product_type|vendor|collection_id)$/.test(name));
  return [...own, ...(asksProducts ? (["products"] as const) : []), ...(tests.some(isRelative) ? (["time"] as const) : [])];
}

function isRelative(test: Test): boolean {
  return valuesOf(test).some(({ kind }) => kind === "relative" || kind === "day-word");
}
