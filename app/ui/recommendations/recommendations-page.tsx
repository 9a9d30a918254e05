import { Badge, Box, Button, Text } from "@shopify/polaris";
import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import type { ProductCard, ProductPick, ProductRecommendationsView } from "#app/core/recommendation-views.ts";
import { EmptyNote } from "../frames/empty-note.tsx";
import { PageFrame } from "../frames/page-frame.tsx";
import { SearchForm } from "../frames/search-form.tsx";
import { SectionCard } from "../frames/section-card.tsx";
import { useFormat } from "../format/format-context.tsx";
import { BlockStatus } from "../home/block-status.tsx";
import { ProductRow } from "./product-row.tsx";
import { RecommendationList } from "./recommendation-list.tsx";

export interface RecommendationsPageProps {
  readonly query: string;
  readonly found: readonly ProductCard[];
  readonly often: readonly ProductPick[];
  /** null while no product is chosen. */
  readonly chosen: ProductRecommendationsView | null;
  readonly shopDomain: string;
  readonly clientId: string;
  readonly nowMs: number;
}

export function RecommendationsPage(props: RecommendationsPageProps) {
  const { t } = useTranslation("recommendations");
  return (
    <PageFrame title={t("title")}>
      {props.chosen ? <Chosen chosen={props.chosen} nowMs={props.nowMs} /> : <Picker {...props} />}
      <BlockStatus shopDomain={props.shopDomain} clientId={props.clientId} />
    </PageFrame>
  );
}

function Picker({ query, found, often }: RecommendationsPageProps) {
  const { t } = useTranslation("recommendations");
  const format = useFormat();
  return (
    <SectionCard title={t("picker.title")} text={t("picker.text")} isFlush>
      <Box paddingInline="400" paddingBlockEnd="400">
        <SearchForm path="/app/recommendations" query={query} label={t("picker.search")} placeholder={t("picker.placeholder")} submit={t("picker.submit")} />
      </Box>
      {query && found.length === 0 ? <EmptyNote title={t("picker.notFound.title")} text={t("picker.notFound.text")} action={{ label: t("picker.clear"), to: "/app/recommendations" }} /> : null}
      {!query && often.length === 0 ? <EmptyNote title={t("picker.empty.title")} text={t("picker.empty.text")} /> : null}
      {!query && often.length > 0 ? <Box paddingInline="400" paddingBlockEnd="200"><Text as="h3" variant="headingSm">{t("picker.often")}</Text></Box> : null}
      <ul className="tessera-product-list">
        {found.map((product) => <li key={product.productId}><Link to={`/app/recommendations?product=${product.productId}`}><ProductRow product={product} /></Link></li>)}
        {often.map((product) => (
          <li key={product.productId}>
            <Link to={`/app/recommendations?product=${product.productId}`}>
              <ProductRow product={product} end={<Text as="span" tone="subdued">{t("picker.orders", { count: product.recentOrders, shown: format.number(product.recentOrders) })}</Text>} />
            </Link>
          </li>
        ))}
      </ul>
    </SectionCard>
  );
}

function Chosen({ chosen, nowMs }: { chosen: ProductRecommendationsView; nowMs: number }) {
  const { t } = useTranslation("recommendations");
  const { product, lists } = chosen;
  return (
    <>
      <SectionCard title={t("chosen.title")} action={<Button url="/app/recommendations">{t("chosen.another")}</Button>}>
        <ProductRow product={product} end={product.isDeleted ? <Badge>{t("product.deleted")}</Badge> : null} />
      </SectionCard>
      {lists.length === 0 ? (
        <SectionCard title={t("list.none.heading")}>
          <EmptyNote title={t("list.none.title")} text={t("list.none.text")} />
        </SectionCard>
      ) : (
        lists.map((list) => <RecommendationList key={list.kind} list={list} mainTitle={product.title} nowMs={nowMs} />)
      )}
    </>
  );
}
