import { randomUUID } from "node:crypto";
import { MessageChannel } from "node:worker_threads";
import { z } from "zod";
import { evaluationTasks } from "#app/core/evaluation-report.ts";
import type { ShopId } from "#app/core/ids.ts";
import { recommendationCard, type RecommendationCard } from "#app/core/recommendation-card.ts";
import { evaluationFamilies, modelFamilies, type ModelFamily } from "#app/core/recommendation-tasks.ts";
import { HOUR_MS, SECOND_MS, type Clock } from "#app/core/time.ts";
import { keepAfterFailure } from "#app/engine/recommend/tasks/decide-champion.ts";
import { NIGHT_BOUNDS } from "#app/engine/recommend/tasks/night-bounds.ts";
import { countNightSteps, type NightStep, type StepListener } from "#app/engine/recommend/tasks/night-steps.ts";
import { runFamily, type FamilyResult, type FamilyWork } from "#app/engine/recommend/tasks/run-family.ts";
import type { Snapshot } from "#app/engine/snapshot/snapshot.ts";
import { getLogger } from "#app/server/platform/logger.server.ts";
import { countCores, runInThread } from "#app/server/platform/run-in-thread.server.ts";
import { loadProductTexts } from "#app/server/store/load-product-texts.server.ts";
import { publishModelRun, startModelRun } from "#app/server/store/model-runs.server.ts";
import { cardKind, listRecommendationCards } from "#app/server/store/recommendation-cards.server.ts";
import { saveRecommenderModels } from "#app/server/store/recommender-models.server.ts";

const SEED = 20_260_101;
const CARD_VERSION = 1;
/** Nightly, with room for a night that starts early. */
const EVERY_MS = 20 * HOUR_MS;
/** Order lines from which the work is worth a thread of its own: below, it holds up the other jobs of the worker for a second at most. */
const WORTH_A_THREAD = 500;

/** How far the night is, in models tried, and what it tries now. */
export interface NightState extends Pick<NightStep, "task" | "member"> {
  readonly done: number;
  readonly total: number;
}
export type NightProgress = (state: NightState) => Promise<void> | void;

export interface NightOptions {
  readonly clock: Clock;
  readonly signal?: AbortSignal;
  readonly report?: NightProgress;
}

const result = z.object({
  family: z.enum(modelFamilies), cards: z.array(recommendationCard),
  models: z.array(z.object({ member: z.string(), parameters: z.unknown(), bytes: z.instanceof(Uint8Array) })),
});

const nightStep = z.object({ family: z.enum(modelFamilies), task: z.enum(evaluationTasks), member: z.string(), done: z.number() });

/** Whether the last night of this shop is long enough ago, or it never had one. */
export function isEvaluationDue(shopId: ShopId, nowMs: number): boolean {
  const last = listRecommendationCards(shopId).reduce((latest, { finishedAtMs }) => Math.max(latest, finishedAtMs), 0);
  return nowMs - last >= EVERY_MS;
}

/**
 * The night's work on the recommenders: each family is evaluated and fitted in a thread of its own, as many at a time as there are cores; what was chosen
 * is kept with its card. A family whose work fails keeps the models and champions that it has.
 */
export async function evaluateRecommenders(shopId: ShopId, snapshot: Snapshot, fingerprint: string, { clock, signal, report }: NightOptions): Promise<RecommendationCard[]> {
  const before = listRecommendationCards(shopId).map(({ card }) => card);
  // The largest first, so that it does not start last and alone.
  const waiting: ModelFamily[] = ["histories", "orders", "categories"];
  const isLarge = snapshot.lines.count >= WORTH_A_THREAD;
  const texts = await loadProductTexts(shopId);
  const cards: RecommendationCard[] = [];
  const night = createNightCounter(snapshot, texts.productIds.length > 0, report);
  const work = async () => {
    for (let family = waiting.shift(); family; family = waiting.shift()) {
      const startedAtMs = clock.nowMs();
      const argument: FamilyWork = { snapshot, family, seed: SEED, fingerprint, before, nowMs: startedAtMs, texts, listener: night.listener };
      const found = await tryFamily(argument, isLarge, signal);
      signal?.throwIfAborted();
      if (found.models) saveRecommenderModels(shopId, randomUUID(), family, found.models, clock.nowMs());
      for (const card of found.cards) await keepCard(shopId, card, snapshot, fingerprint, startedAtMs, clock);
      cards.push(...found.cards);
      night.end(family);
    }
  };
  await Promise.all(Array.from({ length: isLarge ? Math.min(2, countCores()) : 1 }, work));
  return cards;
}

