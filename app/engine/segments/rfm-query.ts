import { combineFm } from "../features/rfm-schemes.ts";
import { quote } from "./language/format-query.ts";

/** One cell of the grid: recency by frequency, or recency by the mean of frequency and monetary (Shopify's axes). */
export type RfmCell = { readonly r: number; readonly f: number } | { readonly r: number; readonly fm: number };

const scores = [1, 2, 3, 4, 5];

/** The cells as a query over the three scores: `rfm_code IN ('541', …)`, every code once, ascending. */
export function cellsToQuery(cells: readonly RfmCell[]): string {
  const codes = cells.flatMap((cell) => scores.flatMap((f) => scores.filter((m) => ("f" in cell ? cell.f === f : cell.fm === combineFm(f, m))).map((m) => `${cell.r}${f}${m}`)));
  return oneOf("rfm_code", [...new Set(codes)].sort());
}

/** `attribute = 'a'`, or IN when there are several. */
export function oneOf(attribute: string, names: readonly string[]): string {
  return names.length === 1 ? `${attribute} = ${quote(names[0])}` : `${attribute} IN (${names.map(quote).join(", ")})`;
}
