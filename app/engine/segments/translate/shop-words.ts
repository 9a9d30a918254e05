import type { ShopNames } from "../language/find-attribute.ts";

/** Names of one shop that a sentence may use. */
export interface ShopWords {
  readonly productTypes: readonly string[];
  readonly vendors: readonly string[];
  readonly productTags: readonly string[];
  readonly customerTags: readonly string[];
  readonly names: ShopNames;
  /** The shop's calendar day, yyyy-mm-dd: "this year" begins on its January 1. */
  readonly today: string;
}
