import { Button } from "@shopify/polaris";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CustomerListView } from "#app/core/customer-views.ts";
import { listSearch } from "./customers-path.ts";

/** Long enough for every browser to have read the file. */
const KEPT_MS = 60_000;

/** The list as a file. A plain link could not download it: App Bridge says who asks on fetch only. */
export function ExportButton({ list, onFailed }: { list: CustomerListView; onFailed: (hasFailed: boolean) => void }) {
  const { t } = useTranslation("customers");
  const [isBusy, setBusy] = useState(false);
  const take = async () => {
    setBusy(true);
    onFailed(false);
    try {
      const answer = await fetch(`/app/customers/export?${listSearch(list, { page: 1 })}`);
      if (!answer.ok) throw new Error(`the export answered ${answer.status}`);
      const url = URL.createObjectURL(await answer.blob());
      const link = document.createElement("a");
      link.href = url;
      link.download = "customers.csv";
      link.click();
      setTimeout(() => URL.revokeObjectURL(url), KEPT_MS);
    } catch {
      onFailed(true);
    } finally {
      setBusy(false);
    }
  };
  return <Button onClick={() => void take()} loading={isBusy} disabled={list.total === 0} accessibilityLabel={`${t("columns.export")}. ${t("columns.exportText")}`}>{t("columns.export")}</Button>;
}
