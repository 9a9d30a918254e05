import type { RecommendationKind, RecommendedItem } from "#app/core/recommendations.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import type { BestSellers } from "./best-sellers.ts";
import { confidence, cosine, lift, logLikelihoodRatio } from "./copurchase/association.ts";
import type { CopurchaseModel } from "./copurchase/copurchase.ts";
import { weightOf, type ItemTable } from "./tasks/item-table.ts";

/** Everything that the list beside a product is made from. */
export interface ListSources {
  readonly snapshot: Snapshot;
  /** Of products in one order. */
  readonly together: CopurchaseModel;
  /** Of products in one customer's history. */
  readonly alsoBought: CopurchaseModel;
  readonly bestSellers: BestSellers;
  readonly count: number;
  /** The model that the evaluation chose for a kind: it ranks the products that were really bought together. Without one, cosine does. */
  readonly champions?: Partial<Record<RecommendationKind, ItemTable>>;
  /** What products like a new one are bought with (content mapped to joint purchases): it speaks for products that too few bought. */
  readonly mapped?: Partial<Record<RecommendationKind, ItemTable>>;
}

/** A product of another type, or of a very different price, counts this much of one that is just like the main one. */
const UNLIKE_WEIGHT = 0.5;
/** Candidates of a type that are looked at for a fallback by likeness; the best sellers among them come first. */
const TYPE_CANDIDATES = 200;
/** Orders (buyers) from which a product speaks for itself. */
const KNOWN_FROM = 10;

/**
 * The list beside one product (a row): what was bought with it, then, while it is new, what products like it are bought with, then best sellers of its type, then of the shop. Never
 * itself, never a product that cannot be bought now. Scores compare within one source only; within it they descend,
 * and ties go by product id.
 */
export function listRecommendations(sources: ListSources, kind: RecommendationKind, product: number): RecommendedItem[] {
  const { bestSellers, snapshot, count } = sources;
  const taken = new Set([product]);
  const candidates = kind === "bought-together" ? boughtTogether(sources, product) : similar(sources, product);
  const list = candidates
    .filter(({ row }) => snapshot.products.isAvailable[row] === 1)
    .sort((a, b) => b.item.score - a.item.score || a.row - b.row)
    .slice(0, count);
  for (const { row } of list) taken.add(row);
  const fill = (source: RecommendedItem["source"], rows: Iterable<number>, score: (row: number) => number) => {
    for (const row of rows) {
      if (list.length >= count) return;
      if (taken.has(row)) continue;
      taken.add(row);
      list.push({ row, item: unsupported(snapshot, row, source, score(row)) });
    }
  };
  const share = (row: number) => bestSellers.share[row];
  const alike = mappedNeighbours(sources, kind, product);
  fill("bought-with-alike", alike.rows, (row) => weightOf(alike.table, product, row));
  const sameType = rowsOfType(sources, product);
  if (kind === "similar") fill("category-best-seller", byLikeness(sources, product, sameType), (row) => likeness(snapshot, product, row) * share(row));
  else fill("category-best-seller", sameType, share);
  fill("shop-best-seller", bestSellers.overall, share);
  return list.map(({ item }) => item);
}

interface Candidate {
  readonly row: number;
  readonly item: RecommendedItem;
}

function boughtTogether({ snapshot, together, champions }: ListSources, product: number): Candidate[] {
  const candidates = neighboursOf(together, product).map(({ row, support }) => ({ row, item: supported(snapshot, together, product, row, support, 1) }));
  return rankByChampion(candidates, champions?.["bought-together"], product);
}

/** Joint purchases that are no coincidence, in the champion's order; those that it says nothing of come last, by cosine. */
function rankByChampion(candidates: Candidate[], table: ItemTable | undefined, product: number): Candidate[] {
  if (!table) return candidates;
  const weights = candidates.map(({ row }) => Math.max(0, weightOf(table, product, row)));
  const highest = Math.max(...weights, Number.MIN_VALUE);
  return candidates.map(({ row, item }, n) => ({ row, item: { ...item, score: round(weights[n] > 0 ? 1 + weights[n] / highest : item.score) } }));
}

