/** Counts of one product beside others, by product id. */
export interface GrowingPairs {
  baskets: number;
  readonly counts: Map<number, number>;
}

/** What one new basket adds: `fresh` products are new in it, `held` were there before (a customer's earlier purchases); pairs within `held` are counted already. */
export function addBasket(pairs: ReadonlyMap<number, GrowingPairs>, fresh: readonly number[], held: readonly number[] = []): void {
  const bump = (of: number, other: number) => {
    const row = pairs.get(of);
    if (row) row.counts.set(other, (row.counts.get(other) ?? 0) + 1);
  };
  fresh.forEach((product, index) => {
    const row = pairs.get(product);
    if (row) row.baskets += 1;
    for (const other of [...fresh.slice(index + 1), ...held]) {
      bump(product, other);
      bump(other, product);
    }
  });
}
