import type { Csr } from "../../snapshot/snapshot.ts";

/** Sets of items that stand together in at least `minSupport` baskets. */
export interface FrequentSets {
  readonly baskets: number;
  /** Items of set s: `items[start[s]] ..`, ascending. Sets in lexicographic order of the search. */
  readonly start: Int32Array;
  readonly items: Int32Array;
  /** Baskets that hold the whole set. */
  readonly support: Int32Array;
}

export interface FrequentSetOptions {
  /** Baskets, at least 1. */
  readonly minSupport: number;
  /** Items in a set at most. */
  readonly longest: number;
}

/** Nodes of one FP-tree in columns: children come after their parent; node 0 is the root. */
interface Tree {
  readonly item: Int32Array;
  readonly count: Int32Array;
  readonly parent: Int32Array;
  readonly nodes: number;
  /** Local items 0 .. items - 1, most frequent first, with their name and support. */
  readonly names: Int32Array;
  readonly supports: Int32Array;
}

/**
 * FP-Growth (Han, Pei & Yin 2000) on typed arrays: baskets of frequent items, most frequent first, are sorted so that the tree is built
 * without looking for children; a conditional tree is the sorted list of prefix paths. `baskets` hold distinct items.
 */
export function findFrequentSets(baskets: Csr, itemCount: number, options: FrequentSetOptions): FrequentSets {
  const out = createSetWriter();
  const basketCount = baskets.start.length - 1;
  const weights = new Int32Array(basketCount).fill(1);
  const tree = buildTree(baskets.start, baskets.values, weights, itemCount, options.minSupport);
  grow(tree, [], options, out);
  return { baskets: basketCount, ...out.finish() };
}

function grow(tree: Tree, suffix: readonly number[], options: FrequentSetOptions, out: ReturnType<typeof createSetWriter>): void {
  const nodesOf = listNodes(tree);
  for (let local = tree.names.length - 1; local >= 0; local -= 1) {
    const set = [...suffix, tree.names[local]];
    out.add(set, tree.supports[local]);
    if (set.length >= options.longest || local === 0) continue;
    const conditional = buildConditional(tree, nodesOf.node, nodesOf.start[local], nodesOf.start[local + 1], local, options.minSupport);
    if (conditional.names.length > 0) grow(conditional, set, options, out);
  }
}

/** Prefix paths of one item, as baskets with the item's counts. */
function buildConditional(tree: Tree, node: Int32Array, from: number, to: number, local: number, minSupport: number): Tree {
  const supports = new Int32Array(local);
  for (let at = from; at < to; at += 1) {
    const count = tree.count[node[at]];
    for (let up = tree.parent[node[at]]; up > 0; up = tree.parent[up]) supports[tree.item[up]] += count;
  }
  let size = 0;
  let frequent = 0;
  for (let i = 0; i < local; i += 1) if (supports[i] >= minSupport) frequent += 1;
  if (frequent === 0) return { item: supports, count: supports, parent: supports, nodes: 0, names: new Int32Array(0), supports };
  const start = new Int32Array(to - from + 1);
  const weights = new Int32Array(to - from);
  let values = new Int32Array(1024);
  for (let at = from; at < to; at += 1) {
    weights[at - from] = tree.count[node[at]];
    for (let up = tree.parent[node[at]]; up > 0; up = tree.parent[up]) {
      if (supports[tree.item[up]] < minSupport) continue;
      if (size === values.length) values = grown(values);
      values[size++] = tree.item[up];
    }
    start[at - from + 1] = size;
  }
  const conditional = buildTree(start, values, weights, local, minSupport);
  for (let i = 0; i < conditional.names.length; i += 1) conditional.names[i] = tree.names[conditional.names[i]];
  return conditional;
}

