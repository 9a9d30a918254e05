import { BlockStack, Text } from "@shopify/polaris";
import type { CSSProperties } from "react";
import { inkOfShare } from "./cell-ink.ts";
import { WideFrame } from "./wide-frame.tsx";

export interface HeatRow {
  readonly key: string;
  readonly label: string;
  readonly size: string;
  /** 0..1 by column; as many as there are. */
  readonly cells: readonly { readonly share: number; readonly text: string; readonly title: string }[];
}

interface Props {
  readonly summary: string;
  readonly labelTitle: string;
  readonly sizeTitle: string;
  readonly columns: readonly string[];
  readonly rows: readonly HeatRow[];
}

/** A table whose cells are tinted by their figure: picture and figures in one. It scrolls in its own box on a phone. */
export function HeatMap({ summary, labelTitle, sizeTitle, columns, rows }: Props) {
  const highest = Math.max(0.01, ...rows.flatMap((row) => row.cells.map((cell) => cell.share)));
  return (
    <BlockStack gap="200">
      <Text as="p" tone="subdued">{summary}</Text>
      <WideFrame className="tessera-heat-frame" label={summary}>
        <table className="tessera-heat">
          <thead>
            <tr>
              <th scope="col">{labelTitle}</th>
              <th scope="col" className="is-size">{sizeTitle}</th>
              {columns.map((column) => <th key={column} scope="col">{column}</th>)}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.key}>
                <th scope="row">{row.label}</th>
                <td className="is-size">{row.size}</td>
                {columns.map((column, place) => {
                  const cell = row.cells[place];
                  if (!cell) return <td key={column} />;
                  const { weight, isLightText } = inkOfShare(cell.share / highest);
                  return <td key={column} title={cell.title} className={isLightText ? "is-deep" : undefined} style={{ "--weight": Math.round(weight * 10) / 10 } as CSSProperties}>{cell.text}</td>;
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </WideFrame>
    </BlockStack>
  );
}
