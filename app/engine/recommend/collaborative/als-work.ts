import type { Rng } from "#app/core/rng.ts";
import { usersByItem, type InteractionRows } from "../../features/interactions.ts";
import { ROW_GROUP, ROW_UNIT } from "../../math/dense/row-kernels.ts";
import { PHASE_CELLS, runPhase } from "../../math/dense/run-phase.ts";
import { createTallProducts } from "../../math/dense/tall-products.ts";
import { createRowSolver, scratchLength } from "./als-solver.ts";

/** Users or items: their rows of factors, and whom each has to do with. Positions in floats from the start of the memory. */
interface Side {
  readonly rows: number;
  /** rows + 1 rows of `width` floats, the last one zeros. */
  readonly table: number;
  /** Row numbers of the other side, each row's padded to groups of 4 with the other side's row of zeros. */
  readonly lists: number;
  /** List of row r: lists + start[r] .. lists + start[r + 1]. */
  readonly start: Int32Array;
}

/** A factorisation in shared memory, with what threads need to do it together. All fields survive being posted to a thread. */
export interface AlsWork {
  readonly memory: WebAssembly.Memory;
  readonly width: number;
  readonly alpha: number;
  readonly l2: number;
  readonly iterations: number;
  readonly sides: readonly [Side, Side];
  readonly gram: number;
  /** One Gram matrix a block of rows. */
  readonly partials: Float64Array;
  readonly scratch: number;
  /** Task counters of every phase, then the number of threads that have come. */
  readonly control: Int32Array;
}

/** Steps of conjugate gradient per row; three are enough when starting from the last round's solution (Takács et al. 2011). */
const STEPS = 3;
const PHASES = 3;
const GRAM_ROWS = 1_024;
const SOLVE_ROWS = 64;
const MOST_THREADS = 16;
const PAGE = 65_536;

/** Random factors for every user and item. `data` holds each pair once. */
export function createAlsWork(data: InteractionRows, settings: { readonly factors: number; readonly alpha: number; readonly l2: number; readonly iterations: number }, rng: Rng): AlsWork {
  const width = Math.ceil(settings.factors / ROW_UNIT) * ROW_UNIT;
  const byItem = usersByItem(data);
  let next = 0;
  const take = (floats: number) => {
    const at = next;
    next += Math.ceil(floats / ROW_UNIT) * ROW_UNIT;
    return at;
  };
  const planSide = (rows: number, start: Int32Array): Side => {
    const padded = new Int32Array(new SharedArrayBuffer(4 * (rows + 1)));
    for (let r = 0; r < rows; r += 1) padded[r + 1] = padded[r] + Math.ceil((start[r + 1] - start[r]) / ROW_GROUP) * ROW_GROUP;
    return { rows, table: take((rows + 1) * width), lists: take(padded[rows]), start: padded };
  };
  const sides = [planSide(data.users, data.start), planSide(data.items, byItem.start)] as const;
  const gram = take(width * width);
  const scratch = take(MOST_THREADS * scratchLength(width));
  const pages = Math.ceil((4 * next) / PAGE);
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
  const [floats, ints] = [new Float32Array(memory.buffer), new Int32Array(memory.buffer)];
  const fillSide = ({ rows, table, lists, start }: Side, from: Int32Array, other: Int32Array, zeroRow: number) => {
    for (let r = 0; r < rows; r += 1) {
      for (let f = 0; f < settings.factors; f += 1) floats[table + r * width + f] = (rng.next() - 0.5) / settings.factors;
      const length = from[r + 1] - from[r];
      for (let n = 0; n < start[r + 1] - start[r]; n += 1) ints[lists + start[r] + n] = n < length ? other[from[r] + n] : zeroRow;
    }
  };
  fillSide(sides[0], data.start, data.item, data.items);
  fillSide(sides[1], byItem.start, byItem.user, data.users);
  const blocks = Math.ceil(Math.max(data.users, data.items) / GRAM_ROWS);
  return {
    memory, width, alpha: settings.alpha, l2: settings.l2, iterations: settings.iterations, sides, gram, scratch,
    partials: new Float64Array(new SharedArrayBuffer(8 * blocks * width * width)),
    control: new Int32Array(new SharedArrayBuffer(4 * (settings.iterations * 2 * PHASES * PHASE_CELLS + 1))),
  };
}

/**
 * All iterations: users from items, items from users, each as Gram matrix in blocks, their sum, rows. Any number of threads may call this on the
 * same work: each takes what tasks are left, the answer does not depend on who did what, and all return when the last task is done.
 */
export function alternateAls(work: AlsWork): void {
  const { width, control, sides, memory, gram, iterations } = work;
  const slot = Atomics.add(control, control.length - 1, 1);
  if (slot >= MOST_THREADS) return;
  const floats = new Float32Array(memory.buffer);
  const products = createTallProducts(width);
  const solve = createRowSolver(memory, work, { gram, scratch: work.scratch + slot * scratchLength(width) });
  const square = width * width;
  let cell = 0;
  const phase = (tasks: number, run: (task: number) => void) => {
    runPhase(control, cell, tasks, run);
    cell += PHASE_CELLS;
  };
  for (let half = 0; half < 2 * iterations; half += 1) {
    const [side, fixed] = half % 2 === 0 ? sides : [sides[1], sides[0]];
    const blocks = Math.ceil(fixed.rows / GRAM_ROWS);
    phase(blocks, (block) => {
      const rows = floats.subarray(fixed.table + block * GRAM_ROWS * width, fixed.table + Math.min(fixed.rows, (block + 1) * GRAM_ROWS) * width);
      work.partials.set(products.cross(rows, rows), block * square);
    });
    phase(1, () => {
      for (let n = 0; n < square; n += 1) {
        let sum = 0;
        for (let block = 0; block < blocks; block += 1) sum += work.partials[block * square + n];
        floats[gram + n] = sum;
      }
    });
    phase(Math.ceil(side.rows / SOLVE_ROWS), (task) => {
      for (let r = task * SOLVE_ROWS; r < Math.min(side.rows, (task + 1) * SOLVE_ROWS); r += 1) {
        solve(side.table + r * width, fixed.table, side.lists + side.start[r], (side.start[r + 1] - side.start[r]) / ROW_GROUP, STEPS);
      }
    });
  }
}

/** The items' factors, without padding. */
export function readItemFactors({ memory, width, sides: [, items] }: AlsWork, factors: number): Float32Array {
  const floats = new Float32Array(memory.buffer);
  const out = new Float32Array(items.rows * factors);
  for (let i = 0; i < items.rows; i += 1) for (let f = 0; f < factors; f += 1) out[i * factors + f] = floats[items.table + i * width + f];
  return out;
}
