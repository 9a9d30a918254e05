import { quote } from "../language/format-query.ts";
import type { ShopWords } from "./shop-words.ts";

export interface NumberPhrase {
  readonly operator: "=" | ">" | ">=" | "<" | "<=" | "between";
  readonly value: number;
  /** Of "between". */
  readonly high?: number;
}

/** A stretch of time, written in the language's dates. */
export type WindowPhrase =
  | { readonly kind: "since"; readonly from: string }
  | { readonly kind: "before"; readonly until: string }
  | { readonly kind: "between"; readonly from: string; readonly until: string }
  | { readonly kind: "on"; readonly day: string };

export interface ItemPhrase {
  readonly parameter: "product_type" | "vendor" | "tag" | "id";
  readonly value: string;
}

/** What a phrase says, before it is known whether it is denied and which window belongs to it. */
export type Draft =
  | {
      readonly kind: "orders";
      readonly count: NumberPhrase | null;
      readonly sum: NumberPhrase | null;
      readonly average: NumberPhrase | null;
      readonly items: readonly ItemPhrase[];
      readonly extra: readonly string[];
      readonly window: WindowPhrase | null;
      /** "Put into the cart but did not buy": those who never bought are meant too. */
      readonly isAfterEvent?: boolean;
    }
  /** A date attribute, on its own `>= -90d` when no window is named. */
  | { readonly kind: "date"; readonly attribute: string; readonly window: WindowPhrase | null }
  | { readonly kind: "event"; readonly name: string; readonly parameters: readonly string[]; readonly window: WindowPhrase | null }
  | { readonly kind: "list"; readonly attribute: string; readonly value: string }
  | { readonly kind: "plain"; readonly query: string; readonly denied?: string };

export const noOrders = { kind: "orders", count: null, sum: null, average: null, items: [], extra: [], window: null } as const;

export function writeNumber({ operator, value, high }: NumberPhrase): string {
  return operator === "between" ? `BETWEEN ${value} AND ${high ?? value}` : `${operator} ${value}`;
}

/** A window as a test of a date. */
export function writeWindow(window: WindowPhrase): string {
  switch (window.kind) {
    case "since":
      return `>= ${window.from}`;
    case "before":
      return `< ${window.until}`;
    case "between":
      return `BETWEEN ${window.from} AND ${window.until}`;
    case "on":
      return `= ${window.day}`;
  }
}

const opposite: Readonly<Record<string, string>> = { ">": "<=", ">=": "<", "<": ">=", "<=": ">", "=": "!=" };

function deny({ operator, value, high }: NumberPhrase, attribute: string): string {
  return operator === "between" ? `NOT (${attribute} BETWEEN ${value} AND ${high ?? value})` : `${attribute} ${opposite[operator]} ${value}`;
}

/** The draft as a condition of the language. */
export function writeDraft(draft: Draft, isDenied: boolean): string {
  switch (draft.kind) {
    case "plain":
      return isDenied ? (draft.denied ?? `NOT (${draft.query})`) : draft.query;
    case "list":
      return `${draft.attribute} ${isDenied ? "NOT " : ""}CONTAINS ${quote(draft.value)}`;
    case "date": {
      const { attribute, window } = draft;
      if (!window) return `${attribute} IS ${isDenied ? "" : "NOT "}NULL`;
      const text = `${attribute} ${writeWindow(window)}`;
      return isDenied ? `NOT (${text})` : text;
    }
    case "event": {
      const parameters = [...draft.parameters, ...(draft.window ? [`date ${writeWindow(draft.window)}`] : [])];
      return `${draft.name} ${isDenied ? "NOT " : ""}MATCHES (${parameters.join(", ") || "count >= 1"})`;
    }
    case "orders":
      return draft.isAfterEvent && isDenied && draft.window ? `orders_placed NOT MATCHES (date ${writeWindow(draft.window)})` : writeOrders(draft, isDenied);
  }
}

function writeOrders({ count, sum, average, items, extra, window }: Extract<Draft, { kind: "orders" }>, isDenied: boolean): string {
  const isBare = items.length === 0 && extra.length === 0;
  if (isBare && !window && !average) {
    if (count && !sum) return isDenied ? deny(count, "number_of_orders") : `number_of_orders ${writeNumber(count)}`;
    if (sum && !count) return isDenied ? deny(sum, "amount_spent") : `amount_spent ${writeNumber(sum)}`;
    if (!count && !sum) return isDenied ? "number_of_orders = 0" : "number_of_orders >= 1";
  }
  if (isBare && !window && average && !count && !sum) return isDenied ? deny(average, "average_order_value") : `average_order_value ${writeNumber(average)}`;
  // "Not bought for 90 days" is said of somebody who has bought before.
  if (isBare && window?.kind === "since" && !count && !sum && !average) return `last_order_date ${isDenied ? "<" : ">="} ${window.from}`;
  const tests = [
    ...writeItems(items), ...extra,
    ...(window ? [`date ${writeWindow(window)}`] : []),
    ...(count ? [`count ${writeNumber(count)}`] : []),
    ...(sum ? [`sum_amount ${writeNumber(sum)}`] : []),
    ...(average ? [`average_amount ${writeNumber(average)}`] : []),
  ];
  return `${items.length > 0 ? "products_purchased" : "orders_placed"} ${isDenied ? "NOT " : ""}MATCHES (${tests.join(", ")})`;
}

/** Several things of one kind are alternatives. */
export function writeItems(items: readonly ItemPhrase[], prefix = ""): string[] {
  const names = [...new Set(items.map(({ parameter }) => parameter))];
  return names.map((name) => {
    const values = items.filter(({ parameter }) => parameter === name).map(({ value }) => (name === "id" ? value : quote(value)));
    return values.length === 1 ? `${prefix}${name} = ${values[0]}` : `${prefix}${name} IN (${values.join(", ")})`;
  });
}

/** The shop's own word for what was written, whatever its case and with or without a plural; null when it has none. */
export function findItem(text: string, words: ShopWords): ItemPhrase | null {
  const sought = singular(text.toLowerCase());
  const among = (list: readonly string[]) => list.find((name) => singular(name.toLowerCase()) === sought);
  const type = among(words.productTypes);
  if (type !== undefined) return { parameter: "product_type", value: type };
  const vendor = among(words.vendors);
  if (vendor !== undefined) return { parameter: "vendor", value: vendor };
  const tag = among(words.productTags);
  return tag === undefined ? null : { parameter: "tag", value: tag };
}

function singular(text: string): string {
  return text.trim().replace(/(?<=[a-z]{2}(?:s|x|ch|sh))es$|(?<=[a-z]{2}[^s])s$/, "");
}
