import { z } from "zod";
import type { ShopId } from "#app/core/ids.ts";
import { modelFamilies, type ModelFamily } from "#app/core/recommendation-tasks.ts";
import { atomically, statement } from "./statements.server.ts";

export interface RecommenderModelRow {
  readonly family: ModelFamily;
  readonly member: string;
  /** The setting it was fitted with. */
  readonly parameters: unknown;
  /** Of app/engine/recommend/tasks/item-table.ts */
  readonly bytes: Uint8Array;
}

const WRITE = `INSERT INTO RecommenderModel (shopId, family, member, runId, parameters, bytes, updatedAt) VALUES (?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (shopId, family, member) DO UPDATE SET runId = excluded.runId, parameters = excluded.parameters, bytes = excluded.bytes, updatedAt = excluded.updatedAt`;

/** These models take the place of all others of the family, together or not at all: tasks name what they need. */
export function saveRecommenderModels(shopId: ShopId, runId: string, family: ModelFamily, models: readonly Omit<RecommenderModelRow, "family">[], nowMs: number): void {
  atomically(() => {
    for (const { member, parameters, bytes } of models) statement(WRITE).run(shopId, family, member, runId, JSON.stringify(parameters), bytes, nowMs);
    statement("DELETE FROM RecommenderModel WHERE shopId = ? AND family = ? AND runId <> ?").run(shopId, family, runId);
  });
}

/** Bytes of one model; null when it is not kept. */
export function findRecommenderModel(shopId: ShopId, family: ModelFamily, member: string): Uint8Array | null {
  const found = statement("SELECT bytes FROM RecommenderModel WHERE shopId = ? AND family = ? AND member = ?").pluck().get(shopId, family, member);
  return found instanceof Uint8Array ? found : null;
}

const row = z.object({ family: z.enum(modelFamilies), member: z.string(), parameters: z.string(), bytes: z.instanceof(Uint8Array) });

export function listRecommenderModels(shopId: ShopId): RecommenderModelRow[] {
  return statement("SELECT family, member, parameters, bytes FROM RecommenderModel WHERE shopId = ? ORDER BY family, member")
    .all(shopId)
    .map((found) => row.parse(found))
    .map(({ parameters, ...rest }) => ({ ...rest, parameters: JSON.parse(parameters) as unknown }));
}
