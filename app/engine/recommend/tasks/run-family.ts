import type { RecommendationCard } from "#app/core/recommendation-card.ts";
import { evaluationTasks } from "#app/core/evaluation-report.ts";
import { evaluationFamilies, type ModelFamily } from "#app/core/recommendation-tasks.ts";
import type { Snapshot } from "../../snapshot/snapshot.ts";
import { listContentMembers } from "../content/content-members.ts";
import type { ProductTexts } from "../content/product-texts.ts";
import { evaluateTask } from "../evaluate/evaluate-task.ts";
import { historyOf, type RankerMember, type TrainingData } from "../evaluate/ranker.ts";
import { decideChampion } from "./decide-champion.ts";
import { listNightMembers } from "./evaluation-members.ts";
import { buildFamilyRows, countItems } from "./family-rows.ts";
import { findMember } from "./find-member.ts";
import { itemIdsOf } from "./item-ids.ts";
import { distilTable, encodeTable, isFaithful } from "./item-table.ts";
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
}

export interface FamilyModel {
  readonly member: string;
  readonly parameters: unknown;
  readonly bytes: Uint8Array;
}

export interface FamilyResult {
  readonly family: ModelFamily;
  readonly cards: RecommendationCard[];
  readonly models: FamilyModel[];
}

/** Customers (carts) asked; more would not tell apart what differs by less than a few percent. */
const MOST_ASKED = 600;
/** Customers (orders) that train while members are compared; what is chosen is fitted on all of them. */
const MOST_ROWS = 8_000;
/** Histories that a table must rank like its member. */
const CHECKED = 60;
/** Pairs that the last fit may visit; it is one, the evaluation makes many. */
const MOST_VISITS = 4e7;
/** Kept even where no task chose it: the plain neighbour vote that every list is compared with. */
const ALWAYS = "itemknn";

/** The night's work for one family: evaluate its tasks, decide, fit what was chosen on all data, make tables of it. Runs in a thread of its own. */
export function runFamily({ snapshot, family, seed, fingerprint, before, nowMs, texts }: FamilyWork): FamilyResult {
  const rows = buildFamilyRows(snapshot, family);
  const byContent = texts && family !== "categories" ? listContentMembers(snapshot, texts, rows) : [];
  const find = (name: string) => byContent.find((member) => member.name === name) ?? findMember(name);
  const outcomes = evaluationTasks
    .filter((task) => evaluationFamilies[task] === family)
    .map((task) => evaluateTask(snapshot, { task, seed, fingerprint, members: [...listNightMembers(task, rows), ...byContent], mostAsked: MOST_ASKED, mostRows: MOST_ROWS, hybridKinds: [] }).outcome);
  const cards = outcomes.map((outcome) => {
    const task = outcome.kind === "report" ? outcome.report.task : outcome.refusal.task;
    return decideChampion(outcome, before.find((card) => card.task === task) ?? null, nowMs);
  });
  const train = thinRows(rows, MOST_VISITS);
  const models = listWanted(cards).flatMap(([member, parameters]) => fitTable(snapshot, family, train, member, find(member), parameters) ?? []);
  const tables = new Set(models.map((model) => model.member));
  return { family, models, cards: cards.map((card) => (tables.has(card.champion.member) ? { ...card, champion: { ...card.champion, servedAs: "table" } } : card)) };
}

/** Champions and challengers with the settings of tonight; one setting a member, the champion's before a challenger's. */
function listWanted(cards: readonly RecommendationCard[]): [string, unknown][] {
  const wanted = new Map<string, unknown>();
  const settingOf = ({ outcome }: RecommendationCard, name: string) => {
    const member = outcome?.kind === "report" ? outcome.report.members.find((one) => one.name === name) : null;
    return member?.state === "evaluated" ? { parameters: member.parameters } : null;
  };
  const want = (card: RecommendationCard, name: string) => {
    const setting = settingOf(card, name);
    if (setting && !wanted.has(name)) wanted.set(name, setting.parameters);
  };
  for (const card of cards) want(card, card.champion.member);
  for (const card of cards) if (card.challenger) want(card, card.challenger.member);
  for (const card of cards) want(card, ALWAYS);
  return [...wanted];
}

function fitTable(snapshot: Snapshot, family: ModelFamily, train: TrainingData, name: string, member: RankerMember | null, parameters: unknown): FamilyModel | null {
  const items = countItems(snapshot, family);
  const fitted = member?.fit(train, parameters);
  if (!fitted) return null;
  const table = distilTable(fitted, items, historyDecayOf(parameters));
  const step = Math.max(1, Math.floor(train.interactions.users / CHECKED));
  const histories = Array.from({ length: Math.min(CHECKED, train.interactions.users) }, (_, n) => historyOf(train, n * step));
  return isFaithful(table, fitted, histories) ? { member: name, parameters, bytes: encodeTable(table, itemIdsOf(snapshot, family)) } : null;
}

function historyDecayOf(parameters: unknown): number {
  if (typeof parameters !== "object" || parameters === null || !("historyDecay" in parameters)) return 1;
  return typeof parameters.historyDecay === "number" ? parameters.historyDecay : 1;
}
