import { z } from "zod";
import { encodeModule, op, type } from "./wasm-bytes.ts";

/** Rows of a left panel and of a right panel: 4 x 8 sums of floats fill eight vector registers. */
export const LEFT_ROWS = 4;
export const RIGHT_ROWS = 8;

/**
 * C -= A B' for one tile of float32: `c` and `cStride` in bytes, C row-major; A in panels of 4 rows, B in panels of 8 rows, each panel
 * written as depth x rows; `depth` a multiple of 4. All addresses are multiples of 16.
 */
export type TileKernel = (c: number, cStride: number, a: number, b: number, leftPanels: number, rightPanels: number, depth: number) => void;

const UNROLL = 4;

/** Written here instead of kept as a binary: bytes and source cannot disagree. Two roundings a step, or one where the engine has relaxed SIMD. */
export function encodeTileKernel(isFused: boolean): Uint8Array<ArrayBuffer> {
  const [c, cStride, a, b, leftPanels, rightPanels, depth] = [0, 1, 2, 3, 4, 5, 6];
  const [leftCount, aAt, cAt, kLeft, bAt, row] = [7, 8, 9, 10, 11, 12];
  const sum = (r: number, half: number) => 13 + 2 * r + half;
  const [bLow, bHigh, aSplat] = [21, 22, 23];
  const rows = [0, 1, 2, 3];
  const halves = [0, 1];
  const bump = (local: number, by: readonly number[]) => [...op.get(local), ...by, ...op.add, ...op.set(local)];
  const countDown = (local: number, by: number) => [...op.get(local), ...op.i32(by), ...op.sub, ...op.tee(local), ...op.brIf(0)];

  const forRows = (each: (r: number, half: number) => readonly number[]) => [
    ...op.get(cAt), ...op.set(row),
    ...rows.flatMap((r) => [...halves.flatMap((half) => each(r, half)), ...(r < 3 ? bump(row, op.get(cStride)) : [])]),
  ];
  const step = (s: number) => [
    ...op.get(bAt), ...op.loadVector(32 * s), ...op.set(bLow), ...op.get(bAt), ...op.loadVector(32 * s + 16), ...op.set(bHigh),
    ...rows.flatMap((r) => [
      ...op.get(aAt), ...op.loadSplat32(16 * s + 4 * r), ...op.set(aSplat),
      ...halves.flatMap((half) => {
        const product = [...op.get(aSplat), ...op.get(half === 0 ? bLow : bHigh)];
        return isFused
          ? [...product, ...op.get(sum(r, half)), ...op.fusedNegativeMultiplyAdd, ...op.set(sum(r, half))]
          : [...op.get(sum(r, half)), ...product, ...op.mulFloats, ...op.subFloats, ...op.set(sum(r, half))];
      }),
    ]),
  ];
  const body = [
    ...op.loop,
    ...op.get(a), ...op.set(aAt), ...op.get(c), ...op.set(cAt), ...op.get(leftPanels), ...op.set(leftCount),
    ...op.loop,
    ...forRows((r, half) => [...op.get(row), ...op.loadVector(16 * half), ...op.set(sum(r, half))]),
    ...op.get(b), ...op.set(bAt), ...op.get(depth), ...op.set(kLeft),
    ...op.loop,
    ...Array.from({ length: UNROLL }, (_, s) => step(s)).flat(),
    ...bump(aAt, op.i32(16 * UNROLL)), ...bump(bAt, op.i32(32 * UNROLL)), ...countDown(kLeft, UNROLL),
    ...op.end,
    ...forRows((r, half) => [...op.get(row), ...op.get(sum(r, half)), ...op.storeVector(16 * half)]),
    ...op.get(cAt), ...op.get(cStride), ...op.i32(LEFT_ROWS), ...op.mul, ...op.add, ...op.set(cAt),
    ...countDown(leftCount, 1),
    ...op.end,
    ...op.get(bAt), ...op.set(b), ...bump(c, op.i32(4 * RIGHT_ROWS)), ...countDown(rightPanels, 1),
    ...op.end,
  ];
  return encodeModule({ exportName: "subtractTile", parameters: 7, locals: [[6, type.i32], [11, type.v128]], body });
}

const exportsSchema = z.object({ subtractTile: z.custom<TileKernel>((value) => typeof value === "function") });

let compiled: WebAssembly.Module | null = null;

/** The kernel on one shared memory. */
export function createTileKernel(memory: WebAssembly.Memory): TileKernel {
  if (!compiled) {
    const fused = encodeTileKernel(true);
    compiled = new WebAssembly.Module(WebAssembly.validate(fused) ? fused : encodeTileKernel(false));
  }
  return exportsSchema.parse(new WebAssembly.Instance(compiled, { env: { memory } }).exports).subtractTile;
}
