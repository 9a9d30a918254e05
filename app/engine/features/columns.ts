type Memory = ArrayBuffer | SharedArrayBuffer;
const kinds = {
  f64: { bytes: 8, over: (memory: Memory): Float64Array => new Float64Array(memory) },
  f32: { bytes: 4, over: (memory: Memory): Float32Array => new Float32Array(memory) },
  i32: { bytes: 4, over: (memory: Memory): Int32Array => new Int32Array(memory) },
  u16: { bytes: 2, over: (memory: Memory): Uint16Array => new Uint16Array(memory) },
  u8: { bytes: 1, over: (memory: Memory): Uint8Array => new Uint8Array(memory) },
} as const;
type Kind = keyof typeof kinds;

/** Kind of the numbers of a column, and how many a row has. */
export type ColumnShape = readonly [kind: Kind, perRow: number];
export type TableShape = Readonly<Record<string, ColumnShape>>;
export type ColumnsOf<S extends TableShape> = { readonly [Name in keyof S]: ReturnType<(typeof kinds)[S[Name][0]]["over"]> };

/** Zeroed columns of `count` rows. Shared ones can be filled by several threads, each its own rows, without a copy. */
export function allocateColumns<S extends TableShape>(shape: S, count: number, isShared = false): ColumnsOf<S> {
  const entries = Object.entries(shape).map(([name, [kind, perRow]]) => {
    const bytes = count * perRow * kinds[kind].bytes;
    return [name, kinds[kind].over(isShared ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes))] as const;
  });
  // Object.fromEntries forgets the names; they are those of the shape.
  return Object.fromEntries(entries) as ColumnsOf<S>;
}

/** The rows from .. to - 1 of each column, without a copy. */
export function sliceColumns<S extends TableShape>(shape: S, columns: ColumnsOf<S>, from: number, to: number): ColumnsOf<S> {
  const entries = Object.entries(shape).map(([name, [, perRow]]) => [name, columns[name].subarray(from * perRow, to * perRow)] as const);
  return Object.fromEntries(entries) as ColumnsOf<S>;
}
