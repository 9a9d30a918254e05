import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { copurchaseInput } from "./copurchase-input.ts";
import { drawBaskets } from "./draw-baskets.ts";

/** The same baskets as two files of little-endian Int32, for peers in another language. */
export function measure(input: unknown): { lines: number } {
  const { folder, baskets, products, seed } = copurchaseInput.extend({ folder: z.string() }).parse(input);
  const { start, values } = drawBaskets(baskets, products, seed);
  writeFileSync(join(folder, "start.i32"), start);
  writeFileSync(join(folder, "values.i32"), values);
  return { lines: values.length };
}
