import { createStream, STREAM } from "../counter-rng.ts";
import type { StoreWriter } from "../store-writer.ts";

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** Of the customers, those who told their birthday, and those who left a checkout in the last three months (Shopify keeps no older ones). */
const BIRTHDAY_SHARE = 0.3;
const CHECKOUT_SHARE = 0.06;
/** Of those checkouts, the ones that became an order after all. */
const RECOVERED_SHARE = 0.2;
const CHECKOUT_DAYS = 88;
const FIRST_CHECKOUT_ID = 36_000_000_000;

export interface ExtrasOf {
  readonly seed: number;
  readonly nowMs: number;
  readonly variantIds: readonly number[];
}

/** Birthdays and abandoned checkouts of one customer, from a stream of their own: the orders stay what they were without them. */
export function writeCustomerExtras(writer: StoreWriter, { seed, nowMs, variantIds }: ExtrasOf, row: number, customerId: number, email: string | null, joinedMs: number): void {
  const rng = createStream(seed, STREAM.extras, row);
  const [tellsBirthday, leavesCheckout] = [rng.next() < BIRTHDAY_SHARE, rng.next() < CHECKOUT_SHARE];
  const bornMs = Date.UTC(1950, 0, 1) + Math.floor(rng.next() * 56 * 365.25) * DAY_MS;
  if (tellsBirthday) writer.addMetafield({ ownerType: "CUSTOMER", ownerId: customerId, namespace: "facts", key: "birth_date", type: "date", value: new Date(bornMs).toISOString().slice(0, 10), atMs: joinedMs });
  const leftMs = Math.floor(nowMs - rng.next() ** 2 * CHECKOUT_DAYS * DAY_MS - 30 * MINUTE_MS);
  const variantId = variantIds[rng.below(variantIds.length)];
  const isRecovered = rng.next() < RECOVERED_SHARE;
  if (leavesCheckout && leftMs > joinedMs) {
    writer.addCheckout({ id: FIRST_CHECKOUT_ID + row + 1, customerId, email, lines: [{ variantId, quantity: 1 }], atMs: leftMs, completedAtMs: isRecovered ? leftMs + 20 * MINUTE_MS : null });
  }
}

/** The field that birthdays stand in, as Shopify's own standard definition has it. */
export function writeFieldDefinitions(writer: StoreWriter): void {
  writer.addFieldDefinition({ id: 1, ownerType: "CUSTOMER", namespace: "facts", key: "birth_date", name: "Birth date", type: "date" });
}