interface Night {
  readonly cards: RecommendationCard[];
  /** null: nothing new. */
  readonly models: FamilyResult["models"] | null;
}

async function tryFamily(work: FamilyWork, isLarge: boolean, signal?: AbortSignal): Promise<Night> {
  try {
    return isLarge ? await runFamilyInThread(work, signal) : runFamily(work);
  } catch (error) {
    signal?.throwIfAborted();
    getLogger("recommenders").error({ err: error, family: work.family }, "the models in use stay: tonight's could not be made");
    const problem = error instanceof Error ? error.message : String(error);
    const tasks = evaluationTasks.filter((task) => evaluationFamilies[task] === work.family);
    return { models: null, cards: tasks.flatMap((task) => keepAfterFailure(work.before.find((card) => card.task === task) ?? null, problem) ?? []) };
  }
}

/** Steps come out of the thread by a channel of their own. */
async function runFamilyInThread(work: FamilyWork, signal?: AbortSignal): Promise<FamilyResult> {
  const module = new URL("../../../engine/recommend/tasks/run-family.ts", import.meta.url);
  const { port1, port2 } = new MessageChannel();
  port1.on("message", (message) => work.listener?.postMessage(nightStep.parse(message)));
  try {
    return await runInThread({ module, name: "runFamily", argument: { ...work, listener: port2 }, transfer: [port2], signal }, (answer) => result.parse(answer));
  } finally {
    port1.close();
  }
}

/** Adds up what the families say, each in its thread. */
function createNightCounter(snapshot: Snapshot, hasTexts: boolean, report: NightProgress | undefined): { listener: StepListener; end(family: ModelFamily): void } {
  const planned = new Map(modelFamilies.map((family) => [family, countNightSteps(snapshot, family, hasTexts)]));
  const total = [...planned.values()].reduce((sum, steps) => sum + steps, 0);
  const done = new Map<ModelFamily, number>();
  return {
    listener: {
      postMessage({ family, task, member, done: ownDone }) {
        // The last words of a thread may arrive after its answer.
        done.set(family, Math.max(ownDone, done.get(family) ?? 0));
        // A report that fails must not stop the night: what it says is overtaken by the next one.
        void Promise.resolve(report?.({ done: [...done.values()].reduce((sum, steps) => sum + steps, 0), total, task, member })).catch((error: unknown) => getLogger("recommenders").warn({ err: error }, "progress could not be told"));
      },
    },
    end: (family) => void done.set(family, planned.get(family) ?? 0),
  };
}

async function keepCard(shopId: ShopId, card: RecommendationCard, snapshot: Snapshot, fingerprint: string, startedAtMs: number, clock: Clock): Promise<void> {
  const id = randomUUID();
  await startModelRun(shopId, { id, kind: cardKind(card.task), version: CARD_VERSION, fingerprint, asOfMs: snapshot.asOfMs, parameters: JSON.stringify({ seed: SEED, ...NIGHT_BOUNDS }), startedAtMs });
  const finishedAtMs = clock.nowMs();
  await publishModelRun(shopId, id, { figures: JSON.stringify(card), seconds: (finishedAtMs - startedAtMs) / SECOND_MS, finishedAtMs });
}
