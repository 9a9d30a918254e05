import { performance } from "node:perf_hooks";
import type { z } from "zod";
import type { copurchaseAnswer } from "./copurchase-input.ts";
import { copurchaseInput, MIN_SUPPORT, NEIGHBOURS } from "./copurchase-input.ts";
import { drawBaskets } from "./draw-baskets.ts";

/** The straightforward pass of typed arrays: for each product, walk its baskets, count, select the best 20. */
export function measure(input: unknown): z.infer<typeof copurchaseAnswer> {
  const { baskets, products, seed } = copurchaseInput.parse(input);
  const { start, values } = drawBaskets(baskets, products, seed);
  const startedMs = performance.now();
  const sold = new Int32Array(products);
  for (const product of values) sold[product]++;
  const first = new Int32Array(products + 1);
  for (let product = 0; product < products; product++) first[product + 1] = first[product] + sold[product];
  const next = first.slice(0, products);
  const basketsOf = new Int32Array(values.length);
  for (let basket = 0; basket < baskets; basket++) {
    for (let at = start[basket]; at < start[basket + 1]; at++) basketsOf[next[values[at]]++] = basket;
  }
  const count = new Int32Array(products);
  const touched = new Int32Array(products);
  const size = new Int32Array(products);
  const neighbour = new Int32Array(products * NEIGHBOURS);
  const score = new Float64Array(products * NEIGHBOURS);
  for (let product = 0; product < products; product++) {
    let length = 0;
    for (let posting = first[product]; posting < first[product + 1]; posting++) {
      const basket = basketsOf[posting];
      for (let at = start[basket]; at < start[basket + 1]; at++) if (count[values[at]]++ === 0) touched[length++] = values[at];
    }
    const base = product * NEIGHBOURS;
    for (let i = 0; i < length; i++) {
      const other = touched[i];
      const both = count[other];
      count[other] = 0;
      if (other === product || both < MIN_SUPPORT) continue;
      const value = both / Math.sqrt(sold[product] * sold[other]);
      if (size[product] === NEIGHBOURS && value <= score[base + NEIGHBOURS - 1]) continue;
      let at = base + (size[product] < NEIGHBOURS ? size[product]++ : NEIGHBOURS - 1);
      for (; at > base && score[at - 1] < value; at--) {
        score[at] = score[at - 1];
        neighbour[at] = neighbour[at - 1];
      }
      score[at] = value;
      neighbour[at] = other;
    }
  }
  const seconds = (performance.now() - startedMs) / 1000;
  return { seconds, pairs: size.reduce((sum, n) => sum + n, 0), check: score.reduce((sum, value) => sum + value, 0) };
}
