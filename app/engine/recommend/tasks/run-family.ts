import type { RecommendationCard } from "#app/core/recommendation-card.ts";
import type { ModelFamily } from "#app/core/recommendation-tasks.ts";
import type { Snapshot } from "../../snapshot/snapshot.ts";
import { COLD_START, listContentMembers } from "../content/content-members.ts";
import type { ProductTexts } from "../content/product-texts.ts";
import { evaluateTask } from "../evaluate/evaluate-task.ts";
import type { HybridKind } from "../hybrid/learn-hybrid.ts";
import { chooseWindow } from "../evaluate/task-window.ts";
import { decideChampion } from "./decide-champion.ts";
import { isTriedByContent, listNightMembers } from "./evaluation-members.ts";
import { buildFamilyRows } from "./family-rows.ts";
import { findMember } from "./find-member.ts";
import { createTableKeeper, type FamilyModel } from "./keep-tables.ts";
import { NIGHT_BOUNDS } from "./night-bounds.ts";
import { createStepCounter, tasksOf, type StepListener } from "./night-steps.ts";
import { createFitMemory } from "./remember-fits.ts";
import { stageBefore } from "./stage-before.ts";
import { thinRows } from "./thin-rows.ts";

export interface FamilyWork {
  readonly snapshot: Snapshot;
  readonly family: ModelFamily;
  readonly seed: number;
  readonly fingerprint: string;
  /** Cards in use. */
  readonly before: readonly RecommendationCard[];
  readonly nowMs: number;
  /** What the shop says of its products; without it no member goes by likeness. */
  readonly texts?: ProductTexts;
  /** Told what is being tried. */
  readonly listener?: StepListener;
}

export interface FamilyResult {
  readonly family: ModelFamily;
  readonly cards: RecommendationCard[];
  readonly models: FamilyModel[];
}

/** Pairs that the last fit may visit; it is one, the evaluation makes many. */
const MOST_VISITS = 4e7;
/** Second stages of a night; boosted trees take several times as long and are left to the command line. */
const NIGHT_KINDS: readonly HybridKind[] = ["blend", "logistic"];
const HYBRID = "hybrid";
/** Kept even where no task chose them: the plain neighbour vote that every list is compared with, and what speaks for new products. */
const ALWAYS = ["itemknn", COLD_START, "content"];

/** The night's work for one family: evaluate its tasks, decide, fit what was chosen on all data, make tables of it. Runs in a thread of its own. */
export function runFamily({ snapshot, family, seed, fingerprint, before, nowMs, texts, listener }: FamilyWork): FamilyResult {
  const rows = buildFamilyRows(snapshot, family);
  const byContent = texts && family !== "categories" ? listContentMembers(snapshot, texts) : [];
  const find = (name: string) => byContent.find((member) => member.name === name) ?? findMember(name);
  const hybrids = family === "categories" ? [] : NIGHT_KINDS;
  const keeper = createTableKeeper(snapshot, family, thinRows(rows, MOST_VISITS), find);
  const window = chooseWindow(snapshot);
  const segments = window ? stageBefore(snapshot, window.testFromMs) : undefined;
  const remember = createFitMemory();
  const countSteps = createStepCounter(snapshot, family, byContent.length > 0, listener);
  const decided = tasksOf(family).map((task) => {
    const report = countSteps(task);
    const members = [...listNightMembers(task, rows.interactions.items), ...byContent.filter(({ name }) => isTriedByContent(task, name))].map(remember);
    const { outcome, hybrid } = evaluateTask(snapshot, { task, seed, fingerprint, members, mostAsked: NIGHT_BOUNDS.mostAsked, mostRows: NIGHT_BOUNDS.mostRows[family], hybridKinds: hybrids, segments, report });
    const former = before.find((card) => card.task === task) ?? null;
    const card = decideChampion(outcome, former, nowMs);
    report(card.champion.member);
    if (card.champion.member !== HYBRID) return { card, hybrid: null };
    return hybrid && keeper.canServe(hybrid) ? { card, hybrid } : { card: decideChampion(outcome, former, nowMs, new Set([HYBRID])), hybrid: null };
  });
  const cards = decided.map(({ card }) => card);
  for (const card of cards) want(card, card.champion.member, keeper.keep);
  const served = decided.map(({ card, hybrid }): RecommendationCard => (hybrid ? { ...card, champion: { ...card.champion, servedAs: "hybrid", hybrid: keeper.keepHybrid(card.task, hybrid) } } : card));
  for (const card of cards) if (card.challenger) want(card, card.challenger.member, keeper.keep);
  for (const name of ALWAYS) for (const card of cards) want(card, name, keeper.keep);
  const models = keeper.list();
  const tables = new Set(models.map((model) => model.member));
  return { family, models, cards: served.map((card) => (tables.has(card.champion.member) ? { ...card, champion: { ...card.champion, servedAs: "table" } } : card)) };
}

/** Hands on the setting of tonight of a single member; nothing where it was not evaluated. */
function want({ outcome }: RecommendationCard, name: string, keep: (name: string, parameters: unknown) => boolean): void {
  const member = outcome?.kind === "report" && name !== HYBRID ? outcome.report.members.find((one) => one.name === name) : null;
  if (member?.state === "evaluated") keep(name, member.parameters);
}
