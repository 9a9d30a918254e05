import { tallyOrders } from "../generate/customer-row.ts";
import { firstRowIds, type RowIds } from "../generate/fill-order.ts";
import type { Progress } from "../progress.ts";
import { slugify } from "../slug.ts";
import { FIRST_ID } from "../store-ids.ts";
import type { StoredCustomer, StoredLine, StoredOrder } from "../stored-rows.ts";
import type { StoreWriter } from "../store-writer.ts";
import { applyReturn, type ReturnOutcome } from "./apply-returns.ts";
import { draftOrders, type DraftLine, type DraftOrder } from "./draft-orders.ts";
import type { Mapping } from "./mapping.ts";
import type { Buyer, StagedLine, Staging } from "./staging.ts";
import type { ImportedProduct } from "./write-products.ts";

const FIRST_ORDER_NUMBER = 1001;

export interface WriteContext {
  readonly mapping: Mapping;
  readonly staging: Staging;
  readonly writer: StoreWriter;
  readonly products: ReadonlyMap<string, ImportedProduct>;
  readonly toInstant: (localMs: number) => number;
  readonly nowMs: number;
  readonly readCountry: (text: string) => string | null;
  readonly onUnmatched: (line: StagedLine, reason: string) => void;
  readonly progress: Progress;
}

export interface WriteCounts {
  readonly returns: Record<ReturnOutcome["kind"], number>;
  readonly guestOrders: number;
  readonly cancelledOrders: number;
  readonly nextOrderNumber: number;
}

