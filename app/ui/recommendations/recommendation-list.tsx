import { Badge, BlockStack, Text } from "@shopify/polaris";
import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import type { RecommendationListView, RecommendedView } from "#app/core/recommendation-views.ts";
import { EmptyNote } from "../frames/empty-note.tsx";
import { SectionCard } from "../frames/section-card.tsx";
import { useFormat } from "../format/format-context.tsx";
import { ProductRow } from "./product-row.tsx";

const tones = { "co-purchase": "success", "bought-with-alike": "info", "category-best-seller": "info", "shop-best-seller": undefined } as const;

/** What stands beside the product in the shop, and why each item is there. */
export function RecommendationList({ list, mainTitle, nowMs }: { list: RecommendationListView; mainTitle: string; nowMs: number }) {
  const { t } = useTranslation("recommendations");
  const format = useFormat();
  return (
    <SectionCard
      title={t(`list.kinds.${list.kind}.title`)}
      text={t(list.publishedAtMs === null && list.kind === "bought-together" ? "list.notPublished" : "list.updated", { ago: format.ago(list.publishedAtMs ?? list.updatedAtMs, nowMs) })}
      isFlush
    >
      {list.items.length === 0 ? (
        <EmptyNote title={t("list.none.title")} text={t("list.none.text")} />
      ) : (
        <ol className="tessera-product-list">
          {list.items.map((entry) => (
            <li key={entry.product.productId}>
              <BlockStack gap="200">
                <Link to={`/app/products/${entry.product.productId}`}>
                  <ProductRow product={entry.product} end={<Badge tone={tones[entry.item.source]}>{t(`sources.${entry.item.source}.badge`)}</Badge>} />
                </Link>
                <Reason entry={entry} mainTitle={mainTitle} />
              </BlockStack>
            </li>
          ))}
        </ol>
      )}
    </SectionCard>
  );
}

function Reason({ entry: { item, product }, mainTitle }: { entry: RecommendedView; mainTitle: string }) {
  const { t } = useTranslation("recommendations");
  const format = useFormat();
  if (item.source !== "co-purchase") return <Text as="p" variant="bodySm" tone="subdued">{t(`sources.${item.source}.text`)}</Text>;
  return (
    <div>
      <Text as="p" variant="bodySm">
        {t("reason.together", { count: item.supportOrders, orders: format.number(item.supportOrders), share: format.percent(item.confidence, item.confidence < 0.1 ? 1 : 0), main: mainTitle, item: product.title })}
      </Text>
      <details className="tessera-details">
        <summary>{t("reason.details")}</summary>
        <dl className="tessera-facts is-compact">
          <dt>{t("reason.support")}</dt>
          <dd>{format.number(item.supportOrders)}</dd>
          <dt>{t("reason.confidence")}</dt>
          <dd>{format.percent(item.confidence, 1)}</dd>
          <dt>{t("reason.lift")}</dt>
          <dd>{t("reason.times", { times: format.number(item.lift, 1) })}</dd>
          <dt>{t("reason.cosine")}</dt>
          <dd>{format.number(item.cosine, 3)}</dd>
          <dt>{t("reason.likelihood")}</dt>
          <dd>{format.number(item.logLikelihoodRatio, 1)}</dd>
        </dl>
      </details>
    </div>
  );
}
