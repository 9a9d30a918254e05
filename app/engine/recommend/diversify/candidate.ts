/** A product in a list before it is shown: its row, and how good it is; larger is better. */
export interface Candidate {
  readonly row: number;
  readonly score: number;
}

/** Scores on 0..1, the best first; ties by row. Equal scores are all 1. */
export function scaleScores(candidates: readonly Candidate[]): Candidate[] {
  const highest = candidates.reduce((most, { score }) => Math.max(most, score), -Infinity);
  const lowest = candidates.reduce((least, { score }) => Math.min(least, score), Infinity);
  // From 0 where all scores are positive, so that a list of near equals stays one.
  const floor = Math.min(0, lowest);
  const span = highest - floor;
  return candidates.map(({ row, score }) => ({ row, score: span > 0 ? (score - floor) / span : 1 })).sort((a, b) => b.score - a.score || a.row - b.row);
}
