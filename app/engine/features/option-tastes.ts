import type { VariantsBought } from "./profile-extras.ts";

export const TOP_OPTIONS = 3;

/** Option values that a customer bought ("M", "Blue"), from the titles of the variants; most units first. */
export interface OptionTastes {
  /** TOP_OPTIONS a customer, index into `names`; -1 = empty place. */
  readonly value: Int32Array;
  /** Part of the customer's units that have the value, 0..1; NaN in an empty place. */
  readonly share: Float32Array;
  readonly names: readonly string[];
  /** The size bought most: index into `names`, -1 without a size. */
  readonly size: Int32Array;
  /** Different sizes bought. */
  readonly sizes: Uint8Array;
}

/** What Shopify calls the only variant of a product without options. */
const NO_OPTION = "Default Title";
const SIZE = /^(x{0,4}[sl]|m|[2-6]xl|(xx-?|x-)?(small|large)|medium|one size|os|(eu|us|uk|it|fr|w|l)? ?\d{1,3}([.,]5|½)?( ?(cm|mm|inch|"))?|\d{2}[/x]\d{2}|\d{1,2}[a-h]|\d{1,2}-\d{1,2} ?(m|y|months|years)?)$/i;

/** Whether an option value is a size as clothes, shoes and rings have them. */
export function isSize(value: string): boolean {
  return SIZE.test(value.trim());
}

/** `rows` of the whole snapshot. Linear in the variants that they bought. */
export function computeOptionTastes({ start, title, units, titles }: VariantsBought, rows: Int32Array): OptionTastes {
  const codes = new Map<string, number>();
  const names: string[] = [];
  const sized: boolean[] = [];
  const valuesOf = titles.map((text) =>
    Int32Array.from(text === NO_OPTION ? [] : text.split(" / ").map((part) => part.trim()).filter((part) => part !== ""), (part) => {
      let code = codes.get(part);
      if (code === undefined) {
        codes.set(part, (code = names.length));
        names.push(part);
        sized.push(isSize(part));
      }
      return code;
    }),
  );
  const count = rows.length;
  const value = new Int32Array(count * TOP_OPTIONS).fill(-1);
  const share = new Float32Array(count * TOP_OPTIONS).fill(NaN);
  const size = new Int32Array(count).fill(-1);
  const sizes = new Uint8Array(count);
  const tally = new Float64Array(names.length);
  const seen = new Int32Array(names.length);
  for (let i = 0; i < count; i++) {
    let distinct = 0;
    let all = 0;
    for (let at = start[rows[i]]; at < start[rows[i] + 1]; at++) {
      if (!(units[at] > 0)) continue;
      all += units[at];
      for (const code of valuesOf[title[at]]) {
        if (tally[code] === 0) seen[distinct++] = code;
        tally[code] += units[at];
      }
    }
    for (let place = 0; place < TOP_OPTIONS; place++) {
      let best = -1;
      for (let k = 0; k < distinct; k++) {
        const code = seen[k];
        const isTaken = place > 0 && value.subarray(i * TOP_OPTIONS, i * TOP_OPTIONS + place).includes(code);
        if (!isTaken && (best < 0 || tally[code] > tally[best] || (tally[code] === tally[best] && code < best))) best = code;
      }
      if (best < 0) break;
      value[i * TOP_OPTIONS + place] = best;
      share[i * TOP_OPTIONS + place] = tally[best] / all;
    }
    for (let k = 0; k < distinct; k++) {
      const code = seen[k];
      if (sized[code]) {
        if (sizes[i] < 255) sizes[i]++;
        if (size[i] < 0 || tally[code] > tally[size[i]] || (tally[code] === tally[size[i]] && code < size[i])) size[i] = code;
      }
    }
    for (let k = 0; k < distinct; k++) tally[seen[k]] = 0;
  }
  return { value, share, names, size, sizes };
}
