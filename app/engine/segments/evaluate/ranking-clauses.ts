import { selectLargest } from "../../math/select-largest.ts";
import type { Matches, Value } from "../language/ast.ts";
import type { ScalarSpec } from "../language/attribute-spec.ts";
import { bitsOf, hasBit, type Bitmap } from "./bitmap.ts";
import { noData, type Clause, type ClauseContext, type NoData, type ShownValues } from "./clause.ts";
import { showNumber } from "./scalar-clause.ts";

/** Of the parameter that is fixed with "=", its value. */
export function fixedValue({ parameters }: Matches, name: string): Value | null {
  const parameter = parameters.find((candidate) => candidate.name === name);
  return parameter?.test.kind === "compare" ? parameter.test.value : null;
}

export function fixedNumber(matches: Matches, name: string): number | null {
  const value = fixedValue(matches, name);
  return value?.kind === "number" ? value.value : null;
}

/** Largest first; equal ones in order of row, which is that of customer ids. */
export function compileTop(matches: Matches, by: ScalarSpec, { columns }: ClauseContext): Clause | NoData {
  const column = columns.find(by.name);
  if (column?.kind !== "numbers") return noData(by.name);
  const { values } = column;
  return wholeShop(
    () => {
      const rows = new Int32Array(values.length);
      let among = 0;
      for (let row = 0; row < values.length; row++) if (!Number.isNaN(values[row])) rows[among++] = row;
      return bitsOf(rows.subarray(0, selectLargest(rows, among, values, sizeOf(matches, among))), values.length);
    },
    (row) => ({ [by.name]: showNumber(column, row, by.unit === "money" ? columns.moneyScale : 1) }),
  );
}

/** A percentage draws each customer by a hash of id and seed, so growth moves nobody in or out; a count takes the smallest hashes. */
export function compileSample(matches: Matches, { columns }: ClauseContext): Clause {
  const { id, count } = columns.snapshot.customers;
  const seed = fixedNumber(matches, "seed") ?? 0;
  const percent = fixedNumber(matches, "percent");
  const show = (row: number) => ({ draw: drawOf(id[row], seed) });
  if (percent !== null) return { kind: "clause", cost: 3, test: (row) => drawOf(id[row], seed) * 100 < percent, show };
  return wholeShop(() => {
    const draws = Float64Array.from(id, (customerId) => -drawOf(customerId, seed));
    const rows = Int32Array.from({ length: count }, (_, row) => row);
    return bitsOf(rows.subarray(0, selectLargest(rows, count, draws, sizeOf(matches, count))), count);
  }, show);
}

function sizeOf(matches: Matches, among: number): number {
  const percent = fixedNumber(matches, "percent");
  return percent === null ? (fixedNumber(matches, "count") ?? 0) : Math.ceil((among * percent) / 100);
}

/** Membership that only the whole shop decides. */
function wholeShop(evaluate: () => Bitmap, show: (row: number) => ShownValues): Clause {
  let members: Bitmap | null = null;
  const get = () => (members ??= evaluate());
  return { kind: "clause", cost: 100, test: (row) => hasBit(get(), row), evaluate: get, show };
}

/** Uniform in [0, 1), by the finaliser of MurmurHash3 (Appleby 2011) over both halves of the id and the seed. */
export function drawOf(customerId: number, seed: number): number {
  let hash = mix((seed | 0) ^ 0x9e3779b9);
  hash = mix(hash ^ (customerId | 0));
  hash = mix(hash ^ Math.floor(customerId / 4294967296));
  return (hash >>> 0) / 4294967296;
}

function mix(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
