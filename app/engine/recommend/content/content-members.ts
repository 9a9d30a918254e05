import { countByItem, withoutRepeats } from "../../features/interactions.ts";
import { addNeighbours, type ItemNeighbours } from "../collaborative/neighbours.ts";
import { fitRandomWalk, type RandomWalkConfig } from "../collaborative/random-walk.ts";
import type { FittedRanker, RankerMember } from "../evaluate/ranker.ts";
import type { Snapshot } from "../../snapshot/snapshot.ts";
import { defaultContent, findContentNeighbours } from "./content-neighbours.ts";
import { fitColdStart, UNTRIED } from "./fit-cold-start.ts";
import { computeLendingShares, mapColdProducts } from "./map-cold-products.ts";
import { alignProductTexts, type ProductTexts } from "./product-texts.ts";
import { computeTextVectors } from "./text-vectors.ts";

export interface ContentMemberConfig {
  /** Weight of the item before, per step back in the history. */
  readonly historyDecay: number;
}

export interface ColdStartMemberConfig extends ContentMemberConfig {
  readonly walk: RandomWalkConfig;
}

/** Name of the member that lends new products the neighbours of products like them. */
export const COLD_START = "content-to-copurchase";

const MOST_NEIGHBOURS = 150;
/** Products that borrow, those with the fewest buyers: all of them made one fit of 10,000 products five seconds long. */
const MOST_COLD = 2_000;

/** Products like those in the history, by their texts and prices. `content` has one row an item of the training data. */
export function createContentMember(content: ItemNeighbours): RankerMember<ContentMemberConfig> {
  return {
    name: "content",
    settings: [{ historyDecay: 0.8 }, { historyDecay: 0.5 }],
    fit: ({ interactions }, { historyDecay }) => (interactions.items === content.start.length - 1 ? rankByNeighbours(content, historyDecay) : null),
  };
}

/** Co-purchase (RP3beta) in which products with few or no buyers have borrowed from products like them. */
export function createColdStartMember(content: ItemNeighbours): RankerMember<ColdStartMemberConfig> {
  const walk = { neighbours: 150, alpha: 1, beta: 0.4, isNormalised: false };
  return {
    name: COLD_START,
    settings: [{ historyDecay: 0.8, walk }, { historyDecay: 1, walk: { ...walk, beta: 0.2 } }],
    fit(train, { historyDecay, walk: config }) {
      if (train.interactions.items !== content.start.length - 1) return null;
      const collaborative = fitRandomWalk(train, config);
      const buyers = countByItem(withoutRepeats(train.interactions));
      const fit = fitColdStart(collaborative, buyers, content);
      return rankByNeighbours(mapColdProducts(collaborative, computeLendingShares(content, buyers, fit?.config ?? UNTRIED, { mostCold: MOST_COLD }), MOST_NEIGHBOURS), historyDecay);
    },
  };
}

/** Products from which a night tries one setting of each: a fit of the mapping takes about a second at 10,000. */
const MANY_PRODUCTS = 2_000;

/** Members that go by texts, for one shop. None for a shop whose products say nothing. */
export function listContentMembers(snapshot: Snapshot, texts: ProductTexts): RankerMember[] {
  const vectors = computeTextVectors(alignProductTexts(texts, snapshot.products.id));
  if (vectors.term.length === 0) return [];
  const content = findContentNeighbours(vectors, snapshot.products.priceMinor, defaultContent);
  const mostSettings = () => (snapshot.products.count > MANY_PRODUCTS ? 1 : Infinity);
  return [{ ...createContentMember(content), mostSettings }, { ...createColdStartMember(content), mostSettings }];
}

function rankByNeighbours(neighbours: ItemNeighbours, historyDecay: number): FittedRanker {
  return {
    score({ items }, scores) {
      let factor = 1;
      for (let k = items.length - 1; k >= 0 && factor > 1e-6; k -= 1) {
        addNeighbours(neighbours, items[k], factor, scores);
        factor *= historyDecay;
      }
    },
  };
}
