import { z } from "zod";
import type { ShopId } from "#app/core/ids.ts";
import type { RecommendationKind, RecommendedItem } from "#app/core/recommendations.ts";
import type { Clock } from "#app/core/time.ts";
import { addBasket, type GrowingPairs } from "#app/engine/recommend/copurchase/add-baskets.ts";
import { confidence, cosine, lift, logLikelihoodRatio } from "#app/engine/recommend/copurchase/association.ts";
import { chooseRules, MAX_HISTORY_PRODUCTS, MAX_ORDER_PRODUCTS } from "#app/engine/recommend/copurchase/choose-rules.ts";
import { copurchase } from "#app/engine/recommend/copurchase/copurchase.ts";
import { findLiveModelRun } from "#app/server/store/model-runs.server.ts";
import { listBoughtBefore, listNewOrders, type NewOrder } from "#app/server/store/new-orders.server.ts";
import { findBasketCounts, findPairCounts, savePairCounts, type PairFamily } from "#app/server/store/pair-counts.server.ts";
import { updateProductRecommendations, type ProductList } from "#app/server/store/product-recommendations.server.ts";
import { readRecommendationLists } from "#app/server/store/read-recommendations.server.ts";
import { recordRun } from "../engine/record-run.server.ts";

export const UPDATE_KIND = "recommend-update";
/** More new orders than this are left to the next whole run. */
const MOST_ORDERS = 2_000;
const LIST_LENGTH = 12;
const KEPT_PAIRS = 200;

export interface UpdateFigures {
  readonly orders: number;
  readonly products: number;
  readonly lists: number;
  readonly untilOrderId: number;
}

const lastRun = z.object({ untilOrderId: z.number(), baskets: z.number().optional(), customersWithHistory: z.number().optional() });

/**
 * Adds the orders placed since the last run to the counted pairs and rewrites the lists of the products in them, without reading the rest of the shop. Null
 * when nothing is new, or no whole run came before. Cancelled and changed orders, and the models, wait for the next whole run.
 */
export async function updateRecommendations(shopId: ShopId, clock: Clock, signal?: AbortSignal): Promise<UpdateFigures | null> {
  const [whole, update] = await Promise.all([findLiveModelRun(shopId, copurchase.kind), findLiveModelRun(shopId, UPDATE_KIND)]);
  const base = whole && lastRun.safeParse(JSON.parse(whole.figures));
  if (!whole || !base?.success) return null;
  const later = update && update.startedAtMs >= whole.startedAtMs ? lastRun.safeParse(JSON.parse(update.figures)) : null;
  const afterId = Math.max(base.data.untilOrderId, later?.success ? later.data.untilOrderId : 0);
  const orders = listNewOrders(shopId, afterId, MOST_ORDERS);
  const last = orders.at(-1);
  if (!last) return null;
  const untilOrderId = last.orderId;
  return recordRun(shopId, clock, { kind: UPDATE_KIND, version: 1, fingerprint: whole.fingerprint, asOfMs: clock.nowMs(), parameters: { afterId, mostOrders: MOST_ORDERS } }, async (runId) => {
    const nowMs = clock.nowMs();
    const touched = [...new Set(orders.flatMap(({ productIds }) => productIds))];
    const together = await addOrders(shopId, "orders", orders, touched, nowMs, signal);
    const alsoBought = await addOrders(shopId, "histories", orders, touched, nowMs, signal);
    const totals = { "bought-together": (base.data.baskets ?? 0) + orders.length, "similar": base.data.customersWithHistory ?? 0 };
    const lists = [...rewriteLists(shopId, "bought-together", together, totals), ...rewriteLists(shopId, "similar", alsoBought, totals)];
    await updateProductRecommendations(shopId, runId, lists, nowMs, signal);
    return { orders: orders.length, products: touched.length, lists: lists.length, untilOrderId };
  });
}

/** The rows of the touched products with the new baskets in them; saved. */
async function addOrders(shopId: ShopId, family: PairFamily, orders: readonly NewOrder[], touched: readonly number[], nowMs: number, signal?: AbortSignal): Promise<Map<number, GrowingPairs>> {
  const rows = new Map<number, GrowingPairs>(touched.map((product) => [product, { baskets: 0, counts: new Map() }]));
  for (const { productId, baskets, others, counts } of findPairCounts(shopId, family, touched)) rows.set(productId, { baskets, counts: new Map([...others].map((other, n) => [other, counts[n]])) });
  const since = new Map<number, Set<number>>();
  for (const { orderId, customerId, productIds } of orders) {
    if (productIds.length > MAX_ORDER_PRODUCTS) continue;
    if (family === "orders") {
      addBasket(rows, productIds);
      continue;
    }
    if (customerId === null) continue;
    const held = since.get(customerId) ?? new Set(listBoughtBefore(shopId, customerId, orderId - 1, MAX_HISTORY_PRODUCTS));
    const fresh = productIds.filter((product) => !held.has(product));
    addBasket(rows, fresh, [...held]);
    for (const product of fresh) held.add(product);
    since.set(customerId, held);
  }
  const kept = [...rows].map(([productId, { baskets, counts }]) => {
    const first = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, KEPT_PAIRS);
    return { productId, baskets, others: Float64Array.from(first, ([other]) => other), counts: Int32Array.from(first, ([, count]) => count) };
  });
  await savePairCounts(shopId, family, kept, nowMs, signal);
  return rows;
}

/** Joint purchases that are no coincidence by cosine, then what filled the list before. */
function* rewriteLists(shopId: ShopId, kind: RecommendationKind, rows: ReadonlyMap<number, GrowingPairs>, totals: Readonly<Record<RecommendationKind, number>>): Generator<ProductList> {
  const family = kind === "similar" ? "histories" : "orders";
  const total = totals[kind];
  const rules = chooseRules(total);
  const basketsOf = findBasketCounts(shopId, family, [...new Set([...rows.values()].flatMap(({ counts }) => [...counts.keys()]))]);
  for (const [productId, { baskets, counts }] of rows) {
    const before = readRecommendationLists(shopId, productId).find((list) => list.kind === kind)?.items;
    // Unlisted products have no list.
    if (!before) continue;
    // What the champion ranked keeps its score; a pair that is new to it comes after, by cosine.
    const scoreOf = new Map(before.filter(({ source }) => source === "co-purchase").map((item) => [item.productId, item.score]));
    const bought = [...counts].flatMap(([other, both]): RecommendedItem[] => {
      const held = Math.max(both, basketsOf.get(other) ?? both);
      const pairLift = lift(both, baskets, held, Math.max(total, baskets, held));
      const surprise = logLikelihoodRatio(both, baskets, held, Math.max(total, baskets + held - both));
      if (both < rules.minSupport || pairLift <= rules.minLift || surprise < rules.minLogLikelihoodRatio) return [];
      const pairCosine = round(cosine(both, baskets, held));
      return [{ productId: other, score: scoreOf.get(other) ?? pairCosine, source: "co-purchase", supportOrders: both, confidence: round(confidence(both, baskets)), lift: round(pairLift), cosine: pairCosine, logLikelihoodRatio: round(surprise) }];
    });
    bought.sort((a, b) => b.score - a.score || b.cosine - a.cosine || a.productId - b.productId);
    const first = bought.slice(0, LIST_LENGTH);
    const taken = new Set(first.map((item) => item.productId));
    const fill = before.filter((item) => item.source !== "co-purchase" && !taken.has(item.productId));
    yield { productId, kind, items: [...first, ...fill].slice(0, LIST_LENGTH) };
  }
}

const round = (value: number) => Number(value.toPrecision(4));
