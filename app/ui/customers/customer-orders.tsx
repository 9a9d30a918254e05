import { Badge, Box, InlineStack, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { CustomerOrderView } from "#app/core/customer-views.ts";
import { EmptyNote } from "../frames/empty-note.tsx";
import { SectionCard } from "../frames/section-card.tsx";
import { useFormat } from "../format/format-context.tsx";

export function CustomerOrders({ orders, total }: { orders: readonly CustomerOrderView[]; total: number }) {
  const { t } = useTranslation("customers");
  return (
    <SectionCard title={t("orders.title")} text={orders.length < total ? t("orders.newest", { shown: orders.length, total }) : undefined} isFlush>
      {orders.length === 0 ? <EmptyNote title={t("orders.empty.title")} text={t("orders.empty.text")} /> : orders.map((order) => <Order key={order.orderId} order={order} />)}
    </SectionCard>
  );
}

function Order({ order }: { order: CustomerOrderView }) {
  const { t } = useTranslation("customers");
  const format = useFormat();
  return (
    <article className="tessera-order">
      <InlineStack align="space-between" gap="200" blockAlign="start">
        <InlineStack gap="200" blockAlign="center">
          <Text as="h3" variant="bodyMd" fontWeight="semibold">{order.name}</Text>
          <Text as="span" tone="subdued">{format.dateTime(order.placedAtMs)}</Text>
          {order.isCancelled ? <Badge>{t("orders.cancelled")}</Badge> : null}
          {order.isTest ? <Badge>{t("orders.test")}</Badge> : null}
          {order.refundedMinor > 0 ? <Badge>{t("orders.refunded", { amount: format.money(order.refundedMinor) })}</Badge> : null}
          {order.codes.map((code) => <Badge key={code} tone="info">{code}</Badge>)}
        </InlineStack>
        <Text as="span" fontWeight="semibold" numeric>{format.money(order.totalMinor)}</Text>
      </InlineStack>
      <ul className="tessera-order-lines">
        {order.lines.map((line) => (
          <li key={line.lineId}>
            <span>{t("orders.line", { quantity: line.quantity, title: line.title ?? t("orders.unknownProduct") })}</span>
            <span>{format.money(line.totalMinor)}</span>
          </li>
        ))}
      </ul>
      {order.discountMinor > 0 ? (
        <Box paddingBlockStart="100">
          <Text as="p" variant="bodySm" tone="subdued">{t("orders.discount", { amount: format.money(order.discountMinor) })}</Text>
        </Box>
      ) : null}
    </article>
  );
}
