import { Button, ButtonGroup, InlineStack, Text } from "@shopify/polaris";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { SegmentSize } from "#app/core/segment-views.ts";
import { TableAlternative } from "../charts/table-alternative.tsx";
import { useFormat } from "../format/format-context.tsx";
import { SectionCard } from "../frames/section-card.tsx";

const WIDTH = 720;
const HEIGHT = 150;
const MOST_ROWS = 60;

/** Size or value of a segment over a year, one point for each time its members were counted. */
export function SizeHistory({ sizes }: { readonly sizes: readonly SegmentSize[] }) {
  const { t } = useTranslation("segmentAnswers");
  const format = useFormat();
  const [shown, setShown] = useState<"size" | "value">("size");
  const [first, last] = [sizes[0], sizes[sizes.length - 1]];
  const valueOf = (point: SegmentSize) => (shown === "size" ? point.memberCount : point.valueMinor);
  const textOf = (point: SegmentSize) => (shown === "size" ? format.number(point.memberCount) : format.money(point.valueMinor));
  const most = Math.max(1, ...sizes.map(valueOf));
  const span = Math.max(1, (last?.atMs ?? 1) - (first?.atMs ?? 0));
  const points = sizes.map((point) => `${(((point.atMs - first.atMs) / span) * WIDTH).toFixed(1)},${(HEIGHT - 4 - (valueOf(point) / most) * (HEIGHT - 16)).toFixed(1)}`).join(" ");
  return (
    <SectionCard
      title={t("history.title")}
      action={(
        <ButtonGroup variant="segmented">
          <Button size="slim" pressed={shown === "size"} onClick={() => setShown("size")}>{t("history.size")}</Button>
          <Button size="slim" pressed={shown === "value"} onClick={() => setShown("value")}>{t("history.value")}</Button>
        </ButtonGroup>
      )}
    >
      {sizes.length < 2 ? <Text as="p" tone="subdued">{t("history.one")}</Text> : (
        <div className="tessera-history">
          <span className="tessera-chart-top is-static" aria-hidden="true">{shown === "size" ? format.numberShort(most) : format.moneyShort(most)}</span>
          <svg role="img" aria-label={t("history.summary", { first: textOf(first), last: textOf(last), from: format.day(first.atMs), to: format.day(last.atMs) })} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" style={{ height: 150 }}>
            <line className="tessera-chart-line" x1={0} x2={WIDTH} y1={HEIGHT - 2} y2={HEIGHT - 2} />
            <polyline points={points} />
          </svg>
          <InlineStack align="space-between">
            <Text as="span" variant="bodySm" tone="subdued">{format.dateTime(first.atMs)}</Text>
            <Text as="span" variant="bodySm" tone="subdued">{format.dateTime(last.atMs)}</Text>
          </InlineStack>
        </div>
      )}
      {sizes.length > 0 ? (
        <TableAlternative
          caption={t("history.title")} headings={[t("history.day"), t("history.size"), t("history.value"), t("history.joined"), t("history.left")]}
          rows={sizes.slice(-MOST_ROWS).map((point) => [format.dateTime(point.atMs), format.number(point.memberCount), format.money(point.valueMinor), format.number(point.joined), format.number(point.left)])}
        />
      ) : null}
    </SectionCard>
  );
}
