/** A set's discount as Shopify can tell it, and what it can cost. Pure arithmetic for the page and for the creation. */

export interface SetProduct {
  readonly priceMinor: number;
  /** null while it is not known. */
  readonly costMinor: number | null;
}

export interface SetPlan {
  /** The product whose price the discount is taken off; a cart without it never earns the discount. */
  readonly getsIndex: number;
  /** Share of that product's price, 0..1, to a hundredth of a percent. */
  readonly getsShare: number;
  readonly priceMinor: number;
  readonly savingMinor: number;
  /** What the set costs with the discount. */
  readonly setPriceMinor: number;
  /** Of the set at that price; null while a cost is not known. */
  readonly marginMinor: number | null;
  /** The cart that earns the discount and leaves least, as indexes of products: the set itself when it is told exactly. */
  readonly lowestCart: readonly number[];
  readonly lowestMarginMinor: number | null;
  /** True of two products: no other cart earns it. */
  readonly isExact: boolean;
}

const SHARE_STEPS = 10_000;

/**
 * The set as "buy all but one, get that one cheaper" (Shopify's buy X get Y), the share worked out so that the whole set costs what was promised.
 * Shopify counts the bought pieces without asking which they are: of three and four products, one of the others may stand for another. The product
 * that gets cheaper is the one with which the least profitable of such carts leaves most, or the dearest while costs are unknown. null when no
 * product costs as much as the discount.
 */
export function planSet(products: readonly SetProduct[], percent: number): SetPlan | null {
  const priceMinor = products.reduce((sum, product) => sum + product.priceMinor, 0);
  const wanted = (priceMinor * percent) / 100;
  let best: SetPlan | null = null;
  products.forEach((product, getsIndex) => {
    if (product.priceMinor <= 0 || wanted > product.priceMinor) return;
    const plan = planOn(products, getsIndex, Math.round((wanted / product.priceMinor) * SHARE_STEPS) / SHARE_STEPS, priceMinor);
    if (!best || isBetter(plan, best, products)) best = plan;
  });
  return best;
}

function isBetter(a: SetPlan, b: SetPlan, products: readonly SetProduct[]): boolean {
  const more = a.isExact || a.lowestMarginMinor === null || b.lowestMarginMinor === null ? 0 : a.lowestMarginMinor - b.lowestMarginMinor;
  return (more || products[a.getsIndex].priceMinor - products[b.getsIndex].priceMinor) > 0;
}

function planOn(products: readonly SetProduct[], getsIndex: number, getsShare: number, priceMinor: number): SetPlan {
  const savingMinor = Math.round(products[getsIndex].priceMinor * getsShare);
  const margins = products.map(({ priceMinor: price, costMinor }) => (costMinor === null ? null : price - costMinor));
  const others = products.map((_, index) => index).filter((index) => index !== getsIndex);
  // Unknown costs: the cheapest stands in.
  const worthOf = (index: number) => (margins.includes(null) ? products[index].priceMinor : (margins[index] ?? 0));
  const worst = others.reduce((least, index) => (worthOf(index) < worthOf(least) ? index : least), others[0]);
  const isExact = products.length === 2;
  const lowestCart = isExact ? [...others, getsIndex] : [...others.map(() => worst), getsIndex];
  const marginOf = (cart: readonly number[]) => cart.reduce<number | null>((sum, index) => (sum === null || margins[index] === null ? null : sum + margins[index]), -savingMinor);
  return {
    getsIndex, getsShare, priceMinor, savingMinor, setPriceMinor: priceMinor - savingMinor, marginMinor: marginOf(products.map((_, index) => index)),
    lowestCart, lowestMarginMinor: margins.includes(null) ? null : marginOf(lowestCart), isExact,
  };
}
