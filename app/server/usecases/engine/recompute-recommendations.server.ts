import type { ShopId } from "#app/core/ids.ts";
import { evaluationFamilies } from "#app/core/recommendation-tasks.ts";
import { recommendationKinds } from "#app/core/recommendations.ts";
import type { Clock } from "#app/core/time.ts";
import { rankBestSellers } from "#app/engine/recommend/best-sellers.ts";
import { buildCustomerBaskets, buildOrderBaskets } from "#app/engine/recommend/build-baskets.ts";
import { chooseRules, MAX_HISTORY_PRODUCTS, MAX_ORDER_PRODUCTS } from "#app/engine/recommend/copurchase/choose-rules.ts";
import type { CopurchaseModel } from "#app/engine/recommend/copurchase/copurchase.ts";
import { assembleModel, copurchase } from "#app/engine/recommend/copurchase/copurchase.ts";
import { COLD_START } from "#app/engine/recommend/content/content-members.ts";
import { buildPairIndex } from "#app/engine/recommend/copurchase/pair-index.ts";
import { countAllPairs } from "#app/engine/recommend/copurchase/count-all-pairs.ts";
import { decodeTable } from "#app/engine/recommend/tasks/item-table.ts";
import { tableOfChampion } from "#app/engine/recommend/tasks/table-of-champion.ts";
import type { ListSources } from "#app/engine/recommend/product-lists.ts";
import { listRecommendations } from "#app/engine/recommend/product-lists.ts";
import type { Interactions } from "#app/engine/recommend/recommender.ts";
import type { Snapshot } from "#app/engine/snapshot/snapshot.ts";
import { findLiveModelRun } from "#app/server/store/model-runs.server.ts";
import type { ListChanges, ProductList } from "#app/server/store/product-recommendations.server.ts";
import { saveProductRecommendations } from "#app/server/store/product-recommendations.server.ts";
import { deleteOldPairCounts, savePairCounts, type PairCounts, type PairFamily } from "#app/server/store/pair-counts.server.ts";
import { findRecommendationCard } from "#app/server/store/recommendation-cards.server.ts";
import { findRecommenderModel } from "#app/server/store/recommender-models.server.ts";
import { evaluateRecommenders, isEvaluationDue, type NightProgress } from "./evaluate-recommenders.server.ts";
import { findTopPairs } from "./find-top-pairs.server.ts";
import { recordRun } from "./record-run.server.ts";

/** Items kept per list: more than any block shows, so that some can fall out between two runs. */
const LIST_LENGTH = 12;
/** Raised when the lists of the same data and the same model would come out otherwise. */
const LISTS_VERSION = 3;
/** Companions counted on between two nights, per product. */
const KEPT_PAIRS = 200;

/** Kept in ModelRun.figures of kind "copurchase". */
export interface RecommendationFigures extends ListChanges {
  readonly baskets: number;
  readonly oversizedBaskets: number;
  readonly customersWithHistory: number;
  /** Ordered pairs kept: neighbours of all products. */
  readonly pairs: number;
  readonly products: number;
  readonly items: number;
  /** Of the items, those with real joint purchases. */
  readonly coPurchaseItems: number;
  /** Orders up to this id are in; later ones are added one by one. */
  readonly untilOrderId: number;
  /** Tasks and the members that serve them, where they were evaluated tonight. */
  readonly champions: Readonly<Record<string, string>> | null;
}

export interface RecommendationRunOptions {
  /** null: when the last night is long enough ago. */
  readonly evaluate?: boolean | null;
  readonly report?: NightProgress;
}

