import { bprMember } from "../collaborative/bpr.ts";
import { directedMember } from "../collaborative/directed.ts";
import { createEaseMember, type Invert } from "../collaborative/ease.ts";
import { gfCfMember } from "../collaborative/gf-cf.ts";
import { alsMember } from "../collaborative/implicit-als.ts";
import { itemCfMember } from "../collaborative/item-cf.ts";
import { itemKnnMember } from "../collaborative/item-knn.ts";
import { popularityMember } from "../collaborative/popularity.ts";
import { p3alphaMember, rp3betaMember } from "../collaborative/random-walk.ts";
import { slimMember } from "../collaborative/slim.ts";
import { sparseEaseMember } from "../collaborative/sparse-ease.ts";
import { turboCfMember } from "../collaborative/turbo-cf.ts";
import { userKnnMember } from "../collaborative/user-knn.ts";
import { personalFrequencyMember } from "../next-basket/frequency.ts";
import { tifuKnnMember } from "../next-basket/tifu-knn.ts";
import { upCfMember } from "../next-basket/up-cf.ts";
import { item2VecMember, largeItem2VecMember } from "../neural/item2vec.ts";
import { repeatCycleMember } from "../repeat/repeat-member.ts";
import { markovMember } from "../session/markov.ts";
import { sequentialRulesMember } from "../session/sequential-rules.ts";
import { sessionKnnMember } from "../session/session-knn.ts";
import { stanMember } from "../session/stan.ts";
import { recentPopularityMember } from "../trending/recent-popularity.ts";
import type { RankerMember } from "./ranker.ts";

/** A member's settings are its own affair: outside they are opaque values that go back to it unchanged. */
function opaque<Config>(member: RankerMember<Config>): RankerMember {
  const { name, settings, mostSettings, needs } = member;
  return { name, settings, mostSettings, needs, fit: (train, config) => member.fit(train, config as Config) };
}

/** Members for "what will this shopper like that they have not bought". Simple ones first. `invert` may use several threads. */
export function createItemRankers(invert?: Invert): readonly RankerMember[] {
  return [
    opaque(popularityMember), opaque(recentPopularityMember), opaque(markovMember), opaque(sequentialRulesMember), opaque(itemKnnMember), opaque(itemCfMember), opaque(p3alphaMember),
    opaque(rp3betaMember), opaque(turboCfMember), opaque(gfCfMember), opaque(directedMember), opaque(sessionKnnMember), opaque(stanMember), opaque(createEaseMember(invert)), opaque(sparseEaseMember), opaque(item2VecMember),
  ];
}

/** Members that are tried only when they are asked for by name: minutes on large data, and seldom the best. */
export const itemRankersOnRequest: readonly RankerMember[] = [opaque(userKnnMember), opaque(alsMember), opaque(bprMember), opaque(slimMember), opaque(largeItem2VecMember)];

/** Members for "what will be in this shopper's next basket", repeats included. */
export const basketRankers: readonly RankerMember[] = [
  opaque(popularityMember), opaque(recentPopularityMember), opaque(personalFrequencyMember), opaque(repeatCycleMember), opaque(tifuKnnMember), opaque(upCfMember),
];
