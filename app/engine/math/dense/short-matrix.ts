import { z } from "zod";
import { encodeModule, op, type } from "./wasm-bytes.ts";

/** A matrix that is multiplied by one vector after another: 2 bytes an entry, so that memory carries half of what floats would need. */
export interface ShortMatrix {
  /** out[r] += factor (row r . vector); `vector` has one entry a column. */
  addProduct(vector: Float64Array, factor: number, out: Float64Array): void;
}

type ShortDots = (out: number, matrix: number, vector: number, groups: number, bytes: number) => void;

const GROUP = 4;
/** Columns that one step takes. */
const UNIT = 8;
const PAGE = 65_536;
/** Largest whole number of a row, and of a vector. */
const ROW_LIMIT = 4_095;
const VECTOR_LIMIT = 32_767;
/** What a sum of products may reach: by Cauchy & Schwarz no row's product passes the two lengths multiplied. Some room for rounding. */
const SUM_LIMIT = 2 ** 31 * 0.98;

/**
 * Rows are scaled to whole numbers each by its own largest entry, the vector by its own: an error of some 1e-4 of the two lengths, which
 * is far below what separates two recommended products. `rows` is row-major with `columns` numbers a row.
 */
export function createShortMatrix(rows: Float32Array, count: number, columns: number): ShortMatrix {
  const width = Math.ceil(columns / UNIT) * UNIT;
  const padded = Math.ceil(count / GROUP) * GROUP;
  const vectorAt = 2 * padded * width;
  const outAt = vectorAt + 2 * width;
  const memory = new WebAssembly.Memory({ initial: Math.ceil((outAt + 4 * padded) / PAGE), maximum: Math.ceil((outAt + 4 * padded) / PAGE), shared: true });
  const shorts = new Int16Array(memory.buffer);
  const sums = new Int32Array(memory.buffer, outAt, padded);
  const scale = new Float64Array(count);
  let longest = 1;
  for (let r = 0; r < count; r += 1) {
    let largest = 0;
    for (let c = 0; c < columns; c += 1) largest = Math.max(largest, Math.abs(rows[r * columns + c]));
    if (largest === 0) continue;
    scale[r] = largest / ROW_LIMIT;
    let square = 0;
    for (let c = 0; c < columns; c += 1) {
      const whole = Math.round(rows[r * columns + c] / scale[r]);
      shorts[r * width + c] = whole;
      square += whole * whole;
    }
    longest = Math.max(longest, Math.sqrt(square));
  }
  const shortDots = instantiate(memory);
  return {
    addProduct(vector, factor, out) {
      let largest = 0;
      let square = 0;
      for (let c = 0; c < columns; c += 1) {
        largest = Math.max(largest, Math.abs(vector[c]));
        square += vector[c] * vector[c];
      }
      if (largest === 0) return;
      // Rounding adds at most half a unit an entry to the vector's length.
      const step = Math.max(largest / VECTOR_LIMIT, Math.sqrt(square) / (SUM_LIMIT / longest - Math.sqrt(columns) / 2));
      for (let c = 0; c < columns; c += 1) shorts[vectorAt / 2 + c] = Math.round(vector[c] / step);
      shortDots(outAt, 0, vectorAt, padded / GROUP, 2 * width);
      for (let r = 0; r < count; r += 1) out[r] += factor * step * scale[r] * sums[r];
    },
  };
}

function encodeShortDots(): Uint8Array<ArrayBuffer> {
  const [out, matrix, vector, groups, bytes] = [0, 1, 2, 3, 4];
  const [vectorAt, left] = [5, 6];
  const rows = [0, 1, 2, 3];
  const addressOf = (r: number) => 7 + r;
  const sumOf = (r: number) => 11 + r;
  const bump = (local: number, by: readonly number[]) => [...op.get(local), ...by, ...op.add, ...op.set(local)];
  const countDown = (local: number, by: number) => [...op.get(local), ...op.i32(by), ...op.sub, ...op.tee(local), ...op.brIf(0)];
  const body = [
    ...op.loop,
    ...op.get(matrix), ...op.set(addressOf(0)),
    ...[1, 2, 3].flatMap((r) => [...op.get(addressOf(r - 1)), ...op.get(bytes), ...op.add, ...op.set(addressOf(r))]),
    ...op.get(vector), ...op.set(vectorAt), ...op.get(bytes), ...op.set(left),
    ...rows.flatMap((r) => [...op.zeroVector, ...op.set(sumOf(r))]),
    ...op.loop,
    ...rows.flatMap((r) => [...op.get(addressOf(r)), ...op.loadVector(0), ...op.get(vectorAt), ...op.loadVector(0), ...op.dotShorts, ...op.get(sumOf(r)), ...op.addInts, ...op.set(sumOf(r))]),
    ...rows.flatMap((r) => bump(addressOf(r), op.i32(2 * UNIT))), ...bump(vectorAt, op.i32(2 * UNIT)), ...countDown(left, 2 * UNIT),
    ...op.end,
    ...op.get(addressOf(3)), ...op.set(matrix),
    ...rows.flatMap((r) => [...op.get(out), ...[0, 1, 2, 3].flatMap((lane) => [...op.get(sumOf(r)), ...op.laneInt(lane), ...(lane > 0 ? op.add : [])]), ...op.storeInt(4 * r)]),
    ...bump(out, op.i32(4 * GROUP)), ...countDown(groups, 1),
    ...op.end,
  ];
  return encodeModule({ exportName: "shortDots", parameters: 5, locals: [[6, type.i32], [4, type.v128]], body });
}

const exportsSchema = z.object({ shortDots: z.custom<ShortDots>((value) => typeof value === "function") });
let compiled: WebAssembly.Module | null = null;

function instantiate(memory: WebAssembly.Memory): ShortDots {
  compiled ??= new WebAssembly.Module(encodeShortDots());
  return exportsSchema.parse(new WebAssembly.Instance(compiled, { env: { memory } }).exports).shortDots;
}
