import { invertSymmetric } from "../spd-inverse.ts";
import { PHASE_CELLS, runPhase } from "./run-phase.ts";
import { createTileKernel, LEFT_ROWS, RIGHT_ROWS, type TileKernel } from "./tile-kernel.ts";

/** Rows of a block: a block of packed rows stays in the second-level cache. */
const BLOCK = 128;
const PAGE = 65_536;
/** Per block column: pivot, panels, tiles. */
const PHASES = 3;

/** A matrix to invert, in shared memory, with what threads need to do it together. All fields survive being posted to a thread. */
export interface InverseWork {
  readonly memory: WebAssembly.Memory;
  /** Rows and columns that were asked for. */
  readonly n: number;
  /** Floats from one row to the next: n rounded up to a multiple of 8. */
  readonly stride: number;
  /** Task counters of every phase, then one cell for the row at which the matrix was found not positive definite, plus 1. */
  readonly control: Int32Array;
}

/** An identity matrix, ready to be filled through `matrixOf`; only the lower triangle is read. 4 n^2 bytes and a little. */
export function createInverseWork(n: number): InverseWork {
  const stride = Math.ceil(n / RIGHT_ROWS) * RIGHT_ROWS;
  const bytes = 4 * (stride * stride + 4 * stride * BLOCK + BLOCK * BLOCK);
  const pages = Math.ceil(bytes / PAGE);
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
  const steps = Math.ceil(stride / BLOCK);
  const work: InverseWork = { memory, n, stride, control: new Int32Array(new SharedArrayBuffer(4 * (steps * PHASES * PHASE_CELLS + 1))) };
  const matrix = matrixOf(work);
  for (let i = n; i < stride; i += 1) matrix[i * stride + i] = 1;
  return work;
}

/** Row-major, `stride` floats a row. */
export function matrixOf({ memory, stride }: InverseWork): Float32Array<SharedArrayBuffer> {
  return new Float32Array(memory.buffer as unknown as SharedArrayBuffer, 0, stride * stride);
}

/**
 * Inverse of a symmetric positive definite matrix in place, by the block sweep operator (Beaton 1964; Goodnight 1979, "A tutorial on the
 * SWEEP operator"): per block column the pivot block is inverted in double precision and the rest takes a symmetric update of rank 128, n^3
 * operations in all, float32. Any number of threads may call this on the same work: each takes what tasks are left, the
 * answer does not depend on who did what, and all return when the last task is done. The result is read by `finishInverse`.
 */
export function sweepInverse(work: InverseWork): void {
  const { stride, control } = work;
  const sweep = createSweep(work);
  const blocks = Math.ceil(stride / BLOCK);
  const tiles = (blocks * (blocks + 1)) / 2;
  for (let step = 0; step < blocks; step += 1) {
    runPhase(control, (step * PHASES + 0) * PHASE_CELLS, 1, () => sweep.invertPivot(step));
    if (Atomics.load(control, control.length - 1) !== 0) return;
    runPhase(control, (step * PHASES + 1) * PHASE_CELLS, blocks, (block) => sweep.packRows(step, block));
    runPhase(control, (step * PHASES + 2) * PHASE_CELLS, tiles, (task) => sweep.updateTile(step, tiles - 1 - task));
  }
}

/** Fills both triangles with the inverse; throws when the matrix was not positive definite (in float32). */
export function finishInverse(work: InverseWork): Float32Array<SharedArrayBuffer> {
  const { n, stride, control } = work;
  const failedAt = control[control.length - 1];
  if (failedAt !== 0) throw new RangeError(`matrix is not positive definite near row ${failedAt - 1}`);
  const matrix = matrixOf(work);
  // By square blocks, so that the transposed writes stay in the cache.
  for (let i0 = 0; i0 < n; i0 += BLOCK) {
    for (let j0 = 0; j0 <= i0; j0 += BLOCK) {
      for (let i = i0; i < Math.min(n, i0 + BLOCK); i += 1) {
        for (let j = j0; j < Math.min(j0 + BLOCK, i + 1); j += 1) matrix[i * stride + j] = matrix[j * stride + i] = -matrix[i * stride + j];
      }
    }
  }
  return matrix;
}

