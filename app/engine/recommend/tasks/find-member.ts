import { basketRankers, createItemRankers, itemRankersOnRequest } from "../evaluate/ranker-catalogue.ts";
import type { Invert } from "../collaborative/ease.ts";
import type { RankerMember } from "../evaluate/ranker.ts";

/** A member of the engine by its name; null for one that this version does not have. */
export function findMember(name: string, invert?: Invert): RankerMember | null {
  return [...createItemRankers(invert), ...basketRankers, ...itemRankersOnRequest].find((member) => member.name === name) ?? null;
}
