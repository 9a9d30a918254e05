import type { CategoryPick, RecommendQuestion } from "#app/core/recommendation-answer.ts";
import { countVotes } from "./count-votes.ts";
import { readHistory } from "./family-rows.ts";
import type { PartialAnswer } from "./serve-task.ts";
import type { Serving } from "./serving.ts";

/** Product types that a customer will probably buy from next. Without a model: the types that most orders follow with. */
export function pickCategories(serving: Serving, { settings, member }: RecommendQuestion, customer: number): PartialAnswer {
  const { snapshot } = serving;
  const { names } = snapshot.products.type;
  if (names.length === 0) return { model: "best-sellers", fallback: "nothing-known" };
  const history = customer < 0 ? { items: new Int32Array(0), basketStart: new Int32Array(1) } : readHistory(snapshot, "categories", customer);
  const last = history.items.length > 0 ? history.items[history.items.length - 1] : -1;
  const followers = countFollowers(serving, last);
  const scores = new Float64Array(names.length);
  const found = history.items.length > 0 ? serving.ranker("next-category", member) : null;
  found?.ranker.score(history, scores);
  if (!scores.some((value) => value > 0)) scores.set(followers.counts);
  const ranked = [...scores.keys()].filter((code) => scores[code] > 0).sort((a, b) => scores[b] - scores[a] || a - b).slice(0, settings.count);
  const votes = countVotes(serving, "next-category", history, names.length, ranked, () => false);
  const highest = scores[ranked[0]] || 1;
  const categories = ranked.map((code, index): CategoryPick => ({
    type: names[code], score: scores[code] / highest, votes: votes[index],
    reason: { code: "followed", type: last < 0 ? "" : names[last], customers: followers.counts[code], share: followers.total > 0 ? followers.counts[code] / followers.total : 0 },
  }));
  return { model: found?.name ?? "best-sellers", categories, considered: history.items.length > 0 ? 1 : 0, fallback: history.items.length === 0 ? "nothing-known" : found ? null : "not-evaluated" };
}

/** In how many of the orders that came after one with the type `last` each type stands; of all orders when nothing is known of the customer. */
function countFollowers({ snapshot }: Serving, last: number): { counts: Float64Array; total: number } {
  const { orders, lines, ordersByCustomer, products, customers } = snapshot;
  const { codes, names } = products.type;
  const counts = new Float64Array(names.length);
  const seen = new Int32Array(names.length).fill(-1);
  let total = 0;
  for (let customer = 0; customer < customers.count; customer += 1) {
    let isAfter = last < 0;
    for (let at = ordersByCustomer.start[customer]; at < ordersByCustomer.start[customer + 1]; at += 1) {
      const order = ordersByCustomer.values[at];
      let holdsLast = false;
      if (isAfter) total += 1;
      for (let line = orders.lineStart[order]; line < orders.lineStart[order + 1]; line += 1) {
        const code = lines.product[line] < 0 ? -1 : codes[lines.product[line]];
        if (code < 0) continue;
        if (code === last) holdsLast = true;
        if (!isAfter || seen[code] === order) continue;
        seen[code] = order;
        counts[code] += 1;
      }
      isAfter = last < 0 || holdsLast;
    }
  }
  return { counts, total };
}