/** The three kinds of task. Regions behind the matrix: pivot columns packed left and right, their product with the inverse pivot plain and packed left. */
function createSweep({ memory, stride, control }: InverseWork) {
  const floats = new Float32Array(memory.buffer);
  const kernel: TileKernel = createTileKernel(memory);
  const columnsLeft = stride * stride;
  const columnsRight = columnsLeft + stride * BLOCK;
  const product = columnsRight + stride * BLOCK;
  const productLeft = product + stride * BLOCK;
  const pivotRight = productLeft + stride * BLOCK;
  const endOf = (block: number) => Math.min(stride, (block + 1) * BLOCK);

  return {
    /** P = A_KK^-1; A_KK becomes -P, and -P is packed for the products. */
    invertPivot(step: number): void {
      const from = step * BLOCK;
      const m = endOf(step) - from;
      const pivot = new Float64Array(m * m);
      for (let i = 0; i < m; i += 1) for (let j = 0; j <= i; j += 1) pivot[i * m + j] = pivot[j * m + i] = floats[(from + i) * stride + from + j];
      try {
        invertSymmetric(pivot, m);
      } catch {
        Atomics.store(control, control.length - 1, from + 1);
        return;
      }
      for (let i = 0; i < m; i += 1) {
        for (let j = 0; j < m; j += 1) {
          floats[(from + i) * stride + from + j] = -pivot[i * m + j];
          // Panel of 8 rows i, depth j.
          floats[pivotRight + (i - (i % RIGHT_ROWS)) * m + j * RIGHT_ROWS + (i % RIGHT_ROWS)] = -pivot[i * m + j];
        }
      }
    },

    /** V = A_:K packed both ways, W = V P into the matrix and packed. */
    packRows(step: number, block: number): void {
      if (block === step) return;
      const from = step * BLOCK;
      const m = endOf(step) - from;
      const first = block * BLOCK;
      const last = endOf(block);
      const isBelow = block > step;
      for (let i = first; i < last; i += 1) {
        const left = columnsLeft + (i - (i % LEFT_ROWS)) * m + (i % LEFT_ROWS);
        const right = columnsRight + (i - (i % RIGHT_ROWS)) * m + (i % RIGHT_ROWS);
        for (let k = 0; k < m; k += 1) {
          const value = isBelow ? floats[i * stride + from + k] : floats[(from + k) * stride + i];
          floats[left + k * LEFT_ROWS] = value;
          floats[right + k * RIGHT_ROWS] = value;
        }
      }
      floats.fill(0, product + first * m, product + last * m);
      kernel(4 * (product + first * m), 4 * m, 4 * (columnsLeft + first * m), 4 * pivotRight, (last - first) / LEFT_ROWS, m / RIGHT_ROWS, m);
      for (let i = first; i < last; i += 1) {
        const left = productLeft + (i - (i % LEFT_ROWS)) * m + (i % LEFT_ROWS);
        for (let k = 0; k < m; k += 1) {
          const value = floats[product + i * m + k];
          floats[left + k * LEFT_ROWS] = value;
          if (isBelow) floats[i * stride + from + k] = value;
          else floats[(from + k) * stride + i] = value;
        }
      }
    },

    /** A_IJ -= W_I V_J' for one tile of the lower triangle. */
    updateTile(step: number, tile: number): void {
      const rowBlock = Math.floor((Math.sqrt(8 * tile + 1) - 1) / 2);
      const columnBlock = tile - (rowBlock * (rowBlock + 1)) / 2;
      if (rowBlock === step || columnBlock === step) return;
      const m = endOf(step) - step * BLOCK;
      const [i, j] = [rowBlock * BLOCK, columnBlock * BLOCK];
      kernel(4 * (i * stride + j), 4 * stride, 4 * (productLeft + i * m), 4 * (columnsRight + j * m), (endOf(rowBlock) - i) / LEFT_ROWS, (endOf(columnBlock) - j) / RIGHT_ROWS, m);
    },
  };
}
