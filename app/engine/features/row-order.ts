import { usersByItem, type InteractionRows } from "./interactions.ts";

/** Mean length from which rows without times are taken for collections. */
const COLLECTION_LENGTH = 30;
/** Rows that are looked at for a sequence; with fewer than the least one cannot tell, and an order is taken for meant. */
const MOST_ROWS = 5000;
const LEAST_ROWS = 200;
/** Standard errors. */
const SURE = 3;

/**
 * Whether the order of a row says what was bought after what. Data with times has an order; rows sorted by item number have none, nor do rows that were
 * shuffled: there the neighbours in a row are no more alike than its ends. Long rows without times have none to go by either: in MovieLens it is the
 * order of the pages on which films were rated, which predicts the row itself very well and what is missing from it not at all.
 */
export function isOrdered(interactions: InteractionRows): boolean {
  if (interactions.atMs) return true;
  let ascending = 0;
  let longer = 0;
  let entries = 0;
  for (let u = 0; u < interactions.users; u += 1) {
    const [from, to] = [interactions.start[u], interactions.start[u + 1]];
    if (to - from < 3) continue;
    longer += 1;
    entries += to - from;
    let sorted = true;
    for (let k = from + 1; k < to && sorted; k += 1) sorted = interactions.item[k] > interactions.item[k - 1];
    if (sorted) ascending += 1;
  }
  if (longer === 0) return true;
  // Three random items are sorted once in six times; longer rows hardly ever.
  return ascending < 0.5 * longer && entries < COLLECTION_LENGTH * longer && !isShuffled(interactions);
}

/**
 * Paired comparison over rows of four items or more: are the items at both ends more like their neighbours (cosine of joint purchases by others) than like each other?
 * In shuffled rows the difference is zero but for chance; Amazon Beauty lies 20 standard errors above.
 */
function isShuffled(interactions: InteractionRows): boolean {
  const { users, start, item } = interactions;
  const rows: number[] = [];
  for (let u = 0; u < users; u += 1) if (start[u + 1] - start[u] >= 4) rows.push(u);
  if (rows.length < LEAST_ROWS) return false;
  const buyers = usersByItem(interactions);
  const asked = Math.min(MOST_ROWS, rows.length);
  let sum = 0;
  let squares = 0;
  for (let n = 0; n < asked; n += 1) {
    const u = rows[Math.floor((n * rows.length) / asked)];
    const [first, last] = [start[u], start[u + 1] - 1];
    const gain = (cosine(buyers, item[first], item[first + 1]) + cosine(buyers, item[last], item[last - 1])) / 2 - cosine(buyers, item[first], item[last]);
    sum += gain;
    squares += gain * gain;
  }
  const mean = sum / asked;
  return mean < SURE * Math.sqrt(Math.max(0, squares / asked - mean * mean) / asked);
}

/** Of the buyers of two items of one row, that row left out. */
function cosine({ start, user }: ReturnType<typeof usersByItem>, a: number, b: number): number {
  let both = -1;
  for (let p = start[a], q = start[b]; p < start[a + 1] && q < start[b + 1]; ) {
    if (user[p] === user[q]) both += 1;
    if (user[p] <= user[q]) p += 1;
    else q += 1;
  }
  return both / Math.sqrt((start[a + 1] - start[a]) * (start[b + 1] - start[b]));
}
