import type { Condition, Expression, Matches, Parameter, Test, Value } from "#app/engine/segments/language/ast.ts";
import type { PlainCustomer, PlainLine, PlainOrder, PlainShop } from "#tests/factories/segment-shop.ts";

/**
 * The meaning of the language once more, one customer at a time, over plain objects and local date texts; it shares the
 * shape of expressions with the engine and no code. Null is "no data yet".
 */
export class NaiveEvaluator {
  private readonly format: Intl.DateTimeFormat;
  private readonly locals = new Map<number, string>();
  private readonly tops = new Map<string, ReadonlySet<number>>();

  constructor(private readonly shop: PlainShop, private readonly segments: Readonly<Record<string, Expression>>) {
    this.format = new Intl.DateTimeFormat("sv-SE", { timeZone: shop.timeZone, dateStyle: "short", timeStyle: "medium" });
  }

  holds(expression: Expression, customer: PlainCustomer, open: readonly string[] = []): boolean | null {
    switch (expression.kind) {
      case "and": {
        const answers = expression.terms.map((term) => this.holds(term, customer, open));
        return answers.includes(false) ? false : answers.includes(null) ? null : true;
      }
      case "or": {
        const answers = expression.terms.map((term) => this.holds(term, customer, open));
        return answers.includes(true) ? true : answers.includes(null) ? null : false;
      }
      case "not":
        return not(this.holds(expression.term, customer, open));
      case "condition":
        return this.condition(expression, customer, open);
    }
  }

  private condition({ attribute, test }: Condition, customer: PlainCustomer, open: readonly string[]): boolean | null {
    if (test.kind === "matches") {
      const holds = this.matches(attribute, test, customer);
      return test.isNegated ? !holds : holds;
    }
    const orders = counting(customer);
    switch (attribute) {
      case "segments": {
        if (test.kind !== "contains" || test.value.kind !== "text") throw new Error("segments");
        const name = test.value.value;
        if (open.includes(name)) return null;
        const holds = this.holds(this.segments[name], customer, [...open, name]);
        return test.isNegated ? not(holds) : holds;
      }
      case "predicted_clv":
        return null;
      case "customer_tags":
        return list(customer.tags.map((tag) => tag.toLowerCase()), test, (text) => text.toLowerCase());
      case "customer_countries":
        return list(customer.country === null ? [] : [customer.country], test, (text) => text);
      case "customer_email_domain":
        return scalar(customer.emailDomain, test);
      case "email_subscription_status":
        return scalar(customer.consent, test);
      case "customer_added_date":
        return this.date(customer.addedAtMs, test);
      case "first_order_date":
        return this.date(orders[0]?.atMs ?? null, test);
      case "last_order_date":
        return this.date(orders.at(-1)?.atMs ?? null, test);
      case "orders_placed":
        return test.kind === "null" && (orders.length === 0) !== test.isNegated;
      case "anniversary":
        return this.anniversary(customer.bornAtMs, test);
      default:
        return scalar(this.numberOf(attribute, customer), test);
    }
  }

  private numberOf(attribute: string, customer: PlainCustomer): number | null {
    const orders = counting(customer);
    const spent = orders.reduce((sum, order) => sum + order.totalMinor, 0) / 100;
    switch (attribute) {
      case "number_of_orders":
        return orders.length;
      case "amount_spent":
        return spent;
      case "average_order_value":
        return orders.length ? spent / orders.length : null;
      case "discount_share":
        return orders.length ? orders.filter((order) => order.discountMinor > 0).length / orders.length : null;
      case "recency_days": {
        const last = orders.at(-1);
        return last ? (Date.parse(this.local(this.shop.asOfMs).slice(0, 10)) - Date.parse(this.local(last.atMs).slice(0, 10))) / 86_400_000 : null;
      }
      case "units_bought":
        return orders.flatMap((order) => order.lines).reduce((sum, line) => sum + line.quantity, 0);
      default:
        throw new Error(attribute);
    }
  }

