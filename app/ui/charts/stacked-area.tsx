import { BlockStack, InlineStack, Text } from "@shopify/polaris";
import { TableAlternative } from "./table-alternative.tsx";

export interface AreaSeries {
  readonly key: string;
  readonly label: string;
  /** Index of the colour in tessera.css */
  readonly colour: number;
  /** One value a point. */
  readonly values: readonly number[];
}

interface Props {
  readonly points: readonly string[];
  /** From the bottom up. */
  readonly series: readonly AreaSeries[];
  readonly summary: string;
  readonly pointTitle: string;
  readonly format: (value: number) => string;
  readonly formatTop: (value: number) => string;
}

const WIDTH = 1000;
const HEIGHT = 200;

/** Bands on top of each other over time; the legend names each with its latest value, and every value stands in the table. */
export function StackedArea({ points, series, summary, pointTitle, format, formatTop }: Props) {
  const totals = points.map((_, i) => series.reduce((sum, one) => sum + one.values[i], 0));
  const highest = Math.max(1, ...totals);
  const x = (i: number) => (points.length > 1 ? (i / (points.length - 1)) * WIDTH : 0);
  const y = (value: number) => HEIGHT - (value / highest) * HEIGHT;
  const lower = points.map(() => 0);
  const bands = series.map((one) => {
    const bottom = [...lower];
    one.values.forEach((value, i) => (lower[i] += value));
    const top = lower.map((value, i) => `${x(i).toFixed(1)},${y(value).toFixed(1)}`);
    return { ...one, outline: [...top, ...bottom.map((value, i) => `${x(i).toFixed(1)},${y(value).toFixed(1)}`).reverse()].join(" ") };
  });
  return (
    <BlockStack gap="300">
      <div className="tessera-chart tessera-chart-frame is-tall">
        <span className="tessera-chart-top" aria-hidden="true">{formatTop(highest)}</span>
        <svg role="img" aria-label={summary} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none">
          {[0, 0.5].map((share) => <line key={share} className="tessera-chart-line" x1={0} x2={WIDTH} y1={HEIGHT * share} y2={HEIGHT * share} />)}
          {bands.map((band) => (
            <polygon key={band.key} points={band.outline} className={`tessera-colour-${band.colour}`}><title>{band.label}</title></polygon>
          ))}
        </svg>
      </div>
      <InlineStack align="space-between">
        <Text as="span" variant="bodySm" tone="subdued">{points[0]}</Text>
        <Text as="span" variant="bodySm" tone="subdued">{points.at(-1)}</Text>
      </InlineStack>
      <Text as="p">{summary}</Text>
      <ul className="tessera-keys">
        {[...series].reverse().map((one) => (
          <li key={one.key}>
            <svg aria-hidden="true" width="10" height="10"><rect width="10" height="10" rx="2" className={`tessera-colour-${one.colour}`} /></svg>
            <span>{one.label}</span>
            <span className="tessera-key-value">{format(one.values.at(-1) ?? 0)}</span>
          </li>
        ))}
      </ul>
      <TableAlternative caption={summary} headings={[pointTitle, ...series.map(({ label }) => label)]} rows={points.map((point, i) => [point, ...series.map(({ values }) => format(values[i]))])} />
    </BlockStack>
  );
}
