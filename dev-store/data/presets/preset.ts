import type { Intensity } from "../generate/calendar.ts";
import type { ShapeName } from "../images/shapes.ts";

/** What a product type is made of. Its title is `pattern` with {noun}, {first} and {second} filled in. */
export interface TypeSpec {
  readonly type: string;
  /** Collection (and home category of a customer) that the type belongs to. */
  readonly category: string;
  readonly pattern: string;
  readonly nouns: readonly string[];
  readonly first: readonly string[];
  readonly second: readonly string[];
  /** Colour option, or the colour in the title when the type has `colourIn: "title"`. */
  readonly colourIn: "title" | "option" | "none";
  /** Values of the second option; empty for none. */
  readonly sizes: readonly string[];
  readonly sizeName: string;
  /** Price grows by this factor from the first size to the last. 1: all sizes cost the same. */
  readonly sizePriceRatio: number;
  readonly medianPrice: number;
  readonly priceSigma: number;
  /** Share of the types' products in the catalogue. */
  readonly weight: number;
  readonly tags: readonly string[];
  readonly shape: ShapeName;
  readonly blurb: string;
  /** Days between two purchases of one that is used up; absent when it is not. */
  readonly cycleDays?: readonly [number, number];
}

/** Products of `with` are bought beside products of `main`; directed: the accessory follows the main product, never leads to it. */
export interface ComplementSpec {
  readonly main: string;
  readonly with: string;
  readonly directed: boolean;
}

export interface Preset {
  readonly name: "fashion" | "grocery";
  readonly shopName: string;
  readonly currency: string;
  readonly timeZone: string;
  readonly shippingRate: number;
  /** Products of a shop with 100 customers. */
  readonly productsPer100: number;
  readonly vendors: readonly string[];
  readonly colours: readonly { readonly name: string; readonly hex: string }[];
  readonly types: readonly TypeSpec[];
  readonly complements: readonly ComplementSpec[];
  readonly intensity: Intensity;
  /** Countries of the customers with their shares. */
  readonly countries: readonly (readonly [string, number])[];
  /** Orders of a customer = 1 + negative binomial of this mean and shape. */
  readonly repeatMean: number;
  readonly repeatShape: number;
  /** Basket size = 1 + floor(lognormal(mu of the customer, 0.8)). */
  readonly basketMuMean: number;
  readonly basketMuSd: number;
  /** Share of a basket from the customer's own history at order n: min(.85, kappa ln n). */
  readonly kappa: number;
  readonly extraQuantity: number;
  readonly returnRate: number;
  readonly churnShare: number;
  readonly cycleShare: number;
}
