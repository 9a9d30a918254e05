import { BlockStack, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { EvaluationReport, FigureSlice, MemberReport } from "#app/core/evaluation-report.ts";
import { TableAlternative } from "../charts/table-alternative.tsx";
import { SectionCard } from "../frames/section-card.tsx";
import { useFormat } from "../format/format-context.tsx";
import { translateOpen } from "../i18n/translate-open.ts";

/** Customers first, then what they bought. */
const KINDS = ["segment", "history", "popularity", "category"] as const;
const PARTS = { segment: ["new", "active", "loyal", "won-back", "at-risk", "lapsed"], history: ["none", "1-2", "3-9", "10+"], popularity: ["head", "torso", "tail", "new"] } as const;

/** For whom and for which products the model in use works, beside best sellers for everybody. */
export function SliceBars({ report, champion }: { report: EvaluationReport; champion: string }) {
  const { t } = useTranslation("recommendations");
  const format = useFormat();
  const name = useSliceName();
  const slices = slicesOf(report.members, champion);
  const usual = new Map(slicesOf(report.members, "popularity").map((slice) => [`${slice.by} ${slice.name}`, slice]));
  const kinds = KINDS.map((by) => ({ by, parts: inOrder(slices.filter((slice) => slice.by === by)) })).filter(({ parts }) => parts.length > 1);
  if (kinds.length === 0) return null;
  const highest = Math.max(0.01, ...slices.map(({ hitRate }) => hitRate.value), ...[...usual.values()].map(({ hitRate }) => hitRate.value));
  const otherOf = (slice: FigureSlice) => (champion === "popularity" ? undefined : usual.get(`${slice.by} ${slice.name}`)?.hitRate.value);
  return (
    <SectionCard title={t("slices.title")} text={t(champion === "popularity" ? "slices.textAlone" : "slices.text", { k: report.k })}>
      <BlockStack gap="400">
        {kinds.map(({ by, parts }) => (
          <BlockStack gap="200" key={by}>
            <Text as="h3" variant="headingSm">{t(`slices.${by}`)}</Text>
            <ul className="tessera-bars is-wide" aria-label={t(`slices.${by}`)}>
              {parts.map((slice) => {
                const other = otherOf(slice);
                return (
                  <li key={slice.name}>
                    <Text as="span">{name(slice)}</Text>
                    <span className="tessera-bar" aria-hidden="true">
                      <i style={{ inlineSize: `${Math.round((100 * slice.hitRate.value) / highest)}%` }} />
                      {other === undefined ? null : <b style={{ insetInlineStart: `${Math.min(99.5, (100 * other) / highest)}%` }} />}
                    </span>
                    <span className="tessera-bar-value">{format.percent(slice.hitRate.value)}</span>
                  </li>
                );
              })}
            </ul>
          </BlockStack>
        ))}
        <TableAlternative caption={t("slices.title")} headings={[t("slices.part"), t("figures.asked.title"), t("figures.hitRate.title"), t("slices.bestSellers"), t("figures.recall.title"), t("figures.ndcg.title")]} rows={kinds.flatMap(({ by, parts }) => parts.map((slice) => [
          t("slices.row", { by: t(`slices.${by}`), part: name(slice) }), format.number(slice.asked), format.percent(slice.hitRate.value, 1), percentOr(otherOf(slice)), format.percent(slice.recall.value, 1), format.number(slice.ndcg.value, 3),
        ]))} />
      </BlockStack>
    </SectionCard>
  );

  function percentOr(value: number | undefined): string {
    return value === undefined ? "–" : format.percent(value, 1);
  }
}

function slicesOf(members: readonly MemberReport[], member: string): readonly FigureSlice[] {
  const found = members.find((one) => one.name === member);
  return found?.state === "evaluated" ? found.slices : [];
}

/** Parts that have an order of their own stand in it; the others by how many were asked. */
function inOrder(parts: readonly FigureSlice[]): FigureSlice[] {
  const placeOf = ({ by, name }: FigureSlice) => (by === "category" ? -1 : (PARTS[by] as readonly string[]).indexOf(name));
  return [...parts].sort((a, b) => placeOf(a) - placeOf(b) || b.asked - a.asked);
}

function useSliceName(): (slice: FigureSlice) => string {
  const { t } = useTranslation("recommendations");
  const predictions = useTranslation("predictions").t;
  return ({ by, name }) => {
    if (by === "category") return name;
    if (by === "segment") return translateOpen(predictions, `stages.names.${name}`, { defaultValue: name });
    return translateOpen(t, `slices.names.${name}`, { defaultValue: name });
  };
}