function buildTree(start: Int32Array, values: Int32Array, weights: Int32Array, itemCount: number, minSupport: number): Tree {
  const rows = weights.length;
  const counts = new Int32Array(itemCount);
  for (let row = 0; row < rows; row += 1) for (let k = start[row]; k < start[row + 1]; k += 1) counts[values[k]] += weights[row];
  const names = Int32Array.from(counts.keys()).filter((i) => counts[i] >= minSupport).sort((p, q) => counts[q] - counts[p] || p - q);
  const localOf = new Int32Array(itemCount).fill(-1);
  names.forEach((name, local) => (localOf[name] = local));
  const supports = Int32Array.from(names, (name) => counts[name]);

  // A child is found through one hash table over (parent, item): linear probing, a power of two of cells.
  let cells = 1024;
  let table = new Int32Array(cells).fill(-1);
  let capacity = 1024;
  let item = new Int32Array(capacity);
  let count = new Int32Array(capacity);
  let parent = new Int32Array(capacity);
  let nodes = 1;
  const scratch = new Int32Array(names.length);
  const hash = (up: number, local: number) => Math.imul(Math.imul(up, 0x9e3779b1) ^ local, 0x85ebca6b) >>> 0;
  const insert = (up: number, local: number): number => {
    let cell = hash(up, local) & (cells - 1);
    for (; table[cell] >= 0; cell = (cell + 1) & (cells - 1)) if (parent[table[cell]] === up && item[table[cell]] === local) return table[cell];
    if (nodes === capacity) {
      capacity *= 2;
      [item, count, parent] = [grown(item), grown(count), grown(parent)];
    }
    table[cell] = nodes;
    item[nodes] = local;
    parent[nodes] = up;
    nodes += 1;
    if (nodes * 2 > cells) {
      cells *= 4;
      table = new Int32Array(cells).fill(-1);
      for (let n = 1; n < nodes; n += 1) {
        let place = hash(parent[n], item[n]) & (cells - 1);
        while (table[place] >= 0) place = (place + 1) & (cells - 1);
        table[place] = n;
      }
    }
    return nodes - 1;
  };
  for (let row = 0; row < rows; row += 1) {
    let size = 0;
    for (let k = start[row]; k < start[row + 1]; k += 1) {
      const local = localOf[values[k]];
      if (local < 0) continue;
      let at = size;
      size += 1;
      for (; at > 0 && scratch[at - 1] > local; at -= 1) scratch[at] = scratch[at - 1];
      scratch[at] = local;
    }
    let up = 0;
    for (let k = 0; k < size; k += 1) {
      up = insert(up, scratch[k]);
      count[up] += weights[row];
    }
  }
  return { item, count, parent, nodes, names, supports };
}

/** Nodes of each local item. */
function listNodes({ item, nodes, names }: Tree): { start: Int32Array; node: Int32Array } {
  const start = new Int32Array(names.length + 1);
  for (let n = 1; n < nodes; n += 1) start[item[n] + 1] += 1;
  for (let local = 0; local < names.length; local += 1) start[local + 1] += start[local];
  const next = start.slice();
  const node = new Int32Array(Math.max(0, nodes - 1));
  for (let n = 1; n < nodes; n += 1) node[next[item[n]]++] = n;
  return { start, node };
}

function createSetWriter() {
  let items = new Int32Array(1024);
  let support = new Int32Array(1024);
  let start = new Int32Array(1024);
  let length = 0;
  let sets = 0;
  return {
    add(set: readonly number[], baskets: number): void {
      if (length + set.length > items.length) items = grown(items);
      if (sets + 2 > start.length) [start, support] = [grown(start), grown(support)];
      const sorted = set.length > 1 ? [...set].sort((p, q) => p - q) : set;
      for (const i of sorted) items[length++] = i;
      support[sets] = baskets;
      sets += 1;
      start[sets] = length;
    },
    finish: () => ({ start: start.slice(0, sets + 1), items: items.slice(0, length), support: support.slice(0, sets) }),
  };
}

function grown(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}
