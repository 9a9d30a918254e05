import type { ProductPickItem, RecommendQuestion } from "#app/core/recommendation-answer.ts";
import { COLD_START } from "../content/content-members.ts";
import { explainRise } from "./explain-pick.ts";
import type { PartialAnswer } from "./serve-task.ts";
import type { ItemTable } from "./item-table.ts";
import type { Serving } from "./serving.ts";

/** What sells faster than its past lets expect, the surest rise first. */
export function pickRising(serving: Serving, question: RecommendQuestion): PartialAnswer {
  const { rising, score } = serving.trending();
  const { rows, types } = narrow(serving, rising, question);
  const highest = rows.length > 0 ? score[rows[0]] : 1;
  const products = rows.flatMap((row): ProductPickItem[] => {
    const reason = explainRise(serving, row);
    return reason ? [{ productId: serving.snapshot.products.id[row], score: score[row] / highest, votes: [], reason }] : [];
  });
  return { model: "trending", products, types };
}

/** What came lately, the most promising first, with what is like it: that is all that can be known of a product that hardly anybody bought. */
export function pickNewArrivals(serving: Serving, question: RecommendQuestion): PartialAnswer {
  const { products } = serving.snapshot;
  const arrivals = serving.newArrivals();
  const found = new Map(arrivals.map((arrival) => [arrival.product, arrival]));
  const { rows, types } = narrow(serving, arrivals.map(({ product }) => product), question);
  const [alike, mapped] = ["content", COLD_START].map((member) => serving.table("similar", member)?.table ?? null);
  const idOf = (row: number) => (row < 0 ? null : products.id[row]);
  const picks = rows.flatMap((row): ProductPickItem[] => {
    const arrival = found.get(row);
    if (!arrival) return [];
    const reason = { code: "new-arrival" as const, createdAtMs: products.createdAtMs[row], orders: arrival.orders, of: arrival.chances, alikeId: idOf(firstOf(alike, row)), withId: idOf(firstOf(mapped, row)) };
    return [{ productId: products.id[row], score: arrival.score / arrivals[0].score, votes: [], reason }];
  });
  return { model: "new-arrivals", products: picks, types };
}

/** Of rows best first, those that may be shown, cut to the type and the length that are wanted; and all their types, the most frequent first. */
function narrow({ snapshot: { products } }: Serving, best: ArrayLike<number>, { settings, productType = null }: RecommendQuestion): { rows: number[]; types: string[] } {
  const shown = Array.from(best).filter((row) => products.isListed[row] === 1);
  const typeOf = (row: number) => (products.type.codes[row] < 0 ? null : products.type.names[products.type.codes[row]]);
  const counts = new Map<string, number>();
  for (const row of shown) {
    const type = typeOf(row);
    if (type) counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  const types = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([type]) => type);
  return { rows: shown.filter((row) => productType === null || typeOf(row) === productType).slice(0, settings.count), types };
}

/** The product of which this one says most; -1 where nothing is known. */
function firstOf(table: ItemTable | null, row: number): number {
  if (!table) return -1;
  let best = -1;
  for (let at = table.start[row]; at < table.start[row + 1]; at += 1) if (table.weight[at] > 0 && (best < 0 || table.weight[at] > table.weight[best])) best = at;
  return best < 0 ? -1 : table.target[best];
}
