import type { AttributeSpec, ScalarSpec, ScalarType } from "./attribute-spec.ts";
import { attributeAliases, shopifyAttributes } from "./shopify-attributes.ts";
import { tesseraAttributes } from "./tessera-attributes.ts";

export const attributes: readonly AttributeSpec[] = [...shopifyAttributes, ...tesseraAttributes];

const byName = new Map(attributes.map((spec) => [spec.name, spec]));
const METAFIELD = /^metafields\.[^.]+\.[^.]+$/;

/** What only one shop knows. */
export interface ShopNames {
  /** Pinned customer metafields and their types, by `metafields.<namespace>.<key>`. */
  readonly metafields: ReadonlyMap<string, ScalarType>;
  /** Names of segments that can be referred to. */
  readonly segments: readonly string[];
}

export const noShopNames: ShopNames = { metafields: new Map(), segments: [] };

/** Null when there is no such attribute; a metafield needs a pinned definition in the shop. */
export function findAttribute(name: string, { metafields }: ShopNames): AttributeSpec | null {
  const spec = byName.get(canonicalName(name));
  if (spec) return spec;
  const type = metafields.get(name);
  return type ? metafieldSpec(name, type) : null;
}

export function canonicalName(name: string): string {
  return attributeAliases.get(name) ?? name;
}

export function isMetafieldName(name: string): boolean {
  return METAFIELD.test(name);
}

function metafieldSpec(name: string, type: ScalarType): ScalarSpec {
  return { name, type, origin: "shopify", isNullable: true, about: "metafield of the customer", example: `${name} IS NOT NULL` };
}
