import { Badge, Box, InlineStack, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { CustomerOrderView } from "#app/core/customer-views.ts";
import { EmptyNote } from "../frames/empty-note.tsx";
import { SectionCard } from "../frames/section-card.tsx";
import { useFormat } from "../format/format-context.tsx";

/** What stands open; the rest is one click away, so that what comes after is not a mile down. */
const SHOWN_ORDERS = 5;
const SHOWN_LINES = 4;

export function CustomerOrders({ orders, total }: { orders: readonly CustomerOrderView[]; total: number }) {
  const { t } = useTranslation("customers");
  const older = orders.slice(SHOWN_ORDERS);
  return (
    <SectionCard title={t("orders.title")} text={orders.length < total ? t("orders.newest", { shown: orders.length, total }) : undefined} isFlush>
      {orders.length === 0 ? <EmptyNote title={t("orders.empty.title")} text={t("orders.empty.text")} /> : orders.slice(0, SHOWN_ORDERS).map((order) => <Order key={order.orderId} order={order} />)}
      {older.length > 0 ? (
        <details className="tessera-details tessera-older">
          <summary>{t("orders.older", { count: older.length })}</summary>
          {older.map((order) => <Order key={order.orderId} order={order} />)}
        </details>
      ) : null}
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
      <Lines lines={order.lines.length > SHOWN_LINES + 1 ? order.lines.slice(0, SHOWN_LINES) : order.lines} />
      {order.lines.length > SHOWN_LINES + 1 ? (
        <details className="tessera-details">
          <summary>{t("orders.moreLines", { count: order.lines.length - SHOWN_LINES })}</summary>
          <Lines lines={order.lines.slice(SHOWN_LINES)} />
        </details>
      ) : null}
      {order.discountMinor > 0 ? (
        <Box paddingBlockStart="100">
          <Text as="p" variant="bodySm" tone="subdued">{t("orders.discount", { amount: format.money(order.discountMinor) })}</Text>
        </Box>
      ) : null}
    </article>
  );
}

function Lines({ lines }: Pick<CustomerOrderView, "lines">) {
  const { t } = useTranslation("customers");
  const format = useFormat();
  return (
    <ul className="tessera-order-lines">
      {lines.map((line) => (
        <li key={line.lineId}>
          <span>{t("orders.line", { quantity: line.quantity, title: line.title ?? t("orders.unknownProduct") })}</span>
          <span>{format.money(line.totalMinor)}</span>
        </li>
      ))}
    </ul>
  );
}
