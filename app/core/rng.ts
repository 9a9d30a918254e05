/** Source of randomness that models take as an argument; [0, 1). */
export interface Rng {
  next(): number;
  /** Uniform integer in [0, below). */
  below(bound: number): number;
}

/** xoshiro128** seeded by splitmix32: same seed, same numbers on every machine (Blackman & Vigna 2018). Not for secrets. */
export function createRng(seed: number): Rng {
  let s = seed >>> 0;
  const split = () => {
    s = (s + 0x9e3779b9) >>> 0;
    let z = s;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return (z ^ (z >>> 15)) >>> 0;
  };
  let a = split(), b = split(), c = split(), d = split();
  const nextUint = () => {
    const m = Math.imul(b, 5);
    const result = Math.imul((m << 7) | (m >>> 25), 9) >>> 0;
    const t = b << 9;
    c ^= a; d ^= b; b ^= c; a ^= d; c ^= t;
    d = (d << 11) | (d >>> 21);
    return result;
  };
  const next = () => ((nextUint() >>> 5) * 67108864 + (nextUint() >>> 6)) / 9007199254740992;
  return { next, below: (bound) => Math.floor(next() * bound) };
}
