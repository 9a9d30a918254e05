import { parseArgs } from "node:util";
import { candidateDepth, chooseRanker, type RankerChoice } from "#app/engine/recommend/evaluate/choose-ranker.ts";
import { evaluateRanker, type RepeatRule } from "#app/engine/recommend/evaluate/evaluate-ranker.ts";
import { basketRankers, createItemRankers, itemRankersOnRequest } from "#app/engine/recommend/evaluate/ranker-catalogue.ts";
import type { FittedRanker, TrainingData } from "#app/engine/recommend/evaluate/ranker.ts";
import { createHybridRanker } from "#app/engine/recommend/hybrid/hybrid-ranker.ts";
import { invertOnCores } from "#app/server/usecases/engine/invert-on-cores.server.ts";
import { CliError, type Command } from "../command.ts";
import { startPeak } from "../measure-peak.ts";
import { FORMATS, Names, readRows, toTrainingData, type Format } from "../read-interactions.ts";

export const evaluateRecommendersCommand: Command = {
  usage: `recommend evaluate --train FILE --test FILE [--format ${FORMATS.join("|")}] [--k 20] [--models all|a,b] [--seed 1] [--json]
  pairs = user TAB item [TAB unix time]; lines = "user item item ..."; baskets = JSON lines {"user", "baskets": [{"at"?, "items"}]}. Plain or .gz.
  Every setting and the choice come from a validation split of the training file; the test file is only scored.`,
  async run(args) {
    const { values } = parseArgs({
      args,
      options: {
        train: { type: "string" }, test: { type: "string" }, format: { type: "string", default: "lines" }, k: { type: "string", default: "20" },
        models: { type: "string", default: "all" }, seed: { type: "string", default: "1" }, json: { type: "boolean", default: false },
      },
    });
    if (!values.train || !values.test) throw new CliError("recommend evaluate needs --train FILE and --test FILE");
    const format = FORMATS.find((name) => name === values.format);
    if (!format) throw new CliError(`--format is one of ${FORMATS.join(", ")}, not "${values.format}"`);
    const k = Number(values.k);
    if (!Number.isInteger(k) || k < 1) throw new CliError(`--k is a whole number from 1, not "${values.k}"`);
    const seed = Number(values.seed);
    if (!Number.isInteger(seed)) throw new CliError(`--seed is a whole number, not "${values.seed}"`);
    const result = await evaluate(values.train, values.test, format, k, values.models, seed);
    process.stdout.write(values.json ? `${JSON.stringify(result)}\n` : `${describe(result)}\n`);
    return 0;
  },
};

interface ModelFigures {
  readonly name: string;
  readonly config: unknown;
  readonly validationNdcg: number;
  readonly recall: number;
  readonly ndcg: number;
  readonly mrr: number;
  readonly hitRate: number;
  readonly coverage: number;
  readonly fitSeconds: number;
  readonly predictSeconds: number;
  readonly peakRssMb: number;
}

async function evaluate(trainPath: string, testPath: string, format: Format, k: number, models: string, seed: number) {
  const users = new Names();
  const items = new Names();
  const trainRows = await readRows(trainPath, format, users, items);
  const testRows = await readRows(testPath, format, users, items);
  const data = toTrainingData(trainRows, users.indexOf.size, items, format);
  if (data.interactions.item.length === 0) throw new CliError(`${trainPath}: no interactions`);
  if ([...testRows.values()].every((row) => row.baskets.every((basket) => basket.length === 0))) throw new CliError(`${testPath}: no interactions`);
  const targets: (Int32Array | undefined)[] = new Array(users.indexOf.size);
  // In baskets format the test file holds each user's next basket: the first one given counts.
  for (const [u, row] of testRows) targets[u] = Int32Array.from(new Set(format === "baskets" ? (row.baskets[0] ?? []) : row.baskets.flat()));

  const catalogue = format === "baskets" ? basketRankers : createItemRankers(invertOnCores);
  const known = format === "baskets" ? catalogue : [...catalogue, ...itemRankersOnRequest];
  const names = models.split(",").map((name) => name.trim()).filter((name) => name !== "hybrid");
  // The hybrid alone is a blend of all.
  const wanted = models === "all" || names.length === 0 ? catalogue : names.map((name) => {
    const member = known.find((one) => one.name === name);
    if (!member) throw new CliError(`unknown model "${name}" for ${format}; there are ${known.map((one) => one.name).join(", ")}, hybrid`);
    return member;
  });
  const repeats = format === "baskets" ? "all" : "new";
  const choice = chooseRanker(data, wanted, { k, seed, repeats, report: (step) => process.stderr.write(`trying ${step}\n`) });
  return { format, k, seed, split: choice.rule, users: data.interactions.users, items: data.interactions.items, interactions: data.interactions.item.length, models: scoreOnTest(choice, data, targets, k, repeats), choice: choice.choice };
}

function scoreOnTest(choice: RankerChoice, data: TrainingData, targets: readonly (Int32Array | undefined)[], k: number, repeats: RepeatRule): ModelFigures[] {
  const figures: ModelFigures[] = [];
  const score = (name: string, config: unknown, validationNdcg: number, model: FittedRanker, fitSeconds: number, peak: () => number) => {
    process.stderr.write(`scoring ${name}\n`);
    const startedMs = performance.now();
    const { recall, ndcg, mrr, hitRate, coverage } = evaluateRanker(model, data, targets, { k, repeats }).figures();
    const predictSeconds = (performance.now() - startedMs) / 1000;
    figures.push({ name, config, validationNdcg, recall, ndcg, mrr, hitRate, coverage, fitSeconds, predictSeconds, peakRssMb: peak() });
  };
  const fit = (n: number): { model: FittedRanker; seconds: number } | null => {
    const startedMs = performance.now();
    const model = choice.tuned[n].member.fit(data, choice.tuned[n].config);
    return model && { model, seconds: (performance.now() - startedMs) / 1000 };
  };
  // One member at a time is held, so that each one's memory is its own; the hybrid's are fitted again.
  choice.tuned.forEach(({ member, config, ndcg }, n) => {
    const peak = startPeak();
    const fitted = fit(n);
    if (fitted) score(member.name, config, ndcg, fitted.model, fitted.seconds, peak);
  });
  const { hybrid } = choice;
  if (!hybrid) return figures;
  const peak = startPeak();
  let seconds = 0;
  const members = hybrid.members.flatMap((n) => {
    const fitted = fit(n);
    seconds += fitted?.seconds ?? 0;
    return fitted ? [{ name: choice.tuned[n].member.name, model: fitted.model }] : [];
  });
  if (members.length < hybrid.members.length) return figures;
  const model = createHybridRanker(members, data, hybrid.scorer.model, { depth: candidateDepth(k), repeats });
  score("hybrid", { kind: hybrid.kind, members: members.map((member) => member.name) }, hybrid.ndcg, model, seconds, peak);
  return figures;
}

function describe(result: Awaited<ReturnType<typeof evaluate>>): string {
  const rows = result.models.map((m) => `${m.name.padEnd(20)} ${[m.recall, m.ndcg, m.mrr, m.hitRate, m.coverage].map((value) => value.toFixed(4).padStart(8)).join("")}  fit ${m.fitSeconds.toFixed(1)} s, predict ${m.predictSeconds.toFixed(1)} s`);
  return [`${result.users} users, ${result.items} items, ${result.interactions} interactions; settings chosen on: ${result.split}`, `${"model".padEnd(20)}   recall    ndcg     mrr hitRate coverage  (at ${result.k})`, ...rows, `choice: ${result.choice}`].join("\n");
}