/** Customers who bought this also bought, those of the same type and of a like price before the others. */
function similar({ snapshot, alsoBought, champions }: ListSources, product: number): Candidate[] {
  const candidates = neighboursOf(alsoBought, product).map(({ row, support }) => {
    const weight = UNLIKE_WEIGHT + (1 - UNLIKE_WEIGHT) * likeness(snapshot, product, row);
    return { row, item: supported(snapshot, alsoBought, product, row, support, weight) };
  });
  return rankByChampion(candidates, champions?.similar, product);
}

function neighboursOf({ start, neighbour, support }: CopurchaseModel, product: number): { row: number; support: number }[] {
  return Array.from({ length: start[product + 1] - start[product] }, (_, i) => ({ row: neighbour[start[product] + i], support: support[start[product] + i] }));
}

function supported(snapshot: Snapshot, model: CopurchaseModel, product: number, row: number, support: number, weight: number): RecommendedItem {
  const own = model.basketsOf[product];
  const other = model.basketsOf[row];
  const total = model.basketCount;
  const pairCosine = cosine(support, own, other);
  return {
    productId: snapshot.products.id[row],
    score: round(pairCosine * weight),
    source: "co-purchase",
    supportOrders: support,
    confidence: round(confidence(support, own)),
    lift: round(lift(support, own, other, total)),
    cosine: round(pairCosine),
    logLikelihoodRatio: round(logLikelihoodRatio(support, own, other, total)),
  };
}

const NOTHING: ItemTable = { items: 0, start: new Int32Array(1), target: new Int32Array(0), weight: new Float32Array(0), base: new Float64Array(0), historyDecay: 1 };

/** Best first; none for a product that enough people bought. */
function mappedNeighbours({ snapshot, mapped, together, alsoBought }: ListSources, kind: RecommendationKind, product: number): { table: ItemTable; rows: number[] } {
  const table = mapped?.[kind];
  const { basketsOf } = kind === "similar" ? alsoBought : together;
  if (!table || basketsOf[product] >= KNOWN_FROM) return { table: NOTHING, rows: [] };
  const entries = Array.from({ length: table.start[product + 1] - table.start[product] }, (_, n) => table.start[product] + n);
  const best = entries.filter((at) => table.weight[at] > 0).sort((a, b) => table.weight[b] - table.weight[a] || table.target[a] - table.target[b]);
  const { isAvailable, isListed } = snapshot.products;
  return { table, rows: best.map((at) => table.target[at]).filter((row) => isAvailable[row] === 1 && isListed[row] === 1) };
}

/** A fallback claims no joint purchase. */
function unsupported(snapshot: Snapshot, row: number, source: RecommendedItem["source"], score: number): RecommendedItem {
  return { productId: snapshot.products.id[row], score: round(score), source, supportOrders: 0, confidence: 0, lift: 0, cosine: 0, logLikelihoodRatio: 0 };
}

/** 0 for another or no type, else 1 at the same price and a half at half or double of it. */
function likeness({ products }: Snapshot, a: number, b: number): number {
  if (products.type.codes[a] < 0 || products.type.codes[a] !== products.type.codes[b]) return 0;
  const low = Math.min(products.priceMinor[a], products.priceMinor[b]);
  const high = Math.max(products.priceMinor[a], products.priceMinor[b]);
  if (high <= 0) return 1;
  return Math.max(0, low / high);
}

function rowsOfType({ snapshot, bestSellers }: ListSources, product: number): Int32Array {
  const type = snapshot.products.type.codes[product];
  return type < 0 ? new Int32Array(0) : bestSellers.byType.values.subarray(bestSellers.byType.start[type], bestSellers.byType.start[type + 1]);
}

function byLikeness({ snapshot, bestSellers }: ListSources, product: number, rows: Int32Array): number[] {
  const score = (row: number) => likeness(snapshot, product, row) * bestSellers.share[row];
  return [...rows.subarray(0, TYPE_CANDIDATES)].sort((a, b) => score(b) - score(a) || a - b);
}

/** Four digits are more than the counts carry, and keep a list from changing with every order of the shop. */
function round(value: number): number {
  return Number(value.toPrecision(4));
}
