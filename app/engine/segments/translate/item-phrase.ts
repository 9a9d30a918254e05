import { anyOf } from "./places.ts";
import { findItem, type ItemPhrase } from "./draft.ts";
import type { ShopWords } from "./shop-words.ts";

/** Names that one sentence is searched for; a catalogue with more is read in its own order. */
const MOST_NAMES = 3_000;
const quoted = "'[^']+'|\"[^\"]+\"|“[^”]+”|‘[^’]+’|「[^」]+」";

/** A thing that can be bought: a product type, vendor or product tag of the shop, a product id, or anything in quotes. */
export function itemPattern({ productTypes, vendors, productTags }: ShopWords): string {
  const names = [...productTypes, ...vendors, ...productTags].filter((name) => name.trim() !== "").slice(0, MOST_NAMES);
  // The shop's word and its English plural, and the singular of a word that the shop has in the plural.
  const known = names.length > 0 ? `(?:${anyOf(names.flatMap((name) => [name, name.replace(/s$/i, "")]).filter((name) => name !== ""))})(?:e?s)?(?![A-Za-z])|` : "";
  return `(?:${known}${quoted}|(?:products? |商品|产品)(?:id |#|编号)?\\d{3,})`;
}

/** Several, joined by commas or "or". */
export function itemsPattern(words: ShopWords): string {
  const item = itemPattern(words);
  return `${item}(?:(?:, or |, | or (?:a |an |some )?|或者?|、)${item})*`;
}

/** The things named; what stands in quotes and is unknown is taken for a product type as it is written. */
export function readItems(text: string, words: ShopWords): ItemPhrase[] {
  const item = new RegExp(itemPattern(words), "giu");
  return [...text.matchAll(item)].map(([match]): ItemPhrase => {
    const id = /^(?:products? |商品|产品)(?:id |#|编号)?(\d+)$/i.exec(match);
    if (id) return { parameter: "id", value: id[1] };
    const bare = match.replace(/^['"“‘「]|['"”’」]$/g, "");
    return findItem(bare, words) ?? { parameter: "product_type", value: bare };
  });
}
