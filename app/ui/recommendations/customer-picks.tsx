import { Button } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { StudioAnswerView } from "#app/core/studio-views.ts";
import { EmptyNote } from "../frames/empty-note.tsx";
import { SectionCard } from "../frames/section-card.tsx";
import { PickList } from "./pick-list.tsx";

export interface CustomerPicksProps {
  readonly customerId: number;
  /** null while the shop's orders are being read. */
  readonly picks: { readonly forYou: StudioAnswerView; readonly buyAgain: StudioAnswerView } | null;
  readonly nowMs: number;
}

/** On a customer's page: what is due again, and what they might like next. */
export function CustomerPicks({ customerId, picks, nowMs }: CustomerPicksProps) {
  const { t } = useTranslation("recommendations");
  const more = <Button variant="plain" url={`/app/recommendations?task=for-you&customer=${customerId}`}>{t("customerPicks.more")}</Button>;
  if (!picks) return <SectionCard title={t("customerPicks.forYou")}><EmptyNote title={t("studio.notReady.title")} text={t("studio.notReady.text")} /></SectionCard>;
  return (
    <>
      {picks.buyAgain.products.length > 0 ? <SectionCard title={t("customerPicks.buyAgain")} isFlush><PickList answer={picks.buyAgain} nowMs={nowMs} /></SectionCard> : null}
      <SectionCard title={t("customerPicks.forYou")} text={picks.forYou.fallback ? t(`fallbacks.${picks.forYou.fallback}`) : undefined} action={more} isFlush><PickList answer={picks.forYou} nowMs={nowMs} /></SectionCard>
    </>
  );
}
