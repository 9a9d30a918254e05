import { BlockStack, SkeletonBodyText, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { shopifyGroups } from "#app/core/customer-groups.ts";
import type { GroupShare, PreviewProduct, PreviewView } from "#app/core/segment-studio-views.ts";
import { lifecycleNames } from "#app/engine/segments/language/tessera-attributes.ts";
import { ShareBar } from "../../charts/share-bar.tsx";
import { useFormat } from "../../format/format-context.tsx";
import { FailureBanner } from "../../frames/failure-banner.tsx";
import { SectionCard } from "../../frames/section-card.tsx";
import { useGroupName } from "../use-group-name.ts";
import { MissingData } from "./missing-data.tsx";
import type { LivePreview } from "./use-preview.ts";
import { useLanguageWords } from "./use-language-words.ts";

/** Size and picture of a query while it is being written. */
export function PreviewPanel({ preview, failure, isBehind }: LivePreview) {
  const { t } = useTranslation("segmentStudio");
  return (
    <div className="tessera-preview">
      <SectionCard title={t("preview.title")}>
        <FailureBanner failure={failure} />
        {preview ? <Figures preview={preview} isBehind={isBehind} /> : failure ? null : <SkeletonBodyText lines={6} />}
      </SectionCard>
    </div>
  );
}

function Figures({ preview, isBehind }: { readonly preview: PreviewView; readonly isBehind: boolean }) {
  const { t } = useTranslation("segmentStudio");
  const format = useFormat();
  const { breakdown, count, customers, revenueShare } = preview;
  return (
    <div className={isBehind ? "is-behind" : undefined} aria-busy={isBehind}>
      <BlockStack gap="400">
        <div role="status" className="tessera-preview-count">
          <span className="tessera-preview-number" data-testid="preview-count">{format.number(count)}</span>
          <Text as="span" tone="subdued">{t("preview.customers", { count, share: format.percent(customers > 0 ? count / customers : 0, 1) })}</Text>
        </div>
        <div className="tessera-meter" role="img" aria-label={t("preview.meter", { share: format.percent(customers > 0 ? count / customers : 0, 1) })}><i style={{ inlineSize: `${customers > 0 ? Math.max(count > 0 ? 1 : 0, (count / customers) * 100) : 0}%` }} /></div>
        {breakdown ? (
          <dl className="tessera-facts">
            <dt>{t("preview.revenue")}</dt>
            <dd>{t("preview.revenueValue", { amount: format.moneyShort(preview.valueMinor), share: revenueShare === null ? "–" : format.percent(revenueShare, 1) })}</dd>
            <dt>{t("preview.each")}</dt>
            <dd>{format.money(Math.round(preview.valueMinor / Math.max(1, count)))}</dd>
          </dl>
        ) : (
          <Text as="p" tone="subdued">{count === 0 ? t("preview.nobody") : t("preview.small", { count: preview.minimumGroup })}</Text>
        )}
        <MissingData missing={preview.missing} undecided={preview.undecided} />
        {breakdown ? (
          <>
            <Mix title={t("preview.rfm")} groups={breakdown.rfm} order={shopifyGroups} kind="rfm" total={count} />
            <Mix title={t("preview.lifecycle")} groups={breakdown.lifecycle} order={lifecycleNames} kind="lifecycle" total={count} />
            {breakdown.topProducts.length > 0 ? <Products products={breakdown.topProducts} /> : null}
          </>
        ) : null}
      </BlockStack>
    </div>
  );
}

const colours: Readonly<Record<string, readonly number[]>> = { rfm: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10], lifecycle: [10, 3, 1, 0, 6, 8, 2] };
const MOST_PARTS = 6;

function Mix({ title, groups, order, kind, total }: { readonly title: string; readonly groups: readonly GroupShare[]; readonly order: readonly string[]; readonly kind: "rfm" | "lifecycle"; readonly total: number }) {
  const { t } = useTranslation("segmentStudio");
  const format = useFormat();
  const groupName = useGroupName();
  const words = useLanguageWords();
  if (groups.length === 0) return null;
  const largest = [...groups].sort((a, b) => b.count - a.count);
  const kept = new Set(largest.slice(0, groups.length > MOST_PARTS ? MOST_PARTS - 1 : MOST_PARTS).map(({ group }) => group));
  const rest = groups.filter(({ group }) => !kept.has(group)).reduce((sum, { count }) => sum + count, 0);
  const part = (key: string, label: string, value: number, colour: number) => ({ key, label, value, valueText: format.number(value), shareText: format.percent(value / total, 0), colour });
  const parts = [
    ...groups.filter(({ group }) => kept.has(group)).map(({ group, count }) => part(group, kind === "rfm" ? groupName(group) : words.value("lifecycle_stage", group), count, colours[kind][order.indexOf(group)] ?? 9)),
    ...(rest > 0 ? [part("rest", t("preview.others"), rest, 10)] : []),
  ];
  return (
    <BlockStack gap="200">
      <Text as="h3" variant="headingSm">{title}</Text>
      <ShareBar parts={parts} summary={t("preview.mix", { title, group: parts.reduce((a, b) => (b.value > a.value ? b : a)).label })} />
    </BlockStack>
  );
}

function Products({ products }: { readonly products: readonly PreviewProduct[] }) {
  const { t } = useTranslation("segmentStudio");
  return (
    <BlockStack gap="200">
      <Text as="h3" variant="headingSm">{t("preview.products")}</Text>
      <ol className="tessera-preview-products">
        {products.map((product) => (
          <li key={product.productId}>
            {product.imageUrl ? <img src={product.imageUrl} alt="" width={32} height={32} loading="lazy" /> : <span className="tessera-preview-noimage" />}
            <span>{product.title ?? t("preview.goneProduct", { id: product.productId })}</span>
            <Text as="span" tone="subdued">{t("preview.orders", { count: product.orders })}</Text>
          </li>
        ))}
      </ol>
    </BlockStack>
  );
}
