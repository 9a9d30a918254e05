import { Banner, BlockStack, Button, InlineStack, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { ClusterFigures, ClustersView, ClusterView } from "#app/core/cluster-views.ts";
import { ShareBar } from "../charts/share-bar.tsx";
import { VersusList } from "../charts/versus-list.tsx";
import { useClusterName } from "../customers/use-cluster-name.ts";
import { EmptyNote } from "../frames/empty-note.tsx";
import { SectionCard } from "../frames/section-card.tsx";
import { useFormat } from "../format/format-context.tsx";

/** Buyers needed before groups are looked for; the job has the same number. */
const LEAST_BUYERS = 50;
const TRAITS_SHOWN = 5;

/** Groups of buyers by how they buy, each with what sets it apart. */
export function ClustersCard({ clusters }: { clusters: ClustersView | null }) {
  const { t } = useTranslation("health");
  const format = useFormat();
  const name = useClusterName();
  const figures = clusters?.figures;
  if (!figures || figures.clusters.length === 0) {
    const text = figures?.reason === "too-few-buyers" ? t("clusters.few", { count: LEAST_BUYERS - figures.buyers }) : figures ? t("clusters.alike") : t("clusters.empty.text");
    return (
      <SectionCard title={t("clusters.title")}>
        <EmptyNote title={t("clusters.empty.title")} text={text} />
      </SectionCard>
    );
  }
  const share = (cluster: ClusterView) => cluster.customers / Math.max(1, figures.buyers);
  return (
    <SectionCard title={t("clusters.title")} text={t("clusters.text")}>
      {figures.isStable ? null : <Banner tone="warning">{t("clusters.unstable")}</Banner>}
      <ShareBar
        summary={t("clusters.summary", { count: figures.clusters.length, share: format.percent(share(figures.clusters[0])) })}
        parts={figures.clusters.map((cluster, place) => ({
          key: String(cluster.number), label: name(cluster.named), value: cluster.customers, valueText: format.number(cluster.customers), shareText: format.percent(share(cluster)),
          to: `/app/customers?cluster=${cluster.number}`, colour: (place * 2) % 11,
        }))}
      />
      <div className="tessera-groups-grid">
        {figures.clusters.map((cluster) => <OneCluster key={cluster.number} cluster={cluster} share={share(cluster)} />)}
      </div>
      <How figures={figures} />
    </SectionCard>
  );
}

function OneCluster({ cluster, share }: { cluster: ClusterView; share: number }) {
  const { t } = useTranslation("health");
  const { t: tProfile } = useTranslation("profile");
  const format = useFormat();
  const name = useClusterName();
  const facts = [
    { key: "customers", value: `${format.number(cluster.customers)} (${t("clusters.share", { share: format.percent(share) })})` },
    { key: "spent", value: format.moneyShort(cluster.spentMinor) },
    ...(cluster.expectedMinor === null ? [] : [{ key: "expected" as const, value: format.moneyShort(cluster.expectedMinor) }]),
    { key: "orders", value: format.number(cluster.meanOrders, 1) },
    ...(cluster.meanOrderMinor === null ? [] : [{ key: "order" as const, value: format.money(cluster.meanOrderMinor) }]),
  ] as const;
  const words = (distance: number, key: ClusterView["traits"][number]["key"]) => tProfile(`clusters.traits.${key}.${distance > 0 ? "high" : "low"}`);
  return (
    <article className="tessera-cluster">
      <BlockStack gap="300">
        <Text as="h3" variant="headingSm">{name(cluster.named)}</Text>
        <VersusList
          label={t("clusters.traits")}
          rows={cluster.traits.slice(0, TRAITS_SHOWN).map(({ key, distance }) => {
            const trait = tProfile(`clusters.traits.${key}.title`);
            return { key, label: trait, distance, text: t("clusters.traitSummary", { trait, words: words(distance, key) }) };
          })}
        />
        <dl className="tessera-facts">
          {facts.map((fact) => (
            <div key={fact.key} className="tessera-fact">
              <dt>{t(`clusters.${fact.key}`)}</dt>
              <dd>{fact.value}</dd>
            </div>
          ))}
        </dl>
        <InlineStack gap="300">
          <Button variant="plain" url={`/app/customers?cluster=${cluster.number}`}>{t("clusters.list")}</Button>
          <Button variant="plain" url={`/app/segments/new?query=${encodeURIComponent(`cluster = ${cluster.number}`)}`}>{t("clusters.segment")}</Button>
        </InlineStack>
      </BlockStack>
    </article>
  );
}

function How({ figures }: { figures: ClusterFigures }) {
  const { t } = useTranslation("health");
  const format = useFormat();
  return (
    <details className="tessera-details">
      <summary>{t("clusters.how")}</summary>
      <p className="tessera-lineage">{t("clusters.howText", { silhouette: format.number(figures.silhouette ?? 0, 2), k: figures.clusters.length })}</p>
      <table className="tessera-figures">
        <thead><tr><th scope="col">{t("clusters.stability")}</th><th scope="col">{t("clusters.clear")}</th><th scope="col">{t("clusters.again")}</th></tr></thead>
        <tbody>
          {figures.candidates.map(({ k, silhouette, stability }) => (
            <tr key={k}><th scope="row">{format.number(k)}</th><td>{format.number(silhouette, 3)}</td><td>{format.percent(stability)}</td></tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
