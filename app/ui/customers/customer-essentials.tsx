import { Badge, Banner, BlockStack, Button, InlineStack, Select, Text } from "@shopify/polaris";
import { useNavigate } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import type { CustomerProfileView } from "#app/core/customer-views.ts";
import type { StoredProfileView } from "#app/core/profile-views.ts";
import { SectionCard } from "../frames/section-card.tsx";
import { useFormat } from "../format/format-context.tsx";
import { FieldLineages } from "./field-lineages.tsx";
import { numberOf, textOf } from "./profile-values.ts";
import { useClusterName } from "./use-cluster-name.ts";
import { useFieldWords } from "./use-field-words.ts";

/** Who this is, in a few plain sentences; which day's profile, and where each figure is from. */
export function CustomerEssentials({ customer, nowMs }: { customer: CustomerProfileView; nowMs: number }) {
  const { t } = useTranslation("profile");
  const format = useFormat();
  const words = useFieldWords();
  const { profile } = customer;
  if (!profile) return null;
  const stage = textOf(profile, "stage");
  const tier = textOf(profile, "tier");
  return (
    <SectionCard title={t("groups.essentials")} action={<VersionSelect profile={profile} customerId={customer.customerId} />}>
      {profile.version.isLatest ? null : (
        <Banner tone="info" title={t("asOf.older", { day: format.day(profile.version.asOfMs) })}>
          <Button variant="plain" url={`/app/customers/${customer.customerId}`}>{t("asOf.back")}</Button>
        </Banner>
      )}
      <InlineStack gap="200">
        {stage ? <Badge tone={stage === "at-risk" || stage === "lapsed" ? "attention" : stage === "loyal" || stage === "active" ? "success" : undefined}>{words.text("stage", stage) ?? stage}</Badge> : null}
        {tier && tier !== "none" ? <Badge>{words.text("tier", tier) ?? tier}</Badge> : null}
        <Consent profile={profile} />
      </InlineStack>
      <BlockStack gap="100">
        <Sentences profile={profile} nowMs={nowMs} />
      </BlockStack>
      <FieldLineages profile={profile} />
    </SectionCard>
  );
}

function Sentences({ profile, nowMs }: { profile: StoredProfileView; nowMs: number }) {
  const sentences = useSentences(profile, nowMs);
  return <>{sentences.map((sentence) => <p key={sentence} className="tessera-lead">{sentence}</p>)}</>;
}

function useSentences(profile: StoredProfileView, nowMs: number): string[] {
  const { t } = useTranslation("profile");
  const format = useFormat();
  const words = useFieldWords();
  const clusterName = useClusterName();
  const orders = numberOf(profile, "ordersCount") ?? 0;
  const lastOrderAt = numberOf(profile, "lastOrderAt");
  if (orders === 0 || lastOrderAt === null) return [t("header.never")];
  const stage = words.text("stage", textOf(profile, "stage")) ?? "";
  const sentences = [
    t("header.summary", { stage, orders: t("header.ordersCount", { count: orders }), spent: format.money(numberOf(profile, "monetaryMinor") ?? 0) }),
    t("header.last", { ago: format.ago(lastOrderAt, profile.version.isLatest ? nowMs : profile.version.asOfMs), days: words.text("cadenceDays", numberOf(profile, "cadenceDays")) ?? "" }),
  ];
  const [next, from, to] = [numberOf(profile, "nextOrderAt"), numberOf(profile, "nextOrderFromAt"), numberOf(profile, "nextOrderToAt")];
  const alive = numberOf(profile, "pAlive");
  const expected = numberOf(profile, "expectedRevenue365dMinor");
  if (alive !== null) sentences.push(t("header.alive", { share: format.percent(alive) }));
  if (next !== null && from !== null && to !== null && alive !== null && alive >= 0.35) sentences.push(t("header.next", { day: format.day(next), from: format.day(from), to: format.day(to) }));
  const nextType = textOf(profile, "nextType");
  const chance = numberOf(profile, "nextTypeChance");
  if (nextType && chance !== null) sentences.push(t("header.nextType", { type: nextType, share: format.percent(chance) }));
  const [least, most] = [numberOf(profile, "revenue365dFromMinor"), numberOf(profile, "revenue365dToMinor")];
  if (expected !== null && least !== null && most !== null) sentences.push(t("header.worth", { amount: format.money(expected), from: format.money(least), to: format.money(most) }));
  if (profile.cluster) sentences.push(t("header.cluster", { name: clusterName(profile.cluster.named) }));
  return sentences;
}

function Consent({ profile }: { profile: StoredProfileView }) {
  const { t } = useTranslation("profile");
  const consent = textOf(profile, "emailConsent");
  if (!consent) return null;
  const word = consent === "SUBSCRIBED" ? "consentYes" : consent === "PENDING" ? "consentPending" : "consentNo";
  return <Badge tone={word === "consentYes" ? "success" : undefined}>{t(`actions.${word}`)}</Badge>;
}

function VersionSelect({ profile, customerId }: { profile: StoredProfileView; customerId: number }) {
  const { t } = useTranslation("profile");
  const format = useFormat();
  const navigate = useNavigate();
  if (profile.versions.length < 2) return <Text as="span" tone="subdued">{t("asOf.latest", { day: format.dateTime(profile.version.asOfMs) })}</Text>;
  const options = profile.versions.map(({ id, asOfMs }, place) => ({ value: place === 0 ? "" : id, label: place === 0 ? t("asOf.latest", { day: format.dateTime(asOfMs) }) : t("asOf.earlier", { day: format.dateTime(asOfMs) }) }));
  return (
    <Select
      label={t("asOf.label")}
      labelInline
      options={options}
      value={profile.version.isLatest ? "" : profile.version.id}
      onChange={(id) => navigate(id ? `/app/customers/${customerId}?profile=${id}` : `/app/customers/${customerId}`, { preventScrollReset: true })}
    />
  );
}
