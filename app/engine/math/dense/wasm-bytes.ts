/** The few WebAssembly encodings that the kernels need (WebAssembly core specification 2.0, section 5; threads and relaxed SIMD proposals). */
const SIMD = 0xfd;

export const type = { i32: 0x7f, f32: 0x7d, v128: 0x7b } as const;

export const op = {
  loop: [0x03, 0x40],
  end: [0x0b],
  brIf: (depth: number) => [0x0d, depth],
  get: (local: number) => [0x20, local],
  set: (local: number) => [0x21, local],
  tee: (local: number) => [0x22, local],
  i32: (value: number) => [0x41, ...signed(value)],
  add: [0x6a],
  sub: [0x6b],
  mul: [0x6c],
  loadVector: (offset: number) => [SIMD, 0x00, 4, ...unsigned(offset)],
  loadSplat32: (offset: number) => [SIMD, 0x09, 2, ...unsigned(offset)],
  storeVector: (offset: number) => [SIMD, 0x0b, 4, ...unsigned(offset)],
  loadInt: (offset: number) => [0x28, 2, ...unsigned(offset)],
  loadFloat: (offset: number) => [0x2a, 2, ...unsigned(offset)],
  storeFloat: (offset: number) => [0x38, 2, ...unsigned(offset)],
  addFloat: [0x92],
  mulFloat: [0x94],
  zeroVector: [SIMD, 0x0c, ...new Array<number>(16).fill(0)],
  splatFloat: [SIMD, 0x13],
  laneFloat: (lane: number) => [SIMD, 0x1f, lane],
  addFloats: [SIMD, ...unsigned(0xe4)],
  subFloats: [SIMD, ...unsigned(0xe5)],
  mulFloats: [SIMD, ...unsigned(0xe6)],
  laneInt: (lane: number) => [SIMD, 0x1b, lane],
  storeInt: (offset: number) => [0x36, 2, ...unsigned(offset)],
  addInts: [SIMD, ...unsigned(0xae)],
  /** Eight products of 16-bit integers, added in pairs. */
  dotShorts: [SIMD, ...unsigned(0xba)],
  /** a * b + c with one rounding; relaxed SIMD. */
  fusedMultiplyAdd: [SIMD, ...unsigned(0x105)],
  /** c - a * b with one rounding; relaxed SIMD. */
  fusedNegativeMultiplyAdd: [SIMD, ...unsigned(0x106)],
} as const;

export interface FunctionCode {
  readonly exportName: string;
  readonly parameters: number;
  /** [count, type] of each run of locals after the parameters, which are all i32. */
  readonly locals: readonly (readonly [number, number])[];
  readonly body: readonly number[];
}

const MOST_PAGES = 65_536;

/** A module of one function without results, on a shared memory imported as `env.memory`. */
export function encodeModule(code: FunctionCode): Uint8Array<ArrayBuffer> {
  const body = [...vector(code.locals.map(([count, of]) => [...unsigned(count), of])), ...code.body, ...op.end];
  return Uint8Array.from([
    0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00,
    ...section(1, vector([[0x60, ...vector(Array.from({ length: code.parameters }, () => [type.i32])), 0x00]])),
    ...section(2, vector([[...text("env"), ...text("memory"), 0x02, 0x03, ...unsigned(1), ...unsigned(MOST_PAGES)]])),
    ...section(3, vector([[0x00]])),
    ...section(7, vector([[...text(code.exportName), 0x00, 0x00]])),
    ...section(10, vector([[...unsigned(body.length), ...body]])),
  ]);
}

function section(id: number, content: readonly number[]): number[] {
  return [id, ...unsigned(content.length), ...content];
}

function vector(parts: readonly (readonly number[])[]): number[] {
  return [...unsigned(parts.length), ...parts.flat()];
}

function text(value: string): number[] {
  return [...unsigned(value.length), ...new TextEncoder().encode(value)];
}

/** LEB128 */
function unsigned(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>>= 7) {
    if (rest < 0x80) return [...bytes, rest];
    bytes.push((rest & 0x7f) | 0x80);
  }
}

function signed(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>= 7) {
    if (rest >= -0x40 && rest < 0x40) return [...bytes, rest & 0x7f];
    bytes.push((rest & 0x7f) | 0x80);
  }
}
