import type { EvaluationTask } from "#app/core/evaluation-report.ts";
import { evaluationFamilies, type ModelFamily } from "#app/core/recommendation-tasks.ts";
import type { Snapshot } from "../../snapshot/snapshot.ts";
import { rankBestSellers, type BestSellers } from "../best-sellers.ts";
import { blendRankers } from "../evaluate/blend.ts";
import type { FittedRanker, RankerMember, TrainingData } from "../evaluate/ranker.ts";
import { indexEvidence, type Evidence } from "./evidence.ts";
import { buildFamilyRows, countItems } from "./family-rows.ts";
import { rankerOfTable, type ItemTable } from "./item-table.ts";

/** Which model answers a task. */
export interface Champion {
  readonly member: string;
  readonly parameters: unknown;
  readonly servedAs: "table" | "history" | "blend";
  readonly blend: readonly { readonly member: string; readonly parameters: unknown; readonly weight: number }[];
}

/** The models of a shop as they were kept, in the rows of this snapshot. */
export interface KeptModels {
  readonly champions: ReadonlyMap<EvaluationTask, Champion>;
  /** By family, then member. */
  readonly tables: ReadonlyMap<ModelFamily, ReadonlyMap<string, ItemTable>>;
  /** Finds a member that is its own data; null for a name that this version does not know. */
  readonly findMember: (name: string) => RankerMember | null;
}

/** Everything that answers questions about one shop; parts are built when they are first needed. */
export interface Serving {
  readonly snapshot: Snapshot;
  readonly evidence: () => Evidence;
  readonly bestSellers: () => BestSellers;
  readonly table: (family: ModelFamily, member: string) => ItemTable | null;
  /** Members whose own list can be asked for. */
  readonly members: (task: EvaluationTask) => readonly string[];
  /** Null when nothing was chosen for the task, or the member is not at hand. */
  readonly ranker: (task: EvaluationTask, member: string | null) => { readonly name: string; readonly ranker: FittedRanker } | null;
}

export function createServing(snapshot: Snapshot, kept: KeptModels): Serving {
  const rows = new Map<ModelFamily, TrainingData>();
  const fitted = new Map<string, FittedRanker | null>();
  const evidence = once(() => indexEvidence(snapshot));
  const bestSellers = once(() => rankBestSellers(snapshot));

  const rowsOf = (family: ModelFamily) => remember(rows, family, () => buildFamilyRows(snapshot, family));
  const rankerOf = (family: ModelFamily, member: string, parameters: unknown): FittedRanker | null =>
    remember(fitted, `${family} ${member} ${JSON.stringify(parameters)}`, () => {
      const table = kept.tables.get(family)?.get(member);
      if (table) return rankerOfTable(table);
      return kept.findMember(member)?.fit(rowsOf(family), parameters) ?? null;
    });
  const blendOf = (family: ModelFamily, champion: Champion): FittedRanker | null => {
    const parts = champion.blend.flatMap(({ member, parameters, weight }) => {
      const model = rankerOf(family, member, parameters);
      return model ? [{ model, weight }] : [];
    });
    return parts.length > 0 ? blendRankers(parts, countItems(snapshot, family)) : null;
  };
  const championOf = (task: EvaluationTask): FittedRanker | null => {
    const champion = kept.champions.get(task);
    if (!champion) return null;
    const family = evaluationFamilies[task];
    return champion.servedAs === "blend" ? blendOf(family, champion) : rankerOf(family, champion.member, champion.parameters);
  };
  /** The champion, what it is blended from, and every table of the family. */
  const membersOf = (task: EvaluationTask): string[] => {
    const champion = kept.champions.get(task);
    const own = champion ? [champion.member, ...champion.blend.map((part) => part.member)] : [];
    return [...new Set([...own, ...(kept.tables.get(evaluationFamilies[task])?.keys() ?? [])])];
  };

  return {
    snapshot, evidence, bestSellers,
    table: (family, member) => kept.tables.get(family)?.get(member) ?? null,
    members: membersOf,
    ranker(task, member) {
      const champion = kept.champions.get(task);
      if (member === null || member === champion?.member) {
        const ranker = championOf(task);
        return ranker && champion ? { name: champion.member, ranker } : null;
      }
      const parameters = champion?.blend.find((part) => part.member === member)?.parameters ?? null;
      if (!membersOf(task).includes(member)) return null;
      const ranker = rankerOf(evaluationFamilies[task], member, parameters);
      return ranker && { name: member, ranker };
    },
  };
}

function once<T>(build: () => T): () => T {
  let value: { readonly is: T } | null = null;
  return () => (value ??= { is: build() }).is;
}

function remember<K, V>(known: Map<K, V>, key: K, build: () => V): V {
  const found = known.get(key);
  if (found !== undefined) return found;
  const built = build();
  known.set(key, built);
  return built;
}
