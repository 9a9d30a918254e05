interface Props {
  readonly low: number;
  readonly value: number;
  readonly high: number;
  /** Ends of the scale. */
  readonly from: number;
  readonly to: number;
  /** What is usual. */
  readonly mark: number;
  readonly summary: string;
}

/** A figure as a point on its interval, beside what is usual. */
export function IntervalBar({ low, value, high, from, to, mark, summary }: Props) {
  const at = (figure: number) => `${(Math.min(1, Math.max(0, (figure - from) / (to - from))) * 100).toFixed(1)}%`;
  const width = `${Math.max(0, Math.min(1, (high - from) / (to - from)) - Math.max(0, (low - from) / (to - from))) * 100}%`;
  return (
    <div className="tessera-interval" role="img" aria-label={summary}>
      <i style={{ insetInlineStart: at(low), inlineSize: width }} />
      <u style={{ insetInlineStart: at(mark) }} />
      <b style={{ insetInlineStart: at(value) }} />
    </div>
  );
}
