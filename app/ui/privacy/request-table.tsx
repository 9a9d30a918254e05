import { Badge, BlockStack, Button, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { PrivacyRequestView } from "#app/core/privacy-views.ts";
import { useFormat } from "../format/format-context.tsx";
import { RecordTable, type Column } from "../tables/record-table.tsx";

interface Props {
  readonly requests: readonly PrivacyRequestView[];
  readonly nowMs: number;
  readonly onOpen: (request: PrivacyRequestView) => void;
}

export function RequestTable({ requests, nowMs, onOpen }: Props) {
  const { t } = useTranslation("privacy");
  const customers = useTranslation("customers");
  const format = useFormat();
  const columns: Column<PrivacyRequestView>[] = [
    { key: "kind", title: t("requests.columns.kind"), cell: (row) => t(`requests.kinds.${row.kind}`) },
    { key: "customer", title: t("requests.columns.customer"), cell: (row) => (row.customerId === null ? null : customers.t("nameless", { id: String(row.customerId) })) },
    { key: "asked", title: t("requests.columns.asked"), cell: (row) => format.day(row.requestedAtMs) },
    { key: "due", title: t("requests.columns.due"), cell: (row) => format.day(row.dueAtMs) },
    { key: "status", title: t("requests.columns.status"), cell: (row) => <RequestStatus request={row} nowMs={nowMs} /> },
    {
      key: "export",
      title: t("requests.columns.export"),
      cell: (row) => {
        if (row.hasExport) return <Button size="slim" onClick={() => onOpen(row)} accessibilityLabel={t("requests.openOf", { id: String(row.customerId) })}>{t("requests.open")}</Button>;
        return row.kind === "data_request" && row.status === "done" ? <Text as="span" tone="subdued">{t("requests.forgotten")}</Text> : null;
      },
    },
  ];
  return <RecordTable label={t("requests.title")} columns={columns} rows={requests} rowKey={(row) => row.id} />;
}

function RequestStatus({ request, nowMs }: { request: PrivacyRequestView; nowMs: number }) {
  const { t } = useTranslation("privacy");
  const format = useFormat();
  const key = request.status !== "done" && request.dueAtMs < nowMs ? "overdue" : request.status;
  const tone = { received: "info", overdue: "critical", done: "success", failed: "critical" } as const;
  return (
    <BlockStack gap="050" inlineAlign="start">
      <Badge tone={tone[key]}>{t(`requests.status.${key}`)}</Badge>
      {request.finishedAtMs === null ? null : <Text as="span" variant="bodySm" tone="subdued">{t("requests.finished", { day: format.day(request.finishedAtMs) })}</Text>}
    </BlockStack>
  );
}
