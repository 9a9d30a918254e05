/** What products have in common; codes, -1 = none. Rows are candidates' product rows. */
export interface ProductKinds {
  readonly category: Int32Array;
  readonly vendor: Int32Array;
}

const SAME_CATEGORY = 0.7;
const SAME_VENDOR = 0.3;

/** 0 = nothing in common, 1 = of one category and one vendor. */
export function likenessOf({ category, vendor }: ProductKinds, a: number, b: number): number {
  return (category[a] >= 0 && category[a] === category[b] ? SAME_CATEGORY : 0) + (vendor[a] >= 0 && vendor[a] === vendor[b] ? SAME_VENDOR : 0);
}
