import { BlockStack, InlineStack, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { CalibrationView } from "#app/core/prediction-figures.ts";
import { TableAlternative } from "../charts/table-alternative.tsx";
import { useFormat } from "../format/format-context.tsx";

const HEIGHT = 100;
/** Room for the highest figure. */
const HEADROOM = 12;
const STEP = 24;
const BAR = 9;

/** Pairs of columns, predicted beside actual; the words stand outside the SVG and keep their size on a phone. */
export function DecileChart({ calibration }: { calibration: CalibrationView }) {
  const { t } = useTranslation("predictions");
  const format = useFormat();
  const { deciles, holdoutDays } = calibration;
  const top = deciles[deciles.length - 1];
  const highest = Math.max(1e-9, ...deciles.flatMap(({ meanPredicted, meanActual }) => [meanPredicted, meanActual]));
  const heightOf = (value: number) => (value / highest) * (HEIGHT - HEADROOM);
  const figure = (value: number) => format.number(value, 2);
  const summary = t("test.summary", { days: holdoutDays, predicted: figure(top.meanPredicted), actual: figure(top.meanActual) });
  const series = [
    { key: "predicted", offset: 2, colour: 0, valueOf: (row: (typeof deciles)[number]) => row.meanPredicted },
    { key: "actual", offset: 2 + BAR + 1, colour: 5, valueOf: (row: (typeof deciles)[number]) => row.meanActual },
  ] as const;
  return (
    <BlockStack gap="200">
      <InlineStack gap="400">
        {series.map(({ key, colour }) => (
          <span key={key}>
            <svg aria-hidden="true" width="10" height="10"><rect width="10" height="10" rx="2" className={`tessera-colour-${colour}`} /></svg>{" "}
            <Text as="span" variant="bodySm">{t(`test.${key}`)}</Text>
          </span>
        ))}
        <Text as="span" variant="bodySm" tone="subdued">{t("test.perBuyer")}</Text>
      </InlineStack>
      <div className="tessera-chart tessera-chart-frame">
        <span className="tessera-chart-top" aria-hidden="true">{figure(highest)}</span>
        <svg role="img" aria-label={summary} viewBox={`0 0 ${deciles.length * STEP} ${HEIGHT}`} preserveAspectRatio="none">
          {[0, 0.5].map((share) => HEADROOM + (HEIGHT - HEADROOM) * share).map((y) => <line key={y} className="tessera-chart-line" x1={0} x2={deciles.length * STEP} y1={y} y2={y} />)}
          {deciles.flatMap((row, index) => series.map(({ key, offset, colour, valueOf }) => (
            <rect key={`${row.decile} ${key}`} className={`tessera-colour-${colour}`} x={index * STEP + offset} width={BAR} y={HEIGHT - heightOf(valueOf(row))} height={heightOf(valueOf(row))}>
              <title>{`${row.decile}, ${t(`test.${key}`)}: ${figure(valueOf(row))}`}</title>
            </rect>
          )))}
        </svg>
      </div>
      <InlineStack align="space-between">
        <Text as="span" variant="bodySm" tone="subdued">{t("test.fewest")}</Text>
        <Text as="span" variant="bodySm" tone="subdued">{t("test.most")}</Text>
      </InlineStack>
      <Text as="p" variant="bodySm">{summary}</Text>
      <TableAlternative
        caption={summary}
        headings={[t("test.group"), t("test.predicted"), t("test.actual")]}
        rows={deciles.map((row) => [format.number(row.decile), figure(row.meanPredicted), figure(row.meanActual)])}
      />
    </BlockStack>
  );
}
