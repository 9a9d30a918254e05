import { Text } from "@shopify/polaris";

export interface BarListRow {
  readonly key: string;
  readonly label: string;
  /** 0..1: how long the bar is. */
  readonly share: number;
  readonly valueText: string;
}

interface Props {
  /** What the bars say, for who hears them. */
  readonly label: string;
  readonly rows: readonly BarListRow[];
  /** Draws a mark at this place: what is usual. */
  readonly mark?: number;
}

/** Names with bars beside them; the words are the table, so no other form is needed. */
export function BarList({ label, rows, mark }: Props) {
  return (
    <ul className="tessera-bars" aria-label={label}>
      {rows.map((row) => (
        <li key={row.key}>
          <Text as="span">{row.label}</Text>
          <span className="tessera-bar" aria-hidden="true">
            <i style={{ inlineSize: `${Math.round(Math.min(1, Math.max(0, row.share)) * 100)}%` }} />
            {mark === undefined ? null : <b style={{ insetInlineStart: `${mark * 100}%` }} />}
          </span>
          <span className="tessera-bar-value">{row.valueText}</span>
        </li>
      ))}
    </ul>
  );
}
