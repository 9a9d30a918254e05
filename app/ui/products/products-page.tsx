import { Box, Text } from "@shopify/polaris";
import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import type { ProductCard, ProductPick } from "#app/core/recommendation-views.ts";
import { EmptyNote } from "../frames/empty-note.tsx";
import { PageFrame } from "../frames/page-frame.tsx";
import { SearchForm } from "../frames/search-form.tsx";
import { SectionCard } from "../frames/section-card.tsx";
import { useFormat } from "../format/format-context.tsx";
import { ProductRow } from "../recommendations/product-row.tsx";

export interface ProductsPageProps {
  readonly query: string;
  readonly found: readonly ProductCard[];
  readonly often: readonly ProductPick[];
}

/** The way to a product's page: a search, or what is ordered most these days. */
export function ProductsPage({ query, found, often }: ProductsPageProps) {
  const { t } = useTranslation("products");
  const format = useFormat();
  const isEmpty = found.length + often.length === 0;
  return (
    <PageFrame title={t("title")}>
      <SectionCard title={t("list.title")} text={t("list.text")} isFlush>
        <Box paddingInline="400" paddingBlockEnd="400"><SearchForm path="/app/products" query={query} label={t("list.search")} placeholder={t("list.placeholder")} submit={t("list.submit")} /></Box>
        {isEmpty ? <EmptyNote title={t(query ? "list.notFound.title" : "list.empty.title")} text={t(query ? "list.notFound.text" : "list.empty.text")} /> : null}
        {often.length > 0 ? <Box paddingInline="400" paddingBlockEnd="200"><Text as="h3" variant="headingSm">{t("list.often")}</Text></Box> : null}
        <ul className="tessera-product-list">
          {found.map((product) => <li key={product.productId}><Link to={`/app/products/${product.productId}`}><ProductRow product={product} /></Link></li>)}
          {often.map((product) => <li key={product.productId}><Link to={`/app/products/${product.productId}`}><ProductRow product={product} end={<Text as="span" tone="subdued">{t("list.orders", { count: product.recentOrders, shown: format.number(product.recentOrders) })}</Text>} /></Link></li>)}
        </ul>
      </SectionCard>
    </PageFrame>
  );
}
