import { z } from "zod";
import { encodeModule, op, type } from "./wasm-bytes.ts";

/** Rows that are worked on together, and floats that a row is a multiple of. */
export const ROW_GROUP = 4;
export const ROW_UNIT = 8;

/** out[r] = matrix[r] . vector, for `groups` x 4 rows of `bytes` each; all addresses and `bytes` multiples of 32. */
export type RowDots = (out: number, matrix: number, vector: number, groups: number, bytes: number) => void;

/**
 * sum += (a + b (table[n] . vector)) table[n] over the rows n that `list` names, `groups` x 4 of them; `coefficients` is the address of a and b.
 * With a = 0 and b = 1 that is T' T vector, the product that conjugate gradients of least squares need, in one pass over the rows.
 */
export type GatherRows = (sum: number, vector: number, table: number, list: number, groups: number, bytes: number, coefficients: number) => void;

const VECTOR_BYTES = 16;
const ROWS = [0, 1, 2, 3];

/** Pieces that both kernels share. `sumOf(r, half)` are eight accumulators, so that eight additions are under way at once. */
function pieces(isFused: boolean, sumOf: (r: number, half: number) => number, addressOf: (r: number) => number) {
  const bump = (local: number, by: readonly number[]) => [...op.get(local), ...by, ...op.add, ...op.set(local)];
  const countDown = (local: number, by: number) => [...op.get(local), ...op.i32(by), ...op.sub, ...op.tee(local), ...op.brIf(0)];
  /** product of the two on the stack, added to `addend`; leaves the sum on the stack. */
  const multiplyAdd = (left: readonly number[], right: readonly number[], addend: readonly number[]) =>
    isFused ? [...left, ...right, ...addend, ...op.fusedMultiplyAdd] : [...addend, ...left, ...right, ...op.mulFloats, ...op.addFloats];
  /** Runs along four rows and the vector at `vectorAt`; `left` counts bytes down from a multiple of 32. */
  const fourDots = (vectorAt: number, left: number) => [
    ...ROWS.flatMap((r) => [0, 1].flatMap((half) => [...op.zeroVector, ...op.set(sumOf(r, half))])),
    ...op.loop,
    ...ROWS.flatMap((r) => [0, 1].flatMap((half) => [
      ...multiplyAdd([...op.get(addressOf(r)), ...op.loadVector(VECTOR_BYTES * half)], [...op.get(vectorAt), ...op.loadVector(VECTOR_BYTES * half)], op.get(sumOf(r, half))),
      ...op.set(sumOf(r, half)),
    ])),
    ...ROWS.flatMap((r) => bump(addressOf(r), op.i32(2 * VECTOR_BYTES))), ...bump(vectorAt, op.i32(2 * VECTOR_BYTES)), ...countDown(left, 2 * VECTOR_BYTES),
    ...op.end,
  ];
  /** The dot product of row r, a float on the stack. */
  const total = (r: number) => [
    ...op.get(sumOf(r, 0)), ...op.get(sumOf(r, 1)), ...op.addFloats, ...op.set(sumOf(r, 0)),
    ...op.get(sumOf(r, 0)), ...op.laneFloat(0), ...op.get(sumOf(r, 0)), ...op.laneFloat(1), ...op.addFloat,
    ...op.get(sumOf(r, 0)), ...op.laneFloat(2), ...op.get(sumOf(r, 0)), ...op.laneFloat(3), ...op.addFloat, ...op.addFloat,
  ];
  return { bump, countDown, multiplyAdd, fourDots, total };
}

export function encodeRowDots(isFused: boolean): Uint8Array<ArrayBuffer> {
  const [out, matrix, vector, groups, bytes] = [0, 1, 2, 3, 4];
  const [vectorAt, left] = [5, 6];
  const addressOf = (r: number) => 7 + r;
  const sumOf = (r: number, half: number) => 11 + 2 * r + half;
  const { bump, countDown, fourDots, total } = pieces(isFused, sumOf, addressOf);
  const body = [
    ...op.loop,
    ...op.get(matrix), ...op.set(addressOf(0)),
    ...[1, 2, 3].flatMap((r) => [...op.get(addressOf(r - 1)), ...op.get(bytes), ...op.add, ...op.set(addressOf(r))]),
    ...op.get(vector), ...op.set(vectorAt), ...op.get(bytes), ...op.set(left),
    ...fourDots(vectorAt, left),
    // The last row's address now stands where the next group begins.
    ...op.get(addressOf(3)), ...op.set(matrix),
    ...ROWS.flatMap((r) => [...op.get(out), ...total(r), ...op.storeFloat(4 * r)]),
    ...bump(out, op.i32(4 * ROW_GROUP)), ...countDown(groups, 1),
    ...op.end,
  ];
  return encodeModule({ exportName: "rowDots", parameters: 5, locals: [[6, type.i32], [8, type.v128]], body });
}

