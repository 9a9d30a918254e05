import type { EvaluationTask } from "#app/core/evaluation-report.ts";
import type { ServedHybrid } from "#app/core/recommendation-card.ts";
import { evaluationFamilies, type ModelFamily } from "#app/core/recommendation-tasks.ts";
import type { Snapshot } from "../../snapshot/snapshot.ts";
import { rankBestSellers, type BestSellers } from "../best-sellers.ts";
import { blendRankers } from "../evaluate/blend.ts";
import type { FittedRanker, RankerMember, TrainingData } from "../evaluate/ranker.ts";
import { createHybridRanker } from "../hybrid/hybrid-ranker.ts";
import { productFactsOf } from "../hybrid/product-facts.ts";
import { fitRepeatModel, type RepeatModel } from "../repeat/buy-again.ts";
import { rankNewArrivals, type NewArrival } from "../trending/rank-new-arrivals.ts";
import { rankTrending, type Trending } from "../trending/rank-trending.ts";
import { indexEvidence, type Evidence } from "./evidence.ts";
import { buildFamilyRows, countItems } from "./family-rows.ts";
import { rankerOfTable, type ItemTable } from "./item-table.ts";
import { tableOfChampion } from "./table-of-champion.ts";

/** Which model answers a task. */
export interface Champion {
  readonly member: string;
  readonly parameters: unknown;
  readonly servedAs: "table" | "history" | "blend" | "hybrid";
  readonly blend: readonly { readonly member: string; readonly parameters: unknown; readonly weight: number }[];
  readonly hybrid?: ServedHybrid;
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
  /** Most promising first. */
  readonly newArrivals: () => readonly NewArrival[];
  readonly trending: () => Trending;
  /** When things are bought again. */
  readonly repeats: () => RepeatModel;
  /** By a member's name; null asks for the one that stands for the task's champion where only a table can answer. */
  readonly table: (task: EvaluationTask, member: string | null) => { readonly name: string; readonly table: ItemTable } | null;
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

  const newArrivals = once(() => rankNewArrivals(snapshot));
  const trending = once(() => rankTrending(snapshot));
  const repeats = once(() => fitRepeatModel(snapshot));

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
  const partOf = (family: ModelFamily, { member, parameters, table }: ServedHybrid["members"][number]): FittedRanker | null => {
    if (table === null) return rankerOf(family, member, parameters);
    const found = kept.tables.get(family)?.get(table);
    return found ? rankerOfTable(found) : null;
  };
  const hybridOf = (task: EvaluationTask, hybrid: ServedHybrid): FittedRanker | null =>
    remember(fitted, `hybrid ${task}`, () => {
      const family = evaluationFamilies[task];
      const parts = hybrid.members.flatMap((part) => {
        const model = partOf(family, part);
        return model ? [{ name: part.member, model }] : [];
      });
      if (parts.length < hybrid.members.length) return null;
      return tryHybrid(() => createHybridRanker(parts, rowsOf(family), hybrid.model, { depth: hybrid.depth, repeats: hybrid.repeats, facts: family === "categories" ? undefined : productFactsOf(snapshot) }));
    });
  /** A hybrid that cannot be put together again is stood in for by its best member at hand. */
  const championOf = (task: EvaluationTask): { readonly name: string; readonly ranker: FittedRanker } | null => {
    const champion = kept.champions.get(task);
    if (!champion) return null;
    const { member, hybrid } = champion;
    const family = evaluationFamilies[task];
    if (!hybrid || champion.servedAs !== "hybrid") {
      const ranker = champion.servedAs === "blend" ? blendOf(family, champion) : rankerOf(family, member, champion.parameters);
      return ranker && { name: member, ranker };
    }
    const whole = hybridOf(task, hybrid);
    if (whole) return { name: member, ranker: whole };
    for (const part of hybrid.members) {
      const ranker = partOf(family, part) ?? rankerOf(family, part.member, part.parameters);
      if (ranker) return { name: part.member, ranker };
    }
    return null;
  };
  /** The champion, what it is made of, and every table of the family that has a member's plain name. */
  const membersOf = (task: EvaluationTask): string[] => {
    const champion = kept.champions.get(task);
    const own = champion ? [champion.member, ...[...champion.blend, ...(champion.hybrid?.members ?? [])].map((part) => part.member)] : [];
    const tables = [...(kept.tables.get(evaluationFamilies[task])?.keys() ?? [])].filter((name) => !name.includes("/"));
    return [...new Set([...own, ...tables])];
  };

  return {
    snapshot, evidence, bestSellers, newArrivals, trending, repeats,
    table(task, member) {
      const champion = kept.champions.get(task);
      const name = member === null || member === champion?.member ? champion && tableOfChampion(champion) : member;
      const table = name ? kept.tables.get(evaluationFamilies[task])?.get(name) : undefined;
      return name && table ? { name: name.slice(name.indexOf("/") + 1), table } : null;
    },
    members: membersOf,
    ranker(task, member) {
      const champion = kept.champions.get(task);
      if (member === null || member === champion?.member) return championOf(task);
      const part = champion?.hybrid?.members.find((one) => one.member === member);
      const parameters = champion?.blend.find((part) => part.member === member)?.parameters ?? null;
      if (!membersOf(task).includes(member)) return null;
      const family = evaluationFamilies[task];
      const ranker = part ? partOf(family, part) : rankerOf(family, member, parameters);
      return ranker && { name: member, ranker };
    },
  };
}

/** Null when this version describes candidates otherwise than the one that learnt the hybrid. */
function tryHybrid(build: () => FittedRanker): FittedRanker | null {
  try {
    return build();
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
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
