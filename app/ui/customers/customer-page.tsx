import { Badge, BlockStack, Box, InlineStack, Text } from "@shopify/polaris";
import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import type { CustomerName, CustomerProfileView, UsableDiscountView } from "#app/core/customer-views.ts";
import type { RfmCuts } from "#app/core/rfm-views.ts";
import { PageFrame } from "../frames/page-frame.tsx";
import { SectionCard } from "../frames/section-card.tsx";
import { CustomerSegments } from "../segments/segment-membership.tsx";
import { useFormat } from "../format/format-context.tsx";
import { CustomerPicks, type CustomerPicksProps } from "../recommendations/customer-picks.tsx";
import { useGroupName } from "../segments/use-group-name.ts";
import { CustomerActions } from "./customer-actions.tsx";
import { CustomerDiscounts } from "./customer-discounts.tsx";
import { CustomerEssentials } from "./customer-essentials.tsx";
import { CustomerExpectation } from "./customer-expectation.tsx";
import { CustomerHabits } from "./customer-habits.tsx";
import { CustomerLeanings } from "./customer-leanings.tsx";
import { CustomerNames, useCustomerName } from "./customer-names.tsx";
import { CustomerOrders } from "./customer-orders.tsx";
import { CustomerScores } from "./customer-scores.tsx";
import { CustomerTaste } from "./customer-taste.tsx";
import { CustomerTimeline } from "./customer-timeline.tsx";

export interface CustomerPageProps {
  readonly customer: CustomerProfileView;
  readonly names: Promise<readonly CustomerName[]>;
  readonly scoring: { readonly cuts: RfmCuts; readonly asOfMs: number } | null;
  /** What to offer; null while a large shop's orders are being read. */
  readonly picks: CustomerPicksProps["picks"];
  readonly nowMs: number;
}

export function CustomerPage(props: CustomerPageProps) {
  return (
    <CustomerNames names={props.names}>
      <Profile {...props} />
    </CustomerNames>
  );
}

function Profile({ customer, scoring, picks, nowMs }: CustomerPageProps) {
  const { t } = useTranslation("customers");
  const groupName = useGroupName();
  const nameOf = useCustomerName();
  return (
    <PageFrame
      title={nameOf(customer.customerId)}
      barTitle={t("title")}
      back={{ to: "/app/customers", label: t("title") }}
      badge={customer.score ? <Badge>{groupName(customer.score.shopifyGroup)}</Badge> : undefined}
    >
      <div className="tessera-columns is-main-aside">
        <BlockStack gap="400">
          <CustomerEssentials customer={customer} nowMs={nowMs} />
          <CustomerExpectation expectation={customer.expectation} profile={customer.profile} />
          <CustomerPicks customerId={customer.customerId} picks={picks} nowMs={nowMs} />
          {customer.profile ? <CustomerTaste profile={customer.profile} /> : null}
          {customer.profile ? <CustomerHabits profile={customer.profile} /> : null}
          <CustomerScores customer={customer} cuts={scoring?.cuts ?? null} asOfMs={scoring?.asOfMs ?? null} />
          {customer.profile ? <CustomerLeanings profile={customer.profile} /> : null}
          <CustomerOrders orders={customer.orders} total={customer.live.orders} />
        </BlockStack>
        <BlockStack gap="400">
          <Facts customer={customer} nowMs={nowMs} />
          <CustomerActions customer={customer} />
          {customer.profile ? <CustomerDiscounts profile={customer.profile} /> : null}
          <UsableDiscounts discounts={customer.discounts} />
          <CustomerSegments customerId={customer.customerId} />
          <CustomerTimeline events={customer.timeline} />
        </BlockStack>
      </div>
    </PageFrame>
  );
}

function Facts({ customer, nowMs }: { customer: CustomerProfileView; nowMs: number }) {
  const { t } = useTranslation("customers");
  const format = useFormat();
  const { live } = customer;
  const place = [customer.city, customer.provinceCode, customer.countryCode].filter(Boolean).join(", ");
  const consent = customer.emailConsent;
  const rows = [
    { key: "orders", value: format.number(live.orders) },
    { key: "spent", value: format.money(live.spentMinor) },
    { key: "average", value: live.orders > 0 ? format.money(Math.round(live.spentMinor / live.orders)) : null },
    { key: "lastOrder", value: live.lastOrderAtMs ? format.ago(live.lastOrderAtMs, nowMs) : null },
    { key: "place", value: place || null },
    { key: "email", value: consent ? t(`facts.consent.${consentKey(consent)}`) : null },
    { key: "since", value: format.day(customer.createdAtMs) },
  ] as const;
  return (
    <SectionCard title={t("facts.title")}>
      <dl className="tessera-facts">
        {rows.map((row) => (
          <div key={row.key} className="tessera-fact">
            <dt>{t(`facts.${row.key}`)}</dt>
            <dd>{row.value ?? t("facts.none")}</dd>
          </div>
        ))}
      </dl>
    </SectionCard>
  );
}

function consentKey(consent: string): "yes" | "pending" | "no" {
  if (consent === "SUBSCRIBED") return "yes";
  return consent === "PENDING" ? "pending" : "no";
}

function UsableDiscounts({ discounts }: { discounts: readonly UsableDiscountView[] }) {
  const { t } = useTranslation("customers");
  const format = useFormat();
  return (
    <SectionCard title={t("discounts.title")}>
      {discounts.length === 0 ? <Text as="p" tone="subdued">{t("discounts.none")}</Text> : null}
      {discounts.map((discount) => (
        <Box key={discount.discountId}>
          <BlockStack gap="050">
            <InlineStack gap="200" blockAlign="center">
              <Link className="tessera-link" to={`/app/discounts/${discount.discountId}`}>{discount.title}</Link>
              {discount.timesUsed > 0 ? <Badge tone="success">{t("discounts.used", { count: discount.timesUsed })}</Badge> : null}
            </InlineStack>
            <Text as="span" variant="bodySm">{discount.code ? <code>{discount.code}</code> : t("discounts.noCode")}</Text>
            <Text as="span" variant="bodySm" tone="subdued">
              {discount.endsAtMs ? t("discounts.becauseUntil", { segment: discount.segmentName, day: format.day(discount.endsAtMs) }) : t("discounts.because", { segment: discount.segmentName })}
            </Text>
          </BlockStack>
        </Box>
      ))}
      {discounts.length === 0 ? null : <Text as="p" variant="bodySm" tone="subdued">{t("discounts.note")}</Text>}
    </SectionCard>
  );
}
