import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Csr } from "#app/engine/snapshot/snapshot.ts";
import type { InteractionRows } from "#app/engine/features/interactions.ts";
import { drawBaskets } from "./draw-baskets.ts";

export const historiesInput = z.object({ users: z.number(), products: z.number(), basketsPerUser: z.number(), seed: z.number() });

/** Histories of several baskets each: distinct products of each user, ascending. */
export function drawHistories({ users, products, basketsPerUser, seed }: z.infer<typeof historiesInput>): Csr {
  const baskets = drawBaskets(users * basketsPerUser, products, seed);
  const start = new Int32Array(users + 1);
  const values = new Int32Array(baskets.values.length);
  for (let user = 0; user < users; user++) {
    const from = baskets.start[user * basketsPerUser];
    const to = baskets.start[(user + 1) * basketsPerUser];
    const distinct = Int32Array.from(new Set(baskets.values.subarray(from, to))).sort();
    values.set(distinct, start[user]);
    start[user + 1] = start[user] + distinct.length;
  }
  return { start, values: values.slice(0, start[users]) };
}

export function asInteractions({ start, values }: Csr, items: number): InteractionRows {
  return { users: start.length - 1, items, start, item: values, atMs: null };
}

/** The same histories as two files of little-endian Int32, for peers in another language. */
export function measure(input: unknown): { lines: number } {
  const { folder, ...shape } = historiesInput.extend({ folder: z.string() }).parse(input);
  const { start, values } = drawHistories(shape);
  writeFileSync(join(folder, "start.i32"), start);
  writeFileSync(join(folder, "values.i32"), values);
  return { lines: values.length };
}
