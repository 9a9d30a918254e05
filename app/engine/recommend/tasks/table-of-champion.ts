import type { RecommendationCard } from "#app/core/recommendation-card.ts";

/** Name of the table that answers where only a table can (product lists, one product for all customers): the champion's own, or the best one in its hybrid. */
export function tableOfChampion({ servedAs, member, hybrid }: Pick<RecommendationCard["champion"], "servedAs" | "member" | "hybrid">): string | null {
  if (servedAs === "table") return member;
  return hybrid?.members.find(({ table }) => table !== null)?.table ?? null;
}
