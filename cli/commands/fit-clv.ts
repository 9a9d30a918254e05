import { existsSync, readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { gunzipSync } from "node:zlib";
import { parse } from "csv-parse/sync";
import { compressHistory } from "#app/engine/predict/clv/buying-history.ts";
import { fitBetaGeometric, fitGammaGamma, fitNbd, fitParetoNbd, type ClvFit } from "#app/engine/predict/clv/fit-clv.ts";
import { selectSpenders } from "#app/engine/predict/clv/gamma-gamma.ts";
import { CliError, type Command } from "../command.ts";

const MODELS = ["bgnbd", "mbgnbd", "paretonbd", "nbd", "gammagamma"] as const;
type ModelName = (typeof MODELS)[number];

export const fitClvCommand: Command = {
  usage: `clv fit --summary FILE.csv[.gz] [--models ${MODELS.join(",")}] [--json]
  Columns: x,t_x,T[,m] in one time unit (also frequency,recency; zbar or monetary_value for m, the mean of repeat orders).`,
  async run(args) {
    const { values } = parseArgs({ args, options: { summary: { type: "string" }, models: { type: "string" }, json: { type: "boolean", default: false } } });
    if (!values.summary) throw new CliError("clv fit needs --summary FILE");
    const summary = readSummary(values.summary);
    const wanted = pickModels(values.models, summary.mean !== null);
    const startedMs = performance.now();
    const history = compressHistory(summary.x, summary.tx, summary.T);
    const readSeconds = (performance.now() - startedMs) / 1000;
    const models = wanted.map((name) => {
      const fitStartedMs = performance.now();
      const fit = fitOne(name, history, summary);
      const seconds = (performance.now() - fitStartedMs) / 1000;
      const { kind, ...parameters } = fit.model;
      return {
        name: kind, parameters, logLikelihood: fit.logLikelihood,
        standardErrors: fit.standardErrors ? Object.fromEntries(Object.keys(parameters).map((key, i) => [key, fit.standardErrors?.[i] ?? null])) : null,
        isDegenerate: fit.isDegenerate, hasConverged: fit.hasConverged, evaluations: fit.evaluations, seconds,
      };
    });
    const result = { customers: summary.x.length, rows: history.x.length, compressSeconds: readSeconds, models };
    process.stdout.write(values.json ? `${JSON.stringify(result)}\n` : `${describe(result)}\n`);
    return 0;
  },
};

interface Summary {
  readonly x: number[];
  readonly tx: number[];
  readonly T: number[];
  /** Null when the file has no column of order values. */
  readonly mean: number[] | null;
}

function fitOne(name: ModelName, history: ReturnType<typeof compressHistory>, summary: Summary): ClvFit<{ readonly kind: string }> {
  switch (name) {
    case "bgnbd":
    case "mbgnbd":
      return fitBetaGeometric(name, history);
    case "paretonbd":
      return fitParetoNbd(history);
    case "nbd":
      return fitNbd(history);
    case "gammagamma":
      if (!summary.mean) throw new CliError("gammagamma needs a column m (mean value of repeat orders)");
      return fitGammaGamma(selectSpenders(summary.x, summary.mean));
  }
}

function pickModels(text: string | undefined, hasMean: boolean): ModelName[] {
  if (!text) return MODELS.filter((name) => name !== "nbd" && (hasMean || name !== "gammagamma"));
  return text.split(",").map((part) => {
    const name = MODELS.find((model) => model === part.trim());
    if (!name) throw new CliError(`unknown model "${part}"; there are ${MODELS.join(", ")}`);
    return name;
  });
}

const NAMES = { x: ["x", "frequency"], tx: ["t_x", "tx", "t.x", "recency"], T: ["T", "T.cal", "age"], mean: ["m", "zbar", "monetary_value", "mean"] } as const;

function readSummary(path: string): Summary {
  if (!existsSync(path)) throw new CliError(`${path}: no such file`);
  const bytes = readFileSync(path);
  const records: Record<string, string>[] = parse(path.endsWith(".gz") ? gunzipSync(bytes) : bytes, { columns: true, skip_empty_lines: true, trim: true, bom: true });
  if (records.length === 0) throw new CliError(`${path}: no rows`);
  const nameOf = (key: keyof typeof NAMES) => NAMES[key].find((name) => name in records[0]);
  const column = (key: "x" | "tx" | "T" | "mean"): number[] => {
    const name = nameOf(key);
    if (!name) throw new CliError(`${path}: no column ${NAMES[key].join(" or ")}`);
    return records.map((record, index) => {
      const value = Number(record[name]);
      if (record[name] === "" || !Number.isFinite(value)) throw new CliError(`${path}: line ${index + 2}, column ${name}: "${record[name]}" is not a number`);
      return value;
    });
  };
  return { x: column("x"), tx: column("tx"), T: column("T"), mean: nameOf("mean") ? column("mean") : null };
}

function describe(result: { customers: number; rows: number; models: { name: string; parameters: object; logLikelihood: number; isDegenerate: boolean; seconds: number }[] }): string {
  const lines = result.models.map((model) => {
    const parameters = Object.entries(model.parameters).map(([key, value]) => `${key} ${Number(value).toPrecision(8)}`).join("  ");
    return `${model.name.padEnd(11)} ${parameters}  log-likelihood ${model.logLikelihood.toFixed(4)}  ${model.seconds.toFixed(2)} s${model.isDegenerate ? "  (degenerate: answered with a weak prior)" : ""}`;
  });
  return [`${result.customers} customers, ${result.rows} distinct histories`, ...lines].join("\n");
}
