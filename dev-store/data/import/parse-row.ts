import type { ColumnBinding } from "./bind-columns.ts";
import type { DateParser, ParsedTime } from "./date-parser.ts";
import type { Field, Mapping, Rule } from "./mapping.ts";

/** One usable row; money in minor units. */
export interface ParsedRow {
  readonly orderKey: string;
  /** Empty for a guest. */
  readonly customerKey: string;
  readonly time: ParsedTime;
  readonly productKey: string;
  readonly title: string;
  readonly category: string;
  readonly country: string;
  /** Negative on a cancellation. */
  readonly quantity: number;
  readonly unitPrice: number;
  /** Of the line before discounts; differs from quantity x unitPrice only when the file gives totals. */
  readonly gross: number;
  /** Of the whole line. */
  readonly discount: number;
  readonly isCancellation: boolean;
  readonly treat: "product" | Exclude<Rule["treat"], "leave-out">;
}

export type RowOutcome =
  | { readonly kind: "row"; readonly row: ParsedRow }
  | { readonly kind: "left-out"; readonly reason: string; readonly orderKey: string; readonly customerKey: string }
  | { readonly kind: "bad"; readonly column: string; readonly reason: string; readonly value: string; readonly orderKey: string };

export type RowParser = (cells: readonly string[]) => RowOutcome;

const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/;

export function createRowParser(mapping: Mapping, binding: ColumnBinding, parseDate: DateParser, minorPerUnit: number, lookUpProduct: (key: string) => { title: string; category: string } | null): RowParser {
  const { index, header } = binding;
  const nameOf = (field: Field) => header[index[field]] ?? field;
  const cancelPrefix = mapping.cancellation?.orderIdPrefix;
  const guests = new Set(mapping.guestIds);

  return (cells) => {
    const text = (field: Field) => (index[field] >= 0 ? (cells[index[field]] ?? "").trim() : "");
    const rawCustomer = text("customerId");
    const customerKey = guests.has(rawCustomer) ? "" : mapping.customerIdStrip ? rawCustomer.replace(mapping.customerIdStrip, "") : rawCustomer;
    const timeText = text("time");
    const orderKey = index.orderId >= 0 ? text("orderId") : `${customerKey}@${timeText}`;
    const bad = (field: Field, reason: string): RowOutcome => ({ kind: "bad", column: nameOf(field), reason, value: text(field), orderKey });
    if (cells.length !== header.length) return { kind: "bad", column: `(${cells.length} columns)`, reason: `the row has another number of columns than the header (${header.length})`, value: String(cells.length), orderKey };
    if (orderKey === "") return bad("orderId", "no order id");

    const quantity = index.quantity >= 0 ? readNumber(text("quantity")) : 1;
    if (quantity === null || !Number.isInteger(quantity)) return bad("quantity", "not a whole number");
    const discount = binding.discountColumns.reduce<number | null>((sum, column) => add(sum, readNumber(cells[column].trim() || "0")), 0);
    if (discount === null) return { kind: "bad", column: binding.discountColumns.map((column) => header[column]).join("+"), reason: "not a number", value: binding.discountColumns.map((column) => cells[column]).join("+"), orderKey };
    const priceField: Field = index.unitPrice >= 0 ? "unitPrice" : "lineTotal";
    const amount = readNumber(text(priceField));
    if (amount === null) return bad(priceField, "not a number");

    const productKey = mapping.productIdCase === "upper" ? text("productId").toUpperCase() : text("productId");
    const known = productKey === "" ? null : lookUpProduct(productKey);
    const title = known?.title || text("productTitle");
    const rule = mapping.rules.find((candidate) => matches(candidate, { orderKey, productKey, title, amount, quantity, customerKey }));
    if (rule?.treat === "leave-out") return { kind: "left-out", reason: rule.reason, orderKey, customerKey };

    const time = parseDate(timeText);
    if (!time) return bad("time", "not a date");
    if (amount < 0) return bad(priceField, "negative price");
    if (quantity === 0) return bad("quantity", "quantity is zero");
    const isCancellation = cancelPrefix !== undefined && orderKey.startsWith(cancelPrefix);
    if (quantity < 0 && !isCancellation) return bad("quantity", "negative quantity on an order that is no cancellation");
    if (quantity > 0 && isCancellation) return bad("quantity", "positive quantity on a cancellation");
    if (discount < 0) return { kind: "bad", column: binding.discountColumns.map((column) => header[column]).join("+"), reason: "negative discount", value: String(discount), orderKey };
    const hasProducts = index.productId >= 0 || index.productTitle >= 0;
    if (hasProducts && productKey === "" && title === "" && rule === undefined) return bad(index.productId >= 0 ? "productId" : "productTitle", "no product id and no title");

    const pieces = Math.abs(quantity);
    const lineDiscount = Math.round(discount * minorPerUnit) * (mapping.discountIs === "unit" ? pieces : 1);
    // A file with line totals gives them after discounts.
    const gross = priceField === "unitPrice" ? Math.round(amount * minorPerUnit) * pieces : Math.round(amount * minorPerUnit) + lineDiscount;
    if (lineDiscount > gross) return { kind: "bad", column: binding.discountColumns.map((column) => header[column]).join("+"), reason: "discount above the price", value: String(discount), orderKey };
    return {
      kind: "row",
      row: {
        orderKey, customerKey, time, title, quantity, gross, isCancellation,
        productKey: productKey || title,
        category: known?.category || text("category"),
        country: text("country"),
        unitPrice: priceField === "unitPrice" ? Math.round(amount * minorPerUnit) : Math.round(gross / pieces),
        discount: lineDiscount,
        treat: rule?.treat ?? (hasProducts ? "product" : "custom-line"),
      },
    };
  };
}

function readNumber(text: string): number | null {
  return NUMBER.test(text) ? Number(text) : null;
}

const add = (sum: number | null, value: number | null) => (sum === null || value === null ? null : sum + value);

interface RuleSubject {
  orderKey: string;
  productKey: string;
  title: string;
  amount: number;
  quantity: number;
  customerKey: string;
}

function matches({ when }: Rule, row: RuleSubject): boolean {
  const sign = (value: number) => (value === 0 ? "zero" : value < 0 ? "negative" : "positive");
  return (
    (when.orderId === undefined || when.orderId.test(row.orderKey)) &&
    (when.productId === undefined || when.productId.test(row.productKey)) &&
    (when.productTitle === undefined || when.productTitle.test(row.title)) &&
    (when.unitPrice === undefined || when.unitPrice === sign(row.amount)) &&
    (when.quantity === undefined || when.quantity === sign(row.quantity)) &&
    (when.customerId === undefined || (when.customerId === "missing") === (row.customerKey === ""))
  );
}
