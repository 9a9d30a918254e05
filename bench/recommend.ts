import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { Bench } from "./bench.ts";
import { median, numberOf, round } from "./bench.ts";
import { databaseEnv } from "./fresh-database.ts";
import { MIN_SUPPORT, NEIGHBOURS } from "./parts/copurchase-input.ts";
import { runChild } from "./run-child.ts";
import { findPython, runPython } from "./run-python.ts";
import { withScratch } from "./scratch.ts";

/** A member and its peer on the same input: answers with another `check` are not compared. */
interface Duel {
  readonly name: string;
  readonly ours: () => Promise<Run>;
  readonly peer: (() => Promise<Run>) | null;
  /** Relative difference of the checks that is still the same answer. */
  readonly tolerance: number;
}

const answer = z.object({ seconds: z.number(), check: z.number() });
const setsAnswer = z.object({ seconds: z.number(), sets: z.number() }).transform(({ seconds, sets }) => ({ seconds, check: sets }));
type Run = z.infer<typeof answer>;

/** Shapes of the issue: Belgian-retail-like baskets, a shop of 5,000 products, histories of Gowalla's size, interactions of MovieLens-1M's. */
const SETS = { baskets: 88_000, products: 16_470, support: 0.001 };
const EASE = { users: 60_000, products: 5_000, basketsPerUser: 5, l2: 50 };
const KNN = { users: 30_000, products: 40_000, basketsPerUser: 10, neighbours: 100 };
const ALS = { users: 6_000, products: 3_000, basketsPerUser: 55, iterations: 10, factors: 64, alpha: 10, l2: 1, checkedUsers: 500 };

/** As in the issue: 10 orders a customer. */
const ORDERS_PER_CUSTOMER = 10;
/** Shops of a hundredth and a tenth of the orders show how the night grows. */
const SMALLER = [100, 10];

/** The nightly run on filled databases, and each member beside its peer. */
export const bench: Bench = {
  options: { orders: 1_000_000, runs: 3, seed: 1 },
  run: (params, progress) =>
    withScratch(async (folder) => {
      const [orders, turns, seed] = [numberOf(params, "orders"), numberOf(params, "runs"), numberOf(params, "seed")];
      const growth: Record<string, number> = {};
      for (const part of SMALLER) {
        const size = Math.round(orders / part);
        const smaller = await runNightly(folder, size, progress);
        growth[`nightlySecondsAt${size}`] = round(smaller.seconds);
        growth[`incrementalSecondsAt${size}`] = round(smaller.incrementalSeconds);
      }
      const nightly = await runNightly(folder, orders, progress);
      const python = await findPython("scipy");
      const duels = await prepareDuels(folder, python, orders, seed);
      const peers: Record<string, { seconds: number }> = {};
      const ratios: Record<string, number> = {};
      const figures: Record<string, number | null> = { nightlySeconds: round(nightly.seconds), incrementalSeconds: round(nightly.incrementalSeconds), peakRssMb: nightly.peakRssMb, ...growth };
      const missing: string[] = [];
      for (const duel of duels) {
        const [ours, theirs] = await fight(duel, turns, progress);
        figures[`${duel.name}OursSeconds`] = round(ours);
        if (theirs === null) missing.push(duel.name);
        else {
          peers[duel.name] = { seconds: round(theirs) };
          ratios[duel.name] = round(ours / theirs);
        }
      }
      return { figures, peers, ratios, ...(missing.length ? { missing } : {}), notes: ["nightlySeconds: the shop loaded, every family evaluated and fitted, all lists written; incrementalSeconds: 100 new orders"] };
    }),
};

