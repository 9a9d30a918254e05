import { Banner, BlockStack, Button, Checkbox, InlineStack, Text } from "@shopify/polaris";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { audienceFormats, defaultExportColumns, exportColumns, isExportColumn } from "#app/core/segment-export.ts";
import { SectionCard } from "../frames/section-card.tsx";
import { translateOpen } from "../i18n/translate-open.ts";

/** Long enough for every browser to have read the file. */
const KEPT_MS = 60_000;

/** Members as a spreadsheet, or as a hashed audience file for an ad platform. */
export function SegmentExports({ segmentId }: { readonly segmentId: string }) {
  const { t } = useTranslation("segmentAnswers");
  const [columns, setColumns] = useState<readonly string[]>(defaultExportColumns);
  const [running, setRunning] = useState<string | null>(null);
  const [hasFailed, setFailed] = useState(false);
  const take = async (format: string) => {
    setRunning(format);
    setFailed(false);
    try {
      const params = new URLSearchParams([["format", format], ...(format === "csv" ? columns.map((column) => ["column", column]) : [])]);
      const answer = await fetch(`/app/segments/${segmentId}/export?${params}`);
      if (!answer.ok) throw new Error(String(answer.status));
      const url = URL.createObjectURL(await answer.blob());
      const link = document.createElement("a");
      link.href = url;
      link.download = /filename="([^"]+)"/.exec(answer.headers.get("Content-Disposition") ?? "")?.[1] ?? "segment.csv";
      link.click();
      setTimeout(() => URL.revokeObjectURL(url), KEPT_MS);
    } catch {
      setFailed(true);
    } finally {
      setRunning(null);
    }
  };
  return (
    <SectionCard title={t("page.exports")} text={t("page.exportsText")}>
      {hasFailed ? <Banner tone="critical" title={t("page.exportFailed")} /> : null}
      <BlockStack gap="300">
        <details className="tessera-details">
          <summary>{t("page.columns")}</summary>
          <fieldset className="tessera-checks">
            <legend className="tessera-hidden">{t("page.columns")}</legend>
            {Object.keys(exportColumns).map((column) => (
              <Checkbox
                key={column} label={translateOpen(t, `page.column.${column}`, { ns: "segmentAnswers", defaultValue: column })} checked={columns.includes(column)}
                onChange={(isOn) => setColumns(Object.keys(exportColumns).filter((one) => isExportColumn(one) && (one === column ? isOn : columns.includes(one))))}
              />
            ))}
          </fieldset>
        </details>
        <InlineStack><Button onClick={() => void take("csv")} loading={running === "csv"} disabled={columns.length === 0 || running !== null}>{t("page.csv")}</Button></InlineStack>
        <Text as="p" tone="subdued">{t("page.audienceText")}</Text>
        <InlineStack gap="200">
          {audienceFormats.map((format) => <Button key={format} onClick={() => void take(format)} loading={running === format} disabled={running !== null}>{t("page.audience", { platform: t(`page.platforms.${format}`) })}</Button>)}
        </InlineStack>
      </BlockStack>
    </SectionCard>
  );
}
