import type { CheckoutRecord } from "#app/core/checkout-record.ts";
import type { ShopId } from "#app/core/ids.ts";
import type { OrderRecord } from "#app/core/records.ts";
import { isInboxTopic, webhookPayloads, type CustomerPatch, type InboxPayload, type InboxTopic, type ProductPatch, type TagChange } from "#app/core/webhook-payloads.ts";
import { CHANGED_DATA, CHANGED_ORDERS } from "#app/server/store/changed-customers.server.ts";
import { deleteCheckout, findCustomerOfCheckout, writeCheckout } from "#app/server/store/checkouts.server.ts";
import { changeCustomerTags } from "#app/server/store/profile-tags.server.ts";
import { findCustomerOfOrder } from "#app/server/store/profile-touches.server.ts";
import { recordShopScopes } from "#app/server/store/shops.server.ts";
import { deleteCustomer, mergeCustomers, patchCustomer } from "#app/server/store/write-customers.server.ts";
import { deleteOrder, recordRefund, writeOrder } from "#app/server/store/write-orders.server.ts";
import { deleteProduct, findProductOfInventoryItem, patchProduct } from "#app/server/store/write-products.server.ts";

/** What applying one webhook came to, and what has to follow. */
export interface WebhookEffect {
  /** Skipped: the store already knows as much or more. */
  readonly outcome: "applied" | "skipped";
  /** Models see something new: they are to be computed again. */
  readonly changesModels: boolean;
  /** A product to be read anew, because the webhook does not tell all of it. */
  readonly productToRefresh: number | null;
  /** A customer to be read anew, for the same reason. */
  readonly customerToRefresh: number | null;
  /** A customer whose checkout is abandoned once this much time has passed. */
  readonly customerToFollow: number | null;
  /** Customers whom the segments have to follow. */
  readonly changedCustomers: readonly ChangeOfCustomer[];
  /** A bulk operation that has ended. */
  readonly finishedBulkOperation: string | null;
}

export interface ChangeOfCustomer {
  readonly customerId: number;
  /** CHANGED_ORDERS or CHANGED_DATA */
  readonly what: number;
}

export interface WebhookToApply {
  readonly topic: string;
  /** JSON of app/core/webhook-payloads.ts */
  readonly payload: string;
  /** When it happened, by Shopify's clock: deletions and merges carry no other time. */
  readonly atMs: number;
}

const SKIPPED: WebhookEffect = { outcome: "skipped", changesModels: false, productToRefresh: null, customerToRefresh: null, customerToFollow: null, changedCustomers: [], finishedBulkOperation: null };
const applied = (effect: Partial<WebhookEffect> = {}): WebhookEffect => ({ ...SKIPPED, outcome: "applied", ...effect });
const forModels = (isChanged: boolean, changedCustomers: readonly ChangeOfCustomer[] = []): WebhookEffect => (isChanged ? applied({ changesModels: true, changedCustomers }) : SKIPPED);
const ordersOf = (...customerIds: readonly (number | null)[]): ChangeOfCustomer[] =>
  customerIds.flatMap((customerId) => (customerId === null ? [] : [{ customerId, what: CHANGED_ORDERS }]));
const dataOf = (customerId: number): ChangeOfCustomer[] => [{ customerId, what: CHANGED_DATA }];

/** A payload that no handler can read: trying again cannot help. */
export class UnreadableWebhookError extends Error {
  override readonly name = "UnreadableWebhookError";
}

type Apply<T extends InboxTopic> = (shopId: ShopId, payload: InboxPayload<T>, atMs: number) => WebhookEffect | Promise<WebhookEffect>;

function writeOrderWebhook(shopId: ShopId, order: OrderRecord): WebhookEffect {
  // An edit may give the order to another customer.
  const before = findCustomerOfOrder(shopId, order.id);
  const isChanged = writeOrder(shopId, order);
  return forModels(isChanged, ordersOf(...new Set([before, findCustomerOfOrder(shopId, order.id)])));
}
// The webhook tells neither tags nor consent: they are read.
const writeCustomerWebhook = (shopId: ShopId, patch: CustomerPatch) =>
  patchCustomer(shopId, patch) ? applied({ changedCustomers: dataOf(patch.id), customerToRefresh: patch.id }) : SKIPPED;
