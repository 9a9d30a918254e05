/** Source of randomness; [0, 1). */
export interface Rng {
  next(): number;
  /** Uniform integer in [0, bound). */
  below(bound: number): number;
}

/** One number per purpose, so that drawing more of one thing never moves another. Append only: the numbers are the data. */
export const STREAM = { catalogue: 1, complements: 2, timeline: 3, basket: 4, person: 5, guest: 6, codes: 7, extras: 8 } as const;

function mix(h: number, value: number): number {
  h = Math.imul(h ^ value, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/**
 * Counter-based: the stream of (seed, stream, index) is found without drawing any other, so that any slice of the shop
 * can be generated again on its own. sfc32 (Chris Doty-Humphrey, PractRand) keyed by murmur3-style mixing. Not for secrets.
 */
export function createStream(seed: number, stream: number, index: number): Rng {
  let a = mix(mix(0x9e3779b9, seed >>> 0), stream);
  let b = mix(a ^ 0x243f6a88, index >>> 0);
  let c = mix(b ^ 0xb7e15162, Math.floor(index / 4294967296) + stream);
  let d = 1;
  const uint = () => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return t >>> 0;
  };
  for (let round = 0; round < 8; round++) uint();
  const next = () => uint() / 4294967296;
  return { next, below: (bound) => Math.floor(next() * bound) };
}

/** The integer behind a seed given as text. */
export function seedNumber(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return h;
}