/** Null when the lists stand and were computed from the same data by the same code. */
export async function recomputeRecommendations(shopId: ShopId, snapshot: Snapshot, fingerprint: string, clock: Clock, signal?: AbortSignal, { evaluate = null, report }: RecommendationRunOptions = {}): Promise<RecommendationFigures | null> {
  const version = copurchase.version * 1_000 + LISTS_VERSION;
  const live = await findLiveModelRun(shopId, copurchase.kind);
  const isDue = evaluate ?? isEvaluationDue(shopId, clock.nowMs());
  if (!isDue && live?.version === version && live.fingerprint === fingerprint) return null;
  const orders = buildOrderBaskets(snapshot, MAX_ORDER_PRODUCTS);
  const histories = buildCustomerBaskets(snapshot, MAX_HISTORY_PRODUCTS);
  // The night works in threads of its own and needs none of the counts.
  const [cards] = await Promise.all([isDue ? evaluateRecommenders(shopId, snapshot, fingerprint, { clock, signal, report }) : null, saveAllPairs(shopId, { orders, histories }, clock.nowMs(), signal)]);
  const rules = { orders: rulesFor(orders), histories: rulesFor(histories), listLength: LIST_LENGTH, maxOrderProducts: MAX_ORDER_PRODUCTS, maxHistoryProducts: MAX_HISTORY_PRODUCTS };
  const plan = { kind: copurchase.kind, version, fingerprint, asOfMs: snapshot.asOfMs, parameters: rules };
  return recordRun(shopId, clock, plan, async (runId) => {
    const sources: ListSources = {
      snapshot,
      together: await fitOnAllCores(orders, signal),
      alsoBought: await fitOnAllCores(histories, signal),
      bestSellers: rankBestSellers(snapshot),
      count: LIST_LENGTH,
      champions: readListChampions(shopId, snapshot),
      mapped: readMappedTables(shopId, snapshot),
    };
    const counts = { items: 0, coPurchaseItems: 0 };
    const changes = await saveProductRecommendations(shopId, runId, listAll(sources, counts), clock.nowMs(), signal);
    return {
      ...changes,
      ...counts,
      baskets: sources.together.basketCount,
      oversizedBaskets: orders.oversized,
      customersWithHistory: sources.alsoBought.basketCount,
      pairs: sources.together.neighbour.length,
      products: snapshot.products.count,
      untilOrderId: snapshot.orders.id.reduce((most, id) => (id > most ? id : most), 0),
      champions: cards && Object.fromEntries(cards.map(({ task, champion }) => [task, champion.member])),
    };
  });
}

/** Of the product lists, what the evaluation chose and keeps as a table. */
export function readListChampions(shopId: ShopId, snapshot: Pick<Snapshot, "products">): NonNullable<ListSources["champions"]> {
  const entries = recommendationKinds.flatMap((kind) => {
    const champion = findRecommendationCard(shopId, kind)?.card.champion;
    const table = champion ? tableOfChampion(champion) : null;
    const bytes = table ? findRecommenderModel(shopId, evaluationFamilies[kind], table) : null;
    return bytes ? [[kind, decodeTable(bytes, snapshot.products.id)] as const] : [];
  });
  return Object.fromEntries(entries);
}

/** What products like a new one are bought with, where the shop's texts and orders could say it. */
function readMappedTables(shopId: ShopId, snapshot: Snapshot): NonNullable<ListSources["mapped"]> {
  const entries = recommendationKinds.flatMap((kind) => {
    const bytes = findRecommenderModel(shopId, evaluationFamilies[kind], COLD_START);
    return bytes ? [[kind, decodeTable(bytes, snapshot.products.id)] as const] : [];
  });
  return Object.fromEntries(entries);
}

async function saveAllPairs(shopId: ShopId, { orders, histories }: Readonly<Record<PairFamily, Interactions>>, nowMs: number, signal?: AbortSignal): Promise<void> {
  await savePairCounts(shopId, "orders", pairsOf(orders), nowMs, signal);
  await savePairCounts(shopId, "histories", pairsOf(histories), nowMs, signal);
  deleteOldPairCounts(shopId, nowMs);
}

function* pairsOf({ baskets, productIds }: Interactions): Generator<PairCounts> {
  for (const { product, baskets: held, others, counts } of countAllPairs(baskets, productIds.length, KEPT_PAIRS)) {
    yield { productId: productIds[product], baskets: held, others: Float64Array.from(others, (row) => productIds[row]), counts };
  }
}

const rulesFor = (data: Interactions) => chooseRules(data.baskets.start.length - 1);

async function fitOnAllCores(data: Interactions, signal?: AbortSignal): Promise<CopurchaseModel> {
  const rules = rulesFor(data);
  const index = buildPairIndex(data.baskets, data.productIds.length);
  return assembleModel(data.productIds, index, rules, await findTopPairs(index, rules, signal));
}

/** One list after another, so that the shop's lists are never all in memory. Products that cannot be seen have none. */
function* listAll(sources: ListSources, counts: { items: number; coPurchaseItems: number }): Generator<ProductList> {
  const { products } = sources.snapshot;
  for (let row = 0; row < products.count; row++) {
    if (products.isListed[row] === 0) continue;
    for (const kind of recommendationKinds) {
      const items = listRecommendations(sources, kind, row);
      counts.items += items.length;
      counts.coPurchaseItems += items.filter((item) => item.source === "co-purchase").length;
      yield { productId: products.id[row], kind, items };
    }
  }
}
