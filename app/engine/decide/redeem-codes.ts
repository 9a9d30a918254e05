import type { Rng } from "#app/core/rng.ts";

/** Letters and digits that are not taken for one another when read aloud or typed (no I, O, 0, 1): 5 bits each. */
const ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

/** 10 letters = 50 bits: a thousand guesses a second for a year hit one of 10,000 codes with probability 0.3. */
export const CODE_LETTERS = 10;

/**
 * `count` different codes, none of them in `taken` (upper case), each `prefix-XXXXXXXXXX` or `XXXXXXXXXX`.
 * The caller passes a secret source of randomness: whoever knows the generator's state knows every code.
 */
export function generateCodes(count: number, prefix: string | null, taken: ReadonlySet<string>, rng: Rng): string[] {
  const codes = new Set<string>();
  // Of 2^50 codes hardly one in a million draws is a repeat: many repeats mean a broken source.
  for (let draws = 0; codes.size < count; draws++) {
    if (draws > 100 + 2 * (count + taken.size)) throw new Error("no more codes: the source of randomness repeats itself");
    const code = generateCode(prefix, rng);
    if (!taken.has(code)) codes.add(code);
  }
  return [...codes];
}

function generateCode(prefix: string | null, rng: Rng): string {
  let letters = "";
  for (let i = 0; i < CODE_LETTERS; i++) letters += ALPHABET[rng.below(ALPHABET.length)];
  return prefix === null ? letters : `${prefix}-${letters}`;
}
