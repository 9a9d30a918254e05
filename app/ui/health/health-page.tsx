import { Button, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { ClustersView } from "#app/core/cluster-views.ts";
import type { BaseHealthView } from "#app/core/health-views.ts";
import { EmptyNote } from "../frames/empty-note.tsx";
import { FigureTiles } from "../frames/figure-tiles.tsx";
import { PageFrame } from "../frames/page-frame.tsx";
import { SectionCard } from "../frames/section-card.tsx";
import { useReloadWhile } from "../frames/use-reload-while.ts";
import { useFormat } from "../format/format-context.tsx";
import { ClustersCard } from "./clusters-card.tsx";
import { CohortMap } from "./cohort-map.tsx";
import { StagesOverTime } from "./stages-over-time.tsx";
import { ValueSpread } from "./value-spread.tsx";

export interface HealthPageProps {
  /** null while a large shop's customers are being read. */
  readonly health: BaseHealthView | null;
  readonly clusters: ClustersView | null;
}

/** How the people who buy change over time, and what they are worth. */
export function HealthPage({ health, clusters }: HealthPageProps) {
  const { t } = useTranslation("health");
  const { t: tCustomers } = useTranslation("customers");
  const format = useFormat();
  useReloadWhile(health === null);
  const back = { to: "/app/customers", label: tCustomers("title") };
  if (!health || health.points.length === 0) {
    return (
      <PageFrame title={t("title")} back={back}>
        <SectionCard title={t("title")}>
          <EmptyNote title={t(health ? "empty.title" : "notReady.title")} text={t(health ? "empty.text" : "notReady.text")} />
        </SectionCard>
      </PageFrame>
    );
  }
  return (
    <PageFrame title={t("title")} subtitle={t("asOf", { day: format.dateTime(health.asOfMs) })} back={back}>
      <StagesOverTime points={health.points} />
      <div className="tessera-columns is-halves">
        <RiskCard health={health} />
        {health.values ? <ValueSpread values={health.values} /> : null}
      </div>
      <CohortMap cohorts={health.cohorts} />
      <ClustersCard clusters={clusters} />
    </PageFrame>
  );
}

function RiskCard({ health: { risk } }: { health: BaseHealthView }) {
  const { t } = useTranslation("health");
  const format = useFormat();
  const tiles = [
    { key: "customers", title: t("risk.customers"), value: format.number(risk.customers), text: t("risk.text") },
    { key: "spent", title: t("risk.spent"), value: format.moneyShort(risk.spentMinor), text: "" },
    ...(risk.expectedMinor === null ? [] : [{ key: "expected", title: t("risk.expected"), value: format.moneyShort(risk.expectedMinor), text: "" }]),
    ...(risk.lostMinor === null ? [] : [{ key: "lost", title: t("risk.lost"), value: format.moneyShort(risk.lostMinor), text: t("risk.lostText") }]),
  ];
  return (
    <SectionCard title={t("risk.title")} action={<Button url={`/app/segments/new?query=${encodeURIComponent("lifecycle_stage = 'AT_RISK'")}`} disabled={risk.customers === 0}>{t("risk.segment")}</Button>}>
      {risk.customers === 0 ? <Text as="p">{t("risk.none")}</Text> : <FigureTiles tiles={tiles} />}
      {risk.customers === 0 ? null : <Button variant="plain" textAlign="start" url="/app/customers?stage=at-risk&sort=totalValueMinor">{t("risk.list")}</Button>}
    </SectionCard>
  );
}
