import type { SyncProgressView } from "#app/core/sync-views.ts";
import type { KeyFiguresView, SegmentMixPart, SetUpGuideView, StoreHealthView } from "#app/core/home-views.ts";
import { useTranslation } from "react-i18next";
import { EmptyNote } from "../frames/empty-note.tsx";
import { PageFrame } from "../frames/page-frame.tsx";
import { SectionCard } from "../frames/section-card.tsx";
import { BlockStatus } from "./block-status.tsx";
import { KeyFigures } from "./key-figures.tsx";
import { SegmentMix } from "./segment-mix.tsx";
import { SetUpGuide } from "./set-up-guide.tsx";
import { StoreHealth } from "./store-health.tsx";
import { SyncCard } from "./sync-card.tsx";

export interface HomePageProps {
  readonly nowMs: number;
  readonly shopDomain: string;
  readonly clientId: string;
  readonly sync: SyncProgressView;
  readonly guide: SetUpGuideView;
  readonly figures: KeyFiguresView | null;
  readonly mix: readonly SegmentMixPart[];
  readonly health: StoreHealthView;
}

export function HomePage({ nowMs, shopDomain, clientId, sync, guide, figures, mix, health }: HomePageProps) {
  const { t } = useTranslation("home");
  const absence = sync.firstSyncedAtMs === null ? "reading" : "empty";
  return (
    <PageFrame title={t("title")}>
      {guide.isDismissed ? null : <SetUpGuide guide={guide} shopDomain={shopDomain} clientId={clientId} />}
      <SyncCard initial={sync} />
      {figures ? (
        <KeyFigures figures={figures} />
      ) : (
        <SectionCard title={t("figures.title")}>
          <EmptyNote title={t(`figures.${absence}.title`)} text={t(`figures.${absence}.text`)} />
        </SectionCard>
      )}
      <div className="tessera-columns is-halves">
        <SegmentMix mix={mix} />
        <div className="tessera-columns">
          <BlockStatus shopDomain={shopDomain} clientId={clientId} />
          <StoreHealth health={health} nowMs={nowMs} />
        </div>
      </div>
    </PageFrame>
  );
}
