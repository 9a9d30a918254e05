import type { EvaluationTask } from "#app/core/evaluation-report.ts";
import type { ShopId } from "#app/core/ids.ts";
import { modelFamilies, type ModelFamily } from "#app/core/recommendation-tasks.ts";
import { findMember } from "#app/engine/recommend/tasks/find-member.ts";
import { decodeTable, type ItemTable } from "#app/engine/recommend/tasks/item-table.ts";
import { itemIdsOf } from "#app/engine/recommend/tasks/item-ids.ts";
import { createServing, type Champion, type Serving } from "#app/engine/recommend/tasks/serving.ts";
import type { Snapshot } from "#app/engine/snapshot/snapshot.ts";
import { listRecommendationCards } from "#app/server/store/recommendation-cards.server.ts";
import { listRecommenderModels } from "#app/server/store/recommender-models.server.ts";

const kept = new WeakMap<Snapshot, Serving>();

/** The kept models in the rows of this snapshot; built once a snapshot, which is read anew when a nightly run has ended. */
export function openServing(shopId: ShopId, snapshot: Snapshot): Serving {
  const known = kept.get(snapshot);
  if (known) return known;
  const serving = createServing(snapshot, { tables: readTables(shopId, snapshot), champions: readChampions(shopId), findMember: (name) => findMember(name) });
  kept.set(snapshot, serving);
  return serving;
}

function readTables(shopId: ShopId, snapshot: Snapshot): Map<ModelFamily, Map<string, ItemTable>> {
  const tables = new Map(modelFamilies.map((family) => [family, new Map<string, ItemTable>()]));
  for (const { family, member, bytes } of listRecommenderModels(shopId)) tables.get(family)?.set(member, decodeTable(bytes, itemIdsOf(snapshot, family)));
  return tables;
}

/** A shop without enough data keeps no champion: best sellers answer there. */
function readChampions(shopId: ShopId): Map<EvaluationTask, Champion> {
  const cards = listRecommendationCards(shopId).filter(({ card }) => card.decision !== "too-little-data");
  return new Map(cards.map(({ card: { task, champion } }) => [task, champion]));
}
