import { computeRows, type ItemNeighbours } from "../collaborative/neighbours.ts";
import type { TextVectors } from "./text-vectors.ts";

/**
 * Pictures as vectors, from outside: no model is shipped. Whoever has one (CLIP, a service) computes a vector a product and passes them here, in the
 * rows of the shop's products; a row of zeros is a product without a picture. docs/models/content.md shows how.
 */
export interface ImageVectors {
  readonly dims: number;
  /** products x dims */
  readonly values: Float32Array;
}

export interface ContentConfig {
  /** Neighbours kept of each product. */
  readonly limit: number;
  /** Share of the score that the price decides, 0..1: 1 at the same price, a half at double or half of it. */
  readonly priceShare: number;
  /** Share that the pictures decide where both products have one. */
  readonly imageShare: number;
}

/** Meetings of two products in a term that a comparison may cost: about a second. Shops of more than 2,000 products with long descriptions go beyond. */
const MOST_MEETINGS = 3e7;

export const defaultContent: ContentConfig = { limit: 50, priceShare: 0.2, imageShare: 0.3 };

/**
 * Products alike by their words: cosine of the text vectors, moved towards the likeness of their prices (and of their pictures, when given). Products
 * that share no word are not alike, whatever they cost. `priceMinor` NaN: the price says nothing. Scores 0..1. Where products would meet more than
 * `mostMeetings` times, the most frequent terms, which say least, are left out of the cosine.
 */
export function findContentNeighbours(vectors: TextVectors, priceMinor: Float64Array, config: ContentConfig = defaultContent, images: ImageVectors | null = null, mostMeetings = MOST_MEETINGS): ItemNeighbours {
  const byTerm = invert(vectors, mostMeetings);
  const { start, term, weight } = vectors;
  const pictures = images && scaleRows(images);
  return computeRows(vectors.products, config.limit, false, {
    sumInto(i, sums, touched) {
      let count = 0;
      for (let k = start[i]; k < start[i + 1]; k += 1) {
        const own = weight[k];
        for (let at = byTerm.start[term[k]]; at < byTerm.start[term[k] + 1]; at += 1) {
          const j = byTerm.product[at];
          if (sums[j] === 0) touched[count++] = j;
          sums[j] += own * byTerm.weight[at];
        }
      }
      return count;
    },
    finish(i, j, sum) {
      const text = Math.min(1, sum);
      const price = priceLikeness(priceMinor[i], priceMinor[j]);
      const priced = Number.isNaN(price) ? text : text * (1 - config.priceShare + config.priceShare * price);
      const picture = pictures ? dotRows(pictures, i, j) : NaN;
      return Number.isNaN(picture) ? priced : (1 - config.imageShare) * priced + config.imageShare * Math.max(0, picture);
    },
  });
}

/** Lower over higher price; NaN when one is unknown or nothing. */
export function priceLikeness(a: number, b: number): number {
  return a > 0 && b > 0 ? Math.min(a, b) / Math.max(a, b) : NaN;
}

/** Products of each term; none of terms that would lead beyond the meetings allowed, rarest terms first. */
function invert({ products, terms, start, term, weight }: TextVectors, mostMeetings: number) {
  const productsOf = new Int32Array(terms);
  for (const t of term) productsOf[t] += 1;
  let meetings = 0;
  let widest = 0;
  for (const count of productsOf.slice().sort()) {
    meetings += count ** 2;
    if (meetings > mostMeetings) break;
    widest = count;
  }
  const byTermStart = new Int32Array(terms + 1);
  for (let t = 0; t < terms; t += 1) byTermStart[t + 1] = byTermStart[t] + (productsOf[t] <= widest ? productsOf[t] : 0);
  const next = byTermStart.slice();
  const product = new Int32Array(byTermStart[terms]);
  const weights = new Float32Array(byTermStart[terms]);
  for (let p = 0; p < products; p += 1) {
    for (let k = start[p]; k < start[p + 1]; k += 1) {
      if (productsOf[term[k]] > widest) continue;
      const at = next[term[k]]++;
      product[at] = p;
      weights[at] = weight[k];
    }
  }
  return { start: byTermStart, product, weight: weights };
}

function scaleRows({ dims, values }: ImageVectors): ImageVectors {
  const scaled = values.slice();
  for (let from = 0; from < scaled.length; from += dims) {
    let squares = 0;
    for (let d = 0; d < dims; d += 1) squares += scaled[from + d] ** 2;
    for (let d = 0; d < dims && squares > 0; d += 1) scaled[from + d] /= Math.sqrt(squares);
  }
  return { dims, values: scaled };
}

/** NaN when either has no picture. */
function dotRows({ dims, values }: ImageVectors, i: number, j: number): number {
  let dot = 0;
  let own = 0;
  let other = 0;
  for (let d = 0; d < dims; d += 1) {
    const [a, b] = [values[i * dims + d], values[j * dims + d]];
    dot += a * b;
    own += a * a;
    other += b * b;
  }
  return own > 0 && other > 0 ? dot : NaN;
}