/** Second pass: customer by customer, so only one customer's lines are in memory. */
export function writeOrders(context: WriteContext, orderCount: number): WriteCounts {
  const { staging, writer, mapping, progress } = context;
  const returns = { cancelled: 0, refunded: 0, unmatched: 0 };
  const ids = firstRowIds();
  const emails = new Set<string>();
  const buyers = staging.listBuyers();
  let guestOrders = 0;
  let cancelledOrders = 0;
  let highestNumber = FIRST_ORDER_NUMBER + orderCount - 1;
  const writeBuyer = (buyer: Buyer, email: string, orders: readonly StoredOrder[]) => writer.addCustomer(createBuyer(context, buyer, email, orders));
  progress.start("writing orders", orderCount);

  for (const lines of groupByCustomer(staging.listLines())) {
    const customerRow = lines[0].customer_row;
    const drafts = draftOrders(lines, context.toInstant);
    for (const back of drafts.returns) {
      const outcome = applyReturn(drafts.orders, back, mapping.cancellation?.wholeOrderWithinHours ?? 0);
      returns[outcome.kind]++;
      for (const { line, reason } of outcome.unmatched) context.onUnmatched(line, reason);
    }
    const buyer = customerRow === null ? null : nextBuyer(buyers, customerRow, (other) => writeBuyer(other, freeEmail(other.customer_key, emails), []));
    const email = buyer === null ? null : freeEmail(buyer.customer_key, emails);
    const stored = drafts.orders.map((order) => storeOrder(context, ids, order, customerRow, email));
    if (buyer !== null && email !== null) writeBuyer(buyer, email, stored);
    for (const order of stored) {
      writer.addOrder(order);
      if (order.customerId === null) guestOrders++;
      if (order.cancelledAtMs !== null) cancelledOrders++;
      if (/^#\d{1,15}$/.test(order.name)) highestNumber = Math.max(highestNumber, Number(order.name.slice(1)));
    }
    progress.update(writer.counts.orders);
  }
  for (const buyer of buyers) writeBuyer(buyer, freeEmail(buyer.customer_key, emails), []);
  progress.finish();
  return { returns, guestOrders, cancelledOrders, nextOrderNumber: highestNumber + 1 };
}

/** Lines come sorted: a customer's stand together, a guest's order by order. */
function* groupByCustomer(lines: Iterable<StagedLine>): Generator<StagedLine[]> {
  let group: StagedLine[] = [];
  for (const line of lines) {
    const isSame = group.length > 0 && line.customer_row === group[0].customer_row && (line.customer_row !== null || line.order_key === group[0].order_key);
    if (!isSame && group.length > 0) {
      yield group;
      group = [];
    }
    group.push(line);
  }
  if (group.length > 0) yield group;
}

/** The buyer of this row; those before it, of whom nothing is left, go to `passOver`. */
function nextBuyer(buyers: IterableIterator<Buyer>, row: number, passOver: (buyer: Buyer) => void): Buyer | null {
  for (let next = buyers.next(); !next.done; next = buyers.next()) {
    if (next.value.row === row) return next.value;
    passOver(next.value);
  }
  return null;
}

/** Two customer ids may differ in punctuation only. */
function freeEmail(customerKey: string, taken: Set<string>): string {
  const key = slugify(customerKey);
  for (let attempt = 1; ; attempt++) {
    const free = attempt === 1 ? key : `${key}-${attempt}`;
    if (taken.has(free)) continue;
    taken.add(free);
    return `customer-${free}@example.com`;
  }
}

function createBuyer(context: WriteContext, buyer: Buyer, email: string, orders: readonly StoredOrder[]): StoredCustomer {
  const tally = tallyOrders(orders);
  const joinedMs = buyer.first_at === null ? context.nowMs : Math.min(context.nowMs, context.toInstant(buyer.first_at));
  return {
    id: FIRST_ID.customer + buyer.row,
    // Real transactions come without names, and none are invented. The address is reserved (RFC 2606) and serves to log in.
    firstName: null, lastName: null, email, phone: null, locale: "en", state: "ENABLED", tags: [],
    emailMarketing: "NOT_SUBSCRIBED", emailMarketingAtMs: null, smsMarketing: "NOT_SUBSCRIBED",
    address1: null, zip: null, city: null, provinceCode: null, countryCode: orders.at(-1)?.countryCode ?? context.mapping.country ?? null,
    ...tally,
    createdAtMs: joinedMs,
    updatedAtMs: Math.max(joinedMs, tally.lastOrderAtMs ?? joinedMs),
  };
}

function storeOrder(context: WriteContext, ids: RowIds, draft: DraftOrder, customerRow: number | null, email: string | null): StoredOrder {
  const lineIds = new Map<DraftLine, number>();
  const lines = draft.lines.map((line): StoredLine => {
    const product = line.isProduct ? context.products.get(line.productKey) : undefined;
    const id = ids.lineItem++;
    lineIds.set(line, id);
    return {
      id, productId: product?.id ?? null, variantId: product?.variantId ?? null, title: product?.title ?? (line.title || "Order"), variantTitle: null, sku: product?.sku ?? null,
      quantity: line.quantity, currentQuantity: line.current, price: line.unitPrice, discount: line.discount,
    };
  });
  const refunds = draft.refunds.map((refund) => ({
    id: ids.refund++,
    createdAtMs: Math.min(refund.atMs, context.nowMs),
    amount: refund.amount,
    note: refund.note,
    lines: refund.lines.map(({ line, quantity, amount }) => ({ id: ids.refundLineItem++, lineItemId: lineIds.get(line) ?? 0, quantity, subtotal: amount })),
  }));
  const subtotal = lines.reduce((sum, line) => sum + line.price * line.quantity, 0);
  const totalDiscounts = lines.reduce((sum, line) => sum + line.discount, 0);
  const total = subtotal - totalDiscounts + draft.shipping;
  const totalRefunded = refunds.reduce((sum, refund) => sum + refund.amount, 0);
  const number = context.mapping.columns.orderId !== undefined ? draft.key : String(FIRST_ORDER_NUMBER + draft.rank);
  return {
    id: FIRST_ID.order + draft.rank,
    name: `#${number}`,
    token: `imported${draft.rank.toString(36)}`,
    customerId: customerRow === null ? null : FIRST_ID.customer + customerRow,
    email,
    createdAtMs: draft.atMs,
    updatedAtMs: refunds.reduce((latest, refund) => Math.max(latest, refund.createdAtMs), draft.atMs),
    cancelledAtMs: draft.cancelledAtMs === null ? null : Math.min(draft.cancelledAtMs, context.nowMs),
    cancelReason: draft.cancelledAtMs === null ? null : "CUSTOMER",
    isTest: false,
    financialStatus: totalRefunded === 0 ? "PAID" : totalRefunded >= total ? "REFUNDED" : "PARTIALLY_REFUNDED",
    sourceName: "web",
    subtotal,
    totalDiscounts,
    shipping: draft.shipping,
    total,
    totalRefunded,
    countryCode: context.readCountry(draft.country) ?? context.mapping.country ?? null,
    attributes: [],
    lines,
    discounts: [],
    refunds,
  };
}
