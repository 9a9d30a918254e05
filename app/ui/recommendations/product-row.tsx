import { Badge, BlockStack, InlineStack, Text } from "@shopify/polaris";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { ProductCard } from "#app/core/recommendation-views.ts";
import { useFormat } from "../format/format-context.tsx";

export function ProductRow({ product, end, note }: { product: ProductCard; end?: ReactNode; note?: string }) {
  const format = useFormat();
  return (
    <div className="tessera-product">
      {product.imageUrl ? (
        <img className="tessera-product-image" src={product.imageUrl} alt={product.imageAlt ?? ""} width={40} height={40} loading="lazy" />
      ) : (
        <span className="tessera-product-image" aria-hidden="true" />
      )}
      <BlockStack gap="050">
        <span className="tessera-product-title"><Text as="span" fontWeight="semibold">{product.title}</Text></span>
        <InlineStack gap="200" blockAlign="center">
          <Text as="span" tone="subdued">{format.money(product.priceMinor)}</Text>
          <Stock product={product} />
          {note ? <Text as="span" tone="subdued">{note}</Text> : null}
        </InlineStack>
      </BlockStack>
      <div>{end}</div>
    </div>
  );
}

/** Only what keeps shoppers from buying it is marked. */
function Stock({ product }: { product: ProductCard }) {
  const { t } = useTranslation("recommendations");
  if (product.isDeleted) return null;
  if (product.status !== "ACTIVE") return <Badge>{t("product.notListed")}</Badge>;
  if (product.inStock !== null && product.inStock <= 0) return <Badge tone="attention">{t("product.soldOut")}</Badge>;
  return <Text as="span" tone="subdued">{product.inStock === null ? t("product.untracked") : t("product.inStock", { count: product.inStock })}</Text>;
}
