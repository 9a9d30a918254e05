import { BlockStack, Button, ChoiceList, InlineStack, SkeletonBodyText, Text } from "@shopify/polaris";
import { useFetcher } from "@remix-run/react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Failure } from "#app/core/failure.ts";
import type { CustomerFieldsView } from "#app/core/privacy-views.ts";
import { EmptyNote } from "../frames/empty-note.tsx";
import { FailureBanner } from "../frames/failure-banner.tsx";
import { SectionCard } from "../frames/section-card.tsx";

const PATH = "/app/privacy/fields";

/** Which of the store's own customer fields Tessera may read: none until somebody says so. */
export function CustomerFields() {
  const { t } = useTranslation("privacy");
  const { load, data } = useFetcher<{ readonly view?: CustomerFieldsView; readonly failure?: Failure }>();
  useEffect(() => load(PATH), [load]);
  return (
    <SectionCard title={t("fields.title")} text={t("fields.text")}>
      <FailureBanner failure={data?.failure} />
      {data?.view ? <FieldForm view={data.view} /> : data?.failure ? null : <div role="status" aria-label={t("fields.loading")}><SkeletonBodyText lines={3} /></div>}
    </SectionCard>
  );
}

function FieldForm({ view: { fields, chosen, most } }: { view: CustomerFieldsView }) {
  const { t } = useTranslation("privacy");
  const fetcher = useFetcher<{ readonly saved?: boolean; readonly failure?: Failure }>();
  const [selected, setSelected] = useState<string[]>([...chosen]);
  if (fields.length === 0) return <EmptyNote title={t("fields.empty.title")} text={t("fields.empty.text")} />;
  const isSaved = fetcher.state === "idle" && fetcher.data?.saved === true;
  const isFull = selected.length >= most;
  const save = () => {
    const form = new FormData();
    for (const name of selected) form.append("field", name);
    fetcher.submit(form, { method: "post", action: PATH });
  };
  return (
    <BlockStack gap="300">
      <FailureBanner failure={fetcher.data?.failure} />
      <ChoiceList
        allowMultiple title={t("fields.label")} titleHidden selected={selected} onChange={setSelected}
        choices={fields.map(({ name, title, kind }) => ({ value: name, label: title, helpText: t(`fields.kinds.${kind}`), disabled: isFull && !selected.includes(name) }))}
      />
      <InlineStack gap="300" blockAlign="center">
        <Button onClick={save} loading={fetcher.state !== "idle"}>{t("fields.save")}</Button>
        <div role="status">{isSaved ? <Text as="p" tone="success">{t("fields.saved")}</Text> : null}</div>
      </InlineStack>
    </BlockStack>
  );
}