  private matches(name: string, { parameters }: Matches, customer: PlainCustomer): boolean {
    const orders = counting(customer);
    switch (name) {
      case "products_purchased": {
        const inTime = orders.filter((order) => this.all(parameters, "date", (test) => this.date(order.atMs, test)));
        const hits = inTime.map((order) => order.lines.filter((line) => this.line(line, parameters, "") && this.all(parameters, "quantity", (test) => scalar(line.quantity, test)))).filter((lines) => lines.length > 0);
        const lines = hits.flat();
        const quantity = lines.reduce((sum, line) => sum + line.quantity, 0);
        return totals(parameters, { count: hits.length, sum_quantity: quantity, sum_amount: lines.reduce((sum, line) => sum + line.totalMinor, 0) / 100 });
      }
      case "orders_placed": {
        const found = orders.filter((order) => parameters.every(({ name: of, test }) => this.order(order, of, test)));
        const sum = found.reduce((total, order) => total + order.totalMinor, 0) / 100;
        return totals(parameters, { count: found.length, sum_amount: sum, average_amount: found.length ? sum / found.length : null });
      }
      case "first_order_contains":
        return this.orderHas(orders[0], parameters, "");
      case "last_order_contains":
        return this.orderHas(orders.at(-1), parameters, "");
      case "order_contains": {
        const position = fixed(parameters, "position");
        return this.orderHas(Number(position) > 0 ? orders[Number(position) - 1] : orders.at(Number(position)), parameters, "");
      }
      case "products_purchased_in_sequence":
        return orders.some((a, i) => orders.slice(i + 1).some((b) =>
          this.orderHas(a, parameters, "first_") && this.orderHas(b, parameters, "then_")
          && this.all(parameters, "days_between", (test) => scalar((b.atMs - a.atMs) / 86_400_000, test)) && this.all(parameters, "hours_between", (test) => scalar((b.atMs - a.atMs) / 3_600_000, test))));
      case "top_customers":
        return this.top(parameters).has(customer.id);
      default:
        throw new Error(name);
    }
  }

  private all(parameters: readonly Parameter[], name: string, holds: (test: Test) => boolean): boolean {
    return parameters.filter((parameter) => parameter.name === name).every(({ test }) => holds(test));
  }

  private orderHas(order: PlainOrder | undefined, parameters: readonly Parameter[], prefix: string): boolean {
    if (!order || !this.all(parameters, `${prefix}date`, (test) => this.date(order.atMs, test))) return false;
    const areLinesAsked = parameters.some(({ name }) => ["id", "tag", "variant_id", "product_type", "vendor", "collection_id"].some((plain) => name === prefix + plain));
    return !areLinesAsked || order.lines.some((line) => this.line(line, parameters, prefix));
  }

  private line({ product, variantId }: PlainLine, parameters: readonly Parameter[], prefix: string): boolean {
    const has = (name: string, holds: (test: Test) => boolean) => this.all(parameters, prefix + name, holds);
    return has("id", (test) => product !== null && scalar(product.id, test)) && has("variant_id", (test) => scalar(variantId, test))
      && has("product_type", (test) => product !== null && scalar(product.type, test)) && has("vendor", (test) => product !== null && scalar(product.vendor, test))
      && has("tag", (test) => product !== null && list(product.tags.map((tag) => tag.toLowerCase()), test, (text) => text.toLowerCase()))
      && has("collection_id", (test) => product !== null && list(product.collections.map(String), test, (text) => text));
  }

  private order(order: PlainOrder, name: string, test: Test): boolean {
    switch (name) {
      case "date":
        return this.date(order.atMs, test);
      case "amount":
        return scalar(order.totalMinor / 100, test);
      case "discount_amount":
        return scalar(order.discountMinor / 100, test);
      case "discounted":
        return (order.discountMinor > 0) === (test.kind === "compare" && test.value.kind === "boolean" && test.value.value);
      case "refunded":
        return (order.refundedMinor > 0) === (test.kind === "compare" && test.value.kind === "boolean" && test.value.value);
      case "discount_code":
        return list(order.codes.map((code) => code.toLowerCase()), test, (text) => text.toLowerCase());
      default:
        return true;
    }
  }

  private top(parameters: readonly Parameter[]): ReadonlySet<number> {
    const key = JSON.stringify(parameters);
    let found = this.tops.get(key);
    if (!found) {
      const by = String(fixed(parameters, "by"));
      const ranked = this.shop.customers.map((customer) => ({ id: customer.id, value: this.numberOf(by, customer) })).filter(({ value }) => value !== null);
      ranked.sort((a, b) => (b.value ?? 0) - (a.value ?? 0) || a.id - b.id);
      const percent = fixed(parameters, "percent");
      const size = percent === null ? Number(fixed(parameters, "count")) : Math.ceil((ranked.length * Number(percent)) / 100);
      this.tops.set(key, (found = new Set(ranked.slice(0, size).map(({ id }) => id))));
    }
    return found;
  }

  /** "yyyy-mm-dd hh:mm:ss" in the shop's zone. */
  private local(atMs: number): string {
    let text = this.locals.get(atMs);
    if (text === undefined) this.locals.set(atMs, (text = this.format.format(atMs)));
    return text;
  }