async function runNightly(folder: string, orders: number, progress: (message: string) => void): Promise<{ seconds: number; incrementalSeconds: number; peakRssMb: number }> {
  const path = join(folder, `shop-${orders}.db`);
  const env = databaseEnv(path);
  const customers = Math.ceil(orders / ORDERS_PER_CUSTOMER);
  await runChild("snapshot-fill", { path, orders, customers }, z.object({ lines: z.number() }), env);
  progress(`filled a shop of ${customers} customers and ${orders} orders`);
  const { value, peakRssMb } = await runChild("recommend-nightly", {}, z.object({ seconds: z.number(), incrementalSeconds: z.number(), items: z.number(), champions: z.string() }), env);
  progress(`nightly run ${round(value.seconds)} s, update ${round(value.incrementalSeconds)} s, ${peakRssMb} MB, ${value.items} items, ${value.champions}`);
  return { seconds: value.seconds, incrementalSeconds: value.incrementalSeconds, peakRssMb };
}

async function prepareDuels(folder: string, python: string | null, orders: number, seed: number): Promise<Duel[]> {
  const inNode = (part: string, input: object) => async () => (await runChild(part, { ...input, seed }, answer)).value;
  const inSets = (part: string) => async () => (await runChild(part, { ...SETS, seed }, setsAnswer)).value;
  const withPython = async (files: string, part: string, input: object, script: string, args: readonly (number | string)[]) => {
    if (!python) return null;
    await runChild(part, { ...input, seed, folder: files }, z.object({ lines: z.number() }));
    return async () => answer.parse(await runPython(python, script, [files, ...args.map(String)]));
  };
  // One set of files at a time would do, but duels alternate: each has its folder.
  const [copurchaseFiles, easeFiles, knnFiles, alsFiles] = await Promise.all(["copurchase", "ease", "knn", "als"].map((name) => makeFolder(folder, name)));
  const copurchase = { baskets: orders, products: 10_000 };
  return [
    { name: "scipyCopurchase", tolerance: 1e-6, ours: inNode("copurchase-ours", copurchase), peer: await withPython(copurchaseFiles, "copurchase-file", copurchase, "copurchase_scipy.py", [10_000, NEIGHBOURS, MIN_SUPPORT]) },
    { name: "npmFpgrowth", tolerance: 0, ours: inSets("recommend-sets"), peer: inSets("recommend-sets-npm") },
    { name: "numpyEase", tolerance: 1e-3, ours: inNode("recommend-ease", EASE), peer: await withPython(easeFiles, "draw-histories", EASE, "ease_numpy.py", [EASE.products, EASE.l2]) },
    { name: "scipyKnn", tolerance: 1e-6, ours: inNode("recommend-knn", KNN), peer: await withPython(knnFiles, "draw-histories", KNN, "copurchase_scipy.py", [KNN.products, KNN.neighbours, 1]) },
    // Both stop after the same iterations from other random factors, and ours solves its rows by three steps of conjugate gradient.
    { name: "als", tolerance: 0.02, ours: inNode("recommend-als", ALS), peer: await withPython(alsFiles, "draw-histories", ALS, "als_numpy.py", [ALS.products, ALS.factors, ALS.iterations, ALS.alpha, ALS.l2, ALS.checkedUsers]) },
  ];
}

/** Medians of alternating runs: ours, the peer's. */
async function fight(duel: Duel, turns: number, progress: (message: string) => void): Promise<[number, number | null]> {
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let turn = 0; turn < turns; turn++) {
    const mine = await duel.ours();
    ours.push(mine.seconds);
    const other = await duel.peer?.();
    if (other) {
      if (Math.abs(mine.check - other.check) > duel.tolerance * Math.abs(other.check)) throw new Error(`${duel.name}: answers differ: ${mine.check} and ${other.check}`);
      theirs.push(other.seconds);
    }
    progress(`${duel.name} ${turn + 1}: ours ${round(mine.seconds)} s${other ? `, peer ${round(other.seconds)} s` : ""}`);
  }
  return [median(ours), theirs.length ? median(theirs) : null];
}

async function makeFolder(parent: string, name: string): Promise<string> {
  const path = join(parent, name);
  await mkdir(path);
  return path;
}
