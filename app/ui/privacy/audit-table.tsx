import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { AuditEntryView } from "#app/core/privacy-views.ts";
import { useFormat } from "../format/format-context.tsx";
import { translateOpen } from "../i18n/translate-open.ts";
import { RecordTable, type Column } from "../tables/record-table.tsx";

export function AuditTable({ entries }: { entries: readonly AuditEntryView[] }) {
  const { t } = useTranslation("privacy");
  const format = useFormat();
  const who = (actor: string) => (actor === "system" || actor === "app" ? t(`audit.who.${actor}`) : t("audit.who.staff", { id: actor }));
  const columns: Column<AuditEntryView>[] = [
    // The names of actions hold a full stop, which would lead i18next into another level.
    { key: "action", title: t("audit.columns.action"), cell: (row) => translateOpen(t, `audit.actions.${row.action.replaceAll(".", "-")}`, { defaultValue: row.action }) },
    { key: "at", title: t("audit.columns.at"), cell: (row) => format.dateTime(row.atMs) },
    { key: "who", title: t("audit.columns.who"), cell: (row) => who(row.actor) },
    { key: "subject", title: t("audit.columns.subject"), cell: (row) => <Subject subject={row.subject} /> },
    { key: "detail", title: t("audit.columns.detail"), cell: (row) => showDetail(row.detail, t("audit.more")) },
  ];
  return <RecordTable label={t("audit.title")} columns={columns} rows={entries} rowKey={(row) => row.id} />;
}

function Subject({ subject }: { subject: string }): ReactNode {
  const { t } = useTranslation("privacy");
  const customers = useTranslation("customers");
  const [kind, id] = subject.split("/");
  switch (kind) {
    case "discount":
      return <Link to={`/app/discounts/${id}`}>{t("audit.subjects.discount")}</Link>;
    case "segment":
      return <Link to={`/app/segments/${id}`}>{t("audit.subjects.segment")}</Link>;
    case "Customer":
      return customers.t("nameless", { id });
    case "recommendations":
    case "job":
    case "webhook":
      return t(`audit.subjects.${kind}`);
    default:
      return subject;
  }
}

/** Called, not rendered: the table shows that a cell holds nothing. */
function showDetail(detail: string, more: string): ReactNode {
  if (detail === "" || detail === "{}") return null;
  return (
    <details className="tessera-details">
      <summary>{more}</summary>
      <code>{detail}</code>
    </details>
  );
}
