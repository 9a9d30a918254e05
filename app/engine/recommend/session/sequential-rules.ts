import { hasOrder, isDearToFit, type RankerMember } from "../evaluate/ranker.ts";
import { addNeighbours } from "../collaborative/neighbours.ts";
import { countFollowers } from "./count-followers.ts";

/** How a pair counts by the number of steps between its two items. */
export type GapWeight = "same" | "inverse" | "linear";

export interface SequentialRulesConfig {
  /** Pairs further apart are not counted. */
  readonly mostSteps: number;
  readonly gapWeight: GapWeight;
  /** Pairs count against the direction of time as well: plain association rules. */
  readonly isBothWays: boolean;
}

/**
 * Sequential rules (Kamehkhosh, Jannach & Ludewig 2017): what came after the last item, weighted by the gap; asked with the last item alone. With
 * both directions and equal weights it is the association-rules baseline of the session literature. Never answers the item itself.
 */
export const sequentialRulesMember: RankerMember<SequentialRulesConfig> = {
  name: "sequential-rules",
  settings: [
    { mostSteps: 10, gapWeight: "inverse", isBothWays: false },
    { mostSteps: 10, gapWeight: "linear", isBothWays: false },
    { mostSteps: 30, gapWeight: "same", isBothWays: true },
  ],
  mostSettings: (train) => (isDearToFit(train) ? 1 : 3),
  fit(train, config) {
    if (!hasOrder(train)) return null;
    const forward = Float64Array.from({ length: config.mostSteps }, (_, n) => weigh(config.gapWeight, n + 1));
    const backward = config.isBothWays ? forward : new Float64Array(0);
    const rules = countFollowers(train.interactions, { forward, backward, finish: (_i, _j, sum) => sum });
    return {
      score({ items }, scores) {
        if (items.length > 0) addNeighbours(rules, items[items.length - 1], 1, scores);
      },
    };
  },
};

function weigh(kind: GapWeight, steps: number): number {
  if (kind === "same") return 1;
  return kind === "inverse" ? 1 / steps : Math.max(0, 1 - 0.1 * (steps - 1));
}
