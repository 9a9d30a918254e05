/** What one bench is; the contract of its JSON is in docs/performance.md. */
export type Params = Readonly<Record<string, number | string>>;
export type Figures = Readonly<Record<string, number | null>>;

export interface BenchResult {
  readonly figures: Figures;
  readonly peers: Readonly<Record<string, Figures>>;
  /** Our time / the peer's, of medians of alternating runs on the same input. */
  readonly ratios: Readonly<Record<string, number>>;
  /** Peers that are not installed here. */
  readonly missing?: readonly string[];
  readonly notes?: readonly string[];
}

export interface Bench {
  /** Options with their defaults; a number stays a number. */
  readonly options: Params;
  run(params: Params, progress: (message: string) => void): Promise<BenchResult>;
}

export function numberOf(params: Params, name: string): number {
  const value = params[name];
  if (typeof value !== "number") throw new Error(`--${name} must be a number`);
  return value;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Four digits: more is noise. */
export function round(value: number): number {
  return Number(value.toPrecision(4));
}
