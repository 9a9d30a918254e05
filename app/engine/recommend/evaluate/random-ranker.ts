import { createRng } from "#app/core/rng.ts";
import type { RankerMember } from "./ranker.ts";

/** The floor under every figure: products in an order that knows nothing. */
export function createRandomMember(seed: number): RankerMember {
  return {
    name: "random",
    settings: [null],
    fit: () => {
      const rng = createRng(seed);
      return {
        score(_, scores) {
          for (let i = 0; i < scores.length; i += 1) scores[i] = rng.next();
        },
      };
    },
  };
}
