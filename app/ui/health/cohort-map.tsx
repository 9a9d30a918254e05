import { useTranslation } from "react-i18next";
import type { CohortView } from "#app/core/health-views.ts";
import { HeatMap } from "../charts/heat-map.tsx";
import { EmptyNote } from "../frames/empty-note.tsx";
import { SectionCard } from "../frames/section-card.tsx";
import { useFormat } from "../format/format-context.tsx";

/** Of those who first bought in a month, the part that bought again in each month after. */
export function CohortMap({ cohorts }: { cohorts: readonly CohortView[] }) {
  const { t } = useTranslation("health");
  const format = useFormat();
  const longest = Math.max(0, ...cohorts.map(({ active }) => active.length - 1));
  const columns = Array.from({ length: longest }, (_, i) => format.number(i + 1));
  const example = [...cohorts].reverse().find(({ active, size }) => active.length > 2 && size > 0);
  const month = ({ monthMs }: CohortView) => format.calendarMonth(monthMs);
  return (
    <SectionCard title={t("cohorts.title")} text={t("cohorts.text")}>
      {example ? (
        <HeatMap
          summary={t("cohorts.summary", { month: month(example), share: format.percent(example.active[1] / example.size, 1) })}
          labelTitle={t("cohorts.first")}
          sizeTitle={t("cohorts.size")}
          columns={columns}
          rows={cohorts.map((cohort) => ({
            key: String(cohort.monthMs),
            label: month(cohort),
            size: format.number(cohort.size),
            cells: cohort.active.slice(1).map((active, i) => {
              const share = active / cohort.size;
              return { share, text: format.percent(share), title: t("cohorts.cell", { cohort: month(cohort), number: i + 1, share: format.percent(share, 1) }) };
            }),
          }))}
        />
      ) : (
        <EmptyNote title={t("empty.title")} text={t("empty.text")} />
      )}
    </SectionCard>
  );
}
