import { countByItem } from "../../features/interactions.ts";
import type { CodedColumn, Snapshot } from "../../snapshot/snapshot.ts";
import type { SliceKeys } from "./list-figures.ts";
import type { TaskSplit } from "./task-split.ts";

/** Shares of all sales where the head ends and where the torso ends. */
const HEAD = 0.5;
const TORSO = 0.8;
const MOST_CATEGORIES = 8;

/** Customers by the length of their history and by the shop's own groups (`segments`, one code a customer), products by their sales and category. */
export function createSliceKeys(snapshot: Snapshot, split: TaskSplit, hasProducts: boolean, segments: CodedColumn | null): SliceKeys {
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
  const items: SliceKeys["items"][number][] = [{ by: "popularity", names: ["head", "torso", "tail"], codeOf: cutBySales(counts) }];
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
