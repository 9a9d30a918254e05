import { Banner, BlockStack, Button, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { ProfileFieldName } from "#app/core/profile-fields.ts";
import type { CustomerExpectationView } from "#app/core/prediction-views.ts";
import type { StoredProfileView } from "#app/core/profile-views.ts";
import { EmptyNote } from "../frames/empty-note.tsx";
import { FigureTiles, type FigureTile } from "../frames/figure-tiles.tsx";
import { SectionCard } from "../frames/section-card.tsx";
import { useFormat } from "../format/format-context.tsx";
import { ModelFacts } from "../predictions/model-facts.tsx";
import { numberOf, textOf } from "./profile-values.ts";
import { useFieldWords } from "./use-field-words.ts";
import { useModelWords } from "../predictions/use-model-words.ts";

/** Younger customers have been seen for less than the shortest horizon that the model is tried on. */
const LONG_KNOWN_DAYS = 90;

/** What may come of this customer, words beside each number; without a model that held on the shop's own days, the reason instead. */
export function CustomerExpectation({ expectation, profile = null }: { expectation: CustomerExpectationView | null; profile?: StoredProfileView | null }) {
  const { t } = useTranslation("predictions");
  const format = useFormat();
  const { reason } = useModelWords();
  if (!expectation || expectation.lifecycleStage === "prospect") {
    const note = expectation ? "prospect" : "none";
    return (
      <SectionCard title={t("customer.title")}>
        <EmptyNote title={t(`customer.${note}.title`)} text={t(`customer.${note}.text`)} />
      </SectionCard>
    );
  }
  const { verdict } = expectation;
  return (
    <SectionCard title={t("customer.title")} text={t("asOf", { day: format.dateTime(expectation.asOfMs) })} action={<Button variant="plain" url="/app/predictions">{t("open")}</Button>}>
      {verdict.kind === "reliable" ? (
        <PredictedTiles expectation={expectation} profile={profile} />
      ) : (
        <Banner tone="info" title={t("verdict.unreliable")}>
          <BlockStack gap="100">
            <Text as="p">{reason(verdict.reason)}</Text>
            <Text as="p">{t("customer.unreliable")}</Text>
          </BlockStack>
        </Banner>
      )}
      <KnownTiles expectation={expectation} />
      {profile ? <Why profile={profile} /> : null}
      <Lineage expectation={expectation} />
    </SectionCard>
  );
}

function PredictedTiles({ expectation, profile }: { expectation: CustomerExpectationView; profile: StoredProfileView | null }) {
  const { t } = useTranslation("predictions");
  const format = useFormat();
  const { pAlive, expectedOrders365d: orders, expectedRevenue365dMinor: revenue, churnProbability: churn, churnHorizonDays, nextOrder } = expectation;
  const tiles: FigureTile[] = [];
  // Null with a profile from before ranges were kept.
  const range = (from: ProfileFieldName, to: ProfileFieldName, show: (value: number) => string): string | null => {
    const [least, most] = profile ? [numberOf(profile, from), numberOf(profile, to)] : [null, null];
    return least === null || most === null ? null : t("customer.range", { from: show(least), to: show(most) });
  };
  if (pAlive !== null) tiles.push({ key: "alive", title: t("customer.alive"), value: format.percent(pAlive), text: t(`customer.aliveWords.${aliveWord(pAlive)}`) });
  if (orders !== null) {
    // From the figure as shown, so that 9.46 does not read "9.5, about 9".
    const about = Math.round(Math.round(orders * 10) / 10);
    tiles.push({ key: "orders", title: t("customer.orders"), value: format.number(orders, 1), text: range("orders365dFrom", "orders365dTo", format.number) ?? (about === 0 ? t("customer.ordersNone") : t("customer.ordersAbout", { count: about })) });
  }
  if (revenue !== null) tiles.push({ key: "revenue", title: t("customer.revenue"), value: format.money(revenue), text: range("revenue365dFromMinor", "revenue365dToMinor", format.money) ?? t("customer.revenueText") });
  tiles.push({
    key: "next",
    title: t("customer.next"),
    value: nextOrder ? format.day(nextOrder.atMs) : t("none"),
    text: nextOrder ? t("customer.nextText", { from: format.day(nextOrder.fromMs), to: format.day(nextOrder.toMs) }) : t("customer.nextNone"),
  });
  if (churn !== null) tiles.push({ key: "churn", title: t("customer.churn", { days: churnHorizonDays }), value: format.percent(churn), text: t("customer.churnText") });
  const knownDays = profile && numberOf(profile, "tenureDays");
  return (
    <>
      <FigureTiles tiles={tiles} />
      {revenue !== null && knownDays !== null && knownDays < LONG_KNOWN_DAYS ? <Text as="p" variant="bodySm" tone="subdued">{t("customer.isNew", { count: Math.round(knownDays) })}</Text> : null}
    </>
  );
}

function aliveWord(pAlive: number): "high" | "likely" | "unsure" | "unlikely" {
  if (pAlive >= 0.9) return "high";
  if (pAlive >= 0.65) return "likely";
  return pAlive >= 0.35 ? "unsure" : "unlikely";
}

function KnownTiles({ expectation: { cadence, lifecycleStage, valueTier, discountShare, refundShare } }: { expectation: CustomerExpectationView }) {
  const { t } = useTranslation("predictions");
  const format = useFormat();
  const tiles: FigureTile[] = [{ key: "stage", title: t("customer.stage"), value: t(`stages.names.${lifecycleStage}`), text: t(`stages.meaning.${lifecycleStage}`) }];
  if (cadence) {
    tiles.push({ key: "cadence", title: t("customer.cadence"), value: t("customer.days", { count: Math.round(cadence.days) }), text: t(`customer.cadenceText.${cadence.source}`) });
  }
  tiles.push({ key: "tier", title: t("customer.tier"), value: t(`customer.tierNames.${valueTier}`), text: t(`customer.tierText.${valueTier}`) });
  if (discountShare !== null) {
    tiles.push({ key: "discounted", title: t("customer.discounted"), value: format.percent(discountShare), text: t("customer.refunded", { share: format.percent(refundShare ?? 0) }) });
  }
  return <FigureTiles tiles={tiles} />;
}

/** What the numbers rest on, in this customer's own figures. */
function Why({ profile }: { profile: StoredProfileView }) {
  const { t } = useTranslation("profile");
  const format = useFormat();
  const words = useFieldWords();
  const [orders, recency, cadence, average] = [numberOf(profile, "ordersCount"), numberOf(profile, "recencyDays"), numberOf(profile, "cadenceDays"), numberOf(profile, "averageOrderMinor")];
  if (orders === null || recency === null || cadence === null) return null;
  const reasons = [
    t(recency > cadence ? "why.overdue" : "why.onTime", { days: words.text("recencyDays", recency) ?? "", usual: words.text("cadenceDays", cadence) ?? "" }),
    `${t("why.often", { count: orders })} ${(numberOf(profile, "f") ?? 0) >= 4 ? t("why.more") : ""}`.trim(),
  ];
  if (average !== null) reasons.push(t("why.spend", { amount: format.money(average) }));
  if (textOf(profile, "cadenceSource") !== "personal") reasons.push(t("why.few"));
  return (
    <BlockStack gap="100">
      <Text as="h3" variant="headingSm">{t("why.title")}</Text>
      <ul className="tessera-plain-list">{reasons.map((reason) => <li key={reason}>{reason}</li>)}</ul>
    </BlockStack>
  );
}

function Lineage({ expectation: { model, window } }: { expectation: CustomerExpectationView }) {
  const { t } = useTranslation("predictions");
  const { modelName } = useModelWords();
  const predicted = model
    ? [
        { name: t("customer.alive"), text: t("customer.how.alive", { model: modelName(model.churnKind) }) },
        { name: t("customer.orders"), text: t("customer.how.orders", { model: modelName(model.kind) }) },
        { name: t("customer.next"), text: t("customer.how.next") },
      ]
    : [];
  const known = (["stage", "cadence", "tier"] as const).map((key) => ({ name: t(`customer.${key}`), text: t(`customer.how.${key}`) }));
  return <ModelFacts model={model} window={window} formulas={[...predicted, ...known]} />;
}
