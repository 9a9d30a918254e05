import { BlockStack, Modal, SkeletonBodyText, Text, TextField } from "@shopify/polaris";
import { useFetcher } from "@remix-run/react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Failure } from "#app/core/failure.ts";
import type { CustomerExportView, PrivacyRequestView } from "#app/core/privacy-views.ts";
import { FailureBanner } from "../frames/failure-banner.tsx";
import { copyFrom, saveFile } from "./hand-over.ts";

const LINES_SHOWN = 12;
const FIELD_ID = "customer-export-text";

/**
 * A shopper's data, read and taken along. A plain link could not download it: the address alone does not say who asks,
 * App Bridge puts that on fetch only.
 */
export function CustomerExport({ request, onClose }: { request: PrivacyRequestView; onClose: () => void }) {
  const { t } = useTranslation("privacy");
  const fetcher = useFetcher<{ opened?: CustomerExportView; failure?: Failure }>();
  const [copy, setCopy] = useState<"copy" | "copied" | "notCopied">("copy");
  const { submit } = fetcher;
  useEffect(() => submit(null, { method: "post", action: `/app/privacy/${request.id}` }), [request.id, submit]);
  const { opened, failure } = fetcher.data ?? {};
  const take = async (text: string) => setCopy((await copyFrom(FIELD_ID, text)) ? "copied" : "notCopied");
  return (
    <Modal
      open
      onClose={onClose}
      title={t("export.title", { id: String(request.customerId) })}
      primaryAction={{ content: t("export.download"), disabled: !opened, onAction: () => opened && saveFile(opened.fileName, opened.text) }}
      secondaryActions={[
        { content: t(copy === "copied" ? "export.copied" : "export.copy"), disabled: !opened, onAction: () => void (opened && take(opened.text)) },
        { content: t("export.close"), onAction: onClose },
      ]}
    >
      <Modal.Section>
        <BlockStack gap="300">
          <Text as="p">{t("export.text")}</Text>
          <FailureBanner failure={failure} />
          {opened ? (
            <TextField id={FIELD_ID} label={t("export.label")} labelHidden value={opened.text} multiline={LINES_SHOWN} maxHeight="50vh" monospaced readOnly autoComplete="off" />
          ) : failure ? null : (
            <div role="status" aria-label={t("export.loading")}><SkeletonBodyText lines={6} /></div>
          )}
          {copy === "notCopied" ? <Text as="p" tone="critical">{t("export.notCopied")}</Text> : null}
        </BlockStack>
      </Modal.Section>
    </Modal>
  );
}
