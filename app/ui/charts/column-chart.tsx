import { BlockStack, InlineStack, Text } from "@shopify/polaris";
import { TableAlternative } from "./table-alternative.tsx";

export interface ChartColumn {
  readonly label: string;
  readonly value: number;
  readonly valueText: string;
  /** Part of a period that is not over yet. */
  readonly isPartial?: boolean;
}

interface Props {
  readonly columns: readonly ChartColumn[];
  /** One sentence that says what a sighted reader takes from the picture. */
  readonly summary: string;
  readonly labelTitle: string;
  readonly valueTitle: string;
}

const HEIGHT = 100;
/** Room for the figure of the highest column above it. */
const HEADROOM = 12;
const STEP = 12;
const GAP = 3;

/** Columns in an SVG of fixed height, so the page never shifts; the words stand outside it and keep their size on a phone. */
export function ColumnChart({ columns, summary, labelTitle, valueTitle }: Props) {
  const highest = Math.max(1, ...columns.map((column) => column.value));
  const width = Math.max(1, columns.length) * STEP;
  return (
    <BlockStack gap="200">
      <div className="tessera-chart tessera-chart-frame">
        <span className="tessera-chart-top" aria-hidden="true">{columns.find((column) => column.value === highest)?.valueText} <small>{valueTitle}</small></span>
        <svg role="img" aria-label={summary} viewBox={`0 0 ${width} ${HEIGHT}`} preserveAspectRatio="none">
          {[0, 0.5].map((share) => HEADROOM + (HEIGHT - HEADROOM) * share).map((y) => <line key={y} className="tessera-chart-line" x1={0} x2={width} y1={y} y2={y} />)}
          {columns.map((column, index) => {
            const height = (column.value / highest) * (HEIGHT - HEADROOM);
            return (
              <rect key={column.label} className={column.isPartial ? "tessera-column is-partial" : "tessera-column"} x={index * STEP + GAP / 2} width={STEP - GAP} y={HEIGHT - height} height={height}>
                <title>{`${column.label}: ${column.valueText}`}</title>
              </rect>
            );
          })}
        </svg>
      </div>
      <InlineStack align="space-between">
        <Text as="span" variant="bodySm" tone="subdued">{columns[0]?.label}</Text>
        <Text as="span" variant="bodySm" tone="subdued">{columns.at(-1)?.label}</Text>
      </InlineStack>
      <TableAlternative caption={summary} headings={[labelTitle, valueTitle]} rows={columns.map((column) => [column.label, column.valueText])} />
    </BlockStack>
  );
}
