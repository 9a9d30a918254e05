import { useTranslation } from "react-i18next";
import { bundleDiscountState, type BundlesView } from "#app/core/bundle-views.ts";
import { EmptyNote } from "../frames/empty-note.tsx";
import { PageFrame } from "../frames/page-frame.tsx";
import { SectionCard } from "../frames/section-card.tsx";
import { useReloadWhile } from "../frames/use-reload-while.ts";
import { useFormat } from "../format/format-context.tsx";
import { BundleAssumptionsCard } from "./bundle-assumptions.tsx";
import { BundleDiscountItem } from "./bundle-discount-item.tsx";
import { BundleItem } from "./bundle-item.tsx";

/** Products that sell as a set, what a set earns, and the discounts made of them with what they did. */
export function BundlesPage({ view, nowMs }: { view: BundlesView; nowMs: number }) {
  const { t } = useTranslation("bundles");
  const format = useFormat();
  useReloadWhile(view.bundles === null || view.discounts.some((discount) => bundleDiscountState(discount, nowMs) === "publishing"));
  return (
    <PageFrame title={t("title")} barTitle={t("barTitle")} back={{ to: "/app/recommendations", label: t("barTitle") }}>
      {view.discounts.length > 0 ? (
        <SectionCard title={t("discount.title")} text={t("discount.text")} isFlush>
          <ul className="tessera-product-list">{view.discounts.map((discount) => <li key={discount.id}><BundleDiscountItem discount={discount} nowMs={nowMs} /></li>)}</ul>
        </SectionCard>
      ) : null}
      <SectionCard title={t("found.title")} text={view.bundles?.length ? t("found.text", { count: view.orders, shown: format.number(view.orders) }) : undefined} isFlush>
        {view.bundles === null ? <EmptyNote title={t("notReady.title")} text={t("notReady.text")} /> : null}
        {view.bundles?.length === 0 ? <EmptyNote title={t("none.title")} text={t("none.text")} /> : null}
        <ul className="tessera-product-list">
          {view.bundles?.map((bundle) => (
            <li key={bundle.products.map(({ productId }) => productId).join("-")}><BundleItem bundle={bundle} standingPercent={view.discounts.find(({ id }) => id === bundle.discountId)?.percent ?? null} assumptions={view.assumptions} gainDays={view.gainDays} spanDays={view.spanDays} nowMs={nowMs} /></li>
          ))}
        </ul>
      </SectionCard>
      {view.bundles?.length ? <BundleAssumptionsCard assumptions={view.assumptions} /> : null}
    </PageFrame>
  );
}
