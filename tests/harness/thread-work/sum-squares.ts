/** Work for the test of threads: TypeScript, typed arrays in and out. */
export function sumSquares({ values, factor }: { values: Float64Array; factor: number }): { squares: Float64Array; total: number } {
  const squares = values.map((value) => value * value * factor);
  return { squares, total: squares.reduce((sum, value) => sum + value, 0) };
}

export function fail(message: string): never {
  throw new RangeError(message);
}

export function spin(): never {
  for (;;);
}

export function leave(code: number): never {
  process.exit(code);
}
