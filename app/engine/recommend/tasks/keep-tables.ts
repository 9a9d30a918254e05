import type { ServedHybrid } from "#app/core/recommendation-card.ts";
import type { EvaluationTask } from "#app/core/evaluation-report.ts";
import type { ModelFamily } from "#app/core/recommendation-tasks.ts";
import type { Snapshot } from "../../snapshot/snapshot.ts";
import type { EvaluatedHybrid } from "../evaluate/evaluate-task.ts";
import { historyOf, type RankerMember, type TrainingData } from "../evaluate/ranker.ts";
import { countItems } from "./family-rows.ts";
import { findMember } from "./find-member.ts";
import { itemIdsOf } from "./item-ids.ts";
import { distilTable, encodeTable, isFaithful } from "./item-table.ts";

export interface FamilyModel {
  /** Name of the member; of a setting that one task alone wants: "task/member". */
  readonly member: string;
  readonly parameters: unknown;
  readonly bytes: Uint8Array;
}

/** Histories that a table must rank like its member. */
const CHECKED = 60;

/** Tables of one family, each fitted once. */
export interface TableKeeper {
  /** Keeps the member with this setting under its own name, unless another setting has it already; whether a table of that name is kept. */
  keep(name: string, parameters: unknown): boolean;
  /** Whether each member has a table or can be fitted when it is asked. */
  canServe(hybrid: EvaluatedHybrid): boolean;
  /** Keeps the tables of a servable hybrid. */
  keepHybrid(task: EvaluationTask, hybrid: EvaluatedHybrid): ServedHybrid;
  list(): FamilyModel[];
}

export function createTableKeeper(snapshot: Snapshot, family: ModelFamily, train: TrainingData, find: (name: string) => RankerMember | null): TableKeeper {
  const made = new Map<string, Uint8Array | null>();
  const kept = new Map<string, FamilyModel>();
  const keyOf = (name: string, parameters: unknown) => `${name} ${JSON.stringify(parameters)}`;
  const tableOf = (name: string, parameters: unknown): Uint8Array | null => {
    const key = keyOf(name, parameters);
    const known = made.get(key);
    if (known !== undefined) return known;
    const bytes = makeTable(snapshot, family, train, find(name), parameters);
    made.set(key, bytes);
    return bytes;
  };
  const keepAs = (slot: string, name: string, parameters: unknown): boolean => {
    const bytes = kept.has(slot) ? null : tableOf(name, parameters);
    if (bytes) kept.set(slot, { member: slot, parameters, bytes });
    return kept.has(slot);
  };
  return {
    keep: (name, parameters) => keepAs(name, name, parameters),
    // What goes by the products' texts is not at hand when a task is served: it has a table or nothing.
    canServe: ({ members }) => members.every(({ name, parameters }) => tableOf(name, parameters) !== null || findMember(name) !== null),
    keepHybrid(task, { kind, members, model, depth, repeats }) {
      const parts = members.map(({ name, parameters }) => {
        const own = kept.get(name);
        const slot = own && keyOf(name, own.parameters) !== keyOf(name, parameters) ? `${task}/${name}` : name;
        return { member: name, parameters: parameters ?? null, table: keepAs(slot, name, parameters) ? slot : null };
      });
      return { kind, members: parts, model: { weights: [...model.weights], trees: model.trees.map(({ feature, threshold, value }) => ({ feature: [...feature], threshold: [...threshold], value: [...value] })) }, depth, repeats };
    },
    list: () => [...kept.values()],
  };
}

function makeTable(snapshot: Snapshot, family: ModelFamily, train: TrainingData, member: RankerMember | null, parameters: unknown): Uint8Array | null {
  const fitted = member?.fit(train, parameters);
  if (!fitted) return null;
  const table = distilTable(fitted, countItems(snapshot, family), historyDecayOf(parameters));
  const step = Math.max(1, Math.floor(train.interactions.users / CHECKED));
  const histories = Array.from({ length: Math.min(CHECKED, train.interactions.users) }, (_, n) => historyOf(train, n * step));
  return isFaithful(table, fitted, histories) ? encodeTable(table, itemIdsOf(snapshot, family)) : null;
}

function historyDecayOf(parameters: unknown): number {
  if (typeof parameters !== "object" || parameters === null || !("historyDecay" in parameters)) return 1;
  return typeof parameters.historyDecay === "number" ? parameters.historyDecay : 1;
}
