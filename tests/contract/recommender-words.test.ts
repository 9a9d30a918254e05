import { expect, it } from "vitest";
import { evaluationTasks } from "#app/core/evaluation-report.ts";
import { listTaskMembers } from "#app/engine/recommend/evaluate/members-of-task.ts";
import { basketRankers, createItemRankers, itemRankersOnRequest } from "#app/engine/recommend/evaluate/ranker-catalogue.ts";
import { locales } from "#app/ui/i18n/locale.ts";
import { loadWords } from "#app/ui/i18n/load-words.ts";

it.each(locales)("every member of the engine has plain words in %s", async (locale) => {
  const members = [...createItemRankers(), ...itemRankersOnRequest, ...basketRankers, ...evaluationTasks.flatMap((task) => listTaskMembers(task))];
  const names = new Set([...members.map((member) => member.name), "content", "content-to-copurchase", "hybrid", "random"]);
  const { recommendations } = (await loadWords(locale)).namespaces as { recommendations: { members: Record<string, string> } };
  expect(names.size).toBeGreaterThan(20);
  expect([...names].filter((name) => !recommendations.members[name])).toEqual([]);
});
