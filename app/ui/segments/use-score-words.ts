import { useTranslation } from "react-i18next";
import { scoreRange, type RfmCuts, type ScoreRange } from "#app/core/rfm-views.ts";
import { useFormat } from "../format/format-context.tsx";

export type Axis = "recency" | "frequency" | "monetary";

interface ScoreWords {
  axisTitle(axis: Axis): string;
  /** "bought very recently" */
  meaning(axis: Axis, score: number): string;
  /** "8 to 30 days": the values behind the score in this shop; "-" where the score is empty. */
  range(axis: Axis, score: number): string;
}

export function useScoreWords(cuts: RfmCuts | null): ScoreWords {
  const { t } = useTranslation("segments");
  const format = useFormat();
  const level = (score: number) => (score >= 5 ? "5" : score >= 4 ? "4" : score >= 3 ? "3" : score >= 2 ? "2" : "1");
  /** Only a range of exactly one takes the singular. */
  const countOf = (range: ScoreRange, least: number) => (range.upTo === 1 && (range.over ?? least - 1) === 0 ? 1 : 2);
  const whole = (range: ScoreRange, show: (value: number) => string, least: number) => {
    const from = range.over === null ? least : range.over + 1;
    if (range.upTo === null) return t("range.atLeast", { from: show(from) });
    return from === range.upTo ? show(from) : t("range.between", { from: show(from), to: show(range.upTo) });
  };
  return {
    axisTitle: (axis) => t(`axes.${axis}.title`),
    meaning: (axis, score) => t(`axes.${axis}.levels.${level(score)}`),
    range: (axis, score) => {
      if (!cuts) return "";
      switch (axis) {
        case "recency": {
          const range = scoreRange(cuts.recencyDays, score, "fewer-is-better");
          return range ? t("range.days", { count: countOf(range, 0), range: whole(range, format.number, 0) }) : t("range.empty");
        }
        case "frequency": {
          const range = scoreRange(cuts.orders, score, "more-is-better");
          return range ? t("range.orders", { count: countOf(range, 1), range: whole(range, format.number, 1) }) : t("range.empty");
        }
        case "monetary": {
          const range = scoreRange(cuts.spentMinor, score, "more-is-better");
          if (!range) return t("range.empty");
          if (range.over === null) return t("range.upTo", { to: format.money(range.upTo ?? 0) });
          return range.upTo === null ? t("range.over", { from: format.money(range.over) }) : t("range.overUpTo", { from: format.money(range.over), to: format.money(range.upTo) });
        }
      }
    },
  };
}
