import type { Failure } from "#app/core/failure.ts";
import { formatGid } from "#app/core/ids.ts";
import type { RecommendedItem } from "#app/core/recommendations.ts";
import { err, ok, type Result } from "#app/core/result.ts";
import { DeleteMetafieldsDocument, SetMetafieldsDocument } from "#app/server/shopify/generated/operations.ts";
import {
  countChangedRecommendations, findListedProducts, listChangedRecommendations, recordRecommendationsPublished, type RecommendationList,
} from "#app/server/store/recommendation-delivery.server.ts";
import { createProgress, type DeliveryRun } from "./delivery-run.server.ts";

const KIND = "bought-together";
const LIST_KEY = "bought_together";
const REASONS_KEY = "bought_together_reasons";
const METAFIELDS_PER_PRODUCT = 2;
/** The namespace that only this app can write, whatever it is called in a shop. */
const NAMESPACE = "$app";
/** Declared in shopify.app.toml; a block shows at most three and one may have sold out since. */
export const MAX_ITEMS = 4;
/** metafieldsSet takes 25, all or none; a product's two stay together. */
const PRODUCTS_PER_CALL = Math.floor(25 / METAFIELDS_PER_PRODUCT);
/** So many calls in a row without an answer: Shopify is away, the job comes back later. */
const MAX_UNANSWERED = 3;

export interface RecommendationsPublished {
  readonly sent: number;
  readonly removed: number;
  /** Refused by Shopify for their own sake, e.g. deleted there a moment ago; they are tried again the next time. */
  readonly skipped: number;
}

interface Payload {
  readonly list: RecommendationList;
  readonly items: readonly RecommendedItem[];
}

/**
 * Writes the lists that changed since they were last sent to the products' metafields. What was sent is noted call by
 * call, so a stopped run goes on where it was; a call that fails is tried again alone after all others.
 */
export async function publishRecommendations(run: DeliveryRun): Promise<Result<RecommendationsPublished, Failure>> {
  const { shop } = run;
  const step = createProgress(run, countChangedRecommendations(shop.id, KIND), "products");
  const total = { sent: 0, removed: 0, skipped: 0 };
  const postponed: Payload[][] = [];
  let unanswered = 0;

  const sendBatch = async (batch: readonly Payload[]): Promise<Failure | null> => {
    const outcome = await send(run, batch);
    if (!outcome.ok) return outcome.error;
    total.sent += outcome.value.sent;
    total.removed += outcome.value.removed;
    total.skipped += outcome.value.skipped;
    await step(batch.length);
    return null;
  };

  for (let afterId = 0; ; ) {
    const lists = listChangedRecommendations(shop.id, KIND, afterId, PRODUCTS_PER_CALL);
    if (lists.length === 0) break;
    afterId = lists[lists.length - 1].productId;
    const batch = toPayloads(run, lists);
    const failure = await sendBatch(batch);
    run.signal.throwIfAborted();
    if (!failure) {
      unanswered = 0;
      continue;
    }
    if (failure.kind !== "shopify-unavailable" || ++unanswered >= MAX_UNANSWERED) return err(failure);
    postponed.push(batch);
  }
  for (const batch of postponed) {
    const failure = await sendBatch(batch);
    if (failure) return err(failure);
  }
  return ok(total);
}

/** Co-purchases first, then what fills the list up; only products that can be shown. */
function toPayloads(run: DeliveryRun, lists: readonly RecommendationList[]): Payload[] {
  const listed = findListedProducts(run.shop.id, lists.flatMap((list) => list.items.map((item) => item.productId)));
  return lists.map((list) => {
    const shown = list.items.filter((item) => listed.has(item.productId) && item.productId !== list.productId);
    const bought = shown.filter((item) => item.source === "co-purchase");
    const fallback = shown.filter((item) => item.source !== "co-purchase");
    return { list, items: [...bought, ...fallback].slice(0, MAX_ITEMS) };
  });
}

