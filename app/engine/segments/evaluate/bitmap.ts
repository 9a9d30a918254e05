/** One bit per customer row; bits beyond `count` are always 0. */
export type Bitmap = Uint32Array;

export function emptyBitmap(count: number): Bitmap {
  return new Uint32Array((count + 31) >>> 5);
}

export function fullBitmap(count: number): Bitmap {
  const bits = emptyBitmap(count).fill(0xffffffff);
  if (count % 32 !== 0) bits[bits.length - 1] = 2 ** (count % 32) - 1;
  return bits;
}

export function hasBit(bits: Bitmap, row: number): boolean {
  return (bits[row >>> 5] & (1 << (row & 31))) !== 0;
}

export function setBit(bits: Bitmap, row: number): void {
  bits[row >>> 5] |= 1 << (row & 31);
}

export function andBits(a: Bitmap, b: Bitmap): Bitmap {
  const result = new Uint32Array(a.length);
  for (let i = 0; i < a.length; i++) result[i] = a[i] & b[i];
  return result;
}

export function orBits(a: Bitmap, b: Bitmap): Bitmap {
  const result = new Uint32Array(a.length);
  for (let i = 0; i < a.length; i++) result[i] = a[i] | b[i];
  return result;
}

/** In `a` and not in `b`. */
export function minusBits(a: Bitmap, b: Bitmap): Bitmap {
  const result = new Uint32Array(a.length);
  for (let i = 0; i < a.length; i++) result[i] = a[i] & ~b[i];
  return result;
}

export function countBits(bits: Bitmap): number {
  let total = 0;
  for (let i = 0; i < bits.length; i++) {
    // Number of ones of a word, in parallel sums (Warren, Hacker's Delight, figure 5-2).
    let x = bits[i];
    x -= (x >>> 1) & 0x55555555;
    x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
    x = (x + (x >>> 4)) & 0x0f0f0f0f;
    total += Math.imul(x, 0x01010101) >>> 24;
  }
  return total;
}

/** Rows that are set, ascending. */
export function listBits(bits: Bitmap): Int32Array {
  const rows = new Int32Array(countBits(bits));
  let at = 0;
  for (let i = 0; i < bits.length; i++) {
    for (let word = bits[i]; word !== 0; word &= word - 1) rows[at++] = (i << 5) + 31 - Math.clz32(word & -word);
  }
  return rows;
}

export function bitsOf(rows: Iterable<number>, count: number): Bitmap {
  const bits = emptyBitmap(count);
  for (const row of rows) setBit(bits, row);
  return bits;
}

/** Rows that pass, of the given or, with null, of all. */
export function selectRows(rows: Int32Array | null, count: number, test: (row: number) => boolean): Bitmap {
  const bits = emptyBitmap(count);
  if (rows) {
    for (let at = 0; at < rows.length; at++) if (test(rows[at])) setBit(bits, rows[at]);
  } else {
    for (let row = 0; row < count; row++) if (test(row)) setBit(bits, row);
  }
  return bits;
}
