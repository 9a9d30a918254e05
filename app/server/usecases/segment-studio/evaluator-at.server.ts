import { SegmentEvaluator } from "#app/engine/segments/evaluate/segment-evaluator.ts";
import { parseQuery } from "#app/engine/segments/language/parse-query.ts";
import { rewindSnapshot } from "#app/engine/snapshot/rewind-snapshot.ts";
import type { ShopPicture } from "../picture/shop-picture.server.ts";

/** Each holds what was computed from its rewound snapshot. */
const MOST_KEPT = 3;

const kept = new WeakMap<ShopPicture, Map<string, SegmentEvaluator>>();

export interface SavedQuery {
  readonly name: string;
  readonly query: string;
}

/** Answers as of an earlier instant; tags, consent and refunds are as known today, since no history of them is kept. */
export function evaluatorAt(picture: ShopPicture, atMs: number, saved: readonly SavedQuery[]): SegmentEvaluator {
  if (atMs >= picture.snapshot.asOfMs) return picture.evaluator;
  const ofPicture = kept.get(picture) ?? new Map<string, SegmentEvaluator>();
  kept.set(picture, ofPicture);
  const key = `${atMs} ${JSON.stringify(saved)}`;
  let evaluator = ofPicture.get(key);
  if (!evaluator) {
    const queries = new Map(saved.map(({ name, query }) => [name, query]));
    const findSegment = (name: string) => {
      const query = queries.get(name);
      const parsed = query === undefined ? null : parseQuery(query);
      return parsed?.ok ? parsed.value : null;
    };
    evaluator = new SegmentEvaluator(rewindSnapshot(picture.snapshot, atMs), { extra: picture.extra, findSegment });
    ofPicture.set(key, evaluator);
    const [oldest] = ofPicture.keys();
    if (ofPicture.size > MOST_KEPT) ofPicture.delete(oldest);
  }
  return evaluator;
}
