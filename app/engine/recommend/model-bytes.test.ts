import { expect, it } from "vitest";
import { decodeModel, encodeModel } from "./model-bytes.ts";

const parts = { meta: { items: 3 }, arrays: { ids: Float64Array.of(7, 8, 9), counts: Int32Array.of(1, -2), bytes: Uint8Array.of(255) } };

it("a model comes back alike from plain bytes and from a Buffer inside a larger one, as a database gives it", () => {
  const bytes = encodeModel("kind", 2, parts);
  const large = Buffer.concat([Buffer.alloc(5), bytes, Buffer.alloc(3)]);
  for (const given of [bytes, large.subarray(5, 5 + bytes.length)]) expect(decodeModel(given, "kind", 2)).toEqual(parts);
});

it("refuses another kind, another version and bytes that end early", () => {
  const bytes = encodeModel("kind", 2, parts);
  expect(() => decodeModel(bytes, "other", 2)).toThrow("a model of kind version 2, not of other version 2");
  expect(() => decodeModel(bytes, "kind", 3)).toThrow("not of kind version 3");
  expect(() => decodeModel(bytes.subarray(0, bytes.length - 9), "kind", 2)).toThrow("ends in the middle of");
});
