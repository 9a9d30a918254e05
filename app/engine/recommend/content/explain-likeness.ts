import { priceLikeness } from "./content-neighbours.ts";
import type { ProductTexts } from "./product-texts.ts";
import { tokenise } from "./tokenise.ts";

/** Why two products count as alike, in what the merchant wrote. */
export interface LikenessReason {
  readonly sameType: string | null;
  readonly sameVendor: string | null;
  readonly sharedTags: readonly string[];
  /** Words of the first title that stand in the second, in their order; pairs of characters that overlap are joined again. */
  readonly sharedWords: readonly string[];
  /** Lower over higher price, 0..1; null when one is unknown. */
  readonly priceRatio: number | null;
}

/** Rows of `texts` and `priceMinor` are the same products. */
export function explainLikeness(texts: ProductTexts, priceMinor: Float64Array, a: number, b: number): LikenessReason {
  const same = (values: readonly string[]) => (values[a] !== "" && values[a].toLowerCase() === values[b].toLowerCase() ? values[a] : null);
  const otherTags = new Set(texts.tags[b].map((tag) => tag.toLowerCase()));
  const ratio = priceLikeness(priceMinor[a], priceMinor[b]);
  return {
    sameType: same(texts.type),
    sameVendor: same(texts.vendor),
    sharedTags: texts.tags[a].filter((tag) => otherTags.has(tag.toLowerCase())),
    sharedWords: sharedWords(tokenise(texts.title[a]), new Set(tokenise(texts.title[b]))),
    priceRatio: Number.isNaN(ratio) ? null : ratio,
  };
}

function sharedWords(own: readonly string[], other: ReadonlySet<string>): string[] {
  const words: string[] = [];
  let wasShared = false;
  for (const token of own) {
    const isShared = other.has(token);
    const last = words[words.length - 1];
    const joins = isShared && wasShared && isPair(token) && isPair(last.slice(-2)) && [...token][0] === [...last].at(-1);
    if (joins) words[words.length - 1] = last + [...token][1];
    else if (isShared && !words.includes(token)) words.push(token);
    wasShared = isShared;
  }
  return words;
}

function isPair(token: string): boolean {
  return token.length === 2 && /[^\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{N}]{2}/u.test(token);
}
