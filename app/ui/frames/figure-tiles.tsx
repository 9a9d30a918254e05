import { Text } from "@shopify/polaris";

export interface FigureTile {
  readonly key: string;
  readonly title: string;
  readonly value: string;
  /** What the figure means, in a line under it. */
  readonly text: string;
}

/** Figures side by side, each with its name above and its meaning below. */
export function FigureTiles({ tiles }: { tiles: readonly FigureTile[] }) {
  return (
    <dl className="tessera-tiles">
      {tiles.map((tile) => (
        <div key={tile.key}>
          <dt>{tile.title}</dt>
          <dd>
            <div className="tessera-figure">{tile.value}</div>
            <Text as="span" variant="bodySm" tone="subdued">{tile.text}</Text>
          </dd>
        </div>
      ))}
    </dl>
  );
}
