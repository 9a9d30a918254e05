import { BlockStack } from "@shopify/polaris";
import { Link } from "@remix-run/react";

export interface SharePart {
  readonly key: string;
  readonly label: string;
  readonly value: number;
  readonly valueText: string;
  readonly shareText: string;
  readonly to?: string;
  /** Index of the colour in tessera.css */
  readonly colour: number;
}

interface Props {
  readonly parts: readonly SharePart[];
  readonly summary: string;
  /** False where a table under the bar is the legend, with a `Swatch` in each row. */
  readonly hasLegend?: boolean;
}

/** One bar cut into shares; its legend is the table alternative and always visible. */
export function ShareBar({ parts, summary, hasLegend = true }: Props) {
  const total = parts.reduce((sum, part) => sum + part.value, 0) || 1;
  let start = 0;
  return (
    <BlockStack gap="300">
      <svg role="img" aria-label={summary} className="tessera-share" viewBox="0 0 1000 24" preserveAspectRatio="none">
        {parts.map((part) => {
          const width = (part.value / total) * 1000;
          const x = start;
          start += width;
          return (
            <rect key={part.key} x={x} width={Math.max(0, width - 2)} y={0} height={24} className={`tessera-colour-${part.colour}`}>
              <title>{`${part.label}: ${part.valueText} (${part.shareText})`}</title>
            </rect>
          );
        })}
      </svg>
      {hasLegend ? <Legend parts={parts} /> : null}
    </BlockStack>
  );
}

function Legend({ parts }: { parts: readonly SharePart[] }) {
  return (
    <ul className="tessera-legend">
      {parts.map((part) => (
        <li key={part.key}>
          <Swatch colour={part.colour} />
          <span className="tessera-legend-label">{part.to ? <Link to={part.to}>{part.label}</Link> : part.label}</span>
          <span className="tessera-legend-value">{part.valueText}</span>
          <span className="tessera-legend-share">{part.shareText}</span>
        </li>
      ))}
    </ul>
  );
}

/** A colour of a picture beside its name. */
export function Swatch({ colour }: { colour: number }) {
  return <svg aria-hidden="true" className="tessera-swatch" width="10" height="10"><rect width="10" height="10" rx="2" className={`tessera-colour-${colour}`} /></svg>;
}
