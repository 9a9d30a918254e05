import type { Parameter } from "../language/ast.ts";
import { noData, type ClauseContext, type NoData } from "./clause.ts";
import type { ListColumn } from "./columns.ts";
import { compileNumber, compileText, passes, type NumberTest } from "./number-test.ts";
import { anyTest } from "./scalar-clause.ts";

export interface LineFilter {
  readonly kind: "filter";
  test(line: number): boolean;
  /** Products that can pass, 1 each; null when any line can, also that of an unknown product. */
  readonly products: Uint8Array | null;
  /** Besides the product: numbers of lines, each with what it must be. */
  readonly checks: readonly NumberCheck[];
  /** No parameter restricts the lines. */
  readonly isOpen: boolean;
}

export interface NumberCheck {
  readonly kind: "number";
  readonly values: Float64Array;
  readonly test: NumberTest;
}

const lineParameterNames = new Set(["id", "tag", "product_type", "vendor", "collection_id", "variant_id", "quantity"]);

/** Parameters of lines among those given; `prefix` is cut off first, so `first_id` is `id` of the first purchase. */
export function compileLineFilter(parameters: readonly Parameter[], prefix: string, context: ClauseContext): LineFilter | NoData {
  const { snapshot: { products }, extra } = context.columns;
  const { orders } = context;
  let wanted: Uint8Array | null = null;
  const checks: NumberCheck[] = [];
  for (const { name, test } of parameters) {
    const plain = name.startsWith(prefix) ? name.slice(prefix.length) : "";
    if (!lineParameterNames.has(plain)) continue;
    if (plain === "quantity" || plain === "variant_id") {
      if (plain === "variant_id" && !extra.lineVariantId) return noData(name);
      const values = extra.lineVariantId && plain === "variant_id" ? orders.ofLines(extra.lineVariantId) : orders.quantity;
      checks.push({ kind: "number", values, test: compileNumber(test, 1) });
      continue;
    }
    const isWanted = compileProductTest(plain, test, context);
    if (!isWanted) return noData(name);
    wanted ??= new Uint8Array(products.count).fill(1);
    for (let product = 0; product < products.count; product++) if (!isWanted(product)) wanted[product] = 0;
  }
  const mask = wanted;
  const { product } = orders;
  const isOfProduct = (line: number) => !mask || (product[line] >= 0 && mask[product[line]] === 1);
  const hasNumbers = (line: number) => checks.every(({ values, test }) => passes(test, values[line]));
  const test = checks.length === 0 ? isOfProduct : (line: number) => isOfProduct(line) && hasNumbers(line);
  return { kind: "filter", products: mask, checks, isOpen: !mask && checks.length === 0, test };
}

function compileProductTest(name: string, test: Parameter["test"], { columns }: ClauseContext): ((product: number) => boolean) | null {
  const { products } = columns.snapshot;
  switch (name) {
    case "id": {
      const number = compileNumber(test, 1);
      return (product) => passes(number, products.id[product]);
    }
    case "product_type":
    case "vendor": {
      const { codes, names } = name === "vendor" ? products.vendor : products.type;
      const isWanted = names.map(compileText(test));
      return (product) => codes[product] >= 0 && isWanted[codes[product]];
    }
    case "tag":
      return columns.extra.productTags ? listTest(columns.extra.productTags, test, true) : null;
    case "collection_id":
      return columns.extra.productCollections ? listTest(columns.extra.productCollections, test, false) : null;
    default:
      throw new Error(`not a parameter of products: ${name}`);
  }
}

/** Whether any element of a row passes, or none for a negated test. */
export function listTest({ start, values, names }: ListColumn, test: Parameter["test"], isCaseless: boolean): (row: number) => boolean {
  const { isNegated, matches } = anyTest(test, isCaseless);
  const isWanted = names.map(matches);
  return (row) => {
    for (let at = start[row]; at < start[row + 1]; at++) if (isWanted[values[at]]) return !isNegated;
    return isNegated;
  };
}