/** Taken over at once; a read makes sure, since two of these may come in the wrong order. */
const writeTagsWebhook = (isSet: boolean) => (shopId: ShopId, { customerId, tags }: TagChange) =>
  changeCustomerTags(shopId, customerId, tags, isSet)
    ? applied({ changedCustomers: dataOf(customerId), customerToRefresh: customerId })
    : SKIPPED;
function writeCheckoutWebhook(shopId: ShopId, checkout: CheckoutRecord): WebhookEffect {
  if (!writeCheckout(shopId, checkout)) return SKIPPED;
  const customerId = findCustomerOfCheckout(shopId, checkout.id);
  if (customerId === null) return applied();
  return checkout.completedAtMs === null ? applied({ customerToFollow: customerId }) : applied({ changedCustomers: dataOf(customerId) });
}
const writeProductWebhook = (shopId: ShopId, patch: ProductPatch) =>
  patchProduct(shopId, patch) ? applied({ changesModels: true, productToRefresh: patch.id }) : SKIPPED;

const appliers: { readonly [T in InboxTopic]: Apply<T> } = {
  "orders/create": writeOrderWebhook,
  "orders/updated": writeOrderWebhook,
  "orders/delete": (shopId, { id }, atMs) => forModels(deleteOrder(shopId, id, atMs), ordersOf(findCustomerOfOrder(shopId, id))),
  "refunds/create": (shopId, { orderId, ...refund }) => {
    recordRefund(shopId, orderId, refund);
    return applied({ changesModels: true, changedCustomers: ordersOf(findCustomerOfOrder(shopId, orderId)) });
  },
  "customers/create": writeCustomerWebhook,
  "customers/update": writeCustomerWebhook,
  "customers/delete": (shopId, { id }, atMs) => forModels(deleteCustomer(shopId, id, atMs), [...dataOf(id), ...ordersOf(id)]),
  "customers/merge": (shopId, { keptId, deletedId, status }, atMs) => {
    if (status !== "completed") return SKIPPED;
    mergeCustomers(shopId, keptId, deletedId, atMs);
    return applied({ changesModels: true, changedCustomers: [keptId, deletedId].flatMap((id) => [...dataOf(id), ...ordersOf(id)]) });
  },
  "customer.tags_added": writeTagsWebhook(true),
  "customer.tags_removed": writeTagsWebhook(false),
  "checkouts/create": writeCheckoutWebhook,
  "checkouts/update": writeCheckoutWebhook,
  "checkouts/delete": (shopId, { id }, atMs) => {
    const customerId = findCustomerOfCheckout(shopId, id);
    return deleteCheckout(shopId, id, atMs) ? applied({ changedCustomers: customerId === null ? [] : dataOf(customerId) }) : SKIPPED;
  },
  "products/create": writeProductWebhook,
  "products/update": writeProductWebhook,
  "products/delete": (shopId, { id }, atMs) => forModels(deleteProduct(shopId, id, atMs)),
  "inventory_levels/update": (shopId, { inventoryItemId }) => {
    // One location's stock is not the variant's: the product is read for the sum of them.
    const productToRefresh = findProductOfInventoryItem(shopId, inventoryItemId);
    return productToRefresh === null ? SKIPPED : applied({ productToRefresh });
  },
  "bulk_operations/finish": (_shopId, { bulkOperationGid, type }) => (type === "query" ? applied({ finishedBulkOperation: bulkOperationGid }) : SKIPPED),
  "app/scopes_update": async (shopId, { current }) => {
    await recordShopScopes(shopId, current);
    return applied();
  },
};

/** Brings one webhook into the store. Applying it again, or in another order with others, ends in the same rows. */
export async function applyWebhook(shopId: ShopId, webhook: WebhookToApply): Promise<WebhookEffect> {
  const { topic } = webhook;
  if (!isInboxTopic(topic)) throw new UnreadableWebhookError(`no handler for topic ${topic}`);
  return applyTopic(shopId, topic, webhook);
}

async function applyTopic<T extends InboxTopic>(shopId: ShopId, topic: T, { payload, atMs }: WebhookToApply): Promise<WebhookEffect> {
  const parsed = webhookPayloads[topic].safeParse(parseJson(topic, payload));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new UnreadableWebhookError(`payload of ${topic}: ${issue.path.join(".")}: ${issue.message}`);
  }
  // The schema and the handler are looked up under the same topic; TypeScript does not relate the two by itself.
  return appliers[topic](shopId, parsed.data as InboxPayload<T>, atMs);
}

function parseJson(topic: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UnreadableWebhookError(`payload of ${topic} is not JSON`);
  }
}