  /** Local date texts are compared at the precision of the value: a day, or a second. Hours are instants. */
  private date(atMs: number | null, test: Test): boolean {
    if (test.kind === "null") return (atMs === null) !== test.isNegated;
    if (atMs === null) return false;
    const order = (value: Value) => {
      if (value.kind === "relative" && value.unit === "h") return Math.sign(atMs - (this.shop.asOfMs + value.amount * 3_600_000));
      const wanted = this.dateText(value);
      const mine = this.local(atMs).slice(0, wanted.length);
      return mine < wanted ? -1 : mine > wanted ? 1 : 0;
    };
    if (test.kind === "between") return order(test.low) >= 0 && order(test.high) <= 0;
    return test.kind === "compare" && signHolds(test.operator, order(test.value));
  }

  private dateText(value: Value): string {
    const today = this.local(this.shop.asOfMs).slice(0, 10);
    if (value.kind === "day") return value.value;
    if (value.kind === "instant") return value.value.replace("T", " ");
    if (value.kind === "day-word") return value.value === "today" ? today : moveDays(today, -1);
    if (value.kind !== "relative") throw new Error("not a date");
    if (value.unit === "d" || value.unit === "w") return moveDays(today, value.amount * (value.unit === "w" ? 7 : 1));
    const [year, month, day] = today.split("-").map(Number);
    const first = new Date(Date.UTC(year + (value.unit === "y" ? value.amount : 0), month - 1 + (value.unit === "m" ? value.amount : 0), 1)).toISOString().slice(0, 7);
    for (let last = day; ; last--) {
      const text = `${first}-${String(last).padStart(2, "0")}`;
      if (!Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text)) return text;
    }
  }

  /** Walks from day to day through the asked range. */
  private anniversary(atMs: number | null, test: Test): boolean {
    if (test.kind === "null") return (atMs === null) !== test.isNegated;
    if (atMs === null || (test.kind !== "compare" && test.kind !== "between")) return false;
    const dayText = (value: Value) => (value.kind === "relative" && value.unit === "h" ? this.local(this.shop.asOfMs + value.amount * 3_600_000) : this.dateText(value)).slice(0, 10);
    const [from, to] = test.kind === "compare" ? [dayText(test.value), dayText(test.value)] : [dayText(test.low), dayText(test.high)];
    const born = this.local(atMs).slice(5, 10);
    for (let day = from; day <= to; day = moveDays(day, 1)) {
      if (day.slice(5) === born) return true;
      if (born === "02-29" && day.slice(5) === "02-28" && moveDays(day, 1).slice(5) === "03-01") return true;
    }
    return false;
  }
}

const COUNTS = 1;
const counting = (customer: PlainCustomer) => customer.orders.filter((order) => (order.flags & COUNTS) !== 0);
const not = (value: boolean | null) => (value === null ? null : !value);
const moveDays = (day: string, days: number) => new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);

function fixed(parameters: readonly Parameter[], name: string): string | number | null {
  const test = parameters.find((parameter) => parameter.name === name)?.test;
  return test?.kind === "compare" && (test.value.kind === "text" || test.value.kind === "number") ? test.value.value : null;
}

function totals(parameters: readonly Parameter[], values: Readonly<Record<string, number | null>>): boolean {
  const asked = parameters.filter(({ name }) => name in values);
  return asked.length === 0 ? values.count !== 0 : asked.every(({ name, test }) => scalar(values[name], test));
}

function signHolds(operator: string, sign: number): boolean {
  return operator === "=" ? sign === 0 : operator === "!=" ? sign !== 0 : operator === ">" ? sign > 0 : operator === ">=" ? sign >= 0 : operator === "<" ? sign < 0 : sign <= 0;
}

function plain(value: Value): string | number {
  if (value.kind !== "number" && value.kind !== "text") throw new Error(value.kind);
  return value.value;
}

function scalar(mine: string | number | null, test: Test): boolean {
  if (test.kind === "null") return (mine === null) !== test.isNegated;
  if (mine === null) return false;
  const sign = (value: Value) => (mine < plain(value) ? -1 : mine > plain(value) ? 1 : 0);
  if (test.kind === "between") return sign(test.low) >= 0 && sign(test.high) <= 0;
  if (test.kind === "in") return test.values.some((value) => sign(value) === 0) !== test.isNegated;
  return test.kind === "compare" && signHolds(test.operator, sign(test.value));
}

function list(mine: readonly string[], test: Test, fold: (text: string) => string): boolean {
  const has = (value: Value) => mine.includes(fold(String(plain(value))));
  if (test.kind === "null") return (mine.length === 0) !== test.isNegated;
  if (test.kind === "in") return test.values.some(has) !== test.isNegated;
  if (test.kind === "contains") return has(test.value) !== test.isNegated;
  return test.kind === "compare" && has(test.value) === (test.operator === "=");
}
