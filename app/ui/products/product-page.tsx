import { BlockStack, Button, Text } from "@shopify/polaris";
import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import type { ProductFacts, SequenceFact } from "#app/core/product-views.ts";
import type { ProductPageView } from "#app/core/studio-views.ts";
import { ColumnChart } from "../charts/column-chart.tsx";
import { EmptyNote } from "../frames/empty-note.tsx";
import { FigureTiles } from "../frames/figure-tiles.tsx";
import { PageFrame } from "../frames/page-frame.tsx";
import { SectionCard } from "../frames/section-card.tsx";
import { useFormat } from "../format/format-context.tsx";
import { PickList } from "../recommendations/pick-list.tsx";
import { RecommendationList } from "../recommendations/recommendation-list.tsx";
import { ProductRow } from "../recommendations/product-row.tsx";

/** A product as its buyers tell it: who, with what, after what, and when again. */
export function ProductPage({ page, nowMs }: { page: ProductPageView; nowMs: number }) {
  const { t } = useTranslation("products");
  const { product, facts, together, customers, bundles } = page;
  const format = useFormat();
  return (
    <PageFrame title={product.title} barTitle={t("title")} back={{ to: "/app/products", label: t("title") }}>
      <SectionCard title={t("page.product")} action={<Button url={`/app/recommendations?task=bought-together&product=${product.productId}`}>{t("page.recommendations")}</Button>}><ProductRow product={product} /></SectionCard>
      {!facts ? <SectionCard title={t("page.buyers")}><EmptyNote title={t("page.notReady.title")} text={t("page.notReady.text")} /></SectionCard> : facts.orders === 0 ? <SectionCard title={t("page.buyers")}><EmptyNote title={t("page.unsold.title")} text={t("page.unsold.text")} /></SectionCard> : <Facts facts={facts} titles={page.titles} />}
      <div className="tessera-columns is-halves">
        <SectionCard title={t("page.together")} text={t("page.togetherText")} isFlush>{together ? <PickList answer={together} nowMs={nowMs} /> : <EmptyNote title={t("page.notReady.title")} text={t("page.notReady.text")} />}</SectionCard>
        <SectionCard title={t("page.customers")} text={t("page.customersText")} isFlush>{customers ? <PickList answer={customers} nowMs={nowMs} /> : <EmptyNote title={t("page.notReady.title")} text={t("page.notReady.text")} />}</SectionCard>
      </div>
      <div className="tessera-columns is-halves">
        {page.lists.map((list) => <RecommendationList key={list.kind} list={list} mainTitle={product.title} nowMs={nowMs} />)}
      </div>
      <SectionCard title={t("page.bundles")} action={<Button url="/app/recommendations/bundles">{t("page.allBundles")}</Button>} isFlush={bundles.length > 0}>
        {bundles.length === 0 ? <Text as="p" tone="subdued">{t("page.noBundles")}</Text> : (
          <ul className="tessera-product-list">
            {bundles.map((bundle) => (
              <li key={bundle.products.map(({ productId }) => productId).join("-")}>
                <BlockStack gap="100">
                  <Text as="p" fontWeight="semibold">{format.list(bundle.products.map(({ title }) => title))}</Text>
                  <Text as="p" variant="bodySm" tone="subdued">{t("page.bundleOrders", { count: bundle.orders, shown: format.number(bundle.orders), price: format.money(bundle.priceMinor) })}</Text>
                </BlockStack>
              </li>
            ))}
          </ul>
        )}
      </SectionCard>
    </PageFrame>
  );
}

function Facts({ facts, titles }: { facts: ProductFacts; titles: Readonly<Record<string, string>> }) {
  const { t } = useTranslation("products");
  const format = useFormat();
  const share = (part: number) => (facts.buyers > 0 ? format.percent(part / facts.buyers) : "–");
  const binLabel = (toDays: number | null) => (toDays === null || !Number.isFinite(toDays) ? t("gap.longer") : t("gap.upTo", { count: toDays }));
  return (
    <>
      <SectionCard title={t("page.buyers")} text={t("page.asOf", { day: format.dateTime(facts.asOfMs) })}>
        <FigureTiles tiles={[
          { key: "buyers", title: t("tiles.buyers.title"), value: format.number(facts.buyers), text: t("tiles.buyers.text", { count: facts.guestOrders, shown: format.number(facts.guestOrders) }) },
          { key: "revenue", title: t("tiles.revenue.title"), value: format.moneyShort(facts.revenueMinor), text: t("tiles.revenue.text", { count: facts.units, shown: format.number(facts.units) }) },
          { key: "repeat", title: t("tiles.repeat.title"), value: share(facts.repeatBuyers), text: t("tiles.repeat.text") },
          { key: "first", title: t("tiles.first.title"), value: share(facts.firstOrderBuyers), text: t("tiles.first.text") },
          { key: "loyal", title: t("tiles.loyal.title"), value: format.number(facts.ordersPerBuyer, 1), text: t("tiles.loyal.text", { shop: format.number(facts.ordersPerShopBuyer, 1) }) },
        ]} />
      </SectionCard>
      <div className="tessera-columns is-halves">
        <SectionCard title={t("months.title")}><ColumnChart columns={facts.months.map(({ fromMs, orders }) => ({ label: format.day(fromMs), value: orders, valueText: format.number(orders) }))} summary={t("months.summary")} labelTitle={t("months.from")} valueTitle={t("months.orders")} /></SectionCard>
        <SectionCard title={t("gap.title")} text={facts.gap ? t("gap.text", { from: facts.gap.fromDays, to: facts.gap.toDays, median: facts.gap.medianDays }) : undefined}>
          {facts.gap ? <ColumnChart columns={facts.gap.bins.map(({ toDays, pairs }) => ({ label: binLabel(toDays), value: pairs, valueText: format.number(pairs) }))} summary={t("gap.summary", { count: facts.gap.pairs })} labelTitle={t("gap.days")} valueTitle={t("gap.pairs")} /> : <Text as="p" tone="subdued">{t("gap.none")}</Text>}
        </SectionCard>
        <Sequence title={t("before.title")} none={t("before.none")} facts={facts.before} titles={titles} />
        <Sequence title={t("after.title")} none={t("after.none")} facts={facts.after} titles={titles} />
      </div>
    </>
  );
}

function Sequence({ title, none, facts, titles }: { title: string; none: string; facts: readonly SequenceFact[]; titles: Readonly<Record<string, string>> }) {
  const { t } = useTranslation("products");
  const format = useFormat();
  return (
    <SectionCard title={title}>
      {facts.length === 0 ? <Text as="p" tone="subdued">{none}</Text> : (
        <dl className="tessera-facts">
          {facts.map(({ productId, share, lift }) => (
            <div key={productId} style={{ display: "contents" }}>
              <dt><Link className="tessera-link" to={`/app/products/${productId}`}>{titles[productId]}</Link></dt>
              <dd>{t("sequence", { share: format.percent(share), times: format.number(lift, 1) })}</dd>
            </div>
          ))}
        </dl>
      )}
    </SectionCard>
  );
}
