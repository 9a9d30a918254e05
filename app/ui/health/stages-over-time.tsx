import { useTranslation } from "react-i18next";
import type { HealthPointView } from "#app/core/health-views.ts";
import type { LifecycleName } from "#app/core/prediction-figures.ts";
import { StackedArea } from "../charts/stacked-area.tsx";
import { SectionCard } from "../frames/section-card.tsx";
import { useFormat } from "../format/format-context.tsx";

/** Buyers alone, from the bottom up: those who are here first, those who are leaving on top. */
const shown = ["loyal", "active", "new", "won-back", "at-risk", "lapsed"] as const;
const colours: Readonly<Record<(typeof shown)[number], number>> = { loyal: 0, active: 1, new: 3, "won-back": 4, "at-risk": 6, lapsed: 10 };

/** Stages of the buyers, and revenue of first and later orders, month by month. */
export function StagesOverTime({ points }: { points: readonly HealthPointView[] }) {
  const { t } = useTranslation("health");
  const { t: tPredictions } = useTranslation("predictions");
  const format = useFormat();
  const names = points.map(({ asOfMs }) => format.day(asOfMs));
  const last = points[points.length - 1];
  const count = (stages: readonly LifecycleName[]) => stages.reduce((sum, stage) => sum + last.stages[stage], 0);
  return (
    <div className="tessera-columns is-halves">
      <SectionCard title={t("stages.title")} text={t("stages.text")}>
        <StackedArea
          points={names}
          series={shown.map((stage) => ({ key: stage, label: tPredictions(`stages.names.${stage}`), colour: colours[stage], values: points.map(({ stages }) => stages[stage]) }))}
          summary={t("stages.summary", {
            month: names[names.length - 1], active: format.number(count(["new", "active", "loyal", "won-back"])), all: format.number(count(shown)), late: format.number(count(["at-risk", "lapsed"])),
          })}
          pointTitle={t("stages.month")}
          format={format.number}
          formatTop={format.numberShort}
        />
      </SectionCard>
      <SectionCard title={t("value.title")} text={t("value.text")}>
        <RevenueOverTime points={points} names={names} />
      </SectionCard>
    </div>
  );
}

function RevenueOverTime({ points, names }: { points: readonly HealthPointView[]; names: readonly string[] }) {
  const { t } = useTranslation("health");
  const format = useFormat();
  // The last point is of a month that is not over.
  const whole = points[Math.max(0, points.length - 2)];
  const repeat = points.map(({ revenueMinor, newRevenueMinor }) => Math.max(0, revenueMinor - newRevenueMinor));
  return (
    <StackedArea
      points={names}
      series={[
        { key: "repeat", label: t("value.repeat"), colour: 0, values: repeat },
        { key: "first", label: t("value.first"), colour: 3, values: points.map(({ newRevenueMinor }) => Math.max(0, newRevenueMinor)) },
      ]}
      summary={t("value.summary", {
        month: format.month(whole.asOfMs), share: format.percent(whole.revenueMinor > 0 ? Math.max(0, whole.revenueMinor - whole.newRevenueMinor) / whole.revenueMinor : 0), total: format.moneyShort(whole.revenueMinor),
      })}
      pointTitle={t("value.month")}
      format={format.money}
      formatTop={format.moneyShort}
    />
  );
}