async function send(run: DeliveryRun, batch: readonly Payload[]): Promise<Result<RecommendationsPublished, Failure>> {
  const filled = batch.filter((payload) => payload.items.length > 0);
  const empty = batch.filter((payload) => payload.items.length === 0);
  const set = await setMetafields(run, filled);
  if (!set.ok) return set;
  const deleted = await deleteMetafields(run, empty);
  if (!deleted.ok) return deleted;
  return ok({ sent: set.value.length, removed: deleted.value.length, skipped: batch.length - set.value.length - deleted.value.length });
}

/** Returns the payloads that Shopify took. A refused call is sent again without the products it was refused for. */
async function setMetafields(run: DeliveryRun, payloads: readonly Payload[]): Promise<Result<readonly Payload[], Failure>> {
  if (payloads.length === 0) return ok([]);
  const metafields = payloads.flatMap(({ list, items }) => {
    const ownerId = formatGid("Product", list.productId);
    const ids = items.map((item) => formatGid("Product", item.productId));
    return [
      { ownerId, namespace: NAMESPACE, key: LIST_KEY, type: "list.product_reference", value: JSON.stringify(ids) },
      { ownerId, namespace: NAMESPACE, key: REASONS_KEY, type: "json", value: JSON.stringify(toReasons(items)) },
    ];
  });
  const answer = await run.client.run(SetMetafieldsDocument, { metafields }, { isSafeToRepeat: true, signal: run.signal });
  if (answer.ok) return noted(run, payloads);
  const rest = withoutRefused(run, answer.error, payloads);
  return rest === null ? answer : setMetafields(run, rest);
}

/** A list that is empty now: what Shopify may hold of it is taken away. What is not there is no error to Shopify. */
async function deleteMetafields(run: DeliveryRun, payloads: readonly Payload[]): Promise<Result<readonly Payload[], Failure>> {
  if (payloads.length === 0) return ok([]);
  const metafields = payloads.flatMap(({ list }) => [LIST_KEY, REASONS_KEY].map((key) => ({ ownerId: formatGid("Product", list.productId), namespace: NAMESPACE, key })));
  const answer = await run.client.run(DeleteMetafieldsDocument, { metafields }, { isSafeToRepeat: true, signal: run.signal });
  if (answer.ok) return noted(run, payloads);
  const rest = withoutRefused(run, answer.error, payloads);
  return rest === null ? answer : deleteMetafields(run, rest);
}

function noted(run: DeliveryRun, payloads: readonly Payload[]): Result<readonly Payload[], Failure> {
  recordRecommendationsPublished(run.shop.id, KIND, payloads.map(({ list }) => list), run.clock.nowMs());
  return ok(payloads);
}

/** `metafields.<index>…` names the element, two to a product. Null when the refusal is not about single products. */
function withoutRefused(run: DeliveryRun, failure: Failure, payloads: readonly Payload[]): readonly Payload[] | null {
  if (failure.kind !== "shopify-refused") return null;
  const elements = failure.problems.map((problem) => /^metafields\.(\d+)/.exec(problem.field)?.[1]);
  const refused = new Set(elements.filter((element) => element !== undefined).map((element) => Math.floor(Number(element) / METAFIELDS_PER_PRODUCT)));
  const rest = payloads.filter((_, index) => !refused.has(index));
  if (rest.length === payloads.length) return null;
  run.log.warn({ productIds: payloads.filter((payload) => !rest.includes(payload)).map((payload) => payload.list.productId) }, "Shopify refused the metafields of these products; they are left out");
  return rest;
}

/** Only real co-purchases have figures; `share` is of the orders with the main product. */
function toReasons(items: readonly RecommendedItem[]): Record<string, { orders: number; share: number }> {
  const bought = items.filter((item) => item.source === "co-purchase");
  return Object.fromEntries(bought.map((item) => [String(item.productId), { orders: item.supportOrders, share: Math.round(item.confidence * 10_000) / 10_000 }]));
}
