import { countByItem } from "../../features/interactions.ts";
import { ORDER_COUNTS, type CodedColumn, type Snapshot } from "../../snapshot/snapshot.ts";
import type { SliceKeys } from "./list-figures.ts";
import type { TaskSplit } from "./task-split.ts";

/** Shares of all sales where the head ends and where the torso ends. */
const HEAD = 0.5;
const TORSO = 0.8;
const MOST_CATEGORIES = 8;
/** Purchases in the whole shop, before the questions, below which a product is new to every model. */
const KNOWN_FROM = 5;

/** Customers by the length of their history and by the shop's own groups (`segments`, one code a customer), products by their sales before `fromMs` and their category. */
export function createSliceKeys(snapshot: Snapshot, split: TaskSplit, hasProducts: boolean, segments: CodedColumn | null, fromMs: number): SliceKeys {
  const { start } = split.asked.interactions;
  const counts = countByItem(split.train.interactions);
  const users: SliceKeys["users"][number][] = [{ by: "history", nameOf: (user) => nameOfLength(start[user + 1] - start[user]) }];
  if (segments) {
    users.push({
      by: "segment",
      nameOf: (user) => {
        const customer = split.customer[user];
        return customer < 0 ? null : (segments.names[segments.codes[customer]] ?? null);
      },
    });
  }
  const items: SliceKeys["items"][number][] = [{ by: "popularity", names: ["head", "torso", "tail", "new"], codeOf: markNew(cutBySales(counts), hasProducts ? countSales(snapshot, fromMs) : null) }];
  const { codes, names } = snapshot.products.type;
  if (hasProducts && names.length > 1) {
    const sales = new Float64Array(names.length);
    counts.forEach((count, i) => {
      if (codes[i] >= 0) sales[codes[i]] += count;
    });
    const largest = [...names.keys()].sort((a, b) => sales[b] - sales[a] || a - b).slice(0, MOST_CATEGORIES);
    items.push({ by: "category", names: largest.map((code) => names[code]), codeOf: codes.map((code) => largest.indexOf(code)) });
  }
  return { users, items };
}

/** Purchases of each product before an instant, of all customers, however few of them train. */
function countSales({ orders, lines, products }: Snapshot, beforeMs: number): Float64Array {
  const sales = new Float64Array(products.count);
  for (let order = 0; order < orders.count && orders.placedAtMs[order] < beforeMs; order += 1) {
    if ((orders.flags[order] & ORDER_COUNTS) === 0) continue;
    for (let line = orders.lineStart[order]; line < orders.lineStart[order + 1]; line += 1) if (lines.product[line] >= 0) sales[lines.product[line]] += 1;
  }
  return sales;
}

/** 3 = too new to be known by its sales. */
function markNew(codes: Int32Array, sales: Float64Array | null): Int32Array {
  return sales ? codes.map((code, item) => (sales[item] < KNOWN_FROM ? 3 : code)) : codes;
}

function nameOfLength(purchases: number): string {
  return purchases === 0 ? "none" : purchases <= 2 ? "1-2" : purchases <= 9 ? "3-9" : "10+";
}

/** 0 head, 1 torso, 2 tail. */
function cutBySales(counts: Float64Array): Int32Array {
  const order = Int32Array.from(counts, (_, i) => i).sort((a, b) => counts[b] - counts[a] || a - b);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const codes = new Int32Array(counts.length);
  let sum = 0;
  for (const i of order) {
    codes[i] = sum < HEAD * total ? 0 : sum < TORSO * total ? 1 : 2;
    sum += counts[i];
  }
  return codes;
}