export function encodeGatherRows(isFused: boolean): Uint8Array<ArrayBuffer> {
  const [sum, vector, table, list, groups, bytes, coefficients] = [0, 1, 2, 3, 4, 5, 6];
  const [vectorAt, left, sumAt] = [7, 8, 9];
  const addressOf = (r: number) => 10 + r;
  const sumOf = (r: number, half: number) => 14 + 2 * r + half;
  const factorOf = (r: number) => 22 + r;
  const { bump, countDown, multiplyAdd, fourDots, total } = pieces(isFused, sumOf, addressOf);
  const addRows = (half: number) => {
    const before = [...op.get(sumAt), ...op.loadVector(VECTOR_BYTES * half)];
    return ROWS.reduce((value: readonly number[], r) => multiplyAdd([...op.get(addressOf(r)), ...op.loadVector(VECTOR_BYTES * half)], op.get(factorOf(r)), value), before);
  };
  const body = [
    ...op.loop,
    ...ROWS.flatMap((r) => [...op.get(list), ...op.loadInt(4 * r), ...op.get(bytes), ...op.mul, ...op.get(table), ...op.add, ...op.set(addressOf(r))]),
    ...op.get(vector), ...op.set(vectorAt), ...op.get(bytes), ...op.set(left),
    ...fourDots(vectorAt, left),
    ...ROWS.flatMap((r) => [
      ...op.get(coefficients), ...op.loadFloat(0), ...op.get(coefficients), ...op.loadFloat(4), ...total(r), ...op.mulFloat, ...op.addFloat, ...op.splatFloat, ...op.set(factorOf(r)),
      ...op.get(addressOf(r)), ...op.get(bytes), ...op.sub, ...op.set(addressOf(r)),
    ]),
    ...op.get(sum), ...op.set(sumAt), ...op.get(bytes), ...op.set(left),
    ...op.loop,
    ...[0, 1].flatMap((half) => [...op.get(sumAt), ...addRows(half), ...op.storeVector(VECTOR_BYTES * half)]),
    ...ROWS.flatMap((r) => bump(addressOf(r), op.i32(2 * VECTOR_BYTES))), ...bump(sumAt, op.i32(2 * VECTOR_BYTES)), ...countDown(left, 2 * VECTOR_BYTES),
    ...op.end,
    ...bump(list, op.i32(4 * ROW_GROUP)), ...countDown(groups, 1),
    ...op.end,
  ];
  return encodeModule({ exportName: "gatherRows", parameters: 7, locals: [[7, type.i32], [12, type.v128]], body });
}

const isFunction = (value: unknown) => typeof value === "function";
const dotsExports = z.object({ rowDots: z.custom<RowDots>(isFunction) });
const gatherExports = z.object({ gatherRows: z.custom<GatherRows>(isFunction) });

const modules = new Map<(isFused: boolean) => Uint8Array<ArrayBuffer>, WebAssembly.Module>();

/** Fused where the engine has relaxed SIMD; compiled once. */
function compile(encode: (isFused: boolean) => Uint8Array<ArrayBuffer>): WebAssembly.Module {
  const known = modules.get(encode);
  if (known) return known;
  const fused = encode(true);
  const compiled = new WebAssembly.Module(WebAssembly.validate(fused) ? fused : encode(false));
  modules.set(encode, compiled);
  return compiled;
}

/** Both kernels on one shared memory. */
export function createRowKernels(memory: WebAssembly.Memory): { readonly rowDots: RowDots; readonly gatherRows: GatherRows } {
  const imports = { env: { memory } };
  return {
    ...dotsExports.parse(new WebAssembly.Instance(compile(encodeRowDots), imports).exports),
    ...gatherExports.parse(new WebAssembly.Instance(compile(encodeGatherRows), imports).exports),
  };
}
