import { expect, it } from "vitest";
import { createRng } from "#app/core/rng.ts";
import { createShortMatrix } from "./short-matrix.ts";

it.each([[1, 3], [6, 8], [37, 250], [5, 1000]])("the product of %i x %i numbers, to some ten-thousandths of both lengths", (count, columns) => {
  const rng = createRng(columns);
  const rows = Float32Array.from({ length: count * columns }, () => rng.next() - 0.5);
  const vector = Float64Array.from({ length: columns }, () => 40 * (rng.next() - 0.5));
  const out = new Float64Array(count).fill(7);
  createShortMatrix(rows, count, columns).addProduct(vector, 2, out);
  for (let r = 0; r < count; r += 1) {
    let exact = 7;
    for (let c = 0; c < columns; c += 1) exact += 2 * rows[r * columns + c] * vector[c];
    expect(Math.abs(out[r] - exact)).toBeLessThan(2 * 2e-4 * Math.hypot(...vector) * Math.hypot(...rows.subarray(r * columns, (r + 1) * columns)));
  }
});

it("extreme entries do not overflow", () => {
  const out = new Float64Array(1);
  createShortMatrix(new Float32Array(4096).fill(3), 1, 4096).addProduct(new Float64Array(4096).fill(5), 1, out);
  expect(out[0]).toBeCloseTo(3 * 5 * 4096, -3);
});
