/** A model as bytes: a line of JSON that names kind, version and arrays, then the arrays, each aligned to eight bytes. */
import { z } from "zod";

const arrayTypes = { Float64Array, Float32Array, Int32Array, Uint8Array } as const;
type ModelArray = Float64Array | Float32Array | Int32Array | Uint8Array;

const header = z.object({
  kind: z.string(),
  version: z.number(),
  meta: z.unknown(),
  arrays: z.array(z.object({ name: z.string(), type: z.enum(["Float64Array", "Float32Array", "Int32Array", "Uint8Array"]), length: z.number().int().nonnegative() })),
});

const ALIGNMENT = 8;
const align = (offset: number) => Math.ceil(offset / ALIGNMENT) * ALIGNMENT;

export interface ModelParts {
  readonly meta: unknown;
  readonly arrays: Readonly<Record<string, ModelArray>>;
}

export function encodeModel(kind: string, version: number, parts: ModelParts): Uint8Array {
  const entries = Object.entries(parts.arrays);
  const describe = ([name, array]: [string, ModelArray]) => ({ name, type: typeName(array), length: array.length });
  const head = new TextEncoder().encode(`${JSON.stringify({ kind, version, meta: parts.meta, arrays: entries.map(describe) })}\n`);
  const size = entries.reduce((offset, [, array]) => align(offset + array.byteLength), align(head.length));
  const bytes = new Uint8Array(size);
  bytes.set(head);
  let offset = align(head.length);
  for (const [, array] of entries) {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), offset);
    offset = align(offset + array.byteLength);
  }
  return bytes;
}

/** Throws on another kind or version, and on bytes that end early. Numbers are in the machine's own byte order. */
export function decodeModel(bytes: Uint8Array, kind: string, version: number): ModelParts {
  const headEnd = bytes.indexOf(10);
  if (headEnd < 0) throw new Error(`not a model of ${kind}`);
  const head = header.parse(JSON.parse(new TextDecoder().decode(bytes.subarray(0, headEnd))));
  if (head.kind !== kind || head.version !== version) throw new Error(`a model of ${head.kind} version ${head.version}, not of ${kind} version ${version}`);
  const arrays: Record<string, ModelArray> = {};
  let offset = align(headEnd + 1);
  for (const { name, type, length } of head.arrays) {
    const size = length * arrayTypes[type].BYTES_PER_ELEMENT;
    if (offset + size > bytes.length) throw new Error(`a model of ${kind} that ends in the middle of ${name}`);
    // A copy, aligned: `slice` of the Buffer that a database gives is a view of the whole.
    arrays[name] = new arrayTypes[type](new Uint8Array(bytes.subarray(offset, offset + size)).buffer);
    offset = align(offset + size);
  }
  return { meta: head.meta, arrays };
}

function typeName(array: ModelArray): keyof typeof arrayTypes {
  if (array instanceof Float64Array) return "Float64Array";
  if (array instanceof Float32Array) return "Float32Array";
  return array instanceof Int32Array ? "Int32Array" : "Uint8Array";
}
