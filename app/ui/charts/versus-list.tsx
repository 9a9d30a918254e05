export interface VersusRow {
  readonly key: string;
  readonly label: string;
  /** Standard deviations from the mean of all. */
  readonly distance: number;
  /** What the bar says, for who hears it. */
  readonly text: string;
}

/** Bars of full length: so many standard deviations. */
const FULL = 2;

/** Bars to both sides of what is usual: above to the right, below to the left. */
export function VersusList({ label, rows }: { label: string; rows: readonly VersusRow[] }) {
  return (
    <ul className="tessera-versus" aria-label={label}>
      {rows.map((row) => {
        const length = Math.min(1, Math.abs(row.distance) / FULL) * 50;
        const isBelow = row.distance < 0;
        return (
          <li key={row.key}>
            <span>{row.label}</span>
            <span role="img" aria-label={row.text}>
              <i className={isBelow ? "is-below" : undefined} style={{ insetInlineStart: `${isBelow ? 50 - length : 50}%`, inlineSize: `${length}%` }} />
            </span>
          </li>
        );
      })}
    </ul>
  );
}
