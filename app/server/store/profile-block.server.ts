import { deflateRawSync, inflateRawSync } from "node:zlib";
import { z } from "zod";
import type { FieldStore, ProfileValue } from "#app/core/profile-fields.ts";

/**
 * Profiles of some customers as one compressed block: a JSON header that describes its columns, the ids, then one typed column after another with the bytes
 * of equal weight side by side, which deflate packs well. A block says itself what it holds, so that older versions stay readable.
 */
export interface BlockColumn {
  readonly name: string;
  readonly store: FieldStore;
  /** Values a customer. */
  readonly width: number;
  /** Texts that the values point into; null for plain numbers. */
  readonly texts: readonly string[] | null;
  /** As stored: `absentOf` where there is nothing to say. */
  readonly values: StoredColumn;
}

export type StoredColumn = Uint8Array | Uint16Array | Uint32Array | Float32Array | Float64Array;

export interface ProfileBlock {
  readonly ids: Float64Array;
  readonly columns: readonly BlockColumn[];
}

const FORMAT = 1;
const HEADER_LENGTH = 4;
/** Shares are kept to a hundredth of a percent. */
const SHARE_STEPS = 10_000;
const header = z.object({
  format: z.literal(FORMAT),
  count: z.number().int().min(0),
  columns: z.array(z.object({
    name: z.string(), store: z.enum(["u8", "u16", "u32", "f32", "f64", "share", "seconds"]), width: z.number().int().min(1), texts: z.array(z.string()).nullable(),
  })),
});

const arrays = { u8: Uint8Array, u16: Uint16Array, u32: Uint32Array, f32: Float32Array, f64: Float64Array, share: Uint16Array, seconds: Uint32Array } as const;

export function createColumn(store: FieldStore, length: number): StoredColumn {
  return new arrays[store](length);
}

/** What stands for "nothing to say". */
export function absentOf(store: FieldStore): number {
  const width = arrays[store].BYTES_PER_ELEMENT;
  return store === "f32" || store === "f64" ? NaN : 2 ** (8 * width) - 1;
}

/** Puts natural values (shares 0..1, instants in ms) into a stored column; NaN and what does not fit are absent. */
export function packValues(store: FieldStore, values: ArrayLike<number>, from: number, to: number, out: StoredColumn): void {
  const scale = store === "share" ? SHARE_STEPS : store === "seconds" ? 0.001 : 1;
  if (store === "f32" || store === "f64") {
    for (let i = from; i < to; i++) out[i - from] = values[i];
    if (out instanceof Float32Array) dropNoise(out);
    return;
  }
  const absent = absentOf(store);
  for (let i = from; i < to; i++) {
    const value = Math.round(values[i] * scale);
    out[i - from] = value >= 0 && value < absent ? value : absent;
  }
}

/** Keeps 15 bits of a float's fraction (1 in 65,000): the rest tells nothing and does not compress. */
function dropNoise(column: Float32Array): void {
  const bits = new Uint32Array(column.buffer, column.byteOffset, column.length);
  for (let i = 0; i < bits.length; i++) if (!Number.isNaN(column[i])) bits[i] = (bits[i] + 0x80) & 0xffffff00;
}

export function encodeBlock({ ids, columns }: ProfileBlock, level = 4): Buffer {
  const described = { format: FORMAT, count: ids.length, columns: columns.map(({ name, store, width, texts }) => ({ name, store, width, texts })) };
  const head = Buffer.from(JSON.stringify(described));
  const size = Buffer.alloc(HEADER_LENGTH);
  size.writeUInt32LE(head.length);
  return deflateRawSync(Buffer.concat([size, head, ...[ids, ...columns.map((column) => column.values)].map(shuffle)]), { level });
}

/** Throws on bytes that are no block. */
export function decodeBlock(bytes: Uint8Array): ProfileBlock {
  const raw = inflateRawSync(bytes);
  const bodyAt = HEADER_LENGTH + raw.readUInt32LE(0);
  const { count, columns } = header.parse(JSON.parse(raw.toString("utf8", HEADER_LENGTH, bodyAt)));
  let at = bodyAt;
  const take = <T extends StoredColumn>(column: T): T => {
    unshuffle(raw, at, column);
    at += column.byteLength;
    return column;
  };
  const ids = take(new Float64Array(count));
  const block = { ids, columns: columns.map((column) => ({ ...column, values: take(createColumn(column.store, count * column.width)) })) };
  if (at !== raw.length) throw new Error(`a profile block has ${raw.length} bytes where its header says ${at}`);
  return block;
}

/** Byte 0 of every value, then byte 1 of every value, ... */
function shuffle(column: StoredColumn): Buffer {
  const bytes = new Uint8Array(column.buffer, column.byteOffset, column.byteLength);
  const width = column.BYTES_PER_ELEMENT;
  const out = Buffer.allocUnsafe(bytes.length);
  const count = column.length;
  for (let plane = 0, to = 0; plane < width; plane++) for (let i = 0, from = plane; i < count; i++, from += width) out[to++] = bytes[from];
  return out;
}

function unshuffle(raw: Uint8Array, at: number, column: StoredColumn): void {
  const bytes = new Uint8Array(column.buffer, column.byteOffset, column.byteLength);
  const width = column.BYTES_PER_ELEMENT;
  const count = column.length;
  if (at + bytes.length > raw.length) throw new Error("a profile block ends in the middle of a column");
  for (let plane = 0, from = at; plane < width; plane++) for (let i = 0, to = plane; i < count; i++, to += width) bytes[to] = raw[from++];
}

/** One value of one customer row; null where nothing is known. */
export function readValue({ store, width, texts, values }: BlockColumn, row: number, place = 0): ProfileValue {
  const value = naturalOf(store, values[row * width + place]);
  if (Number.isNaN(value)) return null;
  return texts ? (texts[value] ?? null) : value;
}

/** A stored number in its own unit; NaN when absent. */
export function naturalOf(store: FieldStore, stored: number): number {
  if (stored === absentOf(store)) return NaN;
  if (store === "share") return stored / SHARE_STEPS;
  return store === "seconds" ? stored * 1000 : stored;
}

/** The same block with some rows left out. */
export function withoutRows({ ids, columns }: ProfileBlock, isLeftOut: (id: number) => boolean): ProfileBlock {
  const kept: number[] = [];
  ids.forEach((id, row) => {
    if (!isLeftOut(id)) kept.push(row);
  });
  return {
    ids: Float64Array.from(kept, (row) => ids[row]),
    columns: columns.map((column) => {
      const values = createColumn(column.store, kept.length * column.width);
      kept.forEach((row, i) => {
        for (let place = 0; place < column.width; place++) values[i * column.width + place] = column.values[row * column.width + place];
      });
      return { ...column, values };
    }),
  };
}
