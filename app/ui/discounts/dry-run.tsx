import { Badge, BlockStack, InlineStack, List, SkeletonBodyText, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { CustomerName } from "#app/core/customer-views.ts";
import type { DiscountPlan, OverlapView } from "#app/core/discount-views.ts";
import { SectionCard } from "../frames/section-card.tsx";
import { useFormat } from "../format/format-context.tsx";
import { translateOpen } from "../i18n/translate-open.ts";
import { useGroupName } from "../segments/use-group-name.ts";
import type { DryRunResult } from "./use-dry-run.ts";

/** Who would get it, what it meets and what it may cost: shown while the form is being filled in, before anything exists. */
export function DryRun({ result }: { result: DryRunResult }) {
  const { t } = useTranslation("discounts");
  return (
    <SectionCard title={t("plan.title")} text={t("plan.text")}>
      {/* Read aloud when it changes; the old figures stay until new ones are there. */}
      <div aria-live="polite" aria-busy={result.isLoading}>
        {result.plan ? <Plan plan={result.plan} names={result.names} isStale={result.failure !== null} /> : result.failure ? <Text as="p" tone="subdued">{t("plan.incomplete")}</Text> : <SkeletonBodyText lines={6} />}
      </div>
    </SectionCard>
  );
}

function Plan({ plan, names, isStale }: { plan: DiscountPlan; names: readonly CustomerName[]; isStale: boolean }) {
  const { t } = useTranslation("discounts");
  const format = useFormat();
  return (
    <BlockStack gap="400">
      {isStale ? <Text as="p" tone="subdued">{t("plan.incomplete")}</Text> : null}
      <div>
        <div className="tessera-figure">{t("plan.reached", { count: plan.reachedCount, customers: format.number(plan.reachedCount) })}</div>
        <Text as="p" tone="subdued">{t("plan.of", { segment: plan.segmentName })}</Text>
      </div>
      <Examples plan={plan} names={names} />
      <Overlaps plan={plan} />
      <Cost plan={plan} />
      {plan.isSegmentPublished ? null : <Text as="p" variant="bodySm" tone="subdued">{t("plan.publishesSegment")}</Text>}
    </BlockStack>
  );
}

function Examples({ plan, names }: { plan: DiscountPlan; names: readonly CustomerName[] }) {
  const { t } = useTranslation("discounts");
  const customers = useTranslation("customers");
  const format = useFormat();
  const groupName = useGroupName();
  const known = new Map(names.map(({ customerId, name }) => [customerId, name]));
  if (plan.examples.length === 0) return null;
  return (
    <BlockStack gap="100">
      <Text as="h3" variant="headingSm">{t("plan.examples")}</Text>
      <ul className="tessera-plain-list">
        {plan.examples.map((member) => (
          <li key={member.customerId}>
            <InlineStack align="space-between" gap="200">
              <Text as="span">{known.get(member.customerId) ?? customers.t("nameless", { id: String(member.customerId) })}</Text>
              <Text as="span" tone="subdued">{t("plan.example", { group: groupName(member.shopifyGroup), amount: format.moneyShort(member.monetaryMinor) })}</Text>
            </InlineStack>
          </li>
        ))}
      </ul>
    </BlockStack>
  );
}

function Overlaps({ plan }: { plan: DiscountPlan }) {
  const { t } = useTranslation("discounts");
  return (
    <BlockStack gap="100">
      <Text as="h3" variant="headingSm">{t("plan.overlaps.title")}</Text>
      {plan.hasStoreDiscounts ? null : <Text as="p" variant="bodySm" tone="subdued">{t("plan.overlaps.partial")}</Text>}
      {plan.overlaps.length === 0 ? <Text as="p" tone="subdued">{t("plan.overlaps.none")}</Text> : <List>{plan.overlaps.map((overlap) => <List.Item key={`${overlap.source}-${overlap.id}`}><Overlap overlap={overlap} /></List.Item>)}</List>}
    </BlockStack>
  );
}

function Overlap({ overlap }: { overlap: OverlapView }) {
  const { t } = useTranslation("discounts");
  const format = useFormat();
  const who = overlap.audience === "everyone" ? t("plan.overlaps.everyone") : overlap.commonCustomers === null ? t("plan.overlaps.unknown") : t("plan.overlaps.common", { count: overlap.commonCustomers, customers: format.number(overlap.commonCustomers) });
  return (
    <BlockStack gap="050">
      <Text as="span" fontWeight="medium">{overlap.title}</Text>
      <InlineStack gap="200" blockAlign="center">
        <Badge tone={overlap.canCombine ? "attention" : undefined}>{t(overlap.canCombine ? "plan.overlaps.adds" : "plan.overlaps.oneOnly")}</Badge>
        <Text as="span" variant="bodySm" tone="subdued">{who}</Text>
      </InlineStack>
    </BlockStack>
  );
}

function Cost({ plan: { cost } }: { plan: DiscountPlan }) {
  const { t } = useTranslation("discounts");
  const format = useFormat();
  // The list comes as keys of engine/decide; a key without words yet is left out rather than shown raw.
  const assumptions = cost.assumptions.map((key) => translateOpen(t, `plan.assumptions.${key}`, { defaultValue: "" })).filter(Boolean);
  return (
    <BlockStack gap="100">
      <Text as="h3" variant="headingSm">{t("plan.cost.title")}</Text>
      <Text as="p">{cost.maxMinor === null ? t("plan.cost.unknown") : t("plan.cost.atMost", { amount: format.money(cost.maxMinor), count: cost.uses, uses: format.number(cost.uses) })}</Text>
      {assumptions.length > 0 ? (
        <details className="tessera-details">
          <summary>{t("plan.cost.how")}</summary>
          <List>{assumptions.map((text) => <List.Item key={text}>{text}</List.Item>)}</List>
        </details>
      ) : null}
    </BlockStack>
  );
}
